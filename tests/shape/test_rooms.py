"""The measures of the house: how long a file and a view may be. The import rule itself is import-linter's."""

import ast
from pathlib import Path

from regulars.pages.urls import inside

REGULARS = Path(__file__).parents[2] / "regulars"
LONGEST_FILE, LONGEST_VIEW = 300, 15

# Files that are longer, each with the reason.
LONG_FILES = {"pages/urls.py": "every address in one list, a line each; nothing in it has to be understood"}
LONG_VIEWS: dict[str, str] = {
    "customers.card": "one card shows everything that is known of her; each line is one thing"
}


def test_no_file_is_longer_than_one_can_hold_in_mind() -> None:
    long = {
        str(path.relative_to(REGULARS))
        for path in REGULARS.rglob("*.py")
        if "migrations" not in path.parts and len(path.read_text().splitlines()) > LONGEST_FILE
    }
    assert long == set(LONG_FILES)


def test_a_view_is_a_paragraph() -> None:
    """Its body, without the docstring and the decorators."""
    views = {(address.callback.__module__, address.callback.__name__) for address in inside}
    long = set()
    for path in (REGULARS / "pages").glob("*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and (f"regulars.pages.{path.stem}", node.name) in views:
                body = node.body[1:] if ast.get_docstring(node) else node.body
                if body and (body[-1].end_lineno or 0) - body[0].lineno + 1 > LONGEST_VIEW:
                    long.add(f"{path.stem}.{node.name}")
    assert long == set(LONG_VIEWS)


def test_rooms_share_the_names_of_their_subjects() -> None:
    """One subject, one file name: what is in `pages` and `intake` is a noun that `record` or `desk` knows too."""
    nouns = {path.stem for room in ("record", "desk") for path in (REGULARS / room).glob("*.py")}
    for path in (REGULARS / "jobs").glob("*.py"):
        assert path.stem in nouns | {"__init__", "apps", "each", "runner", "schedule", "upkeep"}, path
