"""Changes: what changes against a cause, in which process or checklist, who changes it, by when; and whether it held.

Whether it held is counted and not judged: a complaint of the same cause about work that was done after the change
opens it again. 30, 60 and 90 days after, what was counted is written down.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal
from regulars.record.complaints import Complaint
from regulars.record.owned import Owned, OwnedForeignKey, keys

WATCHES = (30, 60, 90)  # days after which it is counted whether the cause came back
A_WEEK = timedelta(days=7)


class Change(Owned):
    """One change. `keeper` alone answers for it; done is dated, and undone when the cause comes back."""

    cause = OwnedForeignKey("record.Cause", related_name="changes")
    what = models.CharField(max_length=500)
    where = models.CharField(max_length=200, blank=True)  # the process or the checklist
    keeper = OwnedForeignKey("record.Member", null=True)
    teaches = OwnedForeignKey("record.Member", null=True)  # who is taught, when somebody did not know how
    article = OwnedForeignKey("record.Article", null=True, related_name="changes")
    due_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = OwnedForeignKey("record.Member")
    done_at = models.DateTimeField(null=True)
    done_by = OwnedForeignKey("record.Member", null=True)
    back_at = models.DateTimeField(null=True)  # the cause came back, and it is open again
    held_from = models.DateTimeField(null=True)  # since when it was done, until the cause came back
    times_back = models.PositiveSmallIntegerField(default=0)
    dropped_at = models.DateTimeField(null=True)
    dropped_why = models.CharField(max_length=500, blank=True)

    class Meta(Owned.Meta):
        ordering = ["made_at"]
        constraints = [
            *keys(
                "change",
                cause="cause",
                keeper="member",
                teaches="member",
                article="article",
                made_by="member",
                done_by="member",
            )
        ]
        indexes = [
            models.Index(fields=["business", "cause"], name="change_cause"),
            models.Index(fields=["business", "article"], name="change_article"),
            models.Index(fields=["business", "due_on"], name="change_open", condition=Q(done_at=None, dropped_at=None)),
            models.Index(
                fields=["business", "done_at"], name="change_done", condition=Q(done_at__isnull=False, dropped_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Verdict(Owned):
    """What was counted so many days after a change: complaints of the cause, and the work that could bring them."""

    class Held(models.TextChoices):
        GONE = "gone", _("gone")
        NO_PROOF = "no_proof", _("no proof yet")
        BACK = "back", _("back")

    change = OwnedForeignKey(Change, related_name="verdicts")
    days = models.PositiveSmallIntegerField()
    done_at = models.DateTimeField()  # of the change, as it was counted from
    at = models.DateTimeField()
    held = models.CharField(max_length=10, choices=Held)
    before = models.PositiveIntegerField()
    work_before = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    work_after = models.PositiveIntegerField()
    seen_at = models.DateTimeField(null=True)
    seen_by = OwnedForeignKey("record.Member", null=True)

    class Meta(Owned.Meta):
        ordering = ["at"]
        constraints = [
            *keys("verdict", change="change", seen_by="member"),
            models.UniqueConstraint(fields=["business", "change", "days", "done_at"], name="verdict_once"),
        ]
        indexes = [models.Index(fields=["business", "at"], name="verdict_unseen", condition=Q(seen_at=None))]


def living() -> Any:
    """Every change that was not given up."""
    return Change.objects.filter(dropped_at=None)


def open_ones() -> Any:
    """Those that are still to be done."""
    return living().filter(done_at=None)


@transaction.atomic
def make(
    cause: Any,
    *,
    what: str,
    keeper: Any,
    due_on: date,
    by: Any,
    at: datetime,
    where: str = "",
    teaches: Any = None,
    article: Any = None,
) -> Change:
    """What will be different from now on; one colleague answers for it."""
    if not what.strip():
        raise Refused(gettext_noop("Write what changes."), field="what")
    if keeper is None:
        raise Refused(gettext_noop("Choose one colleague who answers for it."), field="keeper")
    change: Change = Change.objects.create(
        cause=cause,
        what=what.strip(),
        where=where.strip(),
        keeper=keeper,
        teaches=teaches,
        article=article,
        due_on=due_on,
        made_at=at,
        made_by=by,
    )
    _write("change made", change, by=by, at=at)
    return change


@transaction.atomic
def teach(change: Change, article: Any) -> None:
    """What it taught stands in the playbook, in this article, whose verb has written the journal line."""
    Change.objects.filter(pk=change.pk).update(article=article)


@transaction.atomic
def hand_on(change: Change, *, to: Any, due_on: date, by: Any, at: datetime) -> None:
    """Another answers for it, or it takes longer."""
    if not open_ones().filter(pk=change.pk).update(keeper=to, due_on=due_on):
        raise Refused(gettext_noop("This is done already."))
    _write("change handed on", change, by=by, at=at, to=str(to))


@transaction.atomic
def do(change: Change, *, by: Any, at: datetime) -> None:
    """From now on it is so; from now on it is counted whether the cause comes back."""
    if not open_ones().filter(pk=change.pk).update(done_at=at, done_by=by):
        raise Refused(gettext_noop("This is done already."))
    _write("change done", change, by=by, at=at)


@transaction.atomic
def undo(change: Change, *, by: Any, at: datetime) -> None:
    """It is not done after all."""
    if not living().filter(pk=change.pk, done_at__isnull=False).update(done_at=None, done_by=None):
        raise Refused(gettext_noop("This is open already."))
    _write("change undone", change, by=by, at=at)


@transaction.atomic
def drop(change: Change, *, why: str, by: Any, at: datetime) -> None:
    """It will not be done; the cause waits for another change."""
    if not why.strip():
        raise Refused(gettext_noop("Write why it is given up."), field="why")
    if not open_ones().filter(pk=change.pk).update(dropped_at=at, dropped_why=why.strip()):
        raise Refused(gettext_noop("This is done already."))
    _write("change dropped", change, by=by, at=at, why=why.strip())


def come_back(cause: Any, complaint: Complaint, *, by: Any, at: datetime) -> None:
    """The same cause, about work that was done after the change: whatever was changed did not hold."""
    for change in living().filter(cause=cause, done_at__lt=complaint.happened_at):
        Change.objects.filter(pk=change.pk).update(
            held_from=change.done_at,
            done_at=None,
            done_by=None,
            back_at=at,
            times_back=F("times_back") + 1,
            due_on=(at + A_WEEK).date(),
        )
        _write("cause came back", change, by=by, at=at, number=complaint.number)


@transaction.atomic
def judge(change: Change, *, days: int, counted: dict[str, int], held: str, at: datetime) -> Verdict:
    """What was counted; the same change on the same day is judged once."""
    verdict: Verdict = Verdict.objects.get_or_create(
        change=change, days=days, done_at=change.done_at, defaults={**counted, "held": held, "at": at}
    )[0]
    _write("change judged", change, by=None, at=at, days=days, held=held)
    return verdict


@transaction.atomic
def see(verdict: Verdict, *, by: Any, at: datetime) -> None:
    """Whoever answers for the change has read what was counted, and with it what was counted before."""
    until_then = Verdict.objects.filter(change=verdict.change, days__lte=verdict.days, seen_at=None)
    if until_then.update(seen_at=at, seen_by=by):
        _write("verdict seen", verdict.change, by=by, at=at, days=verdict.days)


def release_all(member: Any) -> int:
    """She leaves: what she was to change is everybody's. Returns how many."""
    return int(open_ones().filter(keeper=member).update(keeper=None))


def _write(verb: str, change: Change, *, by: Any, at: datetime, **what: Any) -> None:
    change.refresh_from_db()
    journal.write(verb, change, by=by, at=at, text=change.what, **what)
