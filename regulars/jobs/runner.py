"""Runs the jobs: a thread of the one process on SQLite, `regulars work` on PostgreSQL.

There is no queue. What somebody asked for is a dated fact in its own table (`Import.asked_at`,
`Reckoning.asked_at`), so a killed worker loses nothing: whoever runs next finds it unfinished and begins it anew.
Only one worker runs at a time: a lock file on SQLite, an advisory lock on PostgreSQL, which the database gives up
when the worker dies.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import Error, close_old_connections

from regulars.jobs.schedule import EVERY_MINUTE, NIGHTLY, WHEN_ASKED, Job
from regulars.kernel import bell, clock
from regulars.record import upkeep
from regulars.record.alone import Alone

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0  # seconds between looks when nobody rings
HEARTBEAT_EVERY = timedelta(minutes=1)


def start_thread() -> None:
    """Run the jobs beside the server, for as long as the process lives."""
    threading.Thread(target=run, name="jobs", daemon=True).start()


def run(goes_on: Callable[[], bool] = lambda: True) -> None:
    """Work until `goes_on` says no, waiting while another worker is alive, or the database away."""
    alone = Alone()
    while goes_on():
        close_old_connections()
        try:
            if alone.is_mine():
                turn(clock.now())
        except Error:
            log.exception("the database does not answer the jobs; they try again in a few seconds")
        bell.wait(LOOK_EVERY)
    alone.give_up()
    close_old_connections()


def turn(now: datetime) -> None:
    """One look at everything: what was asked for, what the night brings, what each minute brings."""
    for name, job in WHEN_ASKED.items():
        _run_safely(name, job, now)
    for name, nightly in NIGHTLY.items():
        run_name = f"nightly {name}"
        if nightly.is_due(upkeep.last_ended(run_name), now):
            upkeep.began(run_name, at=now)
            failure = _run_safely(run_name, nightly.job, now)
            upkeep.ended(run_name, at=clock.now(), failure=failure)
    beat = upkeep.last_began(upkeep.HEARTBEAT)
    if beat is None or now - beat >= HEARTBEAT_EVERY:
        upkeep.began(upkeep.HEARTBEAT, at=now)
        for name, job in EVERY_MINUTE.items():
            _run_safely(name, job, now)


def _run_safely(name: str, job: Job, now: datetime) -> str:
    """One job that breaks must not stop the others; what broke is logged, and told by `regulars check`."""
    try:
        job(now)
    except Exception as error:
        log.exception("the job %r broke", name)
        return f"{type(error).__name__}: {error}"
    return ""
