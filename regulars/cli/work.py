"""`regulars work`: runs the jobs in a process of their own, for PostgreSQL."""

import signal
from types import FrameType
from typing import Any

from regulars.cli import database
from regulars.cli.database import Failed


def work() -> None:
    """Run the jobs apart from the server (PostgreSQL only).

    Start as many as you like, on as many machines: one works, the others wait until it is gone. They connect to
    the server itself, not through pgbouncer, because the one is known by a lock of its session.
    """
    database.set_up()
    from django.apps import apps

    from regulars.kernel import bell

    if database.is_sqlite():
        raise Failed("On SQLite the jobs run inside `regulars start`. `regulars work` is for PostgreSQL.")
    stopped = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True
        bell.ring()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    jobs: Any = apps.get_app_config("jobs")
    jobs.run(lambda: not stopped)
