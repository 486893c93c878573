"""Logs of jobs of many shapes, made up: how long jobs last, what moves it, and how many there are."""

from collections.abc import Callable

import numpy as np

Columns = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # kind, opened, finished, weekday; in hours
DAYS = 600
SIZES = {
    "300 jobs": 300,
    "700 jobs, weeks of their own": 700,
    "60 kinds, most rare": 3000,
    "20,000 jobs, 12 kinds": 20_000,
}
USUAL = np.array([10.0, 30.0, 80.0, 5.0])  # hours, of four kinds


class Chance:
    """The openings, kinds and weekdays of a log, from which a shape draws times."""

    def __init__(self, many: int, seed: int) -> None:
        self.draw, self.many = np.random.default_rng(seed), many
        self.opened = np.sort(self.draw.uniform(0, DAYS * 24, many))
        self.kind = self.draw.choice(4, many, p=[0.5, 0.3, 0.15, 0.05])
        self.weekday = (self.opened // 24).astype(int) % 7
        self.gone = self.opened / (DAYS * 24)  # of the whole period, 0 to 1
        self.usual = USUAL[self.kind]

    def lognormal(self, spread: float = 0.8) -> np.ndarray:
        return self.usual * np.exp(self.draw.normal(0, spread, self.many))

    def kinds(self, kind: np.ndarray, spread: float) -> np.ndarray:
        """Kinds of the caller's, each with a usual time of its own."""
        self.kind = kind
        self.usual = 20 * np.exp(self.draw.normal(0, spread, kind.max() + 1))[kind]
        return self.lognormal(0.7)

    def queue(self, load: float) -> np.ndarray:
        """As many hands as the load asks for; whoever comes first is served first."""
        work = self.lognormal(0.6)
        free, ended = np.zeros(max(1, int(work.sum() / (DAYS * 24) / load + 0.5))), np.empty(self.many)
        for at, opened in enumerate(self.opened):
            hand = free.argmin()
            ended[at] = free[hand] = max(free[hand], opened) + work[at]
        return ended - self.opened

    def weeks(self) -> np.ndarray:
        """A factor for each week that wanders and comes back."""
        level = np.zeros(DAYS // 7 + 1)
        for week in range(1, len(level)):
            level[week] = 0.8 * level[week - 1] + self.draw.normal(0, 0.35)
        return np.exp(level[(self.opened // (7 * 24)).astype(int)])

    def ends(self, every: float) -> np.ndarray:
        """Six in ten are finished when the week, or the month, ends."""
        left = every * 24 - self.opened % (every * 24) + self.draw.uniform(0, 4, self.many)
        return np.where(self.draw.random(self.many) < 0.6, left, self.lognormal(0.5))

    def bursts(self) -> np.ndarray:
        """25 at a time, which are slow or quick together."""
        groups = self.many // 25 + 1
        start = np.sort(self.draw.uniform(0, DAYS * 24, groups))
        together = np.exp(self.draw.normal(0, 0.6, groups))
        self.opened = np.repeat(start, 25)[: self.many] + self.draw.exponential(4, self.many)
        self.weekday = (self.opened // 24).astype(int) % 7
        return self.lognormal(0.5) * np.repeat(together, 25)[: self.many]


def _drawn(c: Chance, share: float, if_so: np.ndarray | float, otherwise: np.ndarray) -> np.ndarray:
    return np.where(c.draw.random(c.many) < share, if_so, otherwise)


SHAPES: dict[str, Callable[[Chance], np.ndarray]] = {
    "lognormal": lambda c: c.lognormal(1.0),
    "300 jobs": lambda c: c.lognormal(),
    "gamma": lambda c: c.draw.gamma(0.7, c.usual),
    "heavy tail": lambda c: c.usual * c.draw.pareto(1.3, c.many),
    "two humps": lambda c: _drawn(c, 0.7, c.usual * 0.05, c.usual * 10) * np.exp(c.draw.normal(0, 0.3, c.many)),
    "whole days": lambda c: 24.0 * c.draw.poisson(c.usual / 24),
    "40% at once": lambda c: _drawn(c, 0.4, 0.0, c.lognormal(1.0)),
    "slowdown and recovery": lambda c: c.lognormal() * np.where((c.gone > 0.6) & (c.gone < 0.8), 4, 1),
    "ever quicker": lambda c: c.lognormal() * np.exp(-2 * c.gone),
    "ever slower": lambda c: c.lognormal() * np.exp(2 * c.gone),
    "seasons": lambda c: c.lognormal() * np.exp(0.8 * np.sin(8 * np.pi * c.gone)),
    "weeks of their own": lambda c: c.lognormal() * c.weeks(),
    "700 jobs, weeks of their own": lambda c: c.lognormal() * c.weeks(),
    "slow after Thursday": lambda c: c.lognormal(0.5) * np.where(c.weekday > 3, 3, 1),
    "a queue": lambda c: c.queue(0.93),
    "a growing queue": lambda c: c.queue(1.05),
    "ended on Fridays": lambda c: c.ends(7),
    "ended each month": lambda c: c.ends(30),
    "bursts": lambda c: c.bursts(),
    "60 kinds, most rare": lambda c: c.kinds(np.minimum(c.draw.zipf(1.3, c.many), 60), 1.2),
    "each of its own kind": lambda c: c.kinds(np.arange(c.many), 0.5),
    "no kind": lambda c: c.kinds(np.zeros(c.many, int), 0.0) * np.where(c.gone > 0.7, 0.2, 1),
    "20,000 jobs, 12 kinds": lambda c: c.kinds(c.draw.integers(0, 12, c.many), 1.0) * np.exp(np.sin(40 * c.gone) / 2),
}


def make(shape: str, seed: int = 7) -> Columns:
    chance = Chance(SIZES.get(shape, 2500), seed)
    took = SHAPES[shape](chance)
    return chance.kind, chance.opened, chance.opened + took, chance.weekday
