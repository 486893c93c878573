"""The way in for files: look at one, understand it line by line, say what would come of it, bring it into the book.

The page, the job and the command come through here. While a file is read nothing of the database is held; all that
was understood goes into the book in one transaction at the end, so that a worker that is killed leaves nothing.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext

from regulars.intake import comparing, identities, refusals, samples
from regulars.intake.lines import Reader
from regulars.intake.plans import Plan, PlanForm
from regulars.intake.tablefile import TableFile
from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import importing, imports, landing, mapping, search, worth
from regulars.record.branches import Branch
from regulars.record.business import Business
from regulars.record.draft import Draft, new_draft
from regulars.record.imports import Brought, Import
from regulars.record.owned import acting_for
from regulars.record.sales import Sale

AT_A_TIME = 1_000  # lines
CUSTOMERS_AT_A_TIME = 500
TRIES = 3  # somebody may change the book between our look at it and our turn to write
STEPS = {"reading": (0.0, 0.6), "people": (0.6, 0.75), "comparing": (0.75, 0.85), "writing": (0.85, 1.0)}

log = logging.getLogger(__name__)


def bring(
    chunks: Iterable[bytes], *, business: Business, subject: str, file_name: str, by: Any, at: datetime
) -> Import:
    """Take a file and guess how it is to be understood. Raises Refused when it is no table; then nothing is kept."""
    return imports.bring(
        chunks,
        subject=subject,
        file_name=file_name,
        look=lambda brought: samples.guess(brought, business),
        by=by,
        at=at,
    )


def plan_form(brought: Import, business: Business, words: Any = None) -> PlanForm:
    """The choices of how to understand this file, as they stand or as somebody typed them."""
    branches = list(Branch.objects.filter(closed_at=None).order_by("opened_at", "id"))
    return PlanForm(
        words,
        subject=brought.subject,
        plan=Plan(**{"currency": business.currency} | brought.plan),
        sample=samples.kept(brought),
        branches=branches,
    )


def shown(brought: Import, form: PlanForm, business: Business, today: date) -> list[samples.Shown]:
    """The first lines as the plan that stands understands them."""
    return samples.shown(brought, form.plan, form.sample, business, today)


def plan(brought: Import, chosen: Plan, *, by: Any, at: datetime) -> None:
    """Understand the file as a person chose. Read by other letters, or another sheet, it has other columns."""
    before = Plan(**brought.plan)
    if (chosen.encoding, chosen.delimiter, chosen.sheet) != (before.encoding, before.delimiter, before.sheet):
        seen = samples.take(brought, chosen)
        if seen.headings != before.headings:
            samples.find_columns(chosen, seen, brought.subject)
    elif chosen.decimal != before.decimal:
        samples.take(brought, chosen)
    imports.plan(brought, asdict(chosen), by=by, at=at)


def ask(brought: Import, *, by: Any, at: datetime, is_dry_run: bool) -> None:
    """Have it tried, or brought in; the next file with these headings is understood alike. Raises Refused."""
    chosen = Plan(**brought.plan)
    chosen.refuse_unless_complete(brought.subject)
    if imports.ask(brought, by=by, at=at, is_dry_run=is_dry_run) and any(chosen.headings):
        mapping.remember(brought, chosen.headings, at=at)


@dataclass
class Story:
    """What came of an import, or would, for a page to tell in the reader's language."""

    brought: Import

    @property
    def failure(self) -> str:
        found = self.brought.failure
        return refusals.said(found["sentence"], found["details"], gettext) if found else ""

    @property
    def reasons(self) -> list[tuple[str, int, int]]:
        """The commonest reasons why lines come back: as said of the first such line, that line, and how many."""
        found = self.brought.outcome.get("reasons", [])
        return [(refusals.said(sentence, details, gettext), line, count) for sentence, details, line, count in found]

    @property
    def has_news(self) -> bool:
        return any(self.brought.outcome[name] for name in ("added", "customers", "completed"))

    @property
    def first_on(self) -> date:
        return date.fromisoformat(self.brought.outcome["first_on"])

    @property
    def last_on(self) -> date:
        return date.fromisoformat(self.brought.outcome["last_on"])

    @property
    def known_people(self) -> int:
        return int(self.brought.outcome["people"] - self.brought.outcome["customers"])


@dataclass
class Work:
    """One go at an import: whose it is, which, the clock, and who wants to hear how far it is."""

    business: Business
    brought: Import
    now: Callable[[], datetime]
    tell: Callable[[str, float], None]
    lines: int = 0

    def read(self) -> AbstractContextManager[None]:
        """The book, for a moment."""
        return acting_for(self.business.pk)

    def is_at(self, step: str, share: float) -> None:
        begins, ends = STEPS[step]
        share = begins + (ends - begins) * min(share, 1.0)
        with self.read():
            importing.is_at(self.brought, step, share, self.lines)
        self.tell(step, share)


