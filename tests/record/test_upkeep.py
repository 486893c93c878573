"""What the program notes about its own nights."""

from datetime import timedelta

import pytest

from regulars.record import upkeep
from tests.cast import MONDAY

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
