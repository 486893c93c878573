"""One line of "somebody is waiting", and how a moment is said in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext

from regulars.record.approvals import Approval
from regulars.record.complaints import Complaint
from regulars.record.customers import Contact
from regulars.record.handoffs import HandOff
from regulars.record.promises import Promise

CALLS = {"tell", "tell_move", "contact", "check", "acknowledge", "ask_right"}


@dataclass(frozen=True)
class Duty:
    """One line. `what` names the deed that it asks for, `row` is what it is about; `by`: until when.

    `name` stands for a customer whom we do not know.
    """

    what: str
    row: Any
    customer: Any
    say: str
    by: datetime
    is_late: bool
    left: int | None = None  # open minutes until a promise breaks
    value: int | None = None
    phone: Contact | None = None
    not_before: datetime | None = None  # from when that number may be called; None: now
    name: str = ""
    can_wait: bool = False

    @property
    def calls(self) -> bool:
        """Whether the deed is to call her."""
        return self.what in CALLS

    @property
    def page(self) -> str:
        """What has a page of its own: the promise, the complaint, or the ask that was handed on."""
        if isinstance(self.row, Promise):
            return "promise"
        return "complaint" if isinstance(self.row, Complaint | Approval) else "ask"

    @property
    def about(self) -> UUID:
        found: UUID = self.row.pk
        if isinstance(self.row, HandOff):
            found = self.row.ask_id
        elif isinstance(self.row, Approval):
            found = self.row.recovery.complaint_id
        return found


def when(moment: datetime, at: datetime) -> str:
    """ "16:00" today, "tomorrow 9:00", "Thursday 5 March, 16:00" otherwise: on the clock that `moment` carries."""
    there = at.astimezone(moment.tzinfo)
    time = date_format(moment, "TIME_FORMAT")
    days = (moment.date() - there.date()).days
    if days == 0:
        return time
    if days == 1:
        return gettext("tomorrow %(time)s") % {"time": time}
    if days == -1:
        return gettext("yesterday %(time)s") % {"time": time}
    weekday, day = date_format(moment, "l"), date_format(moment, "MONTH_DAY_FORMAT")
    return gettext("%(weekday)s %(day)s, %(time)s") % {"weekday": weekday, "day": day, "time": time}
