"""The demo's complaints: half a year of a record shop, made up, and written by the product's own verbs.

One cause is gone since the needle gauge, one came back, one waits for its change; and a few wait for somebody today.
"""

import random
from datetime import datetime, timedelta
from typing import Any

from regulars.record.complaints import Complaint

SEED = 1997
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
NEEDLE, PARCEL, SILENT = (
    "The needle is set by feel",
    "Parcels are left at the door",
    "Nobody calls when a record has come",
)
# cause: whys, why we did not notice, what changes, where, how many weeks ago it changed
CAUSES: dict[str, tuple[tuple[str, ...], str, str, str, int]] = {
    NEEDLE: (
        ("The left channel was fainter.", "The needle stood askew.", "It is set by feel, because the gauge is lost."),
        "We listened to mono records when we tried it.",
        "Every needle is set with the gauge, and tried with a stereo record",
        "Repair checklist",
        14,
    ),
    PARCEL: (
        ("The records were wet.", "The parcel stood in the rain.", "The driver need not ring."),
        "We never ask the driver.",
        "The label says: ring, or take it back",
        "Parcel label",
        10,
    ),
    SILENT: (
        ("She came for nothing, twice.", "The record had been here for a week.", "Nobody is told to call."),
        "The shelf shows no dates.",
        "Whoever unpacks a record calls the customer before the coffee",
        "Unpacking",
        0,
    ),
}
# what she says, why, how many weeks ago
SAID = (
    ("The left channel is fainter since the new needle.", NEEDLE, 27),
    ("It skips on every record since you repaired it.", NEEDLE, 25),
    ("The new needle scratches my records!", NEEDLE, 22),
    ("My father’s Rega sounds worse than before.", NEEDLE, 20),
    ("It hums, and the left side is faint.", NEEDLE, 18),
    ("The arm does not come back, as before.", NEEDLE, 16),
    ("The parcel stood in the rain, the covers are ruined.", PARCEL, 21),
    ("My parcel was gone when I came home.", PARCEL, 17),
    ("The records came wet.", PARCEL, 12),
    ("I came twice for a record that was not there.", SILENT, 11),
    ("The parcel lay at the neighbour’s, in the rain.", PARCEL, 3),
    ("You had it for a week and nobody told me.", SILENT, 2),
)
TAUGHT = (
    (
        "How a needle is set",
        "With the gauge, on every turntable. Then a stereo record: both channels alike. Then sign.",
    ),
    (
        "What we say when something is wrong",
        "Yes. It was our mistake. This is where we erred. What would put it right for you?",
    ),
)


def furnish(customers: list[Any], *, at: datetime) -> None:
    """A history up to now, and something for today. `customers`: those who bring the most come first."""
    from regulars.record.branches import Branch
    from regulars.record.people import Member, Role

    owner = Member.objects.get(role=Role.OWNER)
    members = list(Member.objects.filter(role__in=(Role.FRONT_LINE, Role.MANAGER)).order_by("name"))
    shop = _Shop(Branch.objects.get(), owner, members, customers, random.Random(SEED))  # noqa: S311 (nothing secret)
    shop.lists(at=at - 30 * WEEK)
    for text, why, weeks in sorted(SAID, key=lambda said: -said[2]):
        shop.changes(until=at - weeks * WEEK, at=at)
        shop.story(text, why, at=at - weeks * WEEK)
    shop.today(at=at)


