"""Words that every room may use: no Django, no input or output."""
