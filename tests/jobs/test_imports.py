"""The job brings files in, one after another; however it is killed, nothing is half-done, and it can begin again."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from regulars.intake import imports as intake
from regulars.jobs import imports as job
from regulars.record import importing, imports
from regulars.record.customers import Customer
from regulars.record.sales import Sale
from tests.cast import MONDAY, House
from tests.intake.files import SALES, bring

NOTHING = {"sales": 0, "customers": 0, "estimates": 0}


def in_a_process_of_its_own(folder: Path, what: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.jobs.killing", str(folder), what],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "DATABASE_URL": "", "REGULARS_TEST_POSTGRES": ""},
        cwd=Path(__file__).parents[2],
        timeout=120,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_killed_import_leaves_nothing_half_done_and_can_begin_again(tmp_path: Path) -> None:
    """Killed with SIGKILL before one statement after another."""
    states = in_a_process_of_its_own(tmp_path, "kills")
    after_kill, begun_again = states[::2], states[1::2]
    assert len(after_kill) > 10
    for state in after_kill:
        landed = {name: state[name] for name in NOTHING}
        assert landed == NOTHING or (landed["sales"], landed["customers"]) == (12, 3)
    for state in begun_again:
        assert state == {"sales": 12, "customers": 3, "estimates": 3, "unfinished": 0, "drafts": 0}
    assert any(state["sales"] == 0 and state["drafts"] for state in after_kill)
    assert any(state["sales"] == 12 and state["unfinished"] for state in after_kill)


def test_pages_answer_while_a_file_is_brought_in(tmp_path: Path) -> None:
    (seen,) = in_a_process_of_its_own(tmp_path, "pages")
    assert seen["sales"] == 20_000
    assert seen["busy"] < 1


def test_what_was_asked_for_is_done_in_every_business(garage: House, salon: House) -> None:
    for house in (garage, salon):
        with house.work():
            intake.ask(bring(house, SALES), by=house.manager, at=MONDAY, is_dry_run=house is salon)
    job.work_on_what_was_asked(MONDAY)
    job.work_on_what_was_asked(MONDAY)
    with garage.work():
        brought = imports.Import.objects.get()
        assert Sale.objects.count() == 4
        imports.ask_undo(brought, by=garage.owner, at=MONDAY)
    with salon.work():
        assert not Sale.objects.exists()
        assert imports.Import.objects.get().checked_at is not None
    job.work_on_what_was_asked(MONDAY)
    with garage.work():
        assert not Customer.objects.exists()
        assert not importing.unfinished().exists()
