"""What a person sees and taps."""
