"""The commands on PostgreSQL: roles that may do no more than they must, a backup that returns, a worker that dies."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests.cli.running import ROOT, Server, environment, regulars

SERVER = os.environ.get("DATABASE_URL", "").rpartition("@")[2].partition("/")[0]
ALL_SEEING = f"postgresql://postgres@{SERVER}"
ASK = """
import django; django.setup()
from regulars.kernel import clock
from regulars.record import reckonings
from regulars.record.business import Business
from regulars.record.owned import acting_for
with acting_for(Business.objects.get().pk):
    reckonings.ask(at=clock.now())
"""


def settings_of(name: str) -> dict[str, str]:
    """An empty database: one role owns the tables, one may only read and write rows, one reads all for a backup."""
    with psycopg.connect(f"{ALL_SEEING}/postgres", autocommit=True) as server:
        server.execute(f"CREATE ROLE {name}_app LOGIN")
        server.execute(f"CREATE ROLE {name}_owner LOGIN")
        server.execute(f"CREATE DATABASE {name} OWNER {name}_owner")
    return {
        "DATABASE_URL": f"postgresql://{name}_app@{SERVER}/{name}",
        "DATABASE_OWNER_URL": f"postgresql://{name}_owner@{SERVER}/{name}",
        "DATABASE_BACKUP_URL": f"{ALL_SEEING}/{name}",
    }


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A data folder and the settings of a database with the demo in it."""
    folder, settings = tmp_path_factory.mktemp("demo"), settings_of(f"demo_{uuid4().hex[:8]}")
    done = regulars("demo", folder=folder, **settings)
    assert done.returncode == 0, done.stderr
    return folder, settings


def ask(settings: dict[str, str], query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(settings["DATABASE_BACKUP_URL"]) as database:
        return database.execute(query).fetchall()


def until(is_so: Callable[[], Any], seconds: float = 30) -> Any:
    end = time.monotonic() + seconds
    while not (found := is_so()):
        assert time.monotonic() < end, "it has not happened"
        time.sleep(0.1)
    return found


def test_it_serves_with_a_role_that_owns_nothing(demo: tuple[Path, dict[str, str]]) -> None:
    folder, settings = demo
    server = Server(folder, **settings)
    try:
        server.wait_until_it_answers()
    finally:
        assert server.end(signal.SIGTERM) == 0
    with psycopg.connect(settings["DATABASE_URL"]) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("ALTER TABLE record_sale DISABLE ROW LEVEL SECURITY")
    with psycopg.connect(settings["DATABASE_URL"]) as app:
        assert app.execute("SELECT count(*) FROM record_sale").fetchone() == (0,), "of no business it sees nothing"


def test_check_finds_it_healthy_and_a_role_that_sees_all_unsafe(demo: tuple[Path, dict[str, str]]) -> None:
    folder, settings = demo
    found = json.loads(regulars("check", "--json", folder=folder, **settings).stdout)
    assert not [one for one in found if one["state"] == "fail"]
    seeing = settings | {"DATABASE_URL": settings["DATABASE_BACKUP_URL"]}
    found = json.loads(regulars("check", "--json", folder=folder, **seeing).stdout)
    assert [one["name"] for one in found if one["state"] == "fail"]


def test_a_backup_comes_back_whole(demo: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    folder, settings = demo
    file, elsewhere = tmp_path / "monday.tar.gz", settings_of(f"back_{uuid4().hex[:8]}")
    done = regulars("backup", file, folder=folder, **settings)
    assert done.returncode == 0, done.stderr
    done = regulars("restore", file, folder=tmp_path / "elsewhere", **elsewhere)
    assert done.returncode == 0, done.stderr
    for table in ("record_sale", "record_customer", "record_entry", "record_finder_word", "django_migrations"):
        query = f"SELECT count(*), md5(string_agg(md5(one::text), '' ORDER BY one::text)) FROM {table} AS one"
        assert ask(elsewhere, query) == ask(settings, query)
    with psycopg.connect(elsewhere["DATABASE_URL"]) as app:
        assert app.execute("SELECT count(*) FROM record_sale").fetchone() == (0,), "the walls came back too"
    again = regulars("restore", file, folder=tmp_path / "elsewhere", **elsewhere)
    assert (again.returncode, "add --force" in again.stderr) == (1, True)


def test_a_role_that_sees_only_its_rows_makes_no_half_backup(demo: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    folder, settings = demo
    done = regulars("backup", tmp_path / "x.tar.gz", folder=folder, **settings | {"DATABASE_BACKUP_URL": ""})
    assert (done.returncode, "BYPASSRLS" in done.stderr) == (1, True)
    assert not (tmp_path / "x.tar.gz").exists()


def test_when_the_worker_dies_the_one_that_waited_goes_on(demo: tuple[Path, dict[str, str]]) -> None:
    folder, settings = demo
    here = environment(folder, settings)

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "regulars.cli.main", "work"], cwd=ROOT, env=here)

    def works() -> list[tuple[Any, ...]]:
        return ask(settings, "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted")

    first = start()
    (holder,) = until(works)
    second = start()
    try:
        first.kill()
        first.wait()
        asked = here | {"DJANGO_SETTINGS_MODULE": "regulars.site.settings"}
        subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, env=asked, check=True)
        until(lambda: not ask(settings, "SELECT 1 FROM record_reckoning WHERE finished_at IS NULL"))
        assert works() != [holder]
        second.send_signal(signal.SIGTERM)
        assert second.wait(10) == 0
        assert works() == [], "whoever stops lets go"
    finally:
        second.kill()
        second.wait()
