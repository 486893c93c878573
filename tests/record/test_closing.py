"""What ends a complaint, what opens it again, and what was none; each refusal says what to do."""

import pytest
from django.db import IntegrityError, transaction

from regulars.kernel.refusal import Refused
from regulars.record import asides, causes, changes, closing, complaints, messages
from regulars.record.changes import Verdict
from regulars.record.complaints import Complaint
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY


def test_only_what_was_put_right_can_be_right_or_not(garage: House) -> None:
    with garage.work():
        its = shop.complaint(garage)
        for verb in (closing.confirm, lambda its, **said: closing.not_right(its, say="x", **said)):
            with pytest.raises(Refused, match="Nothing was put right yet"):
                verb(its, by=None, at=MONDAY)
        shop.recovery(garage, its)
        closing.confirm(its, by=None, at=MONDAY)
        its.refresh_from_db()
        assert (its.right_at, its.right_by, its.ask_on) == (MONDAY, None, None)
        with pytest.raises(Refused, match="said so already"):
            closing.confirm(its, by=None, at=MONDAY)


def test_nothing_changes_wants_a_reason_that_is_seen_once(garage: House) -> None:
    with garage.work():
        its = shop.complaint(garage)
        said = {"by": garage.owner, "at": MONDAY}
        with pytest.raises(Refused, match="why nothing changes"):
            closing.change_nothing(its, why=" ", **said)
        with pytest.raises(Refused, match="looked at this already"):
            closing.refuse_no_change(its, **said)
        closing.change_nothing(its, why="The rain", **said)
        closing.see_no_change(its, **said)
        with pytest.raises(Refused, match="looked at this already"):
            closing.see_no_change(its, **said)


def test_it_is_closed_once_and_opened_again_once(garage: House) -> None:
    with garage.work():
        its = shop.complaint(garage)
        said = {"by": garage.owner, "at": MONDAY}
        with pytest.raises(Refused, match="open already"):
            closing.reopen(its, **said)
        shop.recovery(garage, its)
        for _call in range(closing.GIVE_UP):
            closing.no_answer(its, **said)
        closing.change_nothing(its, why="The rain", **said)
        closing.close(its, **said)
        with pytest.raises(Refused, match="over already"):
            closing.close(its, **said)
        closing.reopen(its, **said)
        its.refresh_from_db()
        assert (its.ask_on.isoformat(), its.tries) == ("2026-03-03", 0), "silence is not yes"
        closing.confirm(its, **said)
        closing.close(its, **said)
        closing.reopen(its, **said)
        its.refresh_from_db()
        assert its.ask_on is None, "she has said so"


