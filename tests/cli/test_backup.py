"""The demo, looked at, backed up, restored: the commands as an owner would run them one after another."""

import json
import os
import sqlite3
import stat
import tarfile
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest

from tests.cli.running import regulars


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo in it."""
    folder = tmp_path_factory.mktemp("demo")
    done = regulars("demo", folder=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def shop(made: Path, tmp_path: Path) -> Path:
    """The demo, for one test to spoil."""
    return Path(copytree(made, tmp_path / "data"))


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "regulars.sqlite3")) as book:
        return book.execute(query).fetchall()


def findings(folder: Path, **settings: str) -> tuple[int, dict[str, str]]:
    done = regulars("check", "--json", folder=folder, **settings)
    return done.returncode, {found["name"]: found["state"] for found in json.loads(done.stdout)}


def test_the_demo_has_the_real_history_and_todays_calls(made: Path) -> None:
    assert rows(made, "SELECT count(*), count(DISTINCT customer_id) FROM record_sale") == [(6919, 2357)]
    assert rows(made, "SELECT julianday('now') - julianday(max(day)) BETWEEN 0 AND 8 FROM record_sale") == [(1,)]
    assert rows(made, "SELECT sum(amount) FROM record_sale") == [(24409194,)]
    assert rows(made, "SELECT count(*) FROM record_call WHERE play = 'top_ten'") == [(10,)]
    (people,) = rows(made, "SELECT count(*), count(DISTINCT value) FROM record_contact")
    assert people == (4714, 4714)


def test_nobody_real_can_be_reached(made: Path) -> None:
    """555-0100 to 555-0199 of every area, and example.com, are kept free for stories."""
    assert rows(made, "SELECT count(*) FROM record_contact WHERE kind = 'phone' AND value NOT GLOB '+1???55501??'") == [
        (0,)
    ]
    assert rows(
        made, "SELECT count(*) FROM record_contact WHERE kind = 'email' AND value NOT LIKE '%@example.com'"
    ) == [(0,)]


def test_made_twice_it_is_made_once(shop: Path) -> None:
    assert regulars("demo", folder=shop).returncode == 0
    assert rows(shop, "SELECT (SELECT count(*) FROM record_business), (SELECT count(*) FROM record_sale)") == [
        (1, 6919)
    ]


def test_a_backup_comes_back_whole(shop: Path, tmp_path: Path) -> None:
    file, elsewhere = tmp_path / "monday.tar.gz", tmp_path / "elsewhere"
    assert regulars("backup", file, folder=shop).returncode == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert regulars("restore", file, folder=elsewhere).returncode == 0
    for table in ("record_sale", "record_customer", "record_entry", "django_migrations"):
        query = f"SELECT * FROM {table} ORDER BY 1"
        assert rows(elsewhere, query) == rows(shop, query)
    assert sorted(path.name for path in (elsewhere / "imports").rglob("*") if path.is_file()) == sorted(
        path.name for path in (shop / "imports").rglob("*") if path.is_file()
    )


def test_the_secret_stays_out_unless_asked_for(shop: Path, tmp_path: Path) -> None:
    for flags, is_in in (([], False), (["--with-secret"], True)):
        file = tmp_path / f"backup-{is_in}.tar.gz"
        regulars("backup", file, *flags, folder=shop)
        with tarfile.open(file) as tar:
            assert ("secret" in tar.getnames()) is is_in


def test_nothing_is_overwritten_unless_forced(shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar.gz"
    regulars("backup", file, folder=shop)
    second = regulars("backup", file, folder=shop)
    assert (second.returncode, "is there already" in second.stderr) == (1, True)
    done = regulars("restore", file, folder=shop)
    assert (done.returncode, "add --force" in done.stderr) == (1, True)
    with closing(sqlite3.connect(shop / "regulars.sqlite3")) as book, book:
        book.execute("DELETE FROM record_sale")
    assert regulars("restore", "--force", file, folder=shop).returncode == 0
    assert rows(shop, "SELECT count(*) FROM record_sale") == [(6919,)]


def test_what_is_no_backup_is_refused_and_nothing_is_touched(shop: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.tar.gz"
    wrong.write_bytes(b"not a backup")
    good = tmp_path / "good.tar.gz"
    regulars("backup", good, folder=shop)
    torn = tmp_path / "torn.tar.gz"
    torn.write_bytes(good.read_bytes()[:-50_000])
    for file in (wrong, torn):
        done = regulars("restore", "--force", file, folder=shop)
        assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert rows(shop, "SELECT count(*) FROM record_sale") == [(6919,)]


def test_a_backup_of_a_newer_version_is_refused(shop: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(shop / "regulars.sqlite3")) as book, book:
        book.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('record', '9999_later', '2030-01-01')")
    file = tmp_path / "later.tar.gz"
    regulars("backup", file, folder=shop)
    done = regulars("restore", file, folder=tmp_path / "elsewhere")
    assert (done.returncode, "Update Regulars first" in done.stderr) == (2, True)


def test_check_says_what_is_wrong(shop: Path) -> None:
    code, found = findings(shop)
    assert code == 0
    assert (found["Address"], found["Mail"], found["Backup"], found["Demo"]) == ("warn", "warn", "warn", "warn")
    assert (found["Rows"], found["File"], found["Tables"], found["Errors"]) == ("ok", "ok", "ok", "ok")


def test_check_refuses_what_is_not_safe_to_expose(shop: Path) -> None:
    os.chmod(shop / "secret", 0o644)
    code, found = findings(shop, REGULARS_URL="http://shop.example", REGULARS_DEBUG="1")
    assert code == 1
    assert {name for name, state in found.items() if state == "fail"} == {"Errors", "Address", "Secret key", "Demo"}


def test_check_finds_rows_that_point_to_nothing(shop: Path) -> None:
    with closing(sqlite3.connect(shop / "regulars.sqlite3")) as book, book:
        book.execute("DELETE FROM record_customer WHERE id = (SELECT customer_id FROM record_sale LIMIT 1)")
    code, found = findings(shop)
    assert (code, found["Rows"]) == (1, "fail")


def test_check_without_a_database_says_what_to_do(tmp_path: Path) -> None:
    done = regulars("check", folder=tmp_path)
    assert done.returncode == 1
    assert "Do: regulars start" in done.stdout
