"""Writers on SQLite wait in a queue, and whoever falls out of it holds nobody up."""

import threading
import time
from typing import Any

import pytest
from django.db import OperationalError
from django.db.backends.sqlite3 import base

from regulars.record.sqlite import base as base_module
from regulars.record.sqlite.base import Busy, DatabaseWrapper, Turns


def test_turns_are_given_in_the_order_in_which_they_were_asked_for() -> None:
    turns, order = Turns(), []
    turns.take()

    def work(number: int) -> None:
        turns.take()
        order.append(number)
        turns.give()

    threads = [threading.Thread(target=work, args=[number]) for number in range(5)]
    for count, thread in enumerate(threads, 1):
        thread.start()
        while len(turns._waiting) < count:
            pass
    turns.give()
    for thread in threads:
        thread.join(5)
    assert order == [0, 1, 2, 3, 4]
    turns.take()  # nobody waits: it is free at once
    turns.give()


def test_whoever_is_impatient_waits_so_long_and_holds_nobody_up() -> None:
    turns = Turns()
    assert turns.take(0.01), "it is free"
    assert not turns.take(0.01), "it is not, and after a moment we go"
    assert not turns._waiting
    began = time.monotonic()
    turns._since -= 60
    assert not turns.take(30), "somebody has it for a minute: not worth the wait"
    assert time.monotonic() - began < 10
    turns.give()
    assert turns.take(0.01)


def test_a_turn_that_is_handed_over_at_the_last_moment_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wait is over in the very moment in which the one before gives it."""
    turns = Turns()
    turns.take()

    class Late:
        def __init__(self) -> None:
            self.tries = 0

        def acquire(self, timeout: float = -1) -> bool:
            self.tries += 1
            if self.tries == 1:
                return True
            turns.give()
            return False

        def release(self) -> None:
            """By the one before."""

    guard = turns._guard
    monkeypatch.setattr(base_module.threading, "Lock", Late)
    assert turns._guard is guard
    assert turns.take(1)
    assert turns.is_taken


@pytest.fixture
def book(tmp_path: Any, django_db_blocker: Any) -> Any:
    """A database of its own: a test inside the usual one would hold the turn that it waits for."""
    wrapper = DatabaseWrapper(
        {
            "NAME": str(tmp_path / "book.sqlite3"),
            "ENGINE": "regulars.record.sqlite",
            "OPTIONS": {"transaction_mode": "IMMEDIATE"},
            "TIME_ZONE": None,
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": False,
            "AUTOCOMMIT": True,
            "ATOMIC_REQUESTS": False,
        }
    )
    with django_db_blocker.unblock():
        wrapper.connect()
        yield wrapper
        wrapper.close()


def test_a_turn_lasts_from_begin_to_commit_rollback_or_close(book: Any) -> None:
    for end in (book.commit, book.rollback, book.close):
        book.connect() if book.connection is None else None
        book.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        assert book._my_turn
        end()
        assert not book._my_turn
        if book.connection is not None:
            book.set_autocommit(True)


def test_a_page_does_not_wait_for_ever(book: Any) -> None:
    book.patience = 0.01
    base_module.TURNS.take()
    try:
        with pytest.raises(Busy):
            book.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        assert not book._my_turn
    finally:
        base_module.TURNS.give()


def test_it_is_known_whether_somebody_else_writes(book: Any) -> None:
    assert not book.would_wait()
    book.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert not book.would_wait(), "it is our own turn"
    book.rollback()
    base_module.TURNS.take()
    assert book.would_wait()
    base_module.TURNS.give()
    assert not book.would_wait()


def test_whoever_cannot_begin_gives_the_turn_away(book: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(base.DatabaseWrapper, "_start_transaction_under_autocommit", refuse)
    with pytest.raises(OperationalError):
        book.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert not book._my_turn
