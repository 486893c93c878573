"""Answers in figures: how many customers are content, with intervals that are honest about few; who does not answer.

Content is a score of 4 or 5. A figure has its answers beside it, and a light that is lit only where the interval lies
wholly on one side of the goal. What we tried ourselves counts nowhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from django.db.models import Q

from regulars.engines import shares
from regulars.engines import surveys as engine
from regulars.record import questions, ratings
from regulars.record.business import Business
from regulars.record.ratings import Rating
from regulars.record.surveys import Survey
from regulars.record.worth import Estimate, Stage

CONTENT = 4
KEYS = [key.value for key in questions.THREE]


@dataclass(frozen=True)
class Score:
    """One question in one group. `spread`: how many gave 1 to 5."""

    content: int
    of: int
    spread: tuple[int, ...]
    light: engine.Light

    @property
    def share(self) -> float | None:
        return self.content / self.of if self.of else None

    @property
    def limits(self) -> tuple[float, float]:
        """Between which the true share lies in 95 cases of 100."""
        return shares.interval(self.content, self.of)


@dataclass(frozen=True)
class Group:
    """A branch, a person or a kind of work, with one score for each question."""

    name: str
    answers: int
    scores: list[Score]


@dataclass(frozen=True)
class Asked:
    """Letters that went to a group of customers, and how many answered. `stands_out`: -1 fewer, 1 more than others."""

    name: str
    answered: int
    of: int
    stands_out: int

    @property
    def share(self) -> float:
        return self.answered / self.of


@dataclass(frozen=True)
class Figures:
    """`weeks`: for each question Monday, content, of how many. `seconds`: half took no longer; None without any."""

    answers: int
    scores: list[Score]
    weeks: list[list[tuple[date, int, int]]]
    groups: dict[str, list[Group]]
    ways: list[tuple[str, int]]
    seconds: float | None
    asked: dict[str, list[Asked]]

    @property
    def letters(self) -> tuple[int, int]:
        """Answered, of how many that we wrote to."""
        all_of_them = self.asked["branch"]
        return sum(one.answered for one in all_of_them), sum(one.of for one in all_of_them)


@dataclass(frozen=True)
class _Row:
    scores: tuple[int | None, ...]
    week: date
    branch: str
    member: str
    kind: str
    way: str
    seconds: int | None


def figures(business: Business, *, since: datetime, at: datetime, **only: Any) -> Figures:
    """What was answered after `since`. `only`: a branch, a member, a job__kind. The same number of queries always."""
    columns = ("at", "branch__name", "member__name", "job__kind__name", "way", "seconds", *KEYS)
    found = ratings.counted().filter(at__gt=since, at__lte=at, **only).values_list(*columns)
    rows = [_row(line, ZoneInfo(business.zone)) for line in found.iterator(5_000)]
    goal = float(business.survey_goal)
    ways = [(str(way.label), sum(row.way == way for row in rows)) for way in Rating.Way]
    seconds = [row.seconds for row in rows if row.seconds is not None]
    return Figures(
        answers=len(rows),
        scores=_scores(rows, goal),
        weeks=[_weeks(rows, i) for i in range(len(KEYS))],
        groups={by: _grouped(rows, by, goal) for by in ("branch", "member", "kind")},
        ways=sorted(((way, many) for way, many in ways if many), key=lambda pair: -pair[1]),
        seconds=float(np.median(seconds)) if seconds else None,
        asked=_asked(since, at, only),
    )


def answers(show: str, words: str, *, low: int) -> Any:
    """The answers that are `show`: "low", with "words", set "aside", or all that count; with those words in them."""
    found = Rating.objects.select_related("customer", "branch", "member", "complaint", "call", "till")
    found = found.filter(aside_at__isnull=show != "aside")
    if show == "low":
        found = found.filter(Q(expectations__lte=low) | Q(value__lte=low) | Q(efficiency__lte=low))
    if show == "words":
        found = found.exclude(comment="", wish="")
    said = Q(comment__icontains=words) | Q(wish__icontains=words) | Q(customer__name__icontains=words)
    return found.filter(said) if words else found


def _row(line: tuple[Any, ...], zone: ZoneInfo) -> _Row:
    at, branch, member, kind, way, seconds, *scores = line
    day = at.astimezone(zone).date()
    week = day - timedelta(days=day.weekday())
    return _Row(tuple(scores), week, branch, member or "", kind or "", way, seconds)


def _scores(rows: Iterable[_Row], goal: float) -> list[Score]:
    some = list(rows)
    return [_score([row.scores[i] for row in some], goal) for i in range(len(KEYS))]


def _score(given: Iterable[int | None], goal: float) -> Score:
    some = [score for score in given if score is not None]
    content = sum(score >= CONTENT for score in some)
    spread = tuple(some.count(score) for score in range(1, ratings.BEST + 1))
    return Score(content, len(some), spread, engine.light(content, len(some), goal))


def _grouped(rows: list[_Row], by: str, goal: float) -> list[Group]:
    """The largest group first; nameless last."""
    groups: dict[str, list[_Row]] = {}
    for row in rows:
        groups.setdefault(getattr(row, by), []).append(row)
    told = [Group(name, len(some), _scores(some, goal)) for name, some in groups.items()]
    return sorted(told, key=lambda group: (group.name == "", -group.answers, group.name))


def _weeks(rows: list[_Row], i: int) -> list[tuple[date, int, int]]:
    given: dict[date, list[int]] = {}
    for row in rows:
        if (score := row.scores[i]) is not None:
            given.setdefault(row.week, []).append(score)
    return [(week, sum(one >= CONTENT for one in given[week]), len(given[week])) for week in sorted(given)]


def _asked(since: datetime, at: datetime, only: dict[str, Any]) -> dict[str, list[Asked]]:
    """Who answers our letters and who does not: by branch, by kind of work, by where she stands with us."""
    sent = Survey.objects.filter(sent_at__gt=since, sent_at__lte=at, **only)
    lines = list(sent.values_list("customer", "answered_at", "branch__name", "job__kind__name"))
    stages = dict(Estimate.objects.filter(customer__surveys__sent_at__gt=since).values_list("customer", "stage"))
    names = dict(Stage.choices)
    by: dict[str, dict[str, list[bool]]] = {"branch": {}, "kind": {}, "stage": {}}
    for customer, answered_at, branch, kind in lines:
        answered = answered_at is not None
        by["branch"].setdefault(branch, []).append(answered)
        by["kind"].setdefault(kind or "", []).append(answered)
        by["stage"].setdefault(str(names.get(stages.get(customer, ""), "")), []).append(answered)
    return {name: _answering(groups) for name, groups in by.items()}


def _answering(groups: dict[str, list[bool]]) -> list[Asked]:
    some = sorted(groups.items(), key=lambda pair: (pair[0] == "", -len(pair[1]), pair[0]))
    marks = engine.stands_out([(sum(answers), len(answers)) for _name, answers in some])
    return [Asked(name, sum(answers), len(answers), mark) for (name, answers), mark in zip(some, marks, strict=True)]
