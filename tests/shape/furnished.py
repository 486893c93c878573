"""A business with one row of each kind that an address can name, and a word in every text by which it is known."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from regulars.intake import imports as intake
from regulars.kernel import clock
from regulars.record import (
    answers,
    asks,
    bends,
    branches,
    calls,
    causes,
    changes,
    complaints,
    customers,
    extras,
    handoffs,
    knowing,
    mailboxes,
    merging,
    messages,
    partners,
    people,
    playbook,
    questions,
    ratings,
    recoveries,
    remedies,
    sales,
    silences,
    tags,
    tills,
    work,
)
from regulars.record.approvals import Approval
from regulars.record.attachments import File
from regulars.record.branches import WORKING_WEEK, Branch
from regulars.record.tasks import Planned
from tests.cast import MONDAY, House

FILE = "Date,Amount,Name,Phone\n2026-02-01,12.50,{word} Oja,+372 5555 1234\n"


def furnish(house: House, word: str) -> dict[str, Any]:
    """The rows, by the names that tests/shape/test_addresses.py gives them."""
    owner, business, at = house.owner, house.business, MONDAY
    with house.work():
        first = Branch.objects.get()
        branch = branches.open_branch(
            name=f"{word} Street",
            country=first.country,
            currency=first.currency,
            language=first.language,
            zone=first.zone,
            address=f"{word} Street 1",
            week=WORKING_WEEK,
            by=owner,
            at=at,
        )
        day = branches.set_special_day(
            branch, day=MONDAY.date(), name=f"{word} Day", opens=None, closes=None, by=owner, at=at
        )
        invitation, _secret = people.invite(
            email=f"{word}@regulars.example".lower(),
            name=f"{word} New",
            role=people.Role.VIEWER,
            by=owner,
            at=clock.now(),
        )
        her, other, kept, gone = (
            customers.add(name=f"{word} {name}", by=owner, at=at, source=f"{word} fair", number=f"{word}{name}")
            for name in ("Oja", "Kuusk", "Pihl", "Pihl-Saar")
        )
        tags.put(her, [f"{word} tag"], by=owner, at=at)
        field = tags.add_field(f"{word} plate", by=owner, at=at)
        tags.fill_in(her, {field.pk: f"{word} 123"}, by=owner, at=at)
        merge = merging.merge(kept, gone, by=owner, at=at)
        brought = intake.bring(
            [FILE.format(word=word).encode()],
            business=business,
            subject="sales",
            file_name=f"{word}.csv",
            by=owner,
            at=at,
        )
        return {
            "branch": branch.pk,
            "day": day.pk,
            "invitation": invitation.pk,
            "member": house.viewer.pk,
            "customer": her.pk,
            "other": other.pk,
            "merge": merge.pk,
            "fact": knowing.learn(her, f"{word} sings", by=owner, at=at).pk,
            "wish": knowing.hear(her, f"{word} chair", source="call", by=owner, at=at).pk,
            "tag": tags.Tag.objects.get().pk,
            "field": field.pk,
            "sale": sales.record(
                her, at=at, amount=1250, branch=branch, by=owner, now=at, what=f"{word} oil", receipt=f"{word}-1"
            ).pk,
            "call": calls.agree(
                her, on=(MONDAY + timedelta(1)).date(), today=MONDAY.date(), caller=owner, by=owner, at=at, note=word
            ).pk,
            "import": brought.pk,
            **asked(house, word, her),
            **promised(house, word, her, branch),
            **complained(house, word, her, branch),
        }


def asked(house: House, word: str, her: Any) -> dict[str, Any]:
    """What she asked for: one waits for an answer and is handed on, one was refused; and what many ask for."""
    owner, at, said = house.owner, MONDAY, {"by": house.owner, "at": MONDAY}
    partner = partners.add(
        name=f"{word} Cab", does=f"{word} taxi", phone="+3725550101", email="", price=1800, note=f"{word} note", **said
    )
    standard = answers.add(asked=f"{word} ride", how=f"{word} drives", cost=1800, minutes=5, partner=partner, **said)
    ask = asks.hear(her, text=f"{word} asks for a taxi", source="counter", standard=standard, **said)
    handoff = handoffs.hand_on(
        ask, to=house.manager, hears_by=at + timedelta(days=1), say=f"{word} has a bag", by=owner, at=at
    )
    refusal = asks.hear(her, text=f"{word} asks for the moon", source="phone", **said)
    asks.say_no(refusal, reason=f"{word} is far", instead=f"A picture of {word}", **said)
    bent = bends.bend(rule=f"{word} rule", why=f"{word} was ill", good=f"{word} came back", customer=her, **said)
    return {
        "rule": bent.rule_id,
        "partner": partner.pk,
        "standard": standard.pk,
        "ask": ask.pk,
        "handoff": handoff.pk,
        "refusal": refusal.pk,
    }


def promised(house: House, word: str, her: Any, branch: Branch) -> dict[str, Any]:
    """What she was told: work that is taken in, with its promise, and a little more."""
    said = {"by": house.owner, "at": MONDAY}
    kind = work.add_kind(f"{word} that runs", **said)
    job = work.open_job(
        her,
        kind=kind,
        what=f"{word} brakes",
        due_at=MONDAY + timedelta(days=1),
        branch=Branch.objects.exclude(pk=branch.pk).get(),
        performer=house.owner,
        **said,
    )
    promise = job.promises.get()
    extra = extras.give(her, what=f"{word} wash", job=job, promise=promise, **said)
    idea = extras.add_idea(what=f"{word} coffee", kind=kind, suits=f"{word} guests", **said)
    return {"job": job.pk, "promise": promise.pk, "extra": extra.pk, "kind": kind.pk, "idea": idea.pk}


def complained(house: House, word: str, her: Any, branch: Branch) -> dict[str, Any]:
    """What she complained about: being put right, with a cause that something changes against."""
    owner, said = house.owner, {"by": house.owner, "at": MONDAY}
    its = complaints.hear(
        text=f"{word} leaks", source="form", branch=branch, customer=her, sender=f"{word}@heard.example", **said
    )
    photo = File(f"{word}.jpg", "image/jpeg", b"picture", is_picture=True)
    message = messages.receive(its, text=f"{word} wrote", files=[photo], at=MONDAY, sender=f"{word}@heard.example")
    recovery = recoveries.admit(its, erred=f"{word} was in a hurry", **said)
    day = MONDAY + timedelta(days=1)
    tasks = recoveries.plan(
        recovery, remedy=f"{word} mended", due_at=day, tasks=[Planned(f"{word} part", 500)], mender=owner, **said
    )
    approval = Approval.objects.create(
        recovery=recovery, cost=500, asked_at=MONDAY, asked_by=house.front_line, of=house.manager
    )
    cause = causes.find(name=f"{word} hurry", **said)
    causes.describe(cause, name=f"{word} hurry", whys=[f"{word} why"], escape=f"{word} dark", of="process", **said)
    causes.tie(its, cause, **said)
    article = playbook.write(title=f"{word} article", text=f"{word} text", **said)
    change = changes.make(cause, what=f"{word} list", keeper=owner, due_on=day.date(), article=article, **said)
    changes.do(change, **said)
    change.refresh_from_db()
    counted = {"before": 3, "work_before": 30, "after": 0, "work_after": 30}
    till = tills.set_up(branch, f"{word} till", **said)
    questions.reword("value", "en", f"{word} price?", **said)
    answered = ratings.Said(expectations=1, value=5, wish=f"{word} wish", comment=f"{word} comment")
    rating = ratings.give(
        answered, key=uuid4(), branch=branch, way="till", language="en", till=till, at=MONDAY, landed_at=MONDAY
    )
    silence = silences.sound(
        branch=branch, shift="", member=None, side="quiet", since=MONDAY.date(),
        expected=5.0, received=0, chance=0.01, at=MONDAY,
    )  # fmt: skip
    return {
        "complaint": its.pk,
        "message": message.pk,
        "attachment": message.attachments.get().pk,
        "task": tasks[0].pk,
        "approval": approval.pk,
        "remedy": remedies.keep(f"{word} remedy", [Planned(f"{word} sent anew", 100)], **said).pk,
        "cause": cause.pk,
        "change": change.pk,
        "verdict": changes.judge(change, days=30, counted=counted, held="no_proof", at=MONDAY).pk,
        "article": article.pk,
        "silence": silence.pk,
        "rating": rating.pk,
        "till": till.pk,
        "mailbox": mailboxes.add(
            address=f"{word}@mail.example".lower(),
            branch=branch,
            host="127.0.0.1",  # refused before anything is called
            port=993,
            security="tls",
            user=f"{word} user",
            password="secret",
            folder="INBOX",
            **said,
        ).pk,
    }
