"""The alarm of silence against half of the average and against a c-chart: how often it cries wolf, how soon it sees.

    .venv/bin/python -m bench.silence [--seed 1] [--years 4] [--runs 200]
    .venv/bin/python -m bench.silence --table     # what FALSE_ALARMS in engines/silence.py holds

Made-up branches with 2 to 200 complaints a month. Each has its own size; jobs go up and down with the season (by 30% of
the mean), from week to week and from day to day, and there are none on Sundays. Each has one year of history, of
which all that judge it learn its rate, and is then watched: for `years` in which nothing happens, which gives the false
alarms; and from a moment at which a share of complaints is no longer recorded, for a year. Ours looks every night, for
one false alarm a year and without borrowing from other branches. The others look once a week, as such charts are kept:

  half      below half of the average of the first year
  c-chart   below the mean less three sigmas; where that is nothing it never fires
  c same    a c-chart whose limit is moved until it cries wolf as often as ours, by lot between two whole numbers
  u same    the same with the limit by the jobs of the week, which a c-chart does not know
  run same  so many weeks in a row below the mean, chosen in the same way
  bound     a CUSUM at the same rate of false alarms that is told the true rate and the share: the most there is to know

A wait counts from that moment to the end of the day, or week, that raises the alarm; one that is not seen within a year
counts as 52 weeks. A branch whose alarm stands when the silence begins is left out of that column.
"""

import argparse
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np

from regulars.engines import silence
from regulars.engines.silence import YEAR

VOLUMES = (2, 5, 10, 20, 50, 100, 200)
SHARES = (0.3, 0.5, 0.8, 1.0)
WEEKS = 52


Made = tuple[np.ndarray, np.ndarray]  # jobs, in complaints that they bring, and complaints
Answers = dict[str, tuple[float, dict[float, np.ndarray]]]  # false alarms a year, and waits for each share lost
Alarms = tuple[np.ndarray, np.ndarray]  # in which periods one was raised, and at the end of which one stood


