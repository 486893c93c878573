"""The four steps in their order: what each of them needs, what it refuses, and how the promise follows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from regulars.kernel.refusal import Refused
from regulars.record import approvals, authority, closing, complaints, promises, recoveries, tasks, work
from regulars.record.recoveries import Recovery
from regulars.record.tasks import Planned, Task
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR


def test_it_begins_with_our_fault_once_and_while_it_is_open(garage: House) -> None:
    with garage.work():
        its = shop.complaint(garage, by=None, source="form")
        said = {"by": garage.front_line, "at": MONDAY}
        with pytest.raises(Refused, match="where we erred"):
            recoveries.admit(its, erred=" ", **said)
        recoveries.admit(its, erred="No grease", **said)
        its.refresh_from_db()
        assert (its.owner, its.answered_at, its.acknowledged_at) == (garage.front_line, MONDAY, MONDAY)
        with pytest.raises(Refused, match="said already"):
            recoveries.admit(its, erred="Again", **said)
        over = shop.complaint(garage)
        closing.change_nothing(over, why="x", **said)
        type(over).objects.filter(pk=over.pk).update(closed_at=MONDAY)
        with pytest.raises(Refused, match="over already"):
            recoveries.admit(over, erred="Late", **said)


def test_a_plan_needs_words_and_a_time_and_comes_before_the_yes(garage: House) -> None:
    with garage.work():
        begun = shop.recovery(garage, shop.complaint(garage), until="admitted")
        said = {"mender": None, "by": garage.front_line, "at": MONDAY}
        with pytest.raises(Refused, match="Without a time"):
            recoveries.agree(begun, by=garage.front_line, at=MONDAY)
        with pytest.raises(Refused, match="put it right for the customer"):
            recoveries.plan(begun, remedy="", due_at=MONDAY, tasks=[], **said)
        with pytest.raises(Refused, match="Without a time"):
            recoveries.plan(begun, remedy="Mend", due_at=None, tasks=[], **said)
        assert [str(task) for task in recoveries.plan(begun, remedy="Mend", due_at=MONDAY, tasks=[], **said)] == [
            "Mend"
        ]
        begun.refresh_from_db()
        recoveries.plan(begun, remedy="Mend", due_at=MONDAY, tasks=[Planned("Mend", -1)], **said)
        with pytest.raises(Refused, match="zero or more"):
            recoveries.agree(begun, by=garage.front_line, at=MONDAY)
        recoveries.plan(begun, remedy="Mend", due_at=MONDAY, tasks=[Planned("Mend")], **said)
        recoveries.agree(begun, by=garage.front_line, at=MONDAY)
        begun.refresh_from_db()
        with pytest.raises(Refused, match="agreed already"):
            recoveries.plan(begun, remedy="More", due_at=MONDAY, tasks=[], **said)
        with pytest.raises(Refused, match="agreed already"):
            recoveries.agree(begun, by=garage.front_line, at=MONDAY)


def test_the_database_keeps_the_order_too(garage: House) -> None:
    with garage.work():
        begun = shop.recovery(garage, shop.complaint(garage), until="admitted")
        for wrong in ({"agreed_at": MONDAY}, {"done_at": MONDAY}, {"more_at": MONDAY}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Recovery.objects.filter(pk=begun.pk).update(**wrong)


def test_whoever_agrees_spends_and_what_is_above_her_authority_is_refused(garage: House) -> None:
    with garage.work():
        liis = garage.front_line
        before = authority.left(liis, at=MONDAY).this_month or 0
        shop.recovery(garage, shop.complaint(garage), cost=20_00)
        assert authority.left(liis, at=MONDAY).this_month == before - 20_00
        dear = shop.recovery(garage, shop.complaint(garage), until="admitted")
        said = {"mender": None, "by": liis, "at": MONDAY}
        recoveries.plan(dear, remedy="An engine", due_at=MONDAY, tasks=[Planned("An engine", 50_01)], **said)
        with pytest.raises(Refused, match="more than is yours"):
            recoveries.agree(dear, by=liis, at=MONDAY)
        recoveries.plan(dear, remedy="An engine", due_at=MONDAY, tasks=[Planned("An engine", 50_00)], **said)
        recoveries.agree(dear, by=liis, at=MONDAY)
        with pytest.raises(Refused, match="more than is yours"):
            recoveries.do_more(dear, what="A car", cost=90_00, by=liis, at=MONDAY)
        every = [recovery.complaint_id for recovery in Recovery.objects.all()]
        assert sorted(tasks.cost_of(every).values()) == [20_00, 50_00]
        assert tasks.cost_of([]) == {}


def test_of_somebody_unknown_there_is_no_promise_and_a_closed_hour_is_refused(garage: House) -> None:
    with garage.work():
        its = shop.complaint(garage)
        begun = shop.recovery(garage, its, due=MONDAY + 4 * HOUR, until="agreed")
        assert (begun.promise, begun.step) == (None, 3)
        night = shop.recovery(garage, shop.complaint(garage), until="admitted")
        said = {"mender": None, "by": garage.front_line, "at": MONDAY}
        recoveries.plan(night, remedy="Mend", due_at=MONDAY + 14 * HOUR, tasks=[], **said)
        with pytest.raises(Refused, match="closed then"):
            recoveries.agree(night, by=garage.front_line, at=MONDAY)


def test_the_job_is_done_again_free_by_whoever_did_it(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        job = work.finish(shop.job(garage, her), by=garage.front_line, at=MONDAY, told=True)
        its = shop.complaint(garage, customer=her, job=job, by=garage.manager)
        begun = shop.recovery(garage, its, due=MONDAY + 4 * HOUR, until="agreed", by=garage.manager, again=True)
        again = begun.promise.job
        assert (again.comeback_of, again.performer, again.most) == (job, garage.front_line, 0)
        work.finish(again, by=garage.front_line, at=MONDAY + HOUR, told=True)
        begun.refresh_from_db()
        assert begun.step == 4


def test_the_mender_keeps_the_promise_and_the_owner_where_there_is_none(garage: House) -> None:
    with garage.work():
        its = shop.complaint(garage, customer=shop.customer(garage))
        begun = shop.recovery(garage, its, until="admitted")
        said = {"by": garage.front_line, "at": MONDAY}
        recoveries.plan(begun, remedy="Mend", due_at=MONDAY + HOUR, tasks=[], mender=garage.manager, **said)
        assert recoveries.agree(begun, **said).promise.keeper == garage.manager


def test_the_promise_kept_by_any_door_is_the_remedy_done_and_its_undo_undoes_it(garage: House) -> None:
    with garage.work():
        its = shop.complaint(garage, customer=shop.customer(garage))
        begun = shop.recovery(garage, its, due=MONDAY + 4 * HOUR, until="agreed")
        promises.keep(begun.promise, by=garage.manager, at=MONDAY + HOUR, told=False)
        begun.refresh_from_db()
        assert (begun.done_at, begun.done_by) == (MONDAY + HOUR, garage.manager)
        promises.reopen(begun.promise, by=garage.manager, at=MONDAY + HOUR)
        begun.refresh_from_db()
        assert (begun.done_at, begun.tasks.get().done_at) == (None, None)
        recoveries.do(begun, by=garage.front_line, at=MONDAY + 2 * HOUR)
        begun.refresh_from_db()
        recoveries.do_more(begun, what="Washed", by=garage.front_line, at=MONDAY + 2 * HOUR)
        promises.reopen(begun.promise, by=garage.manager, at=MONDAY + 3 * HOUR)
        begun.refresh_from_db()
        assert begun.done_at is not None, "the story went on"


def test_a_promise_that_was_missed_and_opened_again_undoes_nothing(garage: House) -> None:
    with garage.work():
        its = shop.complaint(garage, customer=shop.customer(garage))
        begun = shop.recovery(garage, its, due=MONDAY + 4 * HOUR, until="agreed")
        promises.miss(begun.promise, why="No part", by=garage.manager, at=MONDAY + HOUR)
        begun.promise.refresh_from_db()
        promises.reopen(begun.promise, by=garage.manager, at=MONDAY + HOUR)
        recoveries.do(begun, by=garage.manager, at=MONDAY + HOUR)
        with pytest.raises(Refused, match="done already"):
            recoveries.do(Recovery.objects.get(), by=garage.manager, at=MONDAY + HOUR)


def test_something_else_is_agreed_and_the_promise_goes(garage: House) -> None:
    with garage.work():
        its = shop.complaint(garage, customer=shop.customer(garage))
        begun = shop.recovery(garage, its, due=MONDAY + 4 * HOUR, until="agreed")
        old = begun.promise
        recoveries.reconsider(begun, by=garage.front_line, at=MONDAY)
        old.refresh_from_db()
        assert old.dropped_at == MONDAY
        with pytest.raises(Refused, match="nothing was agreed"):
            recoveries.reconsider(begun, by=garage.front_line, at=MONDAY)
        nobodys = shop.recovery(garage, shop.complaint(garage), due=MONDAY + 4 * HOUR, until="agreed")
        recoveries.reconsider(nobodys, by=garage.front_line, at=MONDAY)
        assert nobodys.step == 2


def test_tasks_are_ticked_one_by_one_and_the_last_does_it(garage: House) -> None:
    with garage.work():
        begun = shop.recovery(garage, shop.complaint(garage), until="admitted")
        said = {"by": garage.front_line, "at": MONDAY}
        some = [Planned("Mend"), Planned("Oil"), Planned("Wash", is_more=True)]
        mend, oil, wash = recoveries.plan(begun, remedy="Both", due_at=MONDAY + HOUR, tasks=some, mender=None, **said)
        with pytest.raises(Refused, match="Agree with the customer first"):
            recoveries.tick(mend, **said)
        recoveries.agree(begun, **said)
        for task in (mend, oil, wash):
            task.recovery.refresh_from_db()
        recoveries.tick(mend, **said)
        recoveries.tick(mend, **said)
        begun.refresh_from_db()
        assert begun.step == 3
        recoveries.tick(Task.objects.get(pk=oil.pk), **said)
        begun.refresh_from_db()
        assert begun.step == 4
        recoveries.tick(Task.objects.get(pk=wash.pk), **said)


def test_a_little_more_comes_last_once_and_wants_words_or_a_reason(garage: House) -> None:
    with garage.work():
        its = shop.complaint(garage)
        begun = shop.recovery(garage, its, due=MONDAY + 4 * HOUR, until="agreed")
        said = {"by": garage.front_line, "at": MONDAY}
        with pytest.raises(Refused, match="Do first what was agreed"):
            recoveries.do_more(begun, what="Washed", **said)
        recoveries.do(begun, **said)
        begun.refresh_from_db()
        with pytest.raises(Refused, match="why nothing"):
            recoveries.do_more(begun, what="", **said)
        recoveries.do_more(begun, what="", no_more="She was in a hurry", **said)
        with pytest.raises(Refused, match="written this already"):
            recoveries.do_more(begun, what="", no_more="Twice", **said)
        its.refresh_from_db()
        assert (begun.step, begun.no_more, its.ask_on.isoformat()) == (5, "She was in a hurry", "2026-03-03")


def test_the_next_day_is_one_on_which_we_are_open(garage: House) -> None:
    with garage.work():
        its = shop.complaint(garage)
        assert recoveries.next_day(its.branch, MONDAY + 4 * DAY).isoformat() == "2026-03-09"
        its.branch.intervals.all().delete()
        assert recoveries.next_day(its.branch, MONDAY).isoformat() == "2026-03-03"


def test_the_next_one_who_may_is_asked_and_says_yes_no_or_nothing(garage: House) -> None:
    liis, jaan = garage.front_line, garage.manager
    with garage.work():
        begun = shop.recovery(garage, shop.complaint(garage), until="admitted")
        said = {"mender": None, "by": liis, "at": MONDAY}

        def planned(cost: int) -> None:
            recoveries.plan(begun, remedy="Mend", due_at=MONDAY + HOUR, tasks=[Planned("Mend", cost)], **said)

        planned(400_00)
        asked = approvals.ask(begun, by=liis, at=MONDAY)
        assert asked.of == jaan
        with pytest.raises(Refused, match="asked already"):
            approvals.ask(begun, by=liis, at=MONDAY)
        with pytest.raises(Refused, match="what may be done instead"):
            approvals.say_no(asked, say="", by=jaan, at=MONDAY)
        approvals.withdraw(asked, by=liis, at=MONDAY)
        with pytest.raises(Refused, match="decided this already"):
            approvals.say_no(asked, say="No", by=jaan, at=MONDAY)
        planned(9_000_00)
        dear = approvals.ask(begun, by=jaan, at=MONDAY)
        assert dear.of == garage.owner
        approvals.withdraw(dear, by=jaan, at=MONDAY)
        planned(10_00)
        approvals.ask(begun, by=liis, at=MONDAY)
        recoveries.agree(begun, by=liis, at=MONDAY)
        assert not approvals.open_ones().exists(), "it is not needed any more"


@pytest.mark.parametrize("hours", [0, 1, 2])
def test_after_a_yes_it_is_still_to_be_done_and_when_the_time_has_passed_by_a_new_one(
    garage: House, hours: int
) -> None:
    with garage.work():
        its = shop.complaint(garage, customer=shop.customer(garage))
        begun = shop.recovery(garage, its, until="admitted")
        said = {"mender": None, "by": garage.front_line, "at": MONDAY}
        recoveries.plan(begun, remedy="Mend", due_at=MONDAY + HOUR, tasks=[Planned("Mend", 400_00)], **said)
        asked = approvals.ask(begun, by=garage.front_line, at=MONDAY)
        approvals.say_yes(asked, by=garage.manager, at=MONDAY + hours * HOUR)
        begun.refresh_from_db()
        due = complaints.hears_by(its.branch, MONDAY + hours * HOUR) if hours else MONDAY + HOUR
        assert (begun.step, begun.due_at, begun.agreed_by) == (3, due, garage.manager)
        assert begun.promise.due_at == due


def test_nobody_else_may_so_nobody_is_asked(garage: House) -> None:
    with garage.work():
        begun = shop.recovery(garage, shop.complaint(garage), until="admitted")
        said = {"mender": None, "by": garage.owner, "at": MONDAY}
        recoveries.plan(begun, remedy="Mend", due_at=MONDAY, tasks=[Planned("Mend", 9_000_00)], **said)
        with pytest.raises(Refused, match="Nobody here may spend so much"):
            approvals.ask(begun, by=garage.owner, at=MONDAY)


def test_whoever_leaves_leaves_her_complaints_and_questions_to_everybody(garage: House) -> None:
    from regulars.record import people

    with garage.work():
        its = shop.complaint(garage, by=garage.manager)
        begun = shop.recovery(garage, shop.complaint(garage), until="admitted")
        said = {"mender": None, "by": garage.front_line, "at": MONDAY}
        recoveries.plan(begun, remedy="Mend", due_at=MONDAY, tasks=[Planned("Mend", 400_00)], **said)
        asked = approvals.ask(begun, by=garage.front_line, at=MONDAY)
        people.leave(garage.manager, by=garage.owner, at=MONDAY + timedelta(hours=1))
        its.refresh_from_db()
        asked.refresh_from_db()
        assert (its.owner, asked.of) == (None, None)
        complaints.take(its, by=garage.front_line, at=MONDAY + 2 * HOUR)
