"""A process of its own for tests that really kill: `python -m tests.jobs.killing FOLDER kills|pages` prints JSON.

It works on an SQLite file in FOLDER, whatever the other tests run on, and does everything in children, so that none
of them inherits a connection.
"""

import json
import os
import shutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

EVERY = 3  # statements: each would take a minute on a busy machine, and finds no more
FILE = "Date,Number,Name,Phone,Amount,Served by\n" + "".join(
    f"2026-01-{day:02},{day % 3},Customer {day % 3},5551 234{day % 3},{day}.50,Liis\n" for day in range(1, 13)
)


def set_up(folder: Path) -> None:
    os.environ |= {"REGULARS_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "regulars.site.settings", "DATABASE_URL": ""}
    import django

    django.setup()


def in_child(work: Callable[[], Any]) -> int:
    """Do it in a child; how it ended: 0, or the signal that killed it."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            close_connections()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def close_connections() -> None:
    """So that what was written stands in the file itself."""
    from django.db import connections

    connections.close_all()


def prepare(text: str = FILE) -> None:
    """A business, and an import that somebody asked for."""
    from django.core.management import call_command

    from tests.intake.files import bring, intake

    call_command("migrate", verbosity=0)
    from tests.cast import MONDAY, open_garage

    garage = open_garage()
    with garage.work():
        intake.ask(bring(garage, text), by=garage.manager, at=MONDAY, is_dry_run=False)


def work(kill_before: int | None = None) -> None:
    """The job; killed before it runs its n-th statement."""
    from django.db import connection

    from regulars.jobs import imports
    from regulars.kernel import clock

    counter = count(1)

    def kill(execute: Any, *args: Any) -> Any:
        if next(counter) == kill_before:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*args)

    with connection.execute_wrapper(kill):
        imports.work_on_what_was_asked(clock.now())


def state() -> dict[str, Any]:
    from regulars.record import importing, imports, worth
    from regulars.record.business import Business
    from regulars.record.customers import Customer
    from regulars.record.owned import acting_for
    from regulars.record.sales import Sale

    with acting_for(Business.objects.get().pk):
        return {
            "sales": Sale.objects.count(),
            "customers": Customer.objects.count(),
            "estimates": worth.Estimate.objects.count(),
            "unfinished": importing.unfinished().count(),
            "drafts": sum(one.draft.exists() for one in imports.Import.objects.all()),
        }


def tell(**more: Any) -> None:
    sys.stdout.write(json.dumps(more | state()) + "\n")


def begin_again() -> None:
    """What the kill left, and what comes of the next turn."""
    tell()
    work()
    tell()


def kills(folder: Path) -> None:
    """Killed before its first, fourth, seventh ... statement, until it runs through; each time begun again."""
    database, prepared = folder / "regulars.sqlite3", folder / "prepared"
    in_child(prepare)
    shutil.copy(database, prepared)
    for number in count(1, EVERY):
        for left in folder.glob("regulars.sqlite3*"):
            left.unlink()
        shutil.copy(prepared, database)
        ended = in_child(partial(work, number))
        in_child(begin_again)
        if ended != -signal.SIGKILL:
            return


def pages(_folder: Path) -> None:
    """How long the slowest page took while a file of 20,000 lines was brought in, and while nothing was."""

    def answer() -> None:
        from django.test import Client

        from regulars.record.people import Person

        client = Client(SERVER_NAME="localhost")
        client.force_login(Person.objects.get(name="Mari Tamm"), "allauth.account.auth_backends.AuthenticationBackend")

        def slowest(goes_on: Callable[[], bool]) -> float:
            took = []
            while goes_on() or len(took) < 20:
                began = time.perf_counter()
                assert client.get("/at/garage/imports/").status_code == 200
                took.append(time.perf_counter() - began)
            return max(took[1:])

        idle = slowest(lambda: False)
        job = threading.Thread(target=work)
        job.start()
        busy = slowest(job.is_alive)
        tell(idle=idle, busy=busy)

    lines = "".join(
        f"2025-{1 + i % 12:02}-{1 + i % 28:02},{i % 999},C {i % 999},,{i % 97}.50,\n" for i in range(20_000)
    )
    in_child(lambda: prepare(FILE.splitlines()[0] + "\n" + lines))
    in_child(answer)


if __name__ == "__main__":
    home = Path(sys.argv[1])
    set_up(home)
    {"kills": kills, "pages": pages}[sys.argv[2]](home)