def carry_out(
    business_id: UUID,
    import_id: UUID,
    *,
    now: Callable[[], datetime],
    tell: Callable[[str, float], None] | None = None,
) -> None:
    """Do what was asked: the dry run or the import itself. May be called twice, and again after a kill."""
    with acting_for(business_id):
        business = Business.objects.get(pk=business_id)
        brought = Import.objects.get(pk=import_id)
        ours = importing.begin(brought, at=now())
    work = Work(business, brought, now, tell or _nobody_listens)
    try:
        if ours:
            _read_and_write(work)
        if brought.step == importing.COUNTING:
            _count(work)
    except importing.Overtaken:
        log.info("import %s is somebody else's now", import_id)
    except Refused as refusal:
        with work.read():
            importing.fail(brought, refusal, at=now())
    except Exception:
        with work.read():
            importing.fail(brought, BROKEN, at=now())
        raise


def _nobody_listens(_step: str, _share: float) -> None:
    """The page reads how far it is from the book."""


BROKEN = Refused(gettext_noop("Something broke on our side, and nothing of this file is in the book. Try again."))
NOT_UNDERSTOOD = Refused(gettext_noop("No line could be understood. Look again at what each column is."))


def _read_and_write(work: Work) -> None:
    brought, plan = work.brought, Plan(**work.brought.plan)
    with new_draft(brought.draft) as draft:
        with work.read():
            reader = Reader(brought.subject, plan, work.business, today=work.now().date())
        with plan.open(brought.file) as table:
            _understand(work, table, reader, draft)
        for tries_left in reversed(range(TRIES)):
            try:
                _settle_and_write(work, plan, draft)
                return
            except IntegrityError:
                if not tries_left:
                    raise
                draft.forget_people()


def _understand(work: Work, table: TableFile, reader: Reader, draft: Draft) -> None:
    """Every line into the draft, or among the refused."""
    rows = iter(table.rows())
    work.is_at("reading", 0)
    while some := list(islice(rows, AT_A_TIME)):
        understood, refused = [], []
        for line, cells in some:
            if not any(cells):
                continue
            work.lines += 1
            try:
                understood.append((line, *reader(cells)))
            except Refused as refusal:
                refused.append((line, cells, refusal.sentence, refusal.details))
        draft.write_lines(understood)
        draft.refuse(refused)
        if work.lines % 5_000 < AT_A_TIME:
            work.is_at("reading", table.share)


def _settle_and_write(work: Work, plan: Plan, draft: Draft) -> None:
    brought = work.brought
    identities.resolve(draft, is_at=lambda share: work.is_at("people", share), read=work.read)
    comparing.compare(draft, is_at=lambda share: work.is_at("comparing", share), read=work.read)
    with plan.open(brought.file) as table:
        _refuse_by_identity(table, draft)
    outcome = {"lines": work.lines} | comparing.outcome(draft)
    refusals.keep(brought, plan, draft)
    work.is_at("writing", 0)
    with work.read():
        if not outcome["people"]:
            importing.fail(brought, NOT_UNDERSTOOD, outcome, at=work.now())
        elif brought.is_dry_run:
            importing.check(brought, outcome, at=work.now())
        else:
            landing.land(brought, draft, outcome, at=work.now())


def _refuse_by_identity(table: TableFile, draft: Draft) -> None:
    """Lines whose customer could not be told go back too. Their cells are read from the file a second time."""
    refusals = comparing.refusals_by_identity(draft)
    wanted = next(refusals, None)
    if wanted is None:
        return
    found = []
    for line, cells in table.rows():
        if line == wanted[0]:
            found.append((line, cells, *wanted[1:]))
            wanted = next(refusals, None)
            if wanted is None:
                break
    draft.refuse(found)


def _count(work: Work) -> None:
    """Counts and words of the customers who were touched, a few at a time: nobody waits, and it may be done twice."""
    with work.read():
        bought = list(
            Sale.objects.filter(brought_by=work.brought).order_by().values_list("customer_id", flat=True).distinct()
        )
        changed = list(Brought.objects.filter(brought_by=work.brought).order_by().values_list("customer_id", flat=True))
    work.tell(importing.COUNTING, 1.0)
    for begin in range(0, len(bought), CUSTOMERS_AT_A_TIME):
        with work.read():
            worth.count_visits_of(bought[begin : begin + CUSTOMERS_AT_A_TIME])
    for begin in range(0, len(changed), CUSTOMERS_AT_A_TIME):
        with work.read():
            search.index(changed[begin : begin + CUSTOMERS_AT_A_TIME])
    with work.read():
        importing.counted(work.brought)


def take_back(business_id: UUID, import_id: UUID, *, now: Callable[[], datetime]) -> None:
    """Undo an import. May be called twice."""
    with acting_for(business_id):
        brought = Import.objects.get(pk=import_id)
        if brought.undo_asked_at is None or brought.undone_at is not None:
            return
        try:
            touched = landing.take_back(brought, at=now())
        except Refused:
            importing.give_up_undo(brought, at=now())
            return
    for begin in range(0, len(touched), CUSTOMERS_AT_A_TIME):
        with acting_for(business_id):
            worth.count_visits_of(touched[begin : begin + CUSTOMERS_AT_A_TIME])
