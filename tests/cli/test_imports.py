"""`regulars import`: the same door as on the page, for people at a terminal."""

import json
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from tests.cli.running import ROOT, regulars
from tests.intake.files import ESTONIAN, SALES

MAKE = """
import django; django.setup()
from django.core.management import call_command
from tests.cast import open_garage
call_command("migrate", verbosity=0)
open_garage()
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with Tamm's garage in it."""
    folder = tmp_path_factory.mktemp("home")
    subprocess.run(
        [sys.executable, "-c", MAKE],
        check=True,
        cwd=ROOT,
        env={"REGULARS_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "regulars.site.settings"},
    )
    (folder / "sales.csv").write_text(SALES)
    (folder / "myyk.csv").write_bytes(ESTONIAN.encode("cp1257"))
    (folder / "bad.csv").write_text(SALES + "2026-02-30,17,Mari Oja,,5.00,x\n")
    (folder / "none.csv").write_text("Date;Name;Amount\n2126-02-20;Mari Oja;5\n")
    (folder / "people.csv").write_text("Number,Name\n99,Toomas\n")
    (folder / "not.csv").write_bytes(b"%PDF-1.7")
    (folder / "doubt.csv").write_text("Date,Name,Amount\n03/04/2025,Mari Oja,5\n05/06/2025,Mari Oja,7\n")
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """The same, for one test to fill."""
    return Path(copytree(made, tmp_path / "home"))


def test_a_dry_run_then_the_import_then_nothing_new(home: Path) -> None:
    tried = regulars("import", "sales", home / "sales.csv", "--dry-run", folder=home)
    assert tried.returncode == 0, tried.stderr
    assert "What would come of it" in tried.stdout
    assert "2026-02-09" in tried.stdout
    first = regulars("import", "sales", home / "sales.csv", "--json", folder=home)
    assert json.loads(first.stdout)["added"] == 4
    second = regulars("import", "sales", home / "sales.csv", "--business", "garage", "--json", folder=home)
    assert (json.loads(second.stdout)["added"], json.loads(second.stdout)["known"]) == (0, 4)


def test_lines_that_come_back_are_told_and_written(home: Path, tmp_path: Path) -> None:
    done = regulars("import", "sales", home / "bad.csv", "--refused", tmp_path / "back.csv", folder=home)
    assert done.returncode == 0
    assert "line 6: “2026-02-30”" in done.stdout
    assert "2026-02-30" in (tmp_path / "back.csv").read_text("utf-8-sig")


def test_where_every_line_comes_back_they_are_told_and_written(home: Path, tmp_path: Path) -> None:
    done = regulars("import", "sales", home / "none.csv", "--refused", tmp_path / "back.csv", folder=home)
    assert done.returncode == 2
    assert "line 2: 2126-02-20 is still to come." in done.stderr
    assert "No line could be understood." in done.stderr
    assert "2126-02-20;Mari Oja;5;2;" in (tmp_path / "back.csv").read_text("utf-8-sig")


def test_how_dates_and_cents_are_written_may_be_said(home: Path) -> None:
    done = regulars(
        "import", "sales", home / "myyk.csv", "--dates", "dmy", "--decimal", ",", "--dry-run", "--json", folder=home
    )
    assert json.loads(done.stdout)["largest"] == [104550, "EUR"]


def test_customers(home: Path) -> None:
    done = regulars("import", "customers", home / "people.csv", folder=home)
    assert done.returncode == 0, done.stderr
    assert "New customers" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["import", "sales", "nowhere.csv"], "does not exist"),
        (["import", "sales", "not.csv"], "not a table"),
        (["import", "sales", "sales.csv", "--business", "salon"], "no business called “salon”"),
        (["import", "sales", "sales.csv", "--dates", "xyz"], "write dmy, mdy or ymd"),
        (["import", "sales", "sales.csv", "--decimal", ";"], "write , or ."),
    ],
)
def test_wrong_input_is_one_sentence_and_exit_code_2(home: Path, words: list[str], said: str) -> None:
    done = regulars(*[home / word if word.endswith(".csv") else word for word in words], folder=home)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_what_is_assumed_of_days_is_said_and_can_be_said_otherwise(home: Path) -> None:
    done = regulars("import", "sales", home / "doubt.csv", "--dry-run", folder=home)
    assert "“03/04/2025” can be read in two ways; it is read day first. If that is wrong, use --dates." in done.stderr
    assert "2025-04-03" in done.stdout
    done = regulars("import", "sales", home / "doubt.csv", "--dry-run", "--dates", "mdy", folder=home)
    assert "two ways" not in done.stderr
    assert "2025-03-04" in done.stdout
