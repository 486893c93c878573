"""The exact interval of a share, against printed answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from regulars.engines import shares


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (8, 10, 0.4439, 0.9748),  # R: binom.test(8, 10)
        (0, 10, 0.0, 0.3085),  # R: binom.test(0, 10)
        (10, 10, 0.6915, 1.0),
        (0, 0, 0.0, 1.0),
    ],
)
def test_printed_answers(hits: int, of: int, low: float, high: float) -> None:
    assert shares.interval(hits, of) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(1, 300).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_beyond_each_limit_lies_at_most_one_in_forty(share: tuple[int, int]) -> None:
    hits, of = share
    low, high = shares.interval(hits, of)
    assert low <= hits / of <= high
    assert hits == 0 or binom.sf(hits - 1, of, low) <= 0.025 + 1e-9
    assert hits == of or binom.cdf(hits, of, high) <= 0.025 + 1e-9


@pytest.mark.parametrize(("hits", "of"), [(3, 2), (-1, 2)])
def test_what_is_no_share_is_refused(hits: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        shares.interval(hits, of)
