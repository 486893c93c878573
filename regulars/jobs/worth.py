"""What each customer is worth is worked out at night, after an import, and when somebody asks for it."""

from datetime import datetime

from regulars.desk import worth
from regulars.jobs import each
from regulars.kernel import clock
from regulars.record import reckonings
from regulars.record.business import Business
from regulars.record.owned import acting_for


def ask_for_every_business(now: datetime) -> None:
    """The night asks for it: with each day of silence everybody's chance is another."""
    for _business in each.business():
        reckonings.ask(at=now)


def work_out_what_was_asked(now: datetime) -> None:
    """What waits, and what a killed worker left."""
    for business in [found for found in each.business() if reckonings.are_asked()]:
        _work_out(business, now)


def _work_out(business: Business, now: datetime) -> None:
    """In short transactions of its own, so that the owner sees how far it is and nobody waits for it."""
    with acting_for(business.pk):
        reckoning = reckonings.begin(at=now)
        by = reckoning.by if reckoning else None
    if reckoning is None:
        return

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
        reckonings.finish(reckoning, at=clock.now())
