"""Warnings of promises: which are due, who has claimed one, and what changes with the opening hours."""

from datetime import datetime
from typing import Any

from regulars.record import branches, duetimes
from regulars.record.promises import Promise, open_ones


def to_warn(*, at: datetime) -> list[Promise]:
    """Of these little time is left, and nobody has been warned."""
    found = open_ones().filter(warn_at__lte=at, warned_at=None, waiting_since=None)
    return list(found.select_related("customer", "keeper", "branch").order_by("due_at"))


def claim(promise: Promise, *, at: datetime) -> bool:
    """Whether it is ours to warn: of two workers one wins."""
    return bool(open_ones().filter(pk=promise.pk, warned_at=None).update(warned_at=at))


def give_back(promise: Promise) -> None:
    """The warning did not reach anybody."""
    Promise.objects.filter(pk=promise.pk).update(warned_at=None)


def reckon_anew(branch: Any, *, at: datetime) -> None:
    """Its hours have changed: what was told stays, but the time that is left is another."""
    hours = branches.hours(branch)
    for promise in open_ones().filter(branch=branch, warned_at=None).iterator(500):
        promise.warn_at = duetimes.warn_at(hours, at, promise.due_at, promise.promised)
        promise.save(update_fields=["warn_at"])
