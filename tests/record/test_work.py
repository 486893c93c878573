"""Jobs: taken in with a time, signed off by whoever did them, done again free of charge by whoever did them first."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from regulars.kernel.refusal import Refused
from regulars.record import estimates, moves, people, promises, work
from regulars.record.promises import Promise
from regulars.record.work import Job, JobKind
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR

DUE = MONDAY + 4 * HOUR


def finished(garage: House, **more: Any) -> Job:
    return work.finish(shop.job(garage, shop.customer(garage), **more), by=garage.front_line, at=DUE, told=True)


def test_there_is_no_job_without_a_promise(garage: House, salon: House) -> None:
    with garage.work():
        job = shop.job(garage, shop.customer(garage))
        [promise] = job.promises.all()
        assert (promise.what, promise.due_at, promise.keeper, promise.kind) == (
            "New brake pads",
            DUE,
            garage.front_line,
            job.kind,
        )
        with pytest.raises(Refused):
            shop.job(garage, job.customer, due=MONDAY - HOUR)
        assert Job.objects.count() == 1, "a refused promise takes its job with it"
        assert str(shop.job(garage, job.customer, "")) == "Brakes that hold"
    with salon.work():
        assert not Job.objects.exists()


def test_it_remembers_how_busy_the_branch_was(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        jobs = [shop.job(garage, her) for _ in range(3)]
        work.drop(jobs[0], why="Sold it", by=garage.owner, at=MONDAY)
        work.finish(jobs[1], by=garage.owner, at=MONDAY, told=True)
        assert [job.busy for job in jobs] == [0, 1, 2]
        assert shop.job(garage, her).busy == 1


def test_whoever_did_it_signs_it_off_and_its_promises_are_kept_with_it(garage: House) -> None:
    with garage.work():
        job = shop.job(garage, shop.customer(garage))
        shop.promise(garage, job.customer, "Call with the price", job=job)
        work.finish(job, by=garage.front_line, at=MONDAY + 2 * HOUR, told=False)
        assert (job.finished_by, job.took, job.is_open) == (garage.front_line, 120, False)
        assert {promise.kept_at for promise in job.promises.all()} == {MONDAY + 2 * HOUR}
        assert promises.to_tell().count() == 2
        for second in (
            lambda: work.finish(job, by=garage.manager, at=DUE, told=True),
            lambda: work.drop(job, why="Sold it", by=garage.manager, at=DUE),
            lambda: work.hand_on(job, to=garage.manager, by=garage.manager, at=DUE),
        ):
            with pytest.raises(Refused, match="finished this job already"):
                second()


def test_the_last_promise_kept_finishes_the_job(garage: House) -> None:
    with garage.work():
        job = shop.job(garage, shop.customer(garage))
        second = shop.promise(garage, job.customer, "Call with the price", job=job)
        alone = shop.promise(garage, job.customer)
        work.keep(second, by=garage.front_line, at=MONDAY + HOUR, told=True)
        assert Job.objects.get().is_open
        work.keep(job.promises.get(kept_at=None), by=garage.front_line, at=MONDAY + 2 * HOUR, told=True)
        assert Job.objects.get().finished_at == MONDAY + 2 * HOUR
        work.keep(alone, by=garage.front_line, at=MONDAY + HOUR, told=True)
        work.reopen_promise(alone, by=garage.front_line, at=MONDAY + HOUR)
        assert alone.is_open
        last = Promise.objects.get(kept_at=MONDAY + 2 * HOUR)
        work.reopen_promise(last, by=garage.front_line, at=MONDAY + 3 * HOUR)
        assert Job.objects.get().is_open
        assert Promise.objects.get(pk=last.pk).is_open
        assert not Promise.objects.get(pk=second.pk).is_open


def test_minutes_in_which_we_waited_for_her_are_not_ours(garage: House) -> None:
    with garage.work():
        job = shop.job(garage, shop.customer(garage), due=MONDAY + DAY)
        first = job.promises.get()
        second = shop.promise(garage, job.customer, "Call with the price", job=job, due=MONDAY + DAY)
        moves.wait(first, why="Her yes", by=garage.owner, at=MONDAY + HOUR)
        moves.wait(second, why="Her yes", by=garage.owner, at=MONDAY + 2 * HOUR)
        moves.go_on(first, by=garage.owner, at=MONDAY + 3 * HOUR)
        moves.go_on(second, by=garage.owner, at=MONDAY + 4 * HOUR)
        moves.wait(first, why="Her key", by=garage.owner, at=MONDAY + 3.5 * HOUR)
        moves.go_on(first, by=garage.owner, at=MONDAY + 3.75 * HOUR)
        moves.wait(first, why="Her word", by=garage.owner, at=MONDAY + 5 * HOUR)
        work.finish(job, by=garage.owner, at=MONDAY + 6 * HOUR, told=True)
        assert job.took == 120  # from eleven to two we waited, twice at once, and the last hour again


def test_given_up_its_promises_are_too_and_it_can_be_undone(garage: House) -> None:
    with garage.work():
        job = shop.job(garage, shop.customer(garage))
        with pytest.raises(Refused, match="Write why"):
            work.drop(job, why=" ", by=garage.owner, at=MONDAY)
        work.drop(job, why="Sold it", by=garage.owner, at=MONDAY)
        assert job.promises.get().dropped_at == MONDAY
        work.reopen(job, by=garage.owner, at=MONDAY)
        assert job.promises.get().is_open
        assert job.is_open
        with pytest.raises(Refused, match="open already"):
            work.reopen(job, by=garage.owner, at=MONDAY)


def test_a_billed_job_stays_finished(garage: House) -> None:
    with garage.work():
        job = finished(garage)
        estimates.bill(job, amount=100, by=garage.owner, at=DUE)
        with pytest.raises(Refused, match="billed already"):
            work.reopen(job, by=garage.owner, at=DUE)


def test_work_that_was_not_right_is_done_again_by_whoever_did_it_first(garage: House) -> None:
    with garage.work():
        job = finished(garage)
        again = work.come_back(job, what="It squeaks", due_at=DUE + DAY, by=garage.owner, at=DUE)
        assert (again.comeback_of, again.performer, again.kind, again.what) == (
            job,
            garage.front_line,
            job.kind,
            "It squeaks",
        )
        assert again.most == 0
        work.finish(again, by=garage.front_line, at=DUE + HOUR, told=True, cost=2_500)
        assert (again.cost, again.commission_base) == (2_500, 0)
        assert list(job.comebacks.all()) == [again]
        unnamed = work.come_back(again, what="", due_at=DUE + DAY, by=garage.owner, at=DUE + 2 * HOUR)
        assert unnamed.what == "It squeaks"


def test_who_has_left_does_nothing_again(garage: House) -> None:
    with garage.work():
        job = finished(garage)
        people.leave(garage.front_line, by=garage.owner, at=DUE)
        job = Job.objects.get(pk=job.pk)
        assert work.come_back(job, what="", due_at=DUE + DAY, by=garage.owner, at=DUE).performer is None


def test_where_nobody_was_named_it_is_whoever_signed_it_off(garage: House) -> None:
    with garage.work():
        job = shop.job(garage, shop.customer(garage))
        work.hand_on(job, to=None, by=garage.owner, at=MONDAY)
        work.finish(job, by=garage.manager, at=MONDAY, told=True)
        again = work.come_back(job, what="", due_at=DUE + DAY, by=garage.owner, at=DUE)
        assert again.performer == garage.manager


def test_what_is_not_finished_cannot_come_back(garage: House) -> None:
    with garage.work(), pytest.raises(Refused, match="not finished yet"):
        work.come_back(shop.job(garage, shop.customer(garage)), what="", due_at=DUE + DAY, by=garage.owner, at=MONDAY)


def test_the_database_itself_bills_nothing_for_work_done_again(garage: House) -> None:
    with garage.work():
        again = work.come_back(finished(garage), what="", due_at=DUE + DAY, by=garage.owner, at=DUE)
        with pytest.raises(IntegrityError), transaction.atomic():
            Job.objects.filter(pk=again.pk).update(bill=1)


def test_another_does_it_and_keeps_what_was_promised_with_it(garage: House) -> None:
    with garage.work():
        job = shop.job(garage, shop.customer(garage))
        other = shop.promise(garage, job.customer, "Call with the price", job=job, keeper=garage.owner)
        work.hand_on(job, to=garage.manager, by=garage.front_line, at=MONDAY)
        assert job.performer == garage.manager
        assert job.promises.exclude(pk=other.pk).get().keeper == garage.manager
        other.refresh_from_db()
        assert other.keeper == garage.owner


def test_kinds_have_names_of_their_own(garage: House) -> None:
    with garage.work():
        said: dict[str, Any] = {"by": garage.owner, "at": MONDAY}
        brakes, tyres = work.add_kind(" Brakes ", **said), work.add_kind("Tyres", **said)
        assert str(brakes) == "Brakes"
        with pytest.raises(Refused, match="of that name"):
            work.rename_kind(tyres, "Brakes", **said)
        work.rename_kind(tyres, "Tyres", **said)
        work.rename_kind(tyres, "Tyres that grip", **said)
        work.retire_kind(tyres, **said)
        assert JobKind.objects.filter(retired_at=None).count() == 1
        assert work.add_kind("Tyres that grip", **said).retired_at is None
        assert JobKind.objects.count() == 2


def test_no_work_counts_before_it_began(garage: House) -> None:
    with garage.work():
        job = shop.job(garage, shop.customer(garage))
        work.finish(job, by=garage.owner, at=MONDAY - timedelta(minutes=1), told=True)
        assert job.took == 0