def branches(luck: np.random.Generator, a_month: float, many: int, days: int) -> Made:
    """(branches, days) each."""
    day = np.arange(days)
    season = 1 + 0.3 * np.sin(2 * np.pi * (day / YEAR + luck.random((many, 1))))
    weekly = np.repeat(luck.gamma(16, 1 / 16, (many, days // 7)), 7, axis=1)
    daily = luck.gamma(6, 1 / 6, (many, days)) * (day % 7 < 6) * 7 / 6
    jobs = season * weekly * daily
    jobs *= a_month * 12 / YEAR / jobs.mean(axis=1, keepdims=True)
    return jobs, luck.poisson(jobs).astype(float)


def ours(jobs: np.ndarray, came: np.ndarray) -> Alarms:
    past = silence._Past(jobs, came, (0.0, 0.0))
    walked = silence._walk(past, -1, silence._levels(-1, 1.0))
    return walked.raised[:, YEAR:], walked.stood[:, YEAR:]


def _weekly(days: np.ndarray) -> np.ndarray:
    return days.reshape(len(days), -1, 7).sum(axis=2)


def rising(low: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """An alarm for each time that it falls below, not for each week that it stays there."""
    return low & ~np.pad(low, ((0, 0), (1, 0)))[:, :-1], low


def usual(jobs: np.ndarray, came: np.ndarray, *, by_jobs: bool = False) -> np.ndarray:
    """A week's complaints by the first year: the mean, or what the week's jobs should bring."""
    work, weeks = _weekly(jobs), _weekly(came)
    if by_jobs:
        return work[:, WEEKS:] * (weeks[:, :WEEKS].sum(axis=1) / work[:, :WEEKS].sum(axis=1))[:, None]
    return weeks[:, :WEEKS].mean(axis=1, keepdims=True)


def below(limit: Callable[[np.ndarray], np.ndarray], jobs: np.ndarray, came: np.ndarray) -> Alarms:
    return rising(_weekly(came)[:, WEEKS:] < limit(usual(jobs, came)))


def by_lot(limit: float, jobs: np.ndarray, came: np.ndarray, *, by_jobs: bool = False) -> Alarms:
    """The limit in sigmas from the mean; between two whole numbers a lot decides."""
    weeks, mean = _weekly(came)[:, WEEKS:], usual(jobs, came, by_jobs=by_jobs)
    lots = np.random.default_rng(7).random(weeks.shape)
    return rising(weeks + lots < mean + limit * np.sqrt(mean))


def knowing(share: float, limit: float, jobs: np.ndarray, came: np.ndarray) -> Alarms:
    """Page's CUSUM of the likelihood ratio, told the rate and the share: nothing is sooner (Moustakides 1986)."""
    gain = share * jobs + came * np.log(max(1 - share, 1e-9))
    raised, stood = np.zeros((2, *came.shape), np.bool_)
    level, stands = np.zeros(len(came)), np.zeros(len(came), np.bool_)
    for day in range(came.shape[1]):
        level = np.maximum(level + gain[:, day], 0)
        raised[:, day] = (level >= limit) & ~stands
        stands = (stands | raised[:, day]) & (level > 0)
        stood[:, day] = stands
    return raised[:, YEAR:], stood[:, YEAR:]


def in_a_row(length: float, jobs: np.ndarray, came: np.ndarray) -> Alarms:
    """So many weeks in a row below the mean, one more for a part of the branches."""
    low = _weekly(came)[:, WEEKS:] < usual(jobs, came)
    needed = int(length) + (np.random.default_rng(7).random(len(came)) < length % 1)
    run, count = np.zeros(low.shape), np.zeros(len(came))
    for week in range(low.shape[1]):
        count = (count + 1) * low[:, week]
        run[:, week] = count
    return rising(run >= needed[:, None])


def matched(chart: Callable[..., Alarms], low: float, high: float, made: Made, wanted: int) -> Callable[..., Alarms]:
    """The chart with the setting between `low` (never) and `high` (often) at which it raises so many alarms."""
    for _ in range(25):
        middle = (low + high) / 2
        low, high = (low, middle) if chart(middle, *made)[0].sum() > wanted else (middle, high)
    return partial(chart, low)


def waits(raised: np.ndarray, stood: np.ndarray, moment: np.ndarray, step: int) -> np.ndarray:
    """Weeks from each moment (in days) to the end of the period that raised the alarm; 52 when none did in a year."""
    period = (moment // step).astype(int)
    free = ~stood[np.arange(len(stood)), np.maximum(period - 1, 0)] | (period == 0)
    late = np.arange(raised.shape[1]) >= period[:, None]
    found = raised & late
    ended = np.where(found.any(axis=1), (found.argmax(axis=1) + 1) * step, np.inf)
    return np.minimum((ended - moment) / 7, WEEKS)[free]


def one_volume(a_month: float, seed: int, years: int, many: int) -> Answers:
    """For each that judges: false alarms a year, and the waits for each share that is lost."""
    luck = np.random.default_rng([seed, int(a_month)])
    made = branches(luck, a_month, many, YEAR * (years + 1))
    wolf = int(ours(*made)[0].sum())
    judges = {
        "ours": (ours, 1),
        "half": (partial(below, lambda mean: mean / 2), 7),
        "c-chart": (partial(below, lambda mean: mean - 3 * np.sqrt(mean)), 7),
        "c same": (matched(by_lot, -9.0, 3.0, made, wolf), 7),
        "u same": (matched(partial(by_lot, by_jobs=True), -9.0, 3.0, made, wolf), 7),
        "run same": (matched(lambda less, *made: in_a_row(-less, *made), -99.0, -1.0, made, wolf), 7),
    }
    answers = {name: (judge(*made)[0].sum() / many / years, {}) for name, (judge, _) in judges.items()}
    answers["bound"] = (wolf / many / years, {})
    jobs, came = branches(luck, a_month, many, YEAR * 3)
    moment = luck.uniform(YEAR / 2, YEAR, many)  # after half a year of watching, and more than a year before the end
    over = np.clip(np.arange(came.shape[1]) + 1 - YEAR - moment[:, None], 0, 1)  # how much of each day comes after it
    for share in SHARES:
        left = luck.binomial(came.astype(int), 1 - share * over).astype(float)
        told = matched(lambda less, *made, share=share: knowing(share, -less, *made), -30.0, -0.1, made, wolf)
        for name, (judge, step) in (judges | {"bound": (told, 1)}).items():
            answers[name][1][share] = waits(*judge(jobs, left), moment, step)
    return answers


def table(side: int, a_day: float) -> list[float]:
    """False alarms a year for each of CHANCES, with 400 branches, one year to learn and four that are watched."""
    rows, luck = [], np.random.default_rng([11, int(a_day * 1000), side + 1])
    jobs = luck.gamma(6, 1 / 6, (400, 5 * YEAR)) * (np.arange(5 * YEAR) % 7 < 6) * 7 / 6
    past = silence._Past(jobs, luck.poisson(jobs * a_day).astype(float), (0.0, 0.0))
    for chance in silence.CHANCES:
        walked = silence._walk(past, side, np.full(len(silence.A_DAY), chance))
        rows.append(float(walked.raised[:, YEAR:].sum()) / 1600)
    return rows


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--years", type=int, default=4)
    asked.add_argument("--runs", type=int, default=200, help="branches of each volume")
    asked.add_argument("--table", action="store_true")
    given = asked.parse_args()
    with ProcessPoolExecutor() as pool:
        if given.table:
            for side in (-1, 1):
                print(side)
                for row in pool.map(partial(table, side), silence.A_DAY):
                    print("        [" + ", ".join(f"{max(one, 1e-4):.4f}" for one in row) + "],", flush=True)
            return
        each = partial(one_volume, seed=given.seed, years=given.years, many=given.runs)
        for a_month, answers in zip(VOLUMES, pool.map(each, VOLUMES), strict=True):
            show(a_month, answers)
            print("median of ours in those of c same: " + ", ".join(f"{one:.2f}" for one in against(answers, "c same")))


def against(answers: Answers, name: str) -> list[float]:
    """Ours in the other's median wait, for each share."""
    return [float(np.median(answers["ours"][1][share]) / np.median(answers[name][1][share])) for share in SHARES]


def show(a_month: float, answers: Answers) -> None:
    print(f"\n{a_month} complaints a month{'':8}weeks until seen: median / mean (share seen within a year)")
    print(f"{'':10}{'false a year':>14}" + "".join(f"{f'{share:.0%} lost':>24}" for share in SHARES))
    for name, (wolf, times) in answers.items():
        cells = [
            f"{np.median(one):.1f} / {one.mean():.1f} ({(one < WEEKS).mean():.0%})" if len(one) else "-"
            for one in times.values()
        ]
        print(f"{name:10}{wolf:>14.2f}" + "".join(f"{cell:>24}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
