"""BG/NBD at parameters that a search runs off to: customers who hardly differ, or who never leave."""

import numpy as np
import pytest

from regulars.engines import bgnbd
from regulars.engines.bgnbd import Chances

X = np.repeat([0.0, 1.0, 10.0, 300.0], 3)
AGE = np.tile([0.0, 40.0, 1000.0], 4)
HORIZON = np.full(12, 156.0)


@pytest.mark.parametrize("leaves", [0, 1])
@pytest.mark.parametrize(
    "chances",
    [
        Chances(0.13, 2.3, 2_627_053.0, 9_075_287.0),
        Chances(1_779_837.0, 9_677_950.0, 1.16, 0.635),
        Chances(0.5, 5.0, 1e-3, 1e6),
        Chances(1e7, 1e7, 1e7, 1e7),
        Chances(20.0, 1.0, 100.0, 1e-3),
    ],
)
def test_what_is_expected_is_finite_and_no_more_than_if_nobody_ever_left(chances: Chances, leaves: int) -> None:
    found = bgnbd.expected_if_alive(chances, X, AGE, HORIZON, leaves=leaves)
    most = (chances.r + X) * HORIZON / (chances.alpha + AGE)
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert (found <= most * 1.001).all()


def test_the_quantiles_agree_with_the_printed_form_where_that_holds() -> None:
    chances = Chances(0.2426, 4.4136, 0.7929, 2.4259)
    exact = bgnbd.expected_if_alive(chances, X, AGE, HORIZON, leaves=0)
    assert bgnbd._by_quantiles(chances, X, AGE, HORIZON, leaves=0) == pytest.approx(exact, rel=0.02)
