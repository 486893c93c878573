"""How sure a share of few is: the exact interval (Clopper and Pearson, "The use of confidence or fiducial limits",
Biometrika 26, 1934). With 8 of 10 the true share lies between 44% and 98% in at least 95 cases of 100."""

from scipy.stats import beta

SURE = 0.95


def interval(hits: int, of: int, sure: float = SURE) -> tuple[float, float]:
    """The limits between which the true share lies in at least `sure` of cases; (0, 1) of nothing."""
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of} is no share")
    tail = (1 - sure) / 2
    low = float(beta.ppf(tail, hits, of - hits + 1)) if hits else 0.0
    high = float(beta.ppf(1 - tail, hits + 1, of - hits)) if hits < of else 1.0
    return low, high
