"""Does a play pay? Customers whom it would have treated are drawn by lot: some are treated, some are held out.

**By lot**: permuted blocks of ten within each stratum (Zelen, "The randomization and stratification of patients to
clinical trials", Journal of Chronic Diseases 27, 1974): of every ten in turn exactly as many as agreed are held out.

**Whenever one looks**: information N times the difference is a random walk, by and by a Brownian motion. It leaves a
band of constant height before the planned information with a chance of at most 4 (1 - Phi(c)), however often one looks
(the reflection principle). That is the boundary of O'Brien and Fleming ("A multiple testing procedure for clinical
trials", Biometrics 35, 1979) watched without a pause, and the interval is Jennison and Turnbull's repeated confidence
interval ("Interim analyses", Journal of the Royal Statistical Society B 51, 1989). Four of a hundred errors are spent
until then; each further horizon, twice as long, may spend a fifth of the one before: five of a hundred, for ever.
"""

from dataclasses import dataclass
from hashlib import blake2b
from math import nan
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

BLOCK = 10
FIRST, THEN = 0.04, 0.2  # the errors of the first horizon; of each further one as a share of the one before
FEWEST = 10  # in each arm, before anything is said
FURTHEST = 52 * 5  # weeks; what cannot be known by then will not be known
Verdict = Literal["too_few", "open", "pays", "harms"]


@dataclass(frozen=True)
class Proof:
    """`treated` and `held_out`: the mean of each arm; `low` to `high`: 95% for the difference, whenever one looks.

    `information`: N. `spread`: the standard deviation of one customer. All nan, the interval infinite, of too few.
    """

    many_treated: int
    many_held_out: int
    treated: float
    held_out: float
    low: float
    high: float
    information: float
    spread: float

    @property
    def difference(self) -> float:
        return self.treated - self.held_out

    @property
    def verdict(self) -> Verdict:
        if self.spread != self.spread:
            return "too_few"
        return "pays" if self.low > 0 else "harms" if self.high < 0 else "open"


def is_held_out(seed: bytes, stratum: int, place: int, tenths: int) -> bool:
    """Whether the customer at that `place` (0, 1, 2 ...) of her stratum is one of the `tenths` of ten.

    The same for ever for the same seed (16 to 64 bytes), and not to be guessed without it.
    """
    block, within = divmod(place, BLOCK)
    drawn = [blake2b(f"{stratum}:{block}:{one}".encode(), key=seed).digest() for one in range(BLOCK)]
    return sorted(range(BLOCK), key=drawn.__getitem__).index(within) < tenths


def compare(
    outcome: npt.ArrayLike, is_treated: npt.ArrayLike, stratum: npt.ArrayLike, *, planned: int, share: float
) -> Proof:
    """One entry for each customer whose window is over. `outcome`: 0 or 1 for "came back", or money. `planned`: how
    many customers in all were agreed on beforehand; `share` of them held out. Strata are weighted by what they tell
    (Mantel and Haenszel): one in which an arm is empty tells nothing.
    """
    y, treated = np.asarray(outcome, np.float64), np.asarray(is_treated, bool)
    _names, group = np.unique(np.asarray(stratum), return_inverse=True)
    arms = [(y[who], group[who]) for who in (treated, ~treated)]
    many = np.array([np.bincount(where, minlength=len(_names)) for _some, where in arms], np.float64)
    sums = np.array([np.bincount(where, some, minlength=len(_names)) for some, where in arms])
    squares = np.array([np.bincount(where, some**2, minlength=len(_names)) for some, where in arms])
    means, information, spread = moments(many, sums, squares)
    reach = height(information, planned * share * (1 - share)) * spread
    difference = means[0] - means[1]
    said = (float(means[0]), float(means[1]), float(difference - reach), float(difference + reach))
    return Proof(int(many[0].sum()), int(many[1].sum()), *said, float(information), float(spread))


def moments(
    many: npt.NDArray[np.float64], sums: npt.NDArray[np.float64], squares: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Of counts, sums and sums of squares shaped (2 arms, strata, ...): both means, N, and the spread of one customer.

    The spread is the larger of two: that of both arms together, which few held out cannot make too small by chance;
    and that of each arm by itself, which is larger where the small arm varies more. nan of too few, or all alike.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(many > 0, sums / many, 0)
        weight = np.where(many.sum(axis=0) > 0, many[0] * many[1] / many.sum(axis=0), 0)
        information = weight.sum(axis=0)
        means = (weight * mean).sum(axis=1) / information
        rest = np.maximum(squares - many * mean**2, 0).sum(axis=1)
        free = np.maximum(many.sum(axis=1) - (many > 0).sum(axis=1), 1)
        together = rest.sum(axis=0) / free.sum(axis=0)
        own = np.where(weight > 0, weight**2 / many, 0).sum(axis=1)
        apart = (own * rest / free).sum(axis=0) / information
        spread = np.sqrt(np.maximum(together, apart))
    told = (many.sum(axis=1).min(axis=0) >= FEWEST) & (information > 0) & (spread > 0)
    return np.where(told, means, nan), np.where(told, information, 0), np.where(told, spread, nan)


def height(information: npt.ArrayLike, planned: float) -> npt.NDArray[np.float64]:
    """Half of the interval in spreads of one customer; `planned`: N that was agreed on. Infinite without any."""
    known = np.asarray(information, np.float64)
    with np.errstate(divide="ignore"):
        doubled = np.clip(np.ceil(np.round(np.log2(known / planned), 9)), 0, None)
        reach = norm.isf(FIRST * THEN**doubled / 4) * np.sqrt(planned * 2**doubled) / known
    return np.asarray(reach, np.float64)


def weeks_left(proof: Proof, *, planned: int, share: float, a_week: float) -> float | None:
    """In how many weeks it could be known, when the difference stays as it is and `a_week` customers are added each
    week, whose window has yet to end. 0 when it is known; None when too few are known, or not within five years.
    """
    if proof.verdict != "open":
        return None if proof.verdict == "too_few" else 0.0
    each = share * (1 - share)
    weeks = np.arange(1, FURTHEST + 1)
    then = proof.information + weeks * a_week * each
    known = height(then, planned * each) * proof.spread < abs(proof.difference)
    return float(weeks[known.argmax()]) if known.any() else None
