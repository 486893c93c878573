"""regulars work: runs the jobs in a process of their own, for PostgreSQL."""

import signal
from types import FrameType

from regulars.cli import database


def work() -> None:
    """Run the jobs apart from the server (PostgreSQL only). Start as many as you like: one works, the others wait."""
    database.set_up()
    from django.db import connection

    from regulars.jobs import runner
    from regulars.kernel import bell

    if connection.vendor != "postgresql":
        raise SystemExit("On SQLite the jobs run inside `regulars start`. `regulars work` is for PostgreSQL.")
    stopped = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True
        bell.ring()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    runner.run(lambda: not stopped)
