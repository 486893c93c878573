"""Every marked sentence stands in each catalogue, translated, and says what the source says now."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

REGULARS = Path(__file__).parents[2] / "regulars"
LANGUAGES = {"ru": 3, "fi": 2, "et": 2}  # and how many plural forms each has


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str | None, str]]:
    """Every marked sentence of the source, as gettext collects it."""
    assert shutil.which("xgettext"), "gettext is not installed. Install Debian's gettext package."
    copy = tmp_path_factory.mktemp("words") / "regulars"
    shutil.copytree(REGULARS, copy, ignore=shutil.ignore_patterns("static", "locale", "*.pyc", "data"))
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "en", "--keep-pot", "--no-location"]
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(command, cwd=copy, env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(copy / "locale" / "django.pot"))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_whole(language: str, marked: set[tuple[str | None, str]]) -> None:
    catalogue = polib.pofile(str(REGULARS / "locale" / language / "LC_MESSAGES" / "django.po"))
    living = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    assert sorted(msgid for _context, msgid in marked - living.keys()) == []
    assert [entry.msgid for entry in living.values() if entry.fuzzy] == []
    assert [entry.msgid for entry in living.values() if not _is_translated(entry, LANGUAGES[language])] == []
    assert [msgid for (_context, msgid) in living.keys() - marked] == []


def _is_translated(entry: polib.POEntry, forms: int) -> bool:
    if entry.msgid_plural:
        return len(entry.msgstr_plural) == forms and all(entry.msgstr_plural.values())
    return bool(entry.msgstr)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_in_what_the_sentence_fills_in(language: str) -> None:
    """Checked by gettext's own rules: a lost or a misspelt %(name)s breaks a page only when it is shown."""
    catalogue = REGULARS / "locale" / language / "LC_MESSAGES" / "django.po"
    done = subprocess.run(
        ["msgfmt", "--check-format", "--output-file=/dev/null", catalogue], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
