"""Pareto/NBD: the quick way to the likelihood agrees with the printed one, and its gradient with differences."""

import numpy as np
import pytest

from regulars.engines.paretonbd import Chances, Grouped, log_likelihood

X = np.tile([0, 0, 1, 2, 7, 40], 4)
AGE = np.repeat([1, 30, 365, 2000], 6)
LAST = np.where(X > 0, np.tile([0, 0, 1, 1, 1, 1], 4) * AGE // np.repeat([1, 30, 1, 2], 6), 0)
HISTORY = Grouped(X, LAST, AGE, 7.0)


@pytest.mark.parametrize(
    "parameters", [(0.55, 10.6, 0.6, 11.7), (1.0, 10.0, 1.0, 10.0), (0.3, 3.0, 0.4, 50.0), (2.0, 60.0, 0.2, 30.0)]
)
def test_the_sum_over_points_is_the_printed_likelihood(parameters: tuple[float, ...]) -> None:
    printed = log_likelihood(Chances(*parameters), X.astype(float), LAST / 7, AGE / 7).mean()
    value, gradient = HISTORY.log_likelihood(np.array(parameters))
    assert value == pytest.approx(printed, rel=1e-9)
    for place in range(4):
        step = np.zeros(4)
        step[place] = 1e-5 * parameters[place]
        above, below = (HISTORY.log_likelihood(parameters + side * step)[0] for side in (1, -1))
        assert gradient[place] == pytest.approx((above - below) / (2 * step[place]), rel=1e-4, abs=1e-7)


def test_nobody_has_a_likelihood_of_nought() -> None:
    nobody = np.empty(0, np.int64)
    assert Grouped(nobody, nobody, nobody, 7.0).log_likelihood(np.ones(4))[0] == 0
