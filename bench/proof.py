"""Does it pay, read every day for a year: how often the interval is right, how often it cries "it pays".

    .venv/bin/python -m bench.proof [--seed 1] [--runs 1000]

Made-up plays: so many customers come within a year, on any day; each is drawn by lot and treated or held out; 60 days
later it is known whether she came back (30% of those held out) and what she spent (log-normal, its standard deviation
1.5 times the mean, of those who came back). All windows end within the year. Somebody looks every day.

  right      share of plays in which the interval held the true difference on every day; and on the last day alone
  pays       share in which somebody who looks every day ever read "it pays", where the difference is none
  found      share in which the true difference was found within the year; weeks: half of those took no longer

Against: a plain 95% interval, read every day and read once at the end; and a mixture (Robbins 1970; Howard and others
2021, "Time-uniform, nonparametric, nonasymptotic confidence sequences"), tuned at the planned number.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.stats import norm

from regulars.engines import proof, shares

YEAR, WINDOW, BASE, VARIES = 365, 60, 0.30, 1.5
Floats = np.ndarray


@dataclass(frozen=True)
class Play:
    """`planned`: how many were agreed on. `drift`: how much the base falls over the year. `strata`: their bases."""

    customers: int
    share: float
    uplift: float
    planned: int = 0
    drift: float = 0.0
    strata: tuple[float, ...] = (BASE,)

    @property
    def agreed(self) -> int:
        return self.planned or self.customers


@dataclass(frozen=True)
class Days:
    """Shaped (arms, strata, runs, days): what was known at the end of each day."""

    many: Floats
    sums: Floats
    squares: Floats
    truth: float


def made(play: Play, runs: int, rng: np.random.Generator) -> tuple[Days, Days]:
    """Came back, and spent."""
    n = play.customers
    days = np.sort(rng.integers(0, YEAR - WINDOW, (runs, n)), axis=1)
    stratum = rng.integers(0, len(play.strata), (runs, n))
    held = np.zeros((runs, n), bool)
    for one in range(len(play.strata)):
        held |= (stratum == one) & drawn(stratum == one, round(play.share * proof.BLOCK), rng)
    base = np.asarray(play.strata)[stratum] - play.drift * days / (YEAR - WINDOW)
    back = rng.random((runs, n)) < base + np.where(held, 0, play.uplift)
    sigma = np.sqrt(np.log1p(VARIES**2))
    spent = back * rng.lognormal(-(sigma**2) / 2, sigma, (runs, n)) * 100
    arm = held.astype(int)
    return (
        counted(back.astype(float), arm, stratum, days, len(play.strata), play.uplift),
        counted(spent, arm, stratum, days, len(play.strata), play.uplift * 100),
    )


def drawn(who: Floats, tenths: int, rng: np.random.Generator) -> Floats:
    """Blocks of ten in the order of arrival, as `is_held_out` does it: its hashes are too slow for millions."""
    runs, n = who.shape
    blocks = -(-n // proof.BLOCK)
    places = rng.random((runs, blocks, proof.BLOCK)).argsort(axis=2).argsort(axis=2) < tenths
    place = np.cumsum(who, axis=1) - 1
    return np.take_along_axis(places.reshape(runs, -1), np.maximum(place, 0), axis=1)


def counted(y: Floats, arm: Floats, stratum: Floats, days: Floats, strata: int, truth: float) -> Days:
    runs = len(y)
    cell = ((arm * strata + stratum) * runs + np.arange(runs)[:, None]) * YEAR + days + WINDOW
    shape = (2, strata, runs, YEAR)
    size = int(np.prod(shape))

    def per_day(weights: Floats) -> Floats:
        return np.bincount(cell.ravel(), weights.ravel(), size).reshape(shape).cumsum(axis=3)

    return Days(per_day(np.ones_like(y)), per_day(y), per_day(y**2), truth)


@dataclass(frozen=True)
class Told:
    """`right`: on every day; `pays`: ever above nothing; `week`: of the first such day, inf where there was none."""

    right: float
    right_at_last: float
    pays: float
    weeks: float


def read(days: Days, reach: Floats, difference: Floats, *, last_only: bool = False) -> Told:
    known = np.isfinite(reach) & np.isfinite(difference)
    wrong = known & (np.abs(difference - days.truth) > reach)
    above = known & (difference - reach > 0)
    if last_only:
        wrong[:, :-1] = above[:, :-1] = False
    ever = above.any(axis=1)
    first = above.argmax(axis=1)[ever] / 7
    weeks = float(np.median(first)) if ever.any() else np.inf
    return Told(1 - wrong.any(axis=1).mean(), 1 - wrong[:, -1].mean(), ever.mean(), weeks)


def ways(play: Play, days: Days) -> dict[str, Told]:
    means, information, spread = proof.moments(days.many, days.sums, days.squares)
    difference = means[0] - means[1]
    planned = play.agreed * play.share * (1 - play.share)
    heights = proof.height(information, planned)
    with np.errstate(divide="ignore", invalid="ignore"):
        plain = norm.isf(0.025) * spread / np.sqrt(information)
        rho = planned / (2 * np.log(1 / 0.05) + np.log(1 + 2 * np.log(1 / 0.05)))
        mixed = spread * np.sqrt((information + rho) * np.log((information + rho) / (rho * 0.05**2))) / information
    return {
        "ours": read(days, heights * spread, difference),
        "plain, daily": read(days, plain, difference),
        "plain, at the end": read(days, plain, difference, last_only=True),
        "mixture, daily": read(days, mixed, difference),
    }


Row = tuple[Play, str, int, dict[str, Told], str]


def rows(asked: tuple[Play, str, int, int]) -> list[Row]:
    play, note, runs, seed = asked
    both = made(
        play, runs, np.random.default_rng([seed, play.customers, round(play.share * 10), round(play.uplift * 100)])
    )
    return [(play, what, runs, ways(play, days), note) for what, days in zip(("came back", "spent"), both, strict=True)]


def written(row: Row) -> str:
    play, what, _runs, told, note = row
    ours = told["ours"]
    weeks = f"{ours.weeks:5.0f}" if np.isfinite(ours.weeks) else "    –"
    right = " ".join(f"{told[way].right:6.1%}" for way in ("ours", "plain, daily", "mixture, daily"))
    found = " ".join(f"{one.pays:6.1%}" for one in told.values())
    who = f"{play.customers:7,} {play.share:5.0%} {play.uplift:7.0%}  {what:9}"
    return f"{who} {right}  {ours.right_at_last:6.1%}   {found} {weeks}  {note}"


HEAD = """
                                 right every day        last   ever "it pays"; of an uplift: found    weeks
