"""Working out what every customer is worth, on histories good and odd."""

from datetime import timedelta

import pytest

from regulars.desk import worth
from regulars.engines.rhythm import REGULAR_VISITS
from regulars.record.customers import Customer
from regulars.record.sales import Sale
from regulars.record.worth import REGULAR_FROM, Estimate, Fit, Stage
from tests.cast import MONDAY, House
from tests.history import TODAY, Bought, a_town, bring


def estimate(house: House, name: str) -> Estimate:
    with house.work():
        found: Estimate = Estimate.objects.select_related("customer").get(customer__name=name)
        return found


def test_a_town_gets_a_model_and_everybody_an_estimate(garage: House) -> None:
    bring(garage, a_town())
    fit = worth.work_out(garage.business, at=MONDAY, by=garage.owner)
    assert fit.fallback == ""
    assert set(fit.chosen_by["scores"]) == {"bgnbd", "mbgnbd", "paretonbd"}
    assert fit.horizon_days == 1096
    with garage.work():
        estimates = list(Estimate.objects.all())
        assert Fit.objects.get().story == fit.story
    assert len(estimates) == 60
    assert all(0 <= each.alive <= 1 for each in estimates)
    assert all(0 <= each.low <= each.high for each in estimates)
    assert all(each.at_stake >= each.value >= 0 for each in estimates)
    assert abs(sum(each.value for each in estimates) - fit.story["value"]) < 60


def test_what_was_spent_is_exact_and_the_story_adds_up(garage: House) -> None:
    town = a_town()
    bring(garage, town)
    fit = worth.work_out(garage.business, at=MONDAY)
    told = fit.story
    whole = sum(paid for bought in town.values() for _ago, paid in bought)
    assert told["revenue"]["spent"] == whole
    assert sum(told["revenue"][group]["spent"] for group in ("once", "repeat", "regular")) == whole
    assert sum(stage["customers"] for stage in told["stages"].values()) == told["customers"] == 60
    assert sum(told["spread"]["counts"]) == 60
    assert sum(told["spread"]["sums"]) == pytest.approx(told["value"], abs=60)
    assert told["low"] < told["value"] < told["high"]


def test_what_this_months_leavers_cost_is_the_sum_over_them(garage: House) -> None:
    bring(garage, a_town(200))
    fit = worth.work_out(garage.business, at=MONDAY)
    with garage.work():
        gone = Estimate.objects.filter(stage=Stage.GONE)
        for month in fit.story["leavers"]:
            of_it = [each for each in gone if str(each.stage_since)[:7] == month["month"][:7]]
            assert month["customers"] == len(of_it)
            assert month["cost"] == sum(each.at_stake for each in of_it)


def test_at_stake_is_what_she_would_bring_if_we_knew_that_she_is_still_ours(garage: House) -> None:
    bring(garage, a_town())
    worth.work_out(garage.business, at=MONDAY)
    with garage.work():
        for each in Estimate.objects.filter(alive__gt=0.01):
            assert each.at_stake == pytest.approx(each.value / each.alive, rel=0.01, abs=60)


def test_working_it_out_twice_changes_nothing(garage: House) -> None:
    bring(garage, a_town())
    columns = ("customer", "visits", "spent", "value", "at_stake", "stage", "stage_since", "alive")
    worth.work_out(garage.business, at=MONDAY)
    with garage.work():
        before = list(Estimate.objects.order_by("customer").values_list(*columns))
    worth.work_out(garage.business, at=MONDAY + timedelta(hours=1))
    with garage.work():
        assert list(Estimate.objects.order_by("customer").values_list(*columns)) == before


def test_the_owner_is_told_each_step(garage: House) -> None:
    bring(garage, a_town())
    steps: list[tuple[str, float]] = []
    worth.work_out(garage.business, at=MONDAY, progress=lambda step, share: steps.append((step, share)))
    assert [step for step, _share in steps] == ["read", "fit", "score", "store", "store"]
    assert [share for _step, share in steps] == sorted(share for _step, share in steps)
    assert steps[-1] == ("store", 1.0)


@pytest.mark.parametrize(
    ("history", "why"),
    [
        ({}, "empty"),
        ({"Mrs Oja": [(10, 4_500)]}, "too_few_customers"),
        ({f"Customer {i}": [(5, 1_000)] for i in range(40)}, "one_day_or_few"),
        ({f"Customer {i}": [(0, 1_000)] for i in range(40)}, "one_day"),
        ({f"Customer {i}": [(i, 1_000)] for i in range(40)}, "too_few_repeaters"),
    ],
)
def test_too_little_to_fit_falls_back_to_averages_and_says_why(
    garage: House, history: dict[str, Bought], why: str
) -> None:
    bring(garage, history)
    fit = worth.work_out(garage.business, at=MONDAY)
    assert fit.model == "averages"
    assert fit.fallback in {why, *({"one_day", "too_few_repeaters"} if why == "one_day_or_few" else set())}
    assert fit.story["customers"] == len(history)
    with garage.work():
        assert all(each.alive is None and each.at_stake == each.value for each in Estimate.objects.all())


