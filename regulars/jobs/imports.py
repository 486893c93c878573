"""Files that were brought are read here, after the answer has gone out; so are imports taken back."""

from datetime import datetime

from regulars.intake import imports as intake
from regulars.jobs import each
from regulars.kernel import clock
from regulars.record import importing


def work_on_what_was_asked(now: datetime) -> None:
    """All that was asked for, one after another. The book is not held while a file is read."""
    asked = [(business.pk, brought) for business in each.business() for brought in importing.unfinished()]
    for business, brought in asked:
        if brought.is_being_undone:
            intake.take_back(business, brought.pk, now=clock.now)
        else:
            intake.carry_out(business, brought.pk, now=clock.now)
