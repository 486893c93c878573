"""Jobs: what we do for a customer, of which kind, and who does it; what came back and was done again.

Work that is done again costs her nothing, is done by whoever did it first, and there is no place where anybody could
be fined for it. What a job costs her is in `estimates`.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction

from regulars.kernel.days import OpeningHours
from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import branches, duetimes, journal, promises
from regulars.record.moves import Pause
from regulars.record.owned import Owned, OwnedForeignKey, keys


class JobKind(Owned):
    """A kind of job, in the customer's words: what it helps her with."""

    name = models.CharField(max_length=100)
    retired_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["name"]
        constraints = [*keys("jobkind"), models.UniqueConstraint(fields=["business", "name"], name="jobkind_name")]

    def __str__(self) -> str:
        return self.name


class Job(Owned):
    """One piece of work for one customer. `performer` does it and signs it off alone; nobody approves it after."""

    customer = OwnedForeignKey("record.Customer", related_name="jobs")
    branch = OwnedForeignKey("record.Branch")
    kind = OwnedForeignKey(JobKind)
    what = models.CharField(max_length=300)
    performer = OwnedForeignKey("record.Member", null=True)
    opened_at = models.DateTimeField()
    opened_by = OwnedForeignKey("record.Member")
    busy = models.PositiveIntegerField()  # open jobs at the branch when it was opened, for the promise engine
    comeback_of = OwnedForeignKey("self", null=True, related_name="comebacks")
    finished_at = models.DateTimeField(null=True)
    finished_by = OwnedForeignKey("record.Member", null=True)
    took = models.PositiveIntegerField(null=True)  # working minutes, without those in which we waited for her
    dropped_at = models.DateTimeField(null=True)

    currency = models.CharField(max_length=3)
    worth = models.BigIntegerField(null=True)  # minor units: what the work should cost
    estimate = models.BigIntegerField(null=True)  # what she was told: worth and the buffer
    agreed = models.BigIntegerField(null=True)  # above the estimate, when she said yes to it
    agreed_how = models.CharField(max_length=200, blank=True)
    bill = models.BigIntegerField(null=True)
    billed_at = models.DateTimeField(null=True)
    cost = models.BigIntegerField(null=True)  # of a comeback: what it cost us

    class Meta(Owned.Meta):
        constraints = [
            *keys(
                "job",
                customer="customer",
                branch="branch",
                kind="jobkind",
                performer="member",
                opened_by="member",
                comeback_of="job",
                finished_by="member",
            ),
            models.CheckConstraint(
                condition=models.Q(comeback_of=None) | models.Q(bill=None) | models.Q(bill=0), name="comeback_is_free"
            ),
        ]
        indexes = [
            models.Index(fields=["business", "customer", "opened_at"], name="job_customer"),
            models.Index(fields=["business", "branch", "opened_at"], name="job_branch"),
            models.Index(fields=["business", "comeback_of"], name="job_comeback"),
            models.Index(
                fields=["business", "branch"],
                name="job_open",
                condition=models.Q(finished_at=None, dropped_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        return self.finished_at is None and self.dropped_at is None

    @property
    def most(self) -> int | None:
        """The most that may stand on the bill."""
        if self.comeback_of_id:
            return 0
        return self.estimate if self.agreed is None else max(self.agreed, self.estimate or 0)

    @property
    def commission_base(self) -> int:
        """What a commission is reckoned from: nothing, when the work was done again."""
        return 0 if self.comeback_of_id else self.bill or 0


@transaction.atomic
def add_kind(name: str, *, by: Any, at: datetime) -> JobKind:
    """A kind of job; one of that name that was put away comes back."""
    kind: JobKind = JobKind.objects.update_or_create(name=name.strip(), defaults={"retired_at": None})[0]
    journal.write("kind added", kind, by=by, at=at, name=kind.name)
    return kind


@transaction.atomic
def rename_kind(kind: JobKind, name: str, *, by: Any, at: datetime) -> None:
    if JobKind.objects.filter(name=name).exclude(pk=kind.pk).exists():
        raise Refused(gettext_noop("There is a kind of that name already."), field="name")
    was, kind.name = kind.name, name
    kind.save(update_fields=["name"])
    journal.write("kind renamed", kind, by=by, at=at, was=was, name=name)


@transaction.atomic
def retire_kind(kind: JobKind, *, by: Any, at: datetime) -> None:
    """No new jobs of it; what was done stays."""
    JobKind.objects.filter(pk=kind.pk).update(retired_at=at)
    journal.write("kind put away", kind, by=by, at=at, name=kind.name)


def open_jobs() -> Any:
    return Job.objects.filter(finished_at=None, dropped_at=None)


@transaction.atomic
def open_job(
    customer: Any,
    *,
    kind: JobKind,
    what: str,
    due_at: datetime,
    branch: Any,
    performer: Any,
    by: Any,
    at: datetime,
    share: float | None = None,
    comeback_of: Job | None = None,
) -> Job:
    """Work is taken in. There is no job without a time by which she was told that it is ready."""
    job: Job = Job.objects.create(
        customer=customer,
        branch=branch,
        kind=kind,
        what=what.strip() or kind.name,
        performer=performer,
        opened_at=at,
        opened_by=by,
        busy=open_jobs().filter(branch=branch).count(),
        comeback_of=comeback_of,
        currency=branch.currency,
    )
    journal.write("job opened", job, by=by, at=at, customer=customer, what=job.what)
    promises.make(
        customer,
        what=job.what,
        due_at=due_at,
        branch=branch,
        keeper=performer,
        by=by,
        at=at,
        job=job,
        kind=kind,
        share=share,
    )
    return job


@transaction.atomic
def finish(job: Job, *, by: Any, at: datetime, told: bool, cost: int | None = None) -> Job:
    """It is done and signed off by whoever did it; the promises that hang on it are kept with it.

    `told`: the customer knows. `cost`: of a comeback, what it cost us; minor units.
    """
    took = taken(job, branches.hours(job.branch), Pause.objects.filter(promise__job=job), at)
    if not open_jobs().filter(pk=job.pk).update(finished_at=at, finished_by=by, took=took, cost=cost):
        raise Refused(gettext_noop("Somebody has finished this job already. Look at its page."))
    job.refresh_from_db()
    for promise in promises.open_ones().filter(job=job):
        promises.keep(promise, by=by, at=at, told=told)
    journal.write("job finished", job, by=by, at=at, customer=job.customer, what=job.what)
    return job


@transaction.atomic
def reopen(job: Job, *, by: Any, at: datetime) -> None:
    """It was tapped by mistake, or is not done after all: the promises that were kept with it are open again."""
    refuse_billed(job)
    ended = Job.objects.filter(pk=job.pk).exclude(finished_at=None, dropped_at=None)
    if not ended.update(finished_at=None, finished_by=None, took=None, dropped_at=None):
        raise Refused(gettext_noop("This job is open already."))
    then = job.finished_at or job.dropped_at
    kept_with_it = models.Q(kept_at=then) | models.Q(dropped_at=then)
    for promise in promises.Promise.objects.filter(kept_with_it, job=job):
        promises.reopen(promise, by=by, at=at)
    job.refresh_from_db()
    journal.write("job reopened", job, by=by, at=at, customer=job.customer, what=job.what)


@transaction.atomic
def drop(job: Job, *, why: str, by: Any, at: datetime) -> None:
    """She does not want it any more, or it was written down by mistake."""
    if not why.strip():
        raise Refused(gettext_noop("Write why it is no longer wanted."), field="why")
    if not open_jobs().filter(pk=job.pk).update(dropped_at=at):
        raise Refused(gettext_noop("Somebody has finished this job already. Look at its page."))
    job.refresh_from_db()
    for promise in promises.open_ones().filter(job=job):
        promises.drop(promise, why=why, by=by, at=at)
    journal.write("job dropped", job, by=by, at=at, customer=job.customer, what=job.what, why=why)


@transaction.atomic
def come_back(job: Job, *, what: str, due_at: datetime, by: Any, at: datetime) -> Job:
    """It was not right: done again, free of charge, by whoever did it first while she works here."""
    if job.finished_at is None:
        raise Refused(gettext_noop("This job is not finished yet. Go on with it instead."))
    first = job.finished_by if job.performer is None else job.performer
    again = open_job(
        job.customer,
        kind=job.kind,
        what=what.strip() or job.what,
        due_at=due_at,
        branch=job.branch,
        performer=first if first is not None and first.left_at is None else None,
        by=by,
        at=at,
        comeback_of=job,
    )
    journal.write("job came back", again, by=by, at=at, customer=job.customer, what=again.what, of=str(job.pk))
    return again


@transaction.atomic
def hand_on(job: Job, *, to: Any, by: Any, at: datetime) -> None:
    """Another does it from now on, and keeps what was promised with it."""
    if not open_jobs().filter(pk=job.pk).update(performer=to):
        raise Refused(gettext_noop("Somebody has finished this job already. Look at its page."))
    for promise in promises.open_ones().filter(job=job, keeper=job.performer):
        promises.hand_on(promise, to=to, by=by, at=at)
    job.refresh_from_db()
    journal.write("job handed on", job, by=by, at=at, customer=job.customer, what=job.what, to=str(to or ""))


def release_all(member: Any) -> int:
    """She leaves: what she was to do is everybody's. Returns how many."""
    return int(open_jobs().filter(performer=member).update(performer=None))


def taken(job: Job, hours: OpeningHours, pauses: Iterable[Pause], until: datetime) -> int:
    """Open minutes since it was opened, without those in which one of its promises waited for her."""
    took, counted = hours.worked(job.opened_at, until), job.opened_at
    for pause in sorted(pauses, key=lambda pause: pause.began_at):
        begins, ends = max(pause.began_at, counted), pause.ended_at or until
        if begins < ends:
            took, counted = took - hours.worked(begins, ends), ends
    return duetimes.minutes(max(took, timedelta()))


def refuse_billed(job: Job) -> None:
    if job.bill is not None:
        raise Refused(gettext_noop("This job has been billed already."))


@transaction.atomic
def keep(promise: Any, *, by: Any, at: datetime, told: bool) -> None:
    """A promise is kept; with the last one of its job the job is finished, so that one tap is enough."""
    promises.keep(promise, by=by, at=at, told=told)
    job = promise.job
    if job is not None and job.is_open and not promises.open_ones().filter(job=job).exists():
        finish(job, by=by, at=at, told=told)


@transaction.atomic
def reopen_promise(promise: Any, *, by: Any, at: datetime) -> None:
    """The way back: a job that ended with the promise is open again too."""
    job, ended = promise.job, promise.kept_at or promise.dropped_at
    if job is not None and ended is not None and ended in (job.finished_at, job.dropped_at):
        reopen(job, by=by, at=at)
    else:
        promises.reopen(promise, by=by, at=at)
