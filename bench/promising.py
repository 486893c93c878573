"""The promise engine against a fixed time and against quantile regression: a log of jobs is replayed in strict order.

    .venv/bin/python -m bench.promising FILE [--hours 24] [--sklearn PYTHON]
    .venv/bin/python -m bench.promising --made

FILE has the columns job, first_activity, opened_at, finished_at (empty while open). At every opening in the later half
of the log only what had happened by then is known; the engine learns anew once a day (--hours), or after 50 jobs where
a day has more. Times are hours by the clock. "fixed" is one time for all: the quantile of what was finished before the
later half. "sklearn" is scikit-learn's HistGradientBoostingRegressor with loss="quantile" on the kind, the day of the
week and how many jobs are open, fitted once a week to what was finished by then, without calibration
(bench/peer_quantiles.py; `pip install scikit-learn==1.9.1` in an environment of its own). A promise counts as kept when
the job was finished at that time or before; one that is open at the end of the log counts as missed once its time has
passed, and not at all before. --made replays logs of many shapes, made up in bench/made_jobs.py.
"""

import argparse
import csv
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bench.made_jobs import SHAPES, make
from regulars.engines.promising import Jobs, busyness, learn

SHARES = (0.8, 0.9, 0.95)
MOST_JOBS = 50  # between two times of learning
HERE = Path(__file__).resolve().parent


@dataclass
class Log:
    """Hours since the first opening, in the order of opening; `finished` is infinite while open."""

    kind: np.ndarray
    opened: np.ndarray
    finished: np.ndarray
    weekday: np.ndarray

    def __post_init__(self) -> None:
        order = np.argsort(self.opened, kind="stable")
        self.kind, self.opened, self.finished, self.weekday = (
            column[order] for column in (self.kind, self.opened, self.finished, self.weekday)
        )
        self.took = self.finished - self.opened
        self.busy = busyness(self.opened, self.finished)
        self.half = len(self.opened) // 2
        self.end = float(max(self.opened.max(), self.finished[np.isfinite(self.finished)].max(initial=-np.inf)))

    def known(self, at: int) -> Jobs:
        """What is known when the job `at` is opened, of those before it."""
        now, part = self.opened[at], slice(0, at)
        return Jobs(
            self.kind[part],
            self.opened[part],
            np.where(self.finished[part] <= now, self.finished[part], np.nan),
            np.minimum(self.took[part], now - self.opened[part]),
            self.weekday[part],
            self.busy[part],
        )

    def moments(self, hours: float, most: float) -> list[int]:
        """The jobs of the later half before which one learns anew."""
        at, learning = self.half, [self.half]
        for at in range(self.half, len(self.opened)):
            if self.opened[at] - self.opened[learning[-1]] >= hours or at - learning[-1] >= most:
                learning.append(at)
        return learning


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("file", type=Path, nargs="?", metavar="FILE")
    asked.add_argument("--hours", type=float, default=24.0)
    asked.add_argument("--sklearn", metavar="PYTHON", help="an interpreter that has scikit-learn")
    asked.add_argument("--made", nargs="*", metavar="SHAPE", help=f"made-up logs: {', '.join(SHAPES)}")
    given = asked.parse_args()
    if given.file:
        _show(given.file.name, read(given.file), given.hours, given.sklearn)
    elif given.made is None:
        asked.error("a FILE, or --made")
    for name in given.made or (SHAPES if given.made == [] else ()):
        _show(name, Log(*make(name)), given.hours, given.sklearn)


def read(path: Path) -> Log:
    with path.open(newline="", encoding="utf-8-sig") as file:
        lines = [line for line in csv.DictReader(file) if line["opened_at"]]
    names = {name: code for code, name in enumerate(sorted({line["first_activity"] for line in lines}))}
    opened = [_moment(line["opened_at"]) for line in lines]
    finished = [_moment(line["finished_at"]) if line["finished_at"] else None for line in lines]
    zero = min(opened)
    return Log(
        np.array([names[line["first_activity"]] for line in lines]),
        np.array([(one - zero).total_seconds() / 3600 for one in opened]),
        np.array([np.inf if one is None else (one - zero).total_seconds() / 3600 for one in finished]),
        np.array([one.weekday() for one in opened]),
    )


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written.strip())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def replay(log: Log, hours: float = 24.0, most: int = MOST_JOBS) -> tuple[np.ndarray, list[float]]:
    """What was promised to each job of the later half, a column for each share; and how long each learning took."""
    moments, promised, took = log.moments(hours, most), [], []
    for start, end in zip(moments, [*moments[1:], len(log.opened)], strict=True):
        began = time.perf_counter()
        learned = learn(log.known(start), float(log.opened[start]), SHARES)
        took.append(time.perf_counter() - began)
        for at in range(start, end):
            said = [learned.suggest(int(log.kind[at]), log.busy[at], int(log.weekday[at]), one).took for one in SHARES]
            promised.append([np.nan if one is None else one for one in said])
    return np.array(promised), took


def fixed(log: Log) -> np.ndarray:
    """The quantiles of what was finished before the later half, for every job."""
    done = log.took[: log.half][log.finished[: log.half] <= log.opened[log.half]]
    return np.tile(np.quantile(done, SHARES), (len(log.opened) - log.half, 1))


def peer(log: Log, python: str) -> np.ndarray:
    """scikit-learn's, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.npz"
        columns = {name: getattr(log, name) for name in ("kind", "opened", "finished", "weekday", "busy")}
        np.savez(path, moments=log.moments(7 * 24, 500), shares=SHARES, **columns)
        done = subprocess.run(
            [python, str(HERE / "peer_quantiles.py"), str(path)], capture_output=True, text=True, check=False
        )
    if done.returncode:
        sys.exit(f"scikit-learn failed:\n{done.stderr[-2000:]}")
    return np.array(json.loads(done.stdout))


def kept(log: Log, promised: np.ndarray) -> tuple[np.ndarray, int]:
    """The share kept of each column, and how many promises were decided of the last one."""
    took, age = log.took[log.half :, None], log.end - log.opened[log.half :, None]
    decided = np.isfinite(took) | (age > promised)
    return ((took <= promised) & decided).sum(axis=0) / decided.sum(axis=0), int(decided[:, -1].sum())


def _show(name: str, log: Log, hours: float, sklearn: str | None) -> None:
    print(f"\n{name}: {len(log.opened):,} jobs, of which promised {len(log.opened) - log.half:,}")
    ours, seconds = replay(log, hours)
    answers = {"ours": ours, "fixed": fixed(log)} | ({"sklearn": peer(log, sklearn)} if sklearn else {})
    print(f"{'':10}" + "".join(f"{f'kept at {one:.0%}':>14}" for one in SHARES) + f"{'median at 90%':>16}")
    for who, promised in answers.items():
        cells = "".join(f"{one:>14.1%}" for one in kept(log, promised)[0])
        print(f"{who:10}{cells}{np.median(promised[:, 1]):>14.1f} h")
    shorter = 1 - np.median(ours[:, 1]) / np.median(answers["fixed"][:, 1])
    off = np.abs(kept(log, ours)[0] - SHARES).max()
    print(
        f"at most {off:.1%} from what was asked; the median promise at 90% is {shorter:.1%} shorter than the fixed one"
    )
    print(f"learnt {len(seconds)} times, {statistics.median(seconds):.2f} s each")


if __name__ == "__main__":
    main()
