"""The demo's promises, jobs and asks: half a year of a record shop, made up, and written by the product's own verbs."""

import math
import random
from datetime import datetime, timedelta
from typing import Any

SEED = 1997
WEEKS = 30
SHARE = 0.9
LEARNT = 10  # weeks ago the shop began to promise what the engine suggests
# kind: how many a week, half take no more open minutes than this, how much they differ, what she is told, worth
KINDS = {
    "A turntable that plays again": (3, 700, 0.55, 1250, (45, 160)),
    "Old records cleaned": (5, 190, 0.45, 320, (12, 60)),
    "A record found and ordered": (3, 2900, 0.50, 4900, (18, 90)),
}
THINGS = {
    "A turntable that plays again": (
        "Technics SL-1200: new belt",
        "Rega Planar: new needle",
        "Thorens TD 160: hum in the left channel",
        "Dual 1019: arm does not lift",
    ),
    "Old records cleaned": (
        "Twelve records cleaned",
        "A box of 45s cleaned",
        "Her father’s records cleaned",
        "Three opera sets cleaned",
    ),
    "A record found and ordered": (
        "Kind of Blue, first pressing",
        "Pärt: Tabula Rasa",
        "A Love Supreme, mono",
        "Mahler 2, Klemperer",
    ),
}
STANDARD = (
    ("Carry it to the car", "We carry it, wherever the car stands.", 0, 10, ""),
    ("A taxi home", "We call a taxi and pay for it.", 18, 5, "Harbor Cab"),
    ("Wrap it as a present", "Wrapped at once, with a card.", 2, 5, ""),
)
PARTNERS = (
    ("Harbor Cab", "Taxi", "+1 617 555 0191", 18),
    ("Quincy Locks", "Locksmith", "+1 617 555 0192", 90),
    ("South End Vans", "Van and driver", "+1 857 555 0193", 60),
)
EXTRAS = (
    ("A new inner sleeve for each record", 2, "collector"),
    ("A needle brush", 3, ""),
    ("Coffee and the listening post", 1, "chair listening"),
)
UNHEARD_OF = ("Could I pay in two parts?", "Can I pay in two parts?", "May I pay half now and half next month?")
REFUSED = (
    ("Repair my radio", "Nobody here can work on valves.", "We took it to the repair café for her."),
    ("Take this CD back without its case", "The case was lost.", "Half the price, or another CD of the same price."),
)
SPARED = (("No returns after 14 days", "She was in hospital for three weeks.", "She came back with her sister."),)


def furnish(business: Any, customers: list[Any], *, at: datetime) -> None:
    """A history up to now, and something for today. `customers`: those who bring the most come first."""
    from regulars.record.branches import Branch
    from regulars.record.people import Member, Role

    branch = Branch.objects.get()
    members = list(Member.objects.filter(role__in=(Role.FRONT_LINE, Role.MANAGER)).order_by("name"))
    owner = Member.objects.get(role=Role.OWNER)
    rng = random.Random(SEED)  # noqa: S311 (nothing secret is drawn)
    kinds = _lists(owner, at=at - timedelta(weeks=WEEKS + 1))
    shop = _Shop(branch, owner, members, customers, rng)
    suggested_since = at - timedelta(weeks=LEARNT)
    for kind in kinds:
        shop.jobs_of(kind, WEEKS - LEARNT, until=suggested_since)
    shop.learn(at=suggested_since)
    shop.catch_up(until=at)
    for kind in kinds:
        shop.jobs_of(kind, LEARNT, until=at)
    shop.learn(at=at)
    shop.asks(until=at)
    shop.today(kinds, at=at)


def _lists(owner: Any, *, at: datetime) -> list[Any]:
    from regulars.record import answers, authority, extras, partners, work
    from regulars.record.people import Role

    said = {"by": owner, "at": at}
    authority.grant(Role.FRONT_LINE, per_case=10_000, per_month=200_000, **said)
    found = {
        name: partners.add(name=name, does=does, phone=phone, price=price * 100, **said)
        for name, does, phone, price in PARTNERS
    }
    for asked, how, cost, minutes, partner in STANDARD:
        answers.add(asked=asked, how=how, cost=cost * 100, minutes=minutes, partner=found.get(partner), **said)
    for what, cost, suits in EXTRAS:
        extras.add_idea(what=what, cost=cost * 100, suits=suits, **said)
    return [work.add_kind(name, **said) for name in KINDS]


def _told(standard: Any) -> tuple[str, str, int, int]:
    return standard.asked, standard.how, standard.cost, standard.minutes


