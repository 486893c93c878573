"""Everything that runs by itself, in one table. A job looks for its own work and may run twice."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from regulars.jobs import causes, imports, mailboxes, outgoing, plays, promises, silence, surveys, upkeep, worth

Job = Callable[[datetime], None]


class Nightly(NamedTuple):
    """Once a night, after `after` by UTC; missed while the machine slept, it runs when it wakes."""

    job: Job
    after: time

    def is_due(self, last: datetime | None, now: datetime) -> bool:
        latest = datetime.combine(now.date(), self.after, UTC)
        if latest > now:
            latest -= timedelta(days=1)
        return last is None or last < latest


# Looked for whenever somebody rings the bell, and every few seconds in case the bell rang in another process.
WHEN_ASKED: dict[str, Job] = {
    "imports": imports.work_on_what_was_asked,
    "worth": worth.work_out_what_was_asked,
    "letters": outgoing.send,
}

# Looked for once a minute: what time itself brings about.
EVERY_MINUTE: dict[str, Job] = {
    "warnings": promises.warn,
    "mailboxes": mailboxes.fetch,
    "surveys": surveys.ask,
    "survey letters": surveys.send,
}

NIGHTLY: dict[str, Nightly] = {
    "worth": Nightly(worth.ask_for_every_business, time(1, 10)),
    "promises": Nightly(promises.learn, time(2, 10)),
    "causes": Nightly(causes.judge, time(3, 0)),
    "silence": Nightly(silence.listen, time(3, 10)),
    "receipts": Nightly(surveys.match, time(3, 20)),
    "calls": Nightly(plays.plan_calls, time(3, 30)),
    "upkeep": Nightly(upkeep.throw_away, time(2, 40)),
}