def test_odd_histories_never_break_it(garage: House) -> None:
    bring(garage, {
        "only brought things back": [(30, -1_000)],
        "brought back more than she bought": [(60, 500), (30, -1_000)],
        "buys in the future": [(-30, 1_000)],
        "bought and will buy": [(90, 1_000), (-400, 1_000)],
        "paid nothing": [(20, 0), (10, 0)],
        "paid a fortune": [(20, 2**52), (10, 2**52)],
        "twice a day": [(20, 100), (20, 200)],
        "long ago": [(45_000, 100)],
    })  # fmt: skip
    fit = worth.work_out(garage.business, at=MONDAY)
    assert fit.story["customers"] == 6
    assert estimate(garage, "only brought things back").stage == Stage.NONE
    assert estimate(garage, "only brought things back").first_on is None
    assert estimate(garage, "brought back more than she bought").mean_spend == 0
    assert estimate(garage, "bought and will buy").last_on == TODAY - timedelta(days=90)
    assert estimate(garage, "twice a day").visits == 1
    with garage.work():
        assert not Estimate.objects.filter(customer__name="buys in the future").exists()


def test_odd_people_in_a_town_never_break_the_model(garage: House) -> None:
    bring(garage, a_town() | {
        "only brought things back": [(30, -1_000)],
        "paid a fortune": [(200, 2**50), (100, 2**50)],
        "every day": [(i, 100) for i in range(300)],
        "long ago": [(20_000, 100)],
    })  # fmt: skip
    fit = worth.work_out(garage.business, at=MONDAY)
    assert fit.story["customers"] == 63
    assert estimate(garage, "every day").stage == Stage.REGULAR


def test_money_of_another_country_makes_visits_and_no_money(garage: House) -> None:
    bring(garage, a_town())
    people = bring(garage, {"Fru Berg": [(30, 4_000)]})
    with garage.work():
        first = Sale.objects.get(customer=people["Fru Berg"])
        Sale.objects.create(customer=first.customer, at=MONDAY, day=TODAY, amount=900_000, currency="SEK",
                            branch=first.branch, fingerprint="in kronor")  # fmt: skip
        Sale.objects.create(customer=first.customer, at=MONDAY, day=TODAY, amount=-900_000, currency="SEK",
                            branch=first.branch, fingerprint="back again")  # fmt: skip
    worth.work_out(garage.business, at=MONDAY)
    found = estimate(garage, "Fru Berg")
    assert (found.visits, found.spent, found.mean_spend, found.last_on) == (2, 4_000, 4_000, TODAY)


def test_whoever_paid_only_in_other_money_is_worth_what_others_are(garage: House) -> None:
    bring(garage, {"Fru Berg": [(30, 4_000), (2, 5_000)]}, currency="SEK")
    bring(garage, {"Mrs Oja": [(30, 4_000), (2, 5_000)]})
    worth.work_out(garage.business, at=MONDAY)
    assert (estimate(garage, "Fru Berg").spent, estimate(garage, "Fru Berg").visits) == (0, 2)


def test_a_stage_holds_since_the_day_it_began_whenever_one_looks(garage: House) -> None:
    bring(garage, {f"Customer {i}": [(400 + i, 1_000), (370 + i, 1_000)] for i in range(40)})
    worth.work_out(garage.business, at=MONDAY)
    first = estimate(garage, "Customer 0")
    assert first.stage == Stage.GONE
    worth.work_out(garage.business, at=MONDAY + timedelta(days=40))
    assert estimate(garage, "Customer 0").stage_since == first.stage_since
    assert first.stage_since is not None
    assert first.last_on is not None
    assert first.last_on < first.stage_since <= TODAY


def test_each_business_is_worked_out_alone(garage: House, salon: House) -> None:
    bring(garage, a_town())
    bring(salon, {"Rouva Virta": [(10, 4_500)]})
    fit = worth.work_out(salon.business, at=MONDAY)
    assert fit.story["customers"] == 1
    with garage.work():
        assert Estimate.objects.count() == 0


def test_a_merged_card_has_no_estimate(garage: House) -> None:
    people = bring(garage, {"Mrs Oja": [(10, 4_500)], "M. Oja": [(40, 2_000)]})
    worth.work_out(garage.business, at=MONDAY)
    with garage.work():
        Sale.objects.filter(customer=people["M. Oja"]).update(customer=people["Mrs Oja"])
        Customer.objects.filter(pk=people["M. Oja"].pk).update(merged_into=people["Mrs Oja"], merged_at=MONDAY)
    worth.work_out(garage.business, at=MONDAY)
    with garage.work():
        assert Estimate.objects.get().spent == 6_500


def test_record_and_engine_agree_when_somebody_is_a_regular() -> None:
    assert REGULAR_FROM == REGULAR_VISITS