class _Shop:
    """One branch, its people and its customers, and a die."""

    def __init__(self, branch: Any, owner: Any, members: list[Any], customers: list[Any], rng: random.Random) -> None:
        from regulars.record import branches

        self.branch, self.owner, self.members, self.customers, self.rng = branch, owner, members, customers, rng
        self.hours = branches.hours(branch)
        self.learned: Any = None
        self.unfinished: list[tuple[Any, datetime]] = []

    def after(self, at: datetime, minutes: float) -> datetime:
        """So many open minutes later, to the minute."""
        found = self.hours.after(at, timedelta(minutes=round(minutes)))
        return (found or at).replace(second=0, microsecond=0)

    def learn(self, *, at: datetime) -> None:
        from regulars.desk import learning
        from regulars.engines.promising import Learned

        learnt = learning.learn(self.branch, at=at).learnt
        self.learned, self.numbers = Learned.from_plain(learnt["engine"]), learnt["kinds"]

    def jobs_of(self, kind: Any, weeks: int, *, until: datetime) -> None:
        weekly, half, differ, told, _worth = KINDS[kind.name]
        for i in range(weeks * weekly):
            opened = self.after(until - timedelta(weeks=weeks) * (1 - i / weeks / weekly), self.rng.randrange(1, 500))
            took = half * math.exp(differ * self.rng.gauss(0, 1))
            if self.learned is not None:
                told = self.learned.suggest(self.numbers[str(kind.pk)], 4, opened.weekday(), SHARE).took
            self.job(kind, opened, took, told, until)

    def job(self, kind: Any, opened: datetime, took: float, told: float, until: datetime) -> None:
        from regulars.record import estimates, moves, promises, work

        member, customer = self.rng.choice(self.members), self.rng.choice(self.customers)
        due, done = self.after(opened, told), self.after(opened, took)
        if not opened < due or opened >= until:
            return
        what = self.rng.choice(THINGS[kind.name])
        job = work.open_job(
            customer,
            kind=kind,
            what=what,
            due_at=due,
            branch=self.branch,
            performer=member,
            by=member,
            at=opened,
            share=None if self.learned is None else SHARE,
        )
        least, most = KINDS[kind.name][4]
        worth = self.rng.randrange(least, most) * 100
        estimates.estimate(job, worth=worth, by=member, at=opened)
        promise = promises.open_ones().get(job=job)
        if done > due and self.rng.random() < 0.6 and (later := self.after(done, 30)) > due and due < until:
            told_at = max(opened, due - timedelta(hours=self.rng.choice((1, 2, 20))))
            moves.move(promise, to=later, reason="A part comes later.", told=True, by=member, at=told_at)
        if done < until:
            self.end(job, done, until)
        else:
            self.unfinished.append((job, done))

    def catch_up(self, *, until: datetime) -> None:
        """What was open when the shop began to learn goes on."""
        for job, done in self.unfinished:
            if done < until:
                self.end(job, done, until)

    def end(self, job: Any, done: datetime, until: datetime) -> None:
        from regulars.record import estimates, extras, work

        member, said = job.performer, {"by": job.performer, "at": done}
        work.finish(job, **said, told=True)
        if self.rng.random() < 0.25:
            what, cost, _suits = self.rng.choice(EXTRAS)
            extras.give(job.customer, what=what, cost=cost * 100, job=job, by=self.owner, at=done)
        estimates.bill(job, amount=round(job.worth * self.rng.uniform(0.92, 1.04)), **said)
        if self.rng.random() < 0.03 and (back := self.after(done, 900)) < until:
            due = self.after(back, 2 * (job.took or 60))
            again = work.come_back(job, what=job.what, due_at=due, by=member, at=back)
            mended = min(self.after(back, (job.took or 60) / 2), until)
            work.finish(again, by=member, at=mended, told=True, cost=job.worth // 4)

    def asks(self, *, until: datetime) -> None:
        from regulars.record import asks, bends
        from regulars.record.answers import StandardAnswer

        answers = list(StandardAnswer.objects.select_related("partner"))
        for i in range(60):
            at = self.after(until - timedelta(days=150) * (1 - i / 60), self.rng.randrange(1, 400))
            if at >= until:
                continue
            member, customer = self.rng.choice(self.members), self.rng.choice(self.customers)
            standard = self.rng.choice(answers) if i % 6 else None
            text, how, cost, minutes = ("", "", 0, 0) if standard is None else _told(standard)
            ask = asks.hear(
                customer,
                text=text or self.rng.choice(UNHEARD_OF),
                source="counter",
                standard=standard,
                branch=self.branch,
                by=member,
                at=at,
            )
            partner = None if standard is None else standard.partner
            said: dict[str, Any] = {"how": how or "Of course.", "cost": cost, "minutes": minutes, "partner": partner}
            asks.say_yes(ask, **said, as_friend=True, by=member, at=at, done=True)
            asks.look_after(ask, helped=True, by=member, at=at)
        for text, reason, instead in REFUSED:
            member = self.rng.choice(self.members)
            ask = asks.hear(
                self.rng.choice(self.customers),
                text=text,
                source="counter",
                branch=self.branch,
                by=member,
                at=until - timedelta(days=9),
            )
            asks.say_no(ask, reason=reason, instead=instead, by=member, at=until - timedelta(days=9))
        for rule, why, good in SPARED:
            for days in (40, 20, 5):
                bends.bend(rule=rule, why=why, good=good, by=self.members[0], at=until - timedelta(days=days))

    def today(self, kinds: list[Any], *, at: datetime) -> None:
        """Something about to be late, something ready to be told, something asked for, something handed on."""
        from regulars.record import asks, handoffs, promises, work

        owner, first = self.owner, self.members[0]
        began = self.after(at - timedelta(days=2), 1)
        soon = self.after(at, 45)
        job = work.open_job(
            self.customers[1], kind=kinds[0], what="Linn LP12: new bearing", due_at=soon, branch=self.branch,
            performer=owner, by=owner, at=began,
        )  # fmt: skip
        ready = work.open_job(
            self.customers[3], kind=kinds[1], what="A box of 78s cleaned", due_at=self.after(at, 600),
            branch=self.branch, performer=owner, by=owner, at=began,
        )  # fmt: skip
        work.finish(ready, by=owner, at=at, told=False)
        promises.make(
            self.customers[5], what="Call back about the Bartók quartets", due_at=self.after(at, 240),
            branch=self.branch, keeper=owner, by=owner, at=at, job=None,
        )  # fmt: skip
        asks.hear(job.customer, text="A loan turntable while mine is here", source="phone", by=owner, at=at)
        matter = asks.hear(self.customers[7], text="Sell my late husband’s records", source="counter", by=first, at=at)
        handoffs.hand_on(
            matter, to=owner, hears_by=self.after(at, 300), say="About 400 LPs, mostly jazz.", by=first, at=at
        )
