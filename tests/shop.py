"""A garage's everyday work, told by the product's own verbs: promises, jobs and asks at chosen moments."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from regulars.record import asks, complaints, customers, promises, ratings, recoveries, surveys, work
from regulars.record.branches import Branch
from regulars.record.complaints import Complaint
from regulars.record.people import Member
from regulars.record.recoveries import Recovery
from regulars.record.surveys import Survey
from regulars.record.tasks import Planned
from tests.cast import MONDAY, House

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def customer(house: House, name: str = "Kaja Oja", **particulars: Any) -> customers.Customer:
    return customers.add(name=name, by=house.owner, at=MONDAY, **particulars)


def promise(
    house: House,
    her: Any,
    what: str = "The brakes",
    *,
    at: datetime = MONDAY,
    due: datetime = MONDAY + 4 * HOUR,
    keeper: Member | None = None,
    **more: Any,
) -> promises.Promise:
    """On Monday at 10:30 for 14:30 in Tallinn, to be kept by the front line."""
    return promises.make(
        her,
        what=what,
        due_at=due,
        branch=more.pop("branch", None) or Branch.objects.get(),
        keeper=keeper or house.front_line,
        by=house.front_line,
        at=at,
        **more,
    )


def job(
    house: House,
    her: Any,
    what: str = "New brake pads",
    *,
    kind: str = "Brakes that hold",
    at: datetime = MONDAY,
    due: datetime = MONDAY + 4 * HOUR,
    performer: Member | None = None,
) -> work.Job:
    return work.open_job(
        her,
        kind=work.add_kind(kind, by=house.owner, at=at),
        what=what,
        due_at=due,
        branch=Branch.objects.get(),
        performer=performer or house.front_line,
        by=house.front_line,
        at=at,
    )


def ask(house: House, her: Any, text: str = "A taxi home", *, at: datetime = MONDAY, **more: Any) -> asks.Ask:
    return asks.hear(her, text=text, source="counter", by=more.pop("by", house.front_line), at=at, **more)


def complaint(house: House, text: str = "The wheel came loose", *, at: datetime = MONDAY, **more: Any) -> Complaint:
    """Said at the counter to the front line, who owns it."""
    return complaints.hear(
        text=text,
        source=more.pop("source", "counter"),
        branch=more.pop("branch", None) or Branch.objects.get(),
        by=more.pop("by", house.front_line),
        at=at,
        **more,
    )


def recovery(
    house: House, its: Complaint, remedy: str = "A new wheel", *, at: datetime = MONDAY, **more: Any
) -> Recovery:
    """Admitted, agreed, done and a little more, all on the spot by the front line; as far as `until` says."""
    by, until = more.pop("by", house.front_line), more.pop("until", "more")
    begun = recoveries.admit(its, erred="We did not tighten the bolts", by=by, at=at)
    if until == "admitted":
        return begun
    tasks = [Planned(remedy, more.pop("cost", 0))]
    recoveries.plan(begun, remedy=remedy, due_at=more.pop("due", at), tasks=tasks, mender=None, by=by, at=at)
    recoveries.agree(begun, by=by, at=at, **more)
    if until == "more":
        recoveries.do_more(begun, what="The car was washed", by=by, at=at)
    begun.refresh_from_db()
    return begun


def survey(house: House, her: Any, *, at: datetime = MONDAY, **more: Any) -> Survey:
    """Asked at the counter, by the front line, about today's visit."""
    more = {"by": house.front_line, "branch": Branch.objects.get(), "day": at.date()} | more
    return surveys.ask(her, at=at, **more)


def rating(house: House, *, at: datetime = MONDAY, **more: Any) -> ratings.Rating:
    """Given at the till, without a name, unless `more` says otherwise; `expectations` to `comment` are the answer."""
    said = ratings.Said(**{name: more.pop(name) for name in ratings.Said.__dataclass_fields__ if name in more})
    more = {"key": uuid4(), "branch": Branch.objects.get(), "way": "till", "language": "et", "landed_at": at} | more
    return ratings.give(said, at=at, **more)
