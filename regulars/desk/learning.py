"""How long work takes here: the promise engine learns it from a branch's own jobs, and is held to what it promised."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from regulars.engines import promising
from regulars.engines.promising import Jobs, Score
from regulars.record import branches, forecasts, work
from regulars.record.branches import Branch
from regulars.record.forecasts import Forecast
from regulars.record.moves import Pause
from regulars.record.promises import Promise
from regulars.record.work import Job

SHARES = (0.8, 0.9, 0.95)
LAST = 5_000  # jobs: what the engine looks at
HOUR = 3600.0


def learn(branch: Branch, *, at: datetime) -> Forecast:
    """From the branch's last jobs, finished and open; kept for the counter."""
    known = Job.objects.filter(branch=branch, dropped_at=None, comeback_of=None, opened_at__lte=at)
    rows = list(known.order_by("-opened_at")[:LAST])
    kinds = {pk: number for number, pk in enumerate(sorted({row.kind_id for row in rows}))}
    zone = ZoneInfo(branch.zone)
    jobs = Jobs(
        kind=[kinds[row.kind_id] for row in rows],
        opened=[row.opened_at.timestamp() / HOUR for row in rows],
        finished=[row.finished_at.timestamp() / HOUR if row.finished_at else np.nan for row in rows],
        took=_taken(branch, rows, at),
        weekday=[row.opened_at.astimezone(zone).weekday() for row in rows],
        busy=[row.busy for row in rows],
    )
    learned = promising.learn(jobs, at.timestamp() / HOUR, SHARES)
    learnt = {"engine": learned.as_plain(), "kinds": {str(pk): number for pk, number in kinds.items()}}
    return forecasts.keep(branch, jobs=sum(row.finished_at is not None for row in rows), learnt=learnt, at=at)


def _taken(branch: Branch, rows: list[Job], at: datetime) -> list[int]:
    """Open minutes: as they were stored at the end, or so far."""
    hours = branches.hours(branch)
    pauses: dict[Any, list[Pause]] = {}
    for pause in Pause.objects.filter(promise__job__in=work.open_jobs().filter(branch=branch)).select_related(
        "promise"
    ):
        pauses.setdefault(pause.promise.job_id, []).append(pause)
    return [row.took if row.took is not None else work.taken(row, hours, pauses.get(row.pk, []), at) for row in rows]


def scores(*, at: datetime) -> list[Score]:
    """Of the promises whose time the engine gave: how many were kept, for each share that was asked of it."""
    made = Promise.objects.exclude(share=None).filter(dropped_at=None, made_at__lte=at)
    rows = list(made.order_by("-made_at").values_list("share", "first_promised", "took", "first_due_at")[:LAST])
    if not rows:
        return []
    share, promised, took, due = zip(*rows, strict=True)
    age = [minutes + (at - moment).total_seconds() / 60 for minutes, moment in zip(promised, due, strict=True)]
    return promising.scores(share, promised, [np.nan if it is None else it for it in took], age)
