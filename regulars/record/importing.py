"""An import while it is worked on: who has it, how far it is, what came of it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from regulars.kernel.refusal import Refused
from regulars.record import journal
from regulars.record.imports import Import

COUNTING = "counting"  # in the book; what is counted and found by is made anew for those whom it touched


class Overtaken(Exception):  # noqa: N818 (it is no error: somebody else does the work)
    """Somebody else began this import anew, or it is over: whoever gets this stops and leaves no trace."""


def begin(brought: Import, *, at: datetime) -> bool:
    """Take the work, from the start. False when there is none.

    Whoever begins last has it: a worker that was killed holds nothing, and one that still lives is `Overtaken` at
    its next step. No journal line: what was asked has one, and what comes of it has one.
    """
    won = Import.objects.filter(
        pk=brought.pk, asked_at__isnull=False, checked_at=None, finished_at=None, failed_at=None
    ).update(began_at=at, step="", share=0, lines_read=0)
    brought.refresh_from_db()
    return bool(won)


def unfinished() -> Any:
    """What was asked for and is not done: never begun, or begun by a worker that was killed. The oldest first."""
    is_asked = Q(asked_at__isnull=False, checked_at=None, finished_at=None, failed_at=None)
    is_undo = Q(undo_asked_at__isnull=False, undone_at=None)
    return Import.objects.filter(is_asked | is_undo | Q(step=COUNTING)).order_by("asked_at")


def is_at(brought: Import, step: str, share: float, lines_read: int) -> None:
    """How far it is. Raises `Overtaken` when the work is no longer ours."""
    _ours(brought, step=step, share=share, lines_read=lines_read)


@transaction.atomic
def check(brought: Import, outcome: dict[str, Any], *, at: datetime) -> None:
    """The dry run is over: what would come of it."""
    _ours(brought, checked_at=at, outcome=outcome, share=1)
    journal.write("import checked", brought, by=brought.asked_by, at=at)


@transaction.atomic
def finish(brought: Import, outcome: dict[str, Any], *, at: datetime) -> None:
    """It is in the book. Called in the transaction that wrote it."""
    _ours(brought, finished_at=at, outcome=outcome, share=1, step=COUNTING)
    journal.write("imported", brought, by=brought.asked_by, at=at, **_numbers(outcome))


def _numbers(outcome: dict[str, Any]) -> dict[str, int]:
    return {name: value for name, value in outcome.items() if isinstance(value, int)}


def counted(brought: Import) -> None:
    """Lists and search know it too: nothing is left to do."""
    Import.objects.filter(pk=brought.pk).update(step="")


@transaction.atomic
def fail(brought: Import, refusal: Refused, outcome: dict[str, Any] | None = None, *, at: datetime) -> None:
    """Nothing of it is in the book, and why; where every line was refused, the outcome says the reasons."""
    failure = {"sentence": refusal.sentence, "details": refusal.details}
    _ours(brought, failed_at=at, failure=failure, outcome=outcome or {})
    journal.write("import failed", brought, by=brought.asked_by, at=at, **failure)


def _ours(brought: Import, **changed: Any) -> None:
    won = Import.objects.filter(
        pk=brought.pk, began_at=brought.began_at, checked_at=None, finished_at=None, failed_at=None
    ).update(**changed)
    if not won:
        raise Overtaken(str(brought.pk))
    for name, value in changed.items():
        setattr(brought, name, value)


def finish_undo(brought: Import, undone: dict[str, int], *, at: datetime) -> None:
    """It is out of the book again. Called in the transaction that took it out."""
    won = Import.objects.filter(pk=brought.pk, undo_asked_at__isnull=False, undone_at=None).update(
        undone_at=at, outcome={**brought.outcome, "undone": undone}
    )
    if not won:
        raise Overtaken(str(brought.pk))
    brought.refresh_from_db()
    journal.write("import undone", brought, by=brought.undo_asked_by, at=at, **undone)


@transaction.atomic
def give_up_undo(brought: Import, *, at: datetime) -> None:
    """It stays in the book: somebody was writing about its customers. It may be asked for again."""
    if Import.objects.filter(pk=brought.pk, undone_at=None).update(undo_asked_at=None):
        journal.write("import undo given up", brought, by=brought.undo_asked_by, at=at)
