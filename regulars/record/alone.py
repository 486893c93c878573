"""One worker at a time. On SQLite the lock file of the one process sees to it; on PostgreSQL this does."""

from typing import Any

import psycopg
from django.db import connection

NUMBER = 0x5E617A  # of the advisory lock: any that no other program on the same database uses


class Alone:
    """A lock that dies with its session, on a connection of its own: those of the pool pass from hand to hand."""

    def __init__(self) -> None:
        self._session: Any = None

    def is_mine(self) -> bool:
        """Whether we are the worker; asked again before each turn, because the server may have been restarted."""
        if connection.vendor != "postgresql":
            return True
        if self._session is not None and self._still_there():
            return True
        session: Any = psycopg.connect(**_particulars(), autocommit=True)
        if not session.execute("SELECT pg_try_advisory_lock(%s)", [NUMBER]).fetchone()[0]:
            session.close()
            return False
        self._session = session
        return True

    def _still_there(self) -> bool:
        try:
            self._session.execute("SELECT 1")
        except psycopg.OperationalError:
            self._session = None
            return False
        return True

    def give_up(self) -> None:
        """Let the next worker begin."""
        if self._session is not None:
            self._session.close()
            self._session = None


def _particulars() -> dict[str, Any]:
    """How Django connects, without what only its own connections understand."""
    theirs = ("pool", "cursor_factory", "context", "prepare_threshold", "server_side_binding")
    return {name: value for name, value in connection.get_connection_params().items() if name not in theirs}
