"""What it costs her: told before, never more without her yes, less where we can, or something extra."""

from decimal import Decimal

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import estimates, extras, work
from regulars.record.business import Business
from regulars.record.work import Job
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY


def estimated(garage: House, worth: int = 10_000) -> Job:
    job = shop.job(garage, shop.customer(garage))
    estimates.estimate(job, worth=worth, by=garage.owner, at=MONDAY)
    return job


@pytest.mark.parametrize(
    ("worth", "buffer", "told"), [(10_000, "0.10", 11_000), (10_000, "0", 10_000), (5, "0.10", 6), (4, "0.10", 4)]
)
def test_work_worth_a_hundred_is_quoted_at_a_hundred_and_ten(worth: int, buffer: str, told: int) -> None:
    assert estimates.estimate_of(worth, Decimal(buffer)) == told


def test_both_figures_are_kept_and_the_buffer_is_the_business_s(garage: House) -> None:
    Business.objects.filter(pk=garage.business.pk).update(estimate_buffer=Decimal("0.05"))
    with garage.work():
        job = estimated(garage)
        assert (job.worth, job.estimate, job.most) == (10_000, 10_500, 10_500)
        with pytest.raises(Refused, match="zero or more"):
            estimates.estimate(job, worth=-1, by=garage.owner, at=MONDAY)


def test_the_bill_is_never_above_the_estimate_without_her_yes(garage: House) -> None:
    with garage.work():
        job = estimated(garage)
        with pytest.raises(Refused, match="more than the customer was told"):
            estimates.bill(job, amount=11_001, by=garage.owner, at=MONDAY)
        with pytest.raises(Refused, match="how the customer agreed") as refused:
            estimates.agree(job, amount=12_000, how=" ", by=garage.owner, at=MONDAY)
        assert refused.value.field == "how"
        estimates.agree(job, amount=12_000, how="By phone", by=garage.owner, at=MONDAY)
        assert job.most == 12_000
        with pytest.raises(Refused, match="more than the customer was told"):
            estimates.bill(job, amount=12_001, by=garage.owner, at=MONDAY)
        estimates.bill(job, amount=12_000, by=garage.owner, at=MONDAY)
        assert (job.bill, job.billed_at, job.commission_base) == (12_000, MONDAY, 12_000)


def test_a_yes_to_less_than_the_estimate_takes_nothing_away(garage: House) -> None:
    with garage.work():
        job = estimated(garage)
        estimates.agree(job, amount=500, how="By phone", by=garage.owner, at=MONDAY)
        assert job.most == 11_000
        bare = shop.job(garage, job.customer)
        estimates.agree(bare, amount=500, how="By phone", by=garage.owner, at=MONDAY)
        assert bare.most == 500


def test_the_full_estimate_asks_for_a_named_extra(garage: House) -> None:
    with garage.work():
        job = estimated(garage)
        with pytest.raises(Refused, match="Bill less, or give something extra"):
            estimates.bill(job, amount=11_000, by=garage.owner, at=MONDAY)
        wrong = extras.give(job.customer, what="Washed", job=job, by=garage.owner, at=MONDAY)
        extras.take_back(wrong, by=garage.owner, at=MONDAY)
        with pytest.raises(Refused, match="Bill less"):
            estimates.bill(job, amount=11_000, by=garage.owner, at=MONDAY)
        extras.give(job.customer, what="Washed", job=job, by=garage.owner, at=MONDAY)
        estimates.bill(job, amount=11_000, by=garage.owner, at=MONDAY)


def test_a_little_less_than_the_estimate_needs_nothing(garage: House) -> None:
    with garage.work():
        job = estimated(garage)
        estimates.bill(job, amount=10_999, by=garage.owner, at=MONDAY)
        assert job.bill == 10_999


def test_without_a_margin_the_estimate_may_be_billed(garage: House) -> None:
    Business.objects.filter(pk=garage.business.pk).update(estimate_buffer=0)
    with garage.work():
        estimates.bill(estimated(garage), amount=10_000, by=garage.owner, at=MONDAY)


def test_where_nothing_was_told_anything_from_zero_up_may_be_billed(garage: House) -> None:
    with garage.work():
        job = shop.job(garage, shop.customer(garage))
        with pytest.raises(Refused, match="zero or more"):
            estimates.bill(job, amount=-1, by=garage.owner, at=MONDAY)
        estimates.bill(job, amount=99, by=garage.owner, at=MONDAY)
        for again in (
            lambda: estimates.bill(job, amount=1, by=garage.owner, at=MONDAY),
            lambda: estimates.estimate(job, worth=1, by=garage.owner, at=MONDAY),
            lambda: estimates.agree(job, amount=1, how="By phone", by=garage.owner, at=MONDAY),
        ):
            with pytest.raises(Refused, match="billed already"):
                again()


def test_a_bill_can_be_taken_back(garage: House) -> None:
    with garage.work():
        job = shop.job(garage, shop.customer(garage))
        estimates.unbill(job, by=garage.owner, at=MONDAY)
        estimates.bill(job, amount=99, by=garage.owner, at=MONDAY)
        estimates.unbill(job, by=garage.owner, at=MONDAY)
        assert (job.bill, job.billed_at) == (None, None)


def test_work_done_again_costs_her_nothing(garage: House) -> None:
    with garage.work():
        job = work.finish(shop.job(garage, shop.customer(garage)), by=garage.owner, at=MONDAY, told=True)
        again = work.come_back(job, what="", due_at=MONDAY + DAY, by=garage.owner, at=MONDAY)
        estimates.estimate(again, worth=5_000, by=garage.owner, at=MONDAY)
        assert (again.worth, again.estimate) == (0, 0)
        with pytest.raises(Refused, match="costs the customer nothing"):
            estimates.agree(again, amount=1, how="By phone", by=garage.owner, at=MONDAY)
        with pytest.raises(Refused, match="costs the customer nothing"):
            estimates.bill(again, amount=1, by=garage.owner, at=MONDAY)
        estimates.bill(again, amount=0, by=garage.owner, at=MONDAY)
        assert again.commission_base == 0
