"""What each customer is worth is worked out at night, after an import, and when somebody asks for it."""

from datetime import datetime

from regulars.desk import worth
from regulars.jobs import each, plays
from regulars.kernel import clock
from regulars.record import reckonings
from regulars.record.business import Business
from regulars.record.owned import acting_for
from regulars.record.people import Member
from regulars.record.reckonings import Reckoning


def ask_for_every_business(now: datetime) -> None:
    """The night asks for it: with each day of silence everybody's chance is another."""
    for _business in each.business():
        reckonings.ask(at=now)


def work_out_what_was_asked(now: datetime) -> None:
    """What waits, and what a killed worker left."""
    begun = [(found, reckoning, reckoning.by) for found in each.business() if (reckoning := reckonings.begin(at=now))]
    for business, reckoning, by in begun:
        _work_out(business, reckoning, by, now)


def _work_out(business: Business, reckoning: Reckoning, by: Member | None, now: datetime) -> None:
    """In short transactions of its own, so that the owner sees how far it is and nobody waits for it.

    Whoever has just brought her history finds her calls planned when it is done.
    """

    def tell(step: str, share: float) -> None:
        with acting_for(business.pk):
            reckonings.is_at(reckoning, step, share)

    try:
        worth.work_out(business, at=now, by=by, progress=tell)
    except Exception:
        with acting_for(business.pk):
            reckonings.fail(reckoning, at=clock.now())
        raise
    with acting_for(business.pk):
        plays.plan_for(business, now)
        reckonings.finish(reckoning, at=clock.now())
