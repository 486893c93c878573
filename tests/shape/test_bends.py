"""A rule that was bent for a customer's good can never reach anybody's pay: nobody who counts knows of it."""

import ast
from pathlib import Path

from django.db import models

from regulars.record.bends import Bend, Rule

REGULARS = Path(__file__).parents[2] / "regulars"

# Who may know of bends, each with the reason.
MAY_KNOW = {
    "record/models.py": "the table of contents",
    "record/merging.py": "two cards become one",
    "intake/bends.py": "the form",
    "pages/bends.py": "the list of rules",
    "desk/duties.py": "asks the owner whether a rule should change",
    "cli/demowork.py": "the demo",
}


def knows_bends(path: Path) -> bool:
    """Whether it imports them, the module or something of it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import) and any(name.name == "regulars.record.bends" for name in node.names):
            return True
        if isinstance(node, ast.ImportFrom):
            names = {name.name for name in node.names}
            if node.module == "regulars.record.bends" or (node.module == "regulars.record" and "bends" in names):
                return True
            if node.module == "regulars.record.models" and names & {"Bend", "Rule"}:
                return True
    return False


def test_only_these_know_of_bends() -> None:
    found = {str(path.relative_to(REGULARS)) for path in REGULARS.rglob("*.py") if "migrations" not in path.parts}
    assert {name for name in found if knows_bends(REGULARS / name)} == set(MAY_KNOW)


def test_a_bend_has_nothing_that_could_be_counted_into_money() -> None:
    """Words, moments and who: no amount, no mark, no points."""
    plain = (models.CharField, models.DateTimeField, models.UUIDField, models.ForeignKey)
    for table in (Rule, Bend):
        assert [field.name for field in table._meta.local_fields if not isinstance(field, plain)] == []


def test_the_lint_sees_every_way_to_import_them(tmp_path: Path) -> None:
    path = tmp_path / "one.py"
    for line in (
        "import regulars.record.bends",
        "from regulars.record import asks, bends",
        "from regulars.record.bends import Bend",
        "from regulars.record.models import Rule",
    ):
        path.write_text(line)
        assert knows_bends(path), line
    path.write_text("from regulars.record import asks")
    assert not knows_bends(path)
