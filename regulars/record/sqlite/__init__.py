"""SQLite as one process with threads needs it: writers wait their turn, in order."""