customers held  uplift            ours  plain  mixed   ours     ours  plain at end  mixed     ours"""
ODD = {
    "half as many came as planned": {"planned": 4_000},
    "twice as many came as planned": {"planned": 1_000},
    "four times as many came": {"planned": 500},
    "the base falls by 10 points": {"drift": 0.10},
    "three strata: 10%, 30%, 60%": {"strata": (0.1, 0.3, 0.6)},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=1000)
    asked = parser.parse_args()
    usual = [Play(*one) for one in product((200, 2_000, 20_000), (0.1, 0.2, 0.5), (0.0, 0.02, 0.05, 0.10))]
    odd = [(Play(2_000, 0.5, uplift, **how), note) for uplift in (0.0, 0.05) for note, how in ODD.items()]  # type: ignore[arg-type]
    wanted = [
        (play, note, max(100, asked.runs * 2_000 // max(play.customers, 2_000)), asked.seed)
        for play, note in [*((play, "") for play in usual), *odd]
    ]
    print(HEAD)
    told: list[Row] = []
    with ProcessPoolExecutor(2) as pool:
        for some in pool.map(rows, wanted):
            told += some
            print(*map(written, some), sep="\n", flush=True)
    summary(told)


def summary(told: list[Row]) -> None:
    """A row misses a goal when that is beyond the chance of so many runs."""
    right = [row[3]["ours"].right for row in told]
    missed = [row for row in told if shares.interval(round(row[3]["ours"].right * row[2]), row[2])[1] < 0.95]
    false = [row[3]["ours"].pays for row in told if row[0].uplift == 0]
    print(f"\nright on every day of the year: {np.mean(right):.1%} over all rows, {min(right):.1%} in the worst")
    print(f"goal of 95%: missed beyond chance in {len(missed)} of {len(told)} rows")
    print(f'false "it pays" (goal: at most 5%): {np.mean(false):.1%} over all rows, {max(false):.1%} in the worst')
    wanted = Play(2_000, 0.5, 0.05)
    found = next(row[3]["ours"].pays for row in told if row[:2] == (wanted, "came back") and not row[4])
    print(f"5 points on 30%, 2,000 customers, half held out: found in {found:.1%} of plays (goal: half)")


if __name__ == "__main__":
    main()
