"""What we owe to those who complained, as Today says it: the next step, by when, to whom it belongs."""

from datetime import timedelta
from typing import Any

from regulars.desk import duties, owing
from regulars.record import approvals, causes, changes, closing, complaints, mailboxes, messages, recoveries
from regulars.record.branches import Branch
from regulars.record.tasks import Planned
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR


def owed(member: Any, at: Any = MONDAY) -> list[tuple[str, str, bool, bool]]:
    return [(duty.what, duty.say, duty.is_late, duty.can_wait) for duty in owing.duties(member, at=at)]


def test_step_by_step_until_it_is_over(garage: House) -> None:
    liis = garage.front_line
    with garage.work():
        its = shop.complaint(garage, "It squeaks", customer=shop.customer(garage), by=None, source="mail")
        assert owed(liis) == [
            ("acknowledge", "does not know yet that we have it; we said: by 14:30. “It squeaks”", False, False)
        ]
        assert owed(liis, MONDAY + 5 * HOUR)[0][2], "late when the time that was said has passed"
        complaints.take(its, by=liis, at=MONDAY)
        complaints.acknowledge(its, by=liis, at=MONDAY)
        assert owed(liis)[0][:2] == ("mend", "says that it is not right, and hears from us by 14:30: “It squeaks”")
        assert owed(garage.manager) == [], "it is hers"
        begun = recoveries.admit(its, erred="No grease", by=liis, at=MONDAY)
        assert owed(liis)[0][:2] == ("mend", "waits to hear what will put it right: “It squeaks”")
        said = {"mender": None, "by": liis, "at": MONDAY}
        recoveries.plan(begun, remedy="Greased", due_at=MONDAY + 4 * HOUR, tasks=[], **said)
        recoveries.agree(begun, by=liis, at=MONDAY)
        assert owed(liis)[0] == ("mend", "was told that it is put right by 14:30: Greased", False, True)
        message = messages.receive(its, text="Still there?", at=MONDAY)
        assert owed(liis)[0][:2] == ("reply", "waits for an answer: “Still there?”")
        messages.needs_no_answer(message, by=liis, at=MONDAY)
        recoveries.do(begun, by=liis, at=MONDAY)
        assert owed(liis)[0][:2] == ("mend", "got what was agreed (Greased). Now do a little more.")
        begun.refresh_from_db()
        recoveries.do_more(begun, what="Washed", by=liis, at=MONDAY)
        assert owed(liis)[0] == (
            "ask_right",
            "was told that it is done: Greased. Call and ask: is it right?",
            False,
            True,
        )
        assert not owed(liis, MONDAY + DAY)[0][3], "on the next open day we call"
        closing.confirm(its, by=liis, at=MONDAY)
        assert owed(liis)[0][0] == "change"
        closing.change_nothing(its, why="It was new", by=liis, at=MONDAY)
        closing.close(its, by=liis, at=MONDAY)
        assert owed(liis) == []


def test_somebody_without_a_name_is_somebody(garage: House) -> None:
    with garage.work():
        shop.complaint(garage)
        (duty,) = duties.for_member(garage.front_line, at=MONDAY).first
        assert (duty.customer, duty.name, duty.phone) == (None, "Somebody who gave no name", None)
        assert duty.page == "complaint"


def test_a_colleague_who_may_is_asked_on_her_list_and_nobody_else(garage: House) -> None:
    with garage.work():
        its = shop.complaint(garage, customer=shop.customer(garage))
        begun = shop.recovery(garage, its, until="admitted")
        said = {"mender": None, "by": garage.front_line, "at": MONDAY}
        recoveries.plan(begun, remedy="An engine", due_at=MONDAY, tasks=[Planned("An engine", 400_00)], **said)
        approvals.ask(begun, by=garage.front_line, at=MONDAY)
        (duty,) = duties.for_member(garage.manager, at=MONDAY).first
        assert duty.say == "waits while Liis Saar asks you, since 10:30: may it cost €400? An engine"
        assert (duty.about, duty.page, duty.is_late) == (its.pk, "complaint", True)
        assert "approve" not in {what for what, *_rest in owed(garage.owner)}
        type(its).objects.filter(pk=its.pk).update(aside_at=MONDAY, aside_as="junk")
        assert owed(garage.manager) == []


def matters(member: Any, at: Any = MONDAY) -> list[str]:
    return [matter.say for matter in duties.for_member(member, at=at).matters]


def test_the_system_asks_its_keepers_and_those_who_manage(garage: House) -> None:
    with garage.work():
        cause = causes.find(name="Bolts", by=garage.owner, at=MONDAY)
        said = {"by": garage.owner, "at": MONDAY}
        changes.make(cause, what="A wrench", keeper=garage.front_line, due_on=(MONDAY + DAY).date(), **said)
        assert matters(garage.front_line) == []
        assert matters(garage.front_line, MONDAY + DAY) == ["To be changed by 3 March: A wrench."]
        assert matters(garage.manager, MONDAY + DAY) == []
        its = shop.complaint(garage)
        messages.receive(its, text="And?", at=MONDAY)
        late = MONDAY + 5 * HOUR
        assert "1 message of a customer waits longer than we said." in matters(garage.manager, late)
        assert matters(garage.front_line, late) == []
        described = {"branch": Branch.objects.get(), "host": "h", "port": 1, "security": "tls", "user": "u"}
        mailboxes.add(address="help@garage.ee", password="p", folder="INBOX", **described, **said)
        assert "help@garage.ee" in " ".join(matters(garage.owner, MONDAY + timedelta(hours=1)))