def test_the_database_closes_nothing_without_a_why(garage: House) -> None:
    with garage.work():
        its = shop.complaint(garage)
        with pytest.raises(IntegrityError), transaction.atomic():
            Complaint.objects.filter(pk=its.pk).update(closed_at=MONDAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            Complaint.objects.filter(pk=its.pk).update(aside_at=MONDAY)


def test_what_she_writes_after_the_end_opens_it_again(garage: House) -> None:
    with garage.work():
        its = shop.complaint(garage)
        shop.recovery(garage, its)
        closing.confirm(its, by=None, at=MONDAY)
        closing.change_nothing(its, why="The rain", by=garage.owner, at=MONDAY)
        closing.close(its, by=garage.owner, at=MONDAY)
        its.refresh_from_db()
        messages.receive(its, text="out of office", at=MONDAY, is_automatic=True)
        its.refresh_from_db()
        assert its.closed_at is not None, "a machine opens nothing"
        messages.receive(its, text="It drips again", at=MONDAY + DAY)
        its.refresh_from_db()
        assert its.closed_at is None


def test_what_is_none_is_set_aside_and_comes_back(garage: House) -> None:
    with garage.work():
        first, second = shop.complaint(garage), shop.complaint(garage)
        said = {"by": garage.front_line, "at": MONDAY}
        with pytest.raises(Refused, match="another complaint"):
            asides.set_aside(first, as_what="same", same_as=first, **said)
        asides.set_aside(second, as_what="same", same_as=first, **said)
        second.refresh_from_db()
        with pytest.raises(Refused, match="another complaint"):
            asides.set_aside(first, as_what="same", same_as=second, **said)
        with pytest.raises(Refused, match="over already"):
            asides.set_aside(second, as_what="junk", **said)
        assert list(complaints.counted()) == [first]
        asides.bring_back(second, **said)
        with pytest.raises(Refused, match="open already"):
            asides.bring_back(second, **said)
        with pytest.raises(Refused, match="which customer"):
            asides.turn_into_ask(first, **said)
        complaints.tie(first, shop.customer(garage), **said)
        assert asides.turn_into_ask(first, **said).text == first.text
        with pytest.raises(Refused, match="over already"):
            complaints.pass_on(first, to=garage.manager, **said)


def test_a_complaint_goes_to_somebody_else_and_knows_what_was_said(garage: House) -> None:
    with garage.work():
        its = shop.complaint(garage)
        said = {"by": garage.front_line, "at": MONDAY}
        with pytest.raises(Refused, match="somebody else"):
            complaints.pass_on(its, to=garage.front_line, **said)
        with pytest.raises(Refused, match="what is not right"):
            shop.complaint(garage, " ")
        complaints.acknowledge(its, **said)
        complaints.answered(its, at=MONDAY)
        with pytest.raises(Refused, match="answered already"):
            messages.needs_no_answer(messages.receive(its, text="x", at=MONDAY, is_automatic=True), **said)
        for verb in (messages.answer, messages.say, messages.note):
            with pytest.raises(Refused, match="Write"):
                verb(its, text=" ", **said)
        file = messages.File("a.txt", "text/plain", b"x")
        assert [str(one) for one in messages.receive(its, text="See", files=[file], at=MONDAY).attachments.all()] == [
            "a.txt"
        ]
        assert str(messages.Message.objects.latest("at")) in ("See", "x")


def test_a_cause_has_a_name_of_its_own_and_a_change_one_keeper(garage: House) -> None:
    with garage.work():
        said = {"by": garage.owner, "at": MONDAY}
        with pytest.raises(Refused, match="few words"):
            causes.find(name=" ", **said)
        cause, other = causes.find(name="Bolts", **said), causes.find(name="Keys", **said)
        assert causes.find(name="Bolts", **said) == cause
        why = {"whys": ["a", "", "b"], "escape": "c", "of": "people"}
        with pytest.raises(Refused, match="of that name"):
            causes.describe(other, name="Bolts", **why, **said)
        causes.describe(other, name="", **why, **said)
        assert (other.name, other.whys) == ("Keys", ["a", "b"])
        assert not causes.has_change(None)
        due = {"due_on": MONDAY.date(), **said}
        with pytest.raises(Refused, match="what changes"):
            changes.make(cause, what="", keeper=garage.owner, **due)
        with pytest.raises(Refused, match="one colleague"):
            changes.make(cause, what="x", keeper=None, **due)
        change = changes.make(cause, what="x", keeper=garage.owner, **due)
        with pytest.raises(Refused, match="open already"):
            changes.undo(change, **said)
        with pytest.raises(Refused, match="given up"):
            changes.drop(change, why="", **said)
        changes.do(change, **said)
        with pytest.raises(Refused, match="done already"):
            changes.drop(change, why="x", **said)
        counted = {"before": 1, "work_before": 1, "after": 0, "work_after": 1}
        verdict = changes.judge(change, days=30, counted=counted, held="gone", at=MONDAY)
        assert changes.judge(change, days=30, counted=counted, held="back", at=MONDAY) == verdict, "judged once"
        later = changes.judge(change, days=60, counted=counted, held="gone", at=MONDAY)
        for _twice in range(2):
            changes.see(later, **said)
        assert not Verdict.objects.filter(seen_at=None).exists(), "who has read the later one knows the earlier"
        changes.undo(change, **said)
        assert changes.release_all(garage.owner) == 1
