"""Regulars: the system behind the smile."""

__version__ = "0.1.0"  # as in pyproject.toml; tests/shape/test_version.py holds the two together
