"""What few answers say and what they do not: whether a goal is reached, and whether one group answers less than others.

Both are read off exact intervals (`shares`): a light is green or red only where the whole interval lies on one side of
the goal, so that ten answers seldom light anything. A group stands out where its answers and those of all others differ
more than chance allows: Fisher's exact test ("On the interpretation of chi-squared from contingency tables, and the
calculation of P", Journal of the Royal Statistical Society 85, 1922).
"""

from collections.abc import Sequence
from typing import Literal

from scipy.stats import fisher_exact

from regulars.engines import shares

Light = Literal["none", "green", "amber", "red"]
CHANCE = 0.05


def light(hits: int, of: int, goal: float) -> Light:
    """Whether the share of content customers has reached the goal; "amber" is not known yet, "none" has no answers."""
    if not of:
        return "none"
    low, high = shares.interval(hits, of)
    return "green" if low >= goal else "red" if high < goal else "amber"


def stands_out(groups: Sequence[tuple[int, int]], chance: float = CHANCE) -> list[int]:
    """`groups`: (hits, of) each. -1 where a group has fewer hits than the others together, 1 where more, 0 by chance.

    The more groups there are, the less likely each must be (Bonferroni), so that chance marks any at most once in 20.
    """
    hits, many = sum(hit for hit, _of in groups), sum(of for _hit, of in groups)
    compared = len(groups) if len(groups) > 2 else 1  # two groups are one comparison
    told = []
    for hit, of in groups:
        rest = many - of
        other = hits - hit
        if not of or not rest:
            told.append(0)
            continue
        p = float(fisher_exact([[hit, of - hit], [other, rest - other]]).pvalue)
        unlikely = p < chance / compared
        told.append(0 if not unlikely else 1 if hit / of > other / rest else -1)
    return told
