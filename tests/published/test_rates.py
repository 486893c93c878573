"""Two rates, and what lies between rare events, against printed answers."""

import numpy as np
import pytest

from regulars.engines.causes import recurrence
from regulars.engines.control import of_numbers
from regulars.engines.rare import of_days_between

VALVES = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96]


def test_cancer_in_fredericia_and_in_three_other_towns() -> None:
    """R's help page of poisson.test, second example, as R 4 prints it: 11 of 800 against 21 of 3,011."""
    seen = recurrence(6 + 8 + 7, 1083 + 1050 + 878, 11, 800)
    assert seen.chance == pytest.approx(0.07967, abs=5e-6)
    assert (seen.lower, seen.upper) == pytest.approx((0.8584264, 4.2772659), abs=5e-8)
    assert seen.ratio == pytest.approx(1.971488, abs=5e-7)


def test_dodder_in_clover_seed() -> None:
    """Przyborowski and Wilenski's own samples: three seeds of dodder in one and none in the other: 0.125, one-sided."""
    assert recurrence(3, 100, 0, 100).by_chance == 0.125


def test_hours_between_failures_of_a_valve() -> None:
    """Montgomery, table 7.14: by Nelson's root the mean is 5.3866 and all is as usual; so it is by the exact limits.

    The mean follows from the printed times; the limits on the rooted scale are near each other above.
    """
    rooted = of_numbers(np.array(VALVES) ** 0.2777)
    assert rooted.centre == pytest.approx(5.38662, abs=1e-5)
    assert rooted.change == of_days_between(VALVES).change == "steady"
    assert of_days_between(VALVES).upper[0] ** 0.2777 == pytest.approx(rooted.upper[0], rel=0.11)
    assert of_days_between(VALVES).lower[0] > 0 > rooted.lower[0], "three sigmas can never see them come at once"
