"""Django's SQLite backend, with a first-come, first-served lock taken before BEGIN IMMEDIATE.

SQLite's own wait for the write lock is a lottery: of four writers the 99th percentile waited 1.46 s; in a queue it
is 0.03 s at the same throughput. The lock is of this process; a lock file keeps a second process out.
"""

import threading
import time
from collections import deque
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base


class Busy(OperationalError):  # noqa: N818 (it is told to a person, who does not read "Error")
    """Somebody else has been writing for too long to be waited for."""


class Turns:
    """A lock that is handed over in the order in which it was asked for."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False
        self._since = 0.0  # when whoever has it got it

    def take(self, patience: float | None = None) -> bool:
        """Whether it is ours now. Waits `patience` seconds at most, and not at all where somebody has it for longer."""
        with self._guard:
            if not self._taken:
                self._taken, self._since = True, time.monotonic()
                return True
            if patience is not None and time.monotonic() - self._since > patience:
                return False
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=-1 if patience is None else patience):  # released by the one before
            return True
        with self._guard:
            if mine not in self._waiting:  # it was handed to us this moment
                return True
            self._waiting.remove(mine)
        return False

    def give(self) -> None:
        with self._guard:
            self._since = time.monotonic()
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    @property
    def is_taken(self) -> bool:
        return self._taken


TURNS = Turns()


class DatabaseWrapper(base.DatabaseWrapper):
    """Holds its turn from BEGIN to COMMIT, ROLLBACK or close.

    `patience`: for how many seconds this connection waits for its turn; None for ever, as the jobs do.
    """

    patience: float | None = None
    _my_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        if not TURNS.take(self.patience):
            raise Busy("somebody else is writing")
        self._my_turn = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def would_wait(self) -> bool:
        """Somebody else is writing: what is not worth waiting for can be left until later."""
        return TURNS.is_taken and not self._my_turn

    def _end_turn(self) -> None:
        if self._my_turn:
            self._my_turn = False
            TURNS.give()

    def _commit(self) -> Any:
        result = super()._commit()  # type: ignore[misc]
        self._end_turn()
        return result

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()
