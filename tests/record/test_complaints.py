"""A complaint from the counter to the end, by the verbs; and what each of them refuses."""

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import causes, changes, closing, complaints, recoveries
from regulars.record.complaints import Complaint
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR


def test_a_complaint_is_put_right_on_the_spot_and_changes_the_system(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        its = shop.complaint(garage, customer=her)
        assert (its.number, its.owner, its.acknowledged_at) == (1, garage.front_line, MONDAY)
        with pytest.raises(Refused, match="four steps"):
            closing.close(its, by=garage.front_line, at=MONDAY)
        recovery = shop.recovery(garage, its, cost=20_00)
        assert recovery.step == 5
        with pytest.raises(Refused, match="Silence is not yes"):
            closing.close(its, by=garage.front_line, at=MONDAY)
        closing.confirm(its, by=garage.front_line, at=MONDAY + DAY)
        with pytest.raises(Refused, match="cause"):
            closing.close(its, by=garage.front_line, at=MONDAY + DAY)
        cause = causes.find(name="Bolts are tightened by feel", by=garage.manager, at=MONDAY + DAY)
        causes.tie(its, cause, by=garage.manager, at=MONDAY + DAY)
        changes.make(
            cause,
            what="A torque wrench",
            keeper=garage.manager,
            due_on=MONDAY.date(),
            by=garage.manager,
            at=MONDAY + DAY,
        )
        closing.close(its, by=garage.front_line, at=MONDAY + DAY)
        its.refresh_from_db()
        assert not its.is_open


def test_a_promised_remedy_is_done_with_its_promise(garage: House) -> None:
    with garage.work():
        its = shop.complaint(garage, customer=shop.customer(garage))
        recovery = shop.recovery(garage, its, due=MONDAY + 4 * HOUR, until="agreed")
        assert recovery.promise is not None
        assert recovery.step == 3
        recoveries.do(recovery, by=garage.front_line, at=MONDAY + HOUR)
        recovery.refresh_from_db()
        assert recovery.step == 4
        assert recovery.promise.kept_at == MONDAY + HOUR


def test_it_is_in_the_language_in_which_it_was_made_else_hers_else_the_branchs(garage: House) -> None:
    with garage.work():
        her, other = shop.customer(garage, language="fi"), shop.customer(garage, language="")
        assert shop.complaint(garage, customer=her, language="ru").language == "ru"
        assert shop.complaint(garage, customer=her).language == "fi"
        assert shop.complaint(garage, customer=other).language == shop.complaint(garage).language == "et"


def test_numbers_are_counted_by_business(garage: House, salon: House) -> None:
    with garage.work():
        assert [shop.complaint(garage).number for _ in range(3)] == [1, 2, 3]
        assert Complaint.objects.count() == 3
        assert complaints.open_ones().count() == 3
    with salon.work():
        assert shop.complaint(salon).number == 1
