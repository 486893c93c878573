"""Since when a customer stands where she stands."""

import numpy as np

from regulars.engines.rhythm import GONE, GONE_BELOW, REGULAR, REPEAT, SLIPPING, SLIPPING_BELOW, STAGES, rhythm
from regulars.engines.since import longest_silence, since

# code 0 came once, 1 twice, 2 five times; another two keep the usual gap at about 20 days
CODES = np.array([0, 1, 1, 2, 2, 2, 2, 2])
DAYS = np.array([100, 60, 80, 20, 40, 60, 80, 100])
VISITS, FIRST, LAST = np.array([1, 2, 5]), np.array([100, 60, 20]), np.array([100, 80, 100])


def look(until: int) -> tuple[list[str], list[int]]:
    found = rhythm(VISITS, FIRST, LAST, until)
    began = since(found, VISITS, LAST, CODES, DAYS)
    return [STAGES[stage] for stage in found.stage], began.tolist()


def test_whoever_comes_is_what_she_is_since_the_visit_that_made_her_so() -> None:
    assert look(101) == (["first", "repeat", "regular"], [100, 80, 80])


def test_the_order_of_visits_is_of_no_matter() -> None:
    found = rhythm(VISITS, FIRST, LAST, 101)
    again = since(found, VISITS, LAST, CODES[::-1], np.concatenate([DAYS[::-1]]))
    assert again.tolist() == [100, 80, 80]


def test_slipping_begins_on_the_day_on_which_the_stage_changes() -> None:
    for until in range(101, 700):
        stages, began = look(until)
        for customer, stage in enumerate(stages):
            if stage in ("slipping", "gone"):
                assert began[customer] <= until
                assert look(began[customer])[0][customer] == stage
                assert look(began[customer] - 1)[0][customer] != stage


def test_the_longest_silence_is_the_last_day_that_is_still_usual() -> None:
    found = rhythm(VISITS, FIRST, LAST, 101)
    slips, goes = (longest_silence(found, VISITS, below) for below in (SLIPPING_BELOW, GONE_BELOW))
    assert (slips < goes).all()
    for days, below in ((slips, SLIPPING_BELOW), (goes, GONE_BELOW)):
        at_last = rhythm(VISITS, FIRST, LAST, 101).usual_gap * (VISITS + 1)
        chance = (at_last / (at_last + days)) ** (VISITS + 1)
        after = (at_last / (at_last + days + 1)) ** (VISITS + 1)
        assert (chance >= below).all()
        assert (after < below).all()


def test_nobody_is_answered() -> None:
    nobody = rhythm([], [], [], 10)
    assert since(nobody, [], [], [], []).tolist() == []
    assert {REPEAT, REGULAR, SLIPPING, GONE} == {1, 2, 3, 4}
