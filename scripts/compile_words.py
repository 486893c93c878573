"""Compile one catalogue: compile_words.py FROM.po TO.mo. Babel does it, so that gettext need not be installed."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def main(source: Path, target: Path) -> None:
    with source.open("rb") as file:
        catalogue = read_po(file)
    with target.open("wb") as file:
        write_mo(file, catalogue)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
