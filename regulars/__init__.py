"""Regulars: the system behind the smile."""
