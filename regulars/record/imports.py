"""A file that somebody brought, and what people do with it: plan it, ask for it, stop it, take it back, clear it away.

The work on it is in `importing`, by whoever does what was asked.
"""

import shutil
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from uuid_utils.compat import uuid7

from regulars.kernel import bell, whose
from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal
from regulars.record.owned import Owned, OwnedForeignKey, keys

LARGEST_FILE = 250 * 1024 * 1024  # bytes: a million sales lines are 60 to 120 million
STOPPED = gettext_noop("You stopped it. Nothing of this file is in the book.")
KEPT_FOR = timedelta(days=30)  # how long the files themselves lie here; what came of them stays in the book


class Import(Owned):
    """One file. It goes in whole or not at all; each dated fact below is a step that it has passed."""

    class Subject(models.TextChoices):
        SALES = "sales"
        CUSTOMERS = "customers"

    subject = models.CharField(max_length=10, choices=Subject)
    file_name = models.CharField(max_length=255)  # as it was called there: to be shown, never to be opened
    size = models.BigIntegerField()
    by = OwnedForeignKey("record.Member", null=True)
    brought_at = models.DateTimeField()
    plan = models.JSONField(default=dict)  # intake.plans.Plan: columns, date order, decimal mark, branch
    asked_at = models.DateTimeField(null=True)  # somebody pressed the button; a job will do it
    asked_by = OwnedForeignKey("record.Member", null=True)
    is_dry_run = models.BooleanField(default=False)
    began_at = models.DateTimeField(null=True)
    step = models.CharField(max_length=20, blank=True)
    share = models.FloatField(default=0)  # of the whole work, 0 to 1
    lines_read = models.BigIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)  # the dry run said what would come of it
    finished_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.JSONField(default=dict)  # the refusal: sentence and details
    outcome = models.JSONField(default=dict)  # intake.imports.Outcome
    undo_asked_at = models.DateTimeField(null=True)
    undo_asked_by = OwnedForeignKey("record.Member", null=True)
    undone_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)  # its files are gone

    class Meta(Owned.Meta):
        constraints = keys("import", by="member", asked_by="member", undo_asked_by="member")
        indexes = [models.Index("business", models.F("brought_at").desc(), name="import_brought")]

    @property
    def is_working(self) -> bool:
        return bool(self.asked_at and not (self.checked_at or self.finished_at or self.failed_at))

    @property
    def percent(self) -> int:
        return round(self.share * 100)

    @property
    def is_being_undone(self) -> bool:
        return self.undo_asked_at is not None and self.undone_at is None

    @property
    def is_open(self) -> bool:
        """It can still be planned and gone on with."""
        return self.finished_at is None and self.cleared_at is None and not self.is_working

    @property
    def folder(self) -> Path:
        """Where its files lie: the file itself, the lines that were refused."""
        return Path(settings.UPLOADS, self.business_id.hex, self.pk.hex)

    @property
    def file(self) -> Path:
        return self.folder / ("file" + _suffix(self.file_name))

    @property
    def draft(self) -> Path:
        """What was understood of it, while it is being worked on."""
        return self.folder / "draft.sqlite3"

    @property
    def refused_lines(self) -> Path:
        return self.folder / "refused.jsonl"


class Brought(Owned):
    """What an import did to one customer: made her, or added what was not known. So that it can be taken back."""

    brought_by = OwnedForeignKey(Import)
    customer = OwnedForeignKey("record.Customer")
    is_new = models.BooleanField()
    added = models.JSONField(default=dict)  # {"contacts": [ids], "fields": {"number": "17"}}

    class Meta(Owned.Meta):
        constraints = [
            *keys("brought", brought_by="import", customer="customer"),
            models.UniqueConstraint(fields=["business", "brought_by", "customer"], name="brought_once"),
        ]
        indexes = [models.Index(fields=["business", "customer"], name="brought_customer")]


def bring(
    chunks: Iterable[bytes],
    *,
    subject: str,
    file_name: str,
    look: Callable[[Import], dict[str, Any]],
    by: Any,
    at: datetime,
) -> Import:
    """Keep the file and open an import of it. `look` makes the first plan, or refuses: then nothing is kept."""
    brought: Import = Import(
        pk=uuid7(),
        business_id=whose.business(),
        subject=subject,
        file_name=PurePath(file_name.replace("\\", "/")).name[-255:],
        by=by,
        brought_at=at,
    )
    brought.folder.mkdir(parents=True, mode=0o700)
    try:
        brought.size = _save(chunks, brought.file)
        brought.plan = look(brought)
    except BaseException:
        shutil.rmtree(brought.folder)
        raise
    with transaction.atomic():
        brought.save(force_insert=True)
        journal.write("file brought", brought, by=by, at=at, file=brought.file_name, about=subject)
    return brought


