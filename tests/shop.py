"""A garage's everyday work, told by the product's own verbs: promises, jobs and asks at chosen moments."""

from datetime import datetime, timedelta
from typing import Any

from regulars.record import asks, customers, promises, work
from regulars.record.branches import Branch
from regulars.record.people import Member
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
