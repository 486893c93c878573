"""What runs by the clock, or after the answer has gone out."""
