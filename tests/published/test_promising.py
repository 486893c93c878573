"""The promise engine on a log of 3,804 jobs of a help desk (2010 to 2012), and on made-up logs of other shapes.

Each is replayed in time order as bench/promising.py does, learning less often, so that it takes seconds.
"""

from pathlib import Path

import numpy as np
import pytest

from bench.made_jobs import make
from bench.promising import SHARES, Log, fixed, kept, read, replay

pytestmark = pytest.mark.replay

HELPDESK = Path(__file__).parent / "jobs_helpdesk.csv"


def test_the_share_that_was_asked_for_is_kept_and_the_promise_is_shorter_than_a_fixed_one() -> None:
    log = read(HELPDESK)
    promised, _ = replay(log, 14 * 24, 200)
    share, many = kept(log, promised)
    assert many == 1902
    assert share == pytest.approx(SHARES, abs=0.015)
    assert np.median(promised[:, 1]) <= 0.8 * np.median(fixed(log)[:, 1])


@pytest.mark.parametrize(
    "shape", ["heavy tail", "two humps", "40% at once", "ever slower", "seasons", "60 kinds, most rare"]
)
def test_the_share_is_kept_on_logs_of_other_shapes(shape: str) -> None:
    log = Log(*make(shape))
    assert kept(log, replay(log, 30 * 24, 200)[0])[0] == pytest.approx(SHARES, abs=0.025)


def test_a_slowdown_is_followed() -> None:
    """Four times slower for a while: who keeps to a fixed time breaks her word, and the engine does not."""
    log = Log(*make("slowdown and recovery"))
    assert kept(log, fixed(log))[0][1] < 0.8
    assert kept(log, replay(log, 14 * 24, 200)[0])[0] == pytest.approx(SHARES, abs=0.02)
