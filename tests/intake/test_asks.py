"""What a customer asks for and what we answer, as it is typed: defaults, slips, and the customs of the reader."""

import pytest
from django.utils import translation

from regulars.intake.asks import HearForm, NoForm, PeriodForm, YesForm
from regulars.record import answers, asks, customers, partners
from regulars.record.asks import Ask
from tests.cast import MONDAY, House

NOTHING = {"how": "", "cost": 0, "minutes": 0, "price": 0, "partner": None, "done": False, "as_friend": False}


def asked(garage: House, **said: object) -> Ask:
    """Inside `garage.work()`."""
    her = customers.add(name="Mari Oja", by=garage.owner, at=MONDAY)
    return asks.hear(her, text="A taxi", source="counter", by=garage.owner, at=MONDAY, **said)  # type: ignore[arg-type]


def test_a_bare_yes_is_a_yes(garage: House) -> None:
    with garage.work():
        form = YesForm.of(asked(garage), garage.business, {"how": ""})
        assert form.is_valid(), form.errors
        assert form.said() == NOTHING


def test_a_standard_answer_fills_everything_in(garage: House) -> None:
    with garage.work():
        cab = partners.add(name="Cab", does="Taxi", by=garage.owner, at=MONDAY)
        known = answers.add(
            asked="A taxi", how="We call one", cost=1_800, minutes=5, partner=cab, by=garage.owner, at=MONDAY
        )
        form = YesForm.of(asked(garage, standard=known), garage.business)
        shown = {name: form[name].value() for name in ("how", "cost", "minutes", "partner")}
        assert shown == {"how": "We call one", "cost": "18.00", "minutes": 5, "partner": cab.pk}


def test_among_friends_nothing_is_charged_whatever_was_typed(garage: House) -> None:
    with garage.work():
        form = YesForm(garage.business, {"how": "So", "price": "25", "as_friend": "on"})
        assert form.is_valid(), form.errors
        assert form.said()["price"] == 0


def test_money_is_read_by_the_customs_of_the_reader(garage: House) -> None:
    with garage.work(), translation.override("fi"):
        form = YesForm(garage.business, {"cost": "1 234,50", "price": "0,5"})
        assert form.is_valid(), form.errors
        assert (form.said()["cost"], form.said()["price"]) == (123_450, 50)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"cost": "-1"}, "cost"),
        ({"cost": "much"}, "cost"),
        ({"cost": "0.001"}, "cost"),
        ({"price": "-0.01"}, "price"),
        ({"minutes": "-1"}, "minutes"),
        ({"minutes": "100001"}, "minutes"),
        ({"how": "x" * 501}, "how"),
        ({"partner": "nobody"}, "partner"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(garage: House, typed: dict[str, str], field: str) -> None:
    with garage.work():
        form = YesForm(garage.business, typed)
        assert list(form.errors) == [field]


def test_a_partner_of_the_neighbour_or_one_put_away_does_nothing_for_us(garage: House, salon: House) -> None:
    with salon.work():
        theirs = partners.add(name="Cab", does="Taxi", by=salon.owner, at=MONDAY)
    with garage.work():
        gone = partners.add(name="Old cab", does="Taxi", by=garage.owner, at=MONDAY)
        partners.retire(gone, by=garage.owner, at=MONDAY)
        for partner in (theirs, gone):
            assert "partner" in YesForm(garage.business, {"partner": str(partner.pk)}).errors


@pytest.mark.parametrize(("form", "typed"), [(HearForm, {"text": "x" * 1001}), (NoForm, {"instead": "x" * 501})])
def test_what_is_too_long_is_refused_before_it_is_cut(form: type[HearForm], typed: dict[str, str]) -> None:
    assert set(typed) <= set(form({"source": "phone", **typed}).errors)


def test_nobody_at_the_counter_writes_in_the_customers_name() -> None:
    assert "source" in HearForm({"text": "A taxi", "source": "page"}).errors


@pytest.mark.parametrize(("words", "days"), [({}, 90), ({"days": "365"}, 365), ({"days": "7"}, 90)])
def test_figures_go_back_a_quarter_unless_one_says_how_far(words: dict[str, str], days: int) -> None:
    assert (MONDAY - PeriodForm(words).since(MONDAY)).days == days
