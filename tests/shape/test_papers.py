"""What is written beside the program says the same as the program."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

import regulars
from regulars.site.env import SETTINGS

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.lock", "requirements-test.lock"]


def test_every_setting_is_documented_with_its_meaning() -> None:
    text = (ROOT / "docs" / "settings.md").read_text()
    assert re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE) == list(SETTINGS)
    for name, setting in SETTINGS.items():
        assert setting.meaning in text, name
        assert f"`{setting.default or ' '}`" in text, name


def test_the_version_is_the_same_in_both_places() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == regulars.__version__


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_holds_versions_and_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert "--index" not in text
    pinned = re.findall(r"^([\w.-]+)==\S+(?: ; .*?)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M)
    named = re.findall(r"^([\w.-]+)", text, re.MULTILINE)
    assert [name for name, _hashes in pinned] == named
    assert named


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {re.split(r"[\[<>=]", name)[0] for name in project["dependencies"]}
    text = (ROOT / "docs" / "decisions" / "0004-dependencies.md").read_text()
    assert wanted == set(re.findall(r"^\| `([\w-]+)` \|", text, re.MULTILINE))


@pytest.mark.parametrize("folder", ["regulars", "tests", "scripts", "bench", "docs"])
def test_nothing_knows_this_machine(folder: str) -> None:
    """Neither where the project lies, nor where packages come from."""
    here = str(ROOT)
    wrong = [
        str(path.relative_to(ROOT))
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".md", ".html", ".sh", ".toml") and here + "/" in path.read_text()
    ]
    assert wrong == []


def test_every_module_says_what_it_is_in_one_line() -> None:
    silent = []
    for path in (ROOT / "regulars").rglob("*.py"):
        text = path.read_text()
        if text and "migrations" not in path.parts and not ast.get_docstring(ast.parse(text)):
            silent.append(str(path.relative_to(ROOT)))
    assert silent == []