def refuse_too_large(size: int) -> None:
    """`size` in bytes."""
    if size > LARGEST_FILE:
        raise Refused(
            gettext_noop("This file is too large. Split it into files of at most %(megabytes)s MB."),
            field="file",
            megabytes=LARGEST_FILE // 1024**2,
        )


def _save(chunks: Iterable[bytes], to: Path) -> int:
    size = 0
    with to.open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            refuse_too_large(size)
            file.write(chunk)
    return size


def _suffix(file_name: str) -> str:
    """.csv or .xlsx, so that people who look into the folder know what it is; nothing else of a stranger's name."""
    suffix = PurePath(file_name).suffix.lower()
    return suffix if suffix in (".csv", ".txt", ".tsv", ".xlsx") else ""


@transaction.atomic
def plan(brought: Import, plan: dict[str, Any], *, by: Any, at: datetime) -> None:
    """A person says how the file is to be understood. What a dry run said of the old plan no longer holds."""
    changed = _open_ones(brought).update(
        plan=plan, asked_at=None, checked_at=None, failed_at=None, failure={}, outcome={}
    )
    if not changed:
        raise Refused(gettext_noop("This file is being read, or is in the book already."))
    brought.refresh_from_db()
    journal.write("import planned", brought, by=by, at=at)


@transaction.atomic
def ask(brought: Import, *, by: Any, at: datetime, is_dry_run: bool) -> bool:
    """Have it done. False when it is being done, or is done, already: a button may be pressed twice."""
    won = _open_ones(brought).update(
        asked_at=at,
        asked_by=by,
        is_dry_run=is_dry_run,
        began_at=None,
        step="",
        share=0,
        lines_read=0,
        checked_at=None,
        failed_at=None,
        failure={},
    )
    brought.refresh_from_db()
    if won:
        journal.write("import asked", brought, by=by, at=at, is_dry_run=is_dry_run)
        transaction.on_commit(bell.ring)
    return bool(won)


def _open_ones(brought: Import) -> Any:
    is_idle = Q(asked_at=None) | Q(checked_at__isnull=False) | Q(failed_at__isnull=False)
    return Import.objects.filter(is_idle, pk=brought.pk, finished_at=None, cleared_at=None)


@transaction.atomic
def stop(brought: Import, *, by: Any, at: datetime) -> None:
    """Somebody changed her mind: nothing of it goes into the book. Too late, it does nothing."""
    won = Import.objects.filter(
        pk=brought.pk, asked_at__isnull=False, checked_at=None, finished_at=None, failed_at=None
    ).update(failed_at=at, failure={"sentence": STOPPED, "details": {}})
    brought.refresh_from_db()
    if won:
        journal.write("import stopped", brought, by=by, at=at)


@transaction.atomic
def ask_undo(brought: Import, *, by: Any, at: datetime) -> bool:
    """Have what it brought taken back. False when that is under way, or done, already."""
    won = Import.objects.filter(pk=brought.pk, finished_at__isnull=False, undo_asked_at=None, undone_at=None).update(
        undo_asked_at=at, undo_asked_by=by
    )
    brought.refresh_from_db()
    if won:
        journal.write("import undo asked", brought, by=by, at=at)
        transaction.on_commit(bell.ring)
    return bool(won)


@transaction.atomic
def clear(brought: Import, *, by: Any, at: datetime) -> None:
    """Its files go; what came of it stays in the book. Nobody wants other people's lists to lie about."""
    if not _at_rest(brought).update(cleared_at=at):
        raise Refused(gettext_noop("This file is being read. Wait until it is done."))
    brought.refresh_from_db()
    journal.write("import cleared", brought, by=by, at=at)
    transaction.on_commit(lambda: shutil.rmtree(brought.folder, ignore_errors=True))


def _at_rest(brought: Import) -> Any:
    is_idle = Q(asked_at=None) | Q(checked_at__isnull=False) | Q(failed_at__isnull=False)
    return Import.objects.filter(is_idle | Q(finished_at__isnull=False), pk=brought.pk, cleared_at=None)


def old_ones(*, at: datetime) -> Any:
    """Imports whose files have lain here for long enough."""
    return Import.objects.filter(cleared_at=None, brought_at__lt=at - KEPT_FOR)