class _Shop:
    """One branch, its people and its customers, and a die."""

    def __init__(self, branch: Any, owner: Any, members: list[Any], customers: list[Any], rng: random.Random) -> None:
        self.branch, self.owner, self.members, self.customers, self.rng = branch, owner, members, customers, rng
        self.changed: set[str] = set()
        self.articles: dict[str, Any] = {}

    def lists(self, *, at: datetime) -> None:
        from regulars.record import causes, playbook, remedies
        from regulars.record.tasks import Planned

        said = {"by": self.owner, "at": at}
        for name, (whys, escape, *_change) in CAUSES.items():
            cause = causes.find(name=name, **said)
            causes.describe(cause, name=name, whys=whys, escape=escape, of="process", **said)
        for title, text in TAUGHT:
            self.articles[title] = playbook.write(title=title, text=text, **said)
        remedies.keep("Send a new one", [Planned("A new copy, by courier", 3500)], **said)
        remedies.keep(
            "Set right, and polished",
            [
                Planned("The needle set again, with the gauge"),
                Planned("The motor oiled", 200),
                Planned("The lid polished", is_more=True),
                Planned("A record as a present", 1800, is_more=True),
            ],
            **said,
        )

    def changes(self, *, until: datetime, at: datetime) -> None:
        """What changed before that moment; with it the complaints that waited for it are over."""
        from regulars.record import causes, changes, closing, complaints

        for name, (_whys, _escape, what, where, weeks) in CAUSES.items():
            done = at - weeks * WEEK
            if name in self.changed or not weeks or done > until:
                continue
            self.changed.add(name)
            article = self.articles[TAUGHT[0][0]] if name == NEEDLE else None
            cause = causes.find(name=name, by=self.owner, at=done)
            change = changes.make(
                cause, what=what, where=where, keeper=self.owner, due_on=done.date(), article=article,
                by=self.owner, at=done - DAY,
            )  # fmt: skip
            changes.do(change, by=self.owner, at=done)
            for its in complaints.open_ones().filter(cause=cause):
                closing.close(its, by=self.owner, at=done)

    def story(self, text: str, why: str, *, at: datetime) -> None:
        """From the first word to the end; where nothing has changed yet it stays open."""
        from regulars.record import causes, closing

        by = self.rng.choice(self.members)
        job = self.job_before(at)
        its = self.heard(text, by=by, at=at, customer=job.customer, job=job)
        self.put_right(its, by=by, at=at)
        closing.confirm(its, by=by, at=at + 2 * DAY)
        causes.tie(its, causes.find(name=why, by=by, at=at), by=by, at=at + 2 * DAY)
        if causes.has_change(its.cause_id):
            closing.close(its, by=by, at=at + 2 * DAY)

    def job_before(self, at: datetime) -> Any:
        """One of the last that were done before she complains."""
        from regulars.record.work import Job

        found = Job.objects.filter(finished_at__lt=at, complaints=None).select_related("customer", "performer")
        return self.rng.choice(list(found.order_by("-finished_at")[:8]))

    def heard(self, text: str, *, by: Any, at: datetime, source: str = "counter", **more: Any) -> Complaint:
        from regulars.record import complaints

        customer = more.pop("customer", None) or self.rng.choice(self.customers[20:])
        return complaints.hear(text=text, source=source, branch=self.branch, customer=customer, by=by, at=at, **more)

    def put_right(
        self, its: Complaint, *, by: Any, at: datetime, until: str = "more", due: datetime | None = None
    ) -> Any:
        from regulars.record import recoveries
        from regulars.record.tasks import Planned

        said = {"by": by, "at": at + timedelta(minutes=5)}
        recovery = recoveries.admit(its, erred="We did not look closely enough before we gave it back.", **said)
        cost = self.rng.randrange(0, 30) * 100
        tasks = [Planned("Done again, the same day", cost)]
        due = due or said["at"]
        recoveries.plan(recovery, remedy=tasks[0].what, due_at=due, tasks=tasks, mender=by, **said)
        if until == "plan":
            return recovery
        recoveries.agree(recovery, **said)
        if until == "more":
            recovery.refresh_from_db()
            recoveries.do_more(recovery, what="A record of her choice", cost=1200, **said)
        return recovery

    def today(self, *, at: datetime) -> None:
        """One of each kind for whoever opens the list."""
        from regulars.record import approvals, branches, complaints, messages
        from regulars.record.approvals import Approval

        owner, first, hours = self.owner, self.members[0], branches.hours(self.branch)
        form = self.heard(
            "The sleeve of my record is torn, and I only saw it at home.", by=None, at=at, source="form",
            customer=self.customers[9], sender="555-0142", is_hers=False,
        )  # fmt: skip
        messages.receive(form, text=form.text, at=at)
        letter = self.heard("The speaker cable you sold me is too short.", by=owner, at=at - 2 * DAY)
        self.put_right(letter, by=owner, at=at - 2 * DAY, until="agreed", due=hours.after(at, timedelta(hours=3)))
        messages.receive(letter, text="When will the longer one be here? I have guests on Saturday.", at=at)
        asked = self.heard("The lid was scratched when I got it back.", by=owner, at=at - 5 * DAY)
        self.put_right(asked, by=owner, at=at - 5 * DAY)
        costly = self.heard(
            "My mother’s Thorens was dropped in your shop.", by=first, at=at, customer=self.customers[2]
        )
        plan = self.put_right(costly, by=first, at=at, until="plan", due=hours.after(at, timedelta(hours=20)))
        plan.tasks.update(cost=60_000)
        Approval.objects.filter(pk=approvals.ask(plan, by=first, at=at).pk).update(of=owner)
        complaints.hear(
            text="You closed ten minutes early, and I had come from far.", source="phone", branch=self.branch,
            by=owner, at=at,
        )  # fmt: skip
