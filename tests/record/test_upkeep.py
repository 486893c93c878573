"""What the program notes about its own nights."""

from datetime import timedelta

import pytest
from django.db import connection

from regulars.record import upkeep
from tests.cast import MONDAY, House

pytestmark = pytest.mark.django_db


def test_a_night_that_was_never_has_no_date() -> None:
    assert upkeep.last_began("worth") is None
    assert upkeep.last_ended("worth") is None


def test_a_run_that_was_killed_has_begun_and_not_ended() -> None:
    upkeep.began("worth", at=MONDAY)
    assert upkeep.last_began("worth") == MONDAY
    assert upkeep.last_ended("worth") is None


def test_a_run_that_broke_has_ended_and_says_how() -> None:
    upkeep.began("worth", at=MONDAY)
    upkeep.ended("worth", at=MONDAY + timedelta(minutes=1), failure="x" * 400)
    assert upkeep.last_ended("worth") == MONDAY
    assert upkeep.JobRun.objects.get().failure == "x" * 300
    upkeep.began("worth", at=MONDAY + timedelta(days=1))
    assert upkeep.JobRun.objects.get().failure == ""


def test_sqlite_is_told_how_large_the_tables_are(garage: House) -> None:
    """PostgreSQL looks by itself: there is nothing to do, and nothing breaks."""
    upkeep.look_at_sizes()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'record_member' AND idx IS NOT NULL")
            assert cursor.fetchone()[0].startswith("4 "), "four people work here"
