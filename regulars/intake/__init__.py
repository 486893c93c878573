"""The way in: outside words become facts, or come back with a reason."""
