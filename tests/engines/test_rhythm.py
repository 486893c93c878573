"""A customer's own rhythm says when silence is too long: patient with few visits, sharp with many."""

import numpy as np
import pytest

from regulars.engines.rhythm import FIRST, GONE, PRIOR_GAPS, REGULAR, REPEAT, SLIPPING, TYPICAL_GAP, rhythm

GAP = 30


def stage_after(silent: float, visits: int, gap: int = GAP) -> int:
    """Of a customer with a steady gap, beside a crowd with a gap of 30 days."""
    crowd = 200
    counts = np.array([visits] + [11] * crowd)
    first = np.zeros(crowd + 1, int)
    last = np.array([(visits - 1) * gap] + [10 * GAP] * crowd)
    until = last.copy()
    found = rhythm(counts, first, last, int(last[0] + silent))
    assert until[0] == last[0]
    return int(found.stage[0])


@pytest.mark.parametrize(("visits", "stage"), [(1, FIRST), (2, REPEAT), (3, REPEAT), (4, REGULAR), (40, REGULAR)])
def test_who_came_lately_is_where_her_visits_put_her(visits: int, stage: int) -> None:
    assert stage_after(0, visits) == stage


@pytest.mark.parametrize(("visits", "slips", "goes"), [(2, 2.13, 8.05), (10, 1.73, 4.7)])
def test_few_visits_make_it_patient_and_many_sharp(visits: int, slips: float, goes: float) -> None:
    assert stage_after(slips * GAP - 1, visits) != SLIPPING
    assert stage_after(slips * GAP + 2, visits) == SLIPPING
    assert stage_after(goes * GAP - 4, visits) == SLIPPING
    assert stage_after(goes * GAP + 4, visits) == GONE


def test_who_came_once_has_no_rhythm_to_slip_from() -> None:
    assert stage_after(6.94 * GAP - 1, 1) == FIRST
    assert stage_after(6.94 * GAP + 2, 1) == GONE


def test_who_comes_weekly_slips_before_who_comes_yearly() -> None:
    assert stage_after(60, 20, gap=7) in (SLIPPING, GONE)
    assert stage_after(60, 20, gap=365) == REGULAR


def test_the_chance_of_a_silence_is_the_printed_formula() -> None:
    found = rhythm([3], [0], [60], until=100)
    whole = 60 + PRIOR_GAPS * 30
    assert found.typical_gap == 30
    assert found.chance[0] == pytest.approx((whole / (whole + 40)) ** (2 + PRIOR_GAPS))
    assert found.usual_gap[0] == pytest.approx(whole / (2 + PRIOR_GAPS))
    assert found.silent[0] == 40


def test_where_nobody_came_twice_the_gap_is_a_plain_guess() -> None:
    assert rhythm([1, 1], [0, 5], [0, 5], until=10).typical_gap == TYPICAL_GAP


def test_nobody_at_all_and_days_to_come() -> None:
    assert rhythm([], [], [], until=10).stage.shape == (0,)
    assert rhythm([2], [0], [50], until=10).silent[0] == 0
