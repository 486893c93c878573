"""Cells of files that other people's spreadsheets will open."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def defuse(text: str) -> str:
    """'=1+1' -> "'=1+1": a spreadsheet shows the text and does not run it."""
    return "'" + text if text.startswith(DANGEROUS) else text
