"""Every verb that the record writes into the journal has words for the owner who reads it."""

import ast
from pathlib import Path

import regulars.record
from regulars.pages.journal import VERBS


def verbs_written() -> set[str]:
    """The verbs in the calls that write a line: journal.write("..."), complaints.write("..."), verb="..."."""
    found: set[str] = set()
    for path in Path(regulars.record.__path__[0]).glob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            name = ast.unparse(call.func)
            words = [word.value for word in call.keywords if word.arg == "verb"]
            if name in ("journal.write", "complaints.write", "write", "_write"):
                words += call.args[:1]
            elif name == "_set" and path.name == "customers.py":
                words += call.args[3:4]
            found |= {str(word.value) for word in words if isinstance(word, ast.Constant)}
    return found


def test_each_verb_of_the_journal_has_words() -> None:
    assert verbs_written() - set(VERBS) == set(), "add these to VERBS in regulars/pages/journal.py"


def test_no_words_are_left_over() -> None:
    assert set(VERBS) - verbs_written() == set(), "nothing writes these any more: take them out of VERBS"
