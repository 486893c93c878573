"""How promises were kept."""

import numpy as np
import pytest

from regulars.engines.keeping import scores, verdict, wilson


def test_only_promises_whose_time_has_come_are_counted() -> None:
    """Kept; missed; open and overdue; kept but not due yet, which would flatter; open in time."""
    nan = float("nan")
    found = scores([0.9] * 5, [10, 10, 10, 10, 10], [9, 11, nan, 2, nan], [40, 40, 12, 5, 5])
    assert [(one.share, one.due, one.kept, one.verdict) for one in found] == [(0.9, 3, 1, "too_few")]
    assert found[0].kept_share == pytest.approx(1 / 3)


def test_each_share_for_itself_and_nothing_due_is_said() -> None:
    high, low = scores([0.95, 0.8], [10, 10], [5, 5], [5, 20])[::-1]
    assert (low.share, low.due, low.kept) == (0.8, 1, 1)
    assert (high.due, high.low, high.high) == (0, 0.0, 1.0)
    assert np.isnan(high.kept_share)
    assert scores([], [], [], []) == []


@pytest.mark.parametrize(
    ("kept", "due", "told"),
    [
        (20, 29, "too_few"),
        (90, 100, "as_promised"),
        (80, 100, "as_promised"),
        (79, 100, "kept_less"),
        (99, 100, "kept_more"),
    ],
)
def test_the_verdict_is_slow_to_cry_wolf(kept: int, due: int, told: str) -> None:
    assert verdict(kept, due, 0.9) == told


def test_the_verdict_stands_on_the_last_promises() -> None:
    """A thousand kept, and then a hundred of which a third were missed."""
    took = np.append(np.ones(1000), np.tile([1.0, 1.0, 9.0], 34)[:100])
    (one,) = scores(np.full(1100, 0.9), np.full(1100, 5.0), took, np.arange(1100, 0, -1) + 5.0)
    assert (one.due, one.recent, one.recent_kept, one.verdict) == (1100, 100, 67, "kept_less")


def test_wilsons_interval() -> None:
    """81 of 263: Newcombe 1998 prints 0.2553 to 0.3662."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
