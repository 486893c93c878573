"""One worker at a time."""

import psycopg
import pytest
from django.db import connection

from regulars.record.alone import Alone


@pytest.mark.django_db
def test_the_second_worker_waits_until_the_first_is_gone() -> None:
    """On SQLite the lock file sees to it, so that here everybody may; on PostgreSQL the session does."""
    one, other = Alone(), Alone()
    assert one.is_mine()
    assert one.is_mine()
    assert other.is_mine() is (connection.vendor == "sqlite")
    one.give_up()
    assert other.is_mine()
    other.give_up()
    other.give_up()  # twice does no harm


@pytest.mark.django_db
def test_a_worker_whose_session_was_cut_asks_again() -> None:
    if connection.vendor != "postgresql":
        return
    one, other = Alone(), Alone()
    assert one.is_mine()
    one._session.execute("SELECT 1")
    with psycopg.connect(one._session.info.dsn, autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(%s)", [one._session.info.backend_pid])
    assert other.is_mine()
    assert not one.is_mine()
    other.give_up()
    assert one.is_mine()
    one.give_up()
