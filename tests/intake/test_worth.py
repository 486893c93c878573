"""What an owner types about worth."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from regulars.intake.worth import ArithmeticForm, EarnBackForm, MoneyField, service_lines
from regulars.record.business import Business

GARAGE = Business(currency="EUR", price=2_500_000)
TYPED: dict[str, Any] = {
    "price": "25,000.00", "purchases": "10", "service_rate": "33", "horizon_months": "36", "yearly_discount": "10",
}  # fmt: skip


def lines(*rows: tuple[str, str]) -> Any:
    data = {"lines-TOTAL_FORMS": str(len(rows)), "lines-INITIAL_FORMS": "0"}
    for i, (name, percent) in enumerate(rows):
        data |= {f"lines-{i}-name": name, f"lines-{i}-percent": percent}
    return service_lines([], data)


def test_percent_and_money_are_kept_exactly() -> None:
    form = ArithmeticForm(GARAGE, TYPED)
    assert form.is_valid()
    assert form.changes() == {
        "price": 2_500_000, "purchases": Decimal(10), "service_rate": Decimal("0.33"), "horizon_months": 36,
        "yearly_discount": Decimal("0.10"),
    }  # fmt: skip


def test_the_form_shows_what_stands_as_the_reader_writes_it() -> None:
    with translation.override("fi"):
        shown = str(ArithmeticForm(GARAGE))
    assert 'value="25000,00"' in shown
    assert 'value="33"' in shown


def test_no_price_means_the_average_of_our_sales() -> None:
    form = ArithmeticForm(GARAGE, TYPED | {"price": ""})
    assert form.is_valid()
    assert form.changes()["price"] is None


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("price", "0"), ("price", "-1"), ("price", "much"), ("price", "0.001"), ("price", "1e30"),
        ("purchases", "0"), ("purchases", "1000000"), ("purchases", ""),
        ("service_rate", "-1"), ("service_rate", "901"), ("service_rate", "33.333"),
        ("horizon_months", "5"), ("horizon_months", "121"), ("yearly_discount", "51"), ("yearly_discount", "NaN"),
    ],
)  # fmt: skip
def test_numbers_out_of_reach_are_refused_at_their_field(field: str, typed: str) -> None:
    form = ArithmeticForm(GARAGE, TYPED | {field: typed})
    assert list(form.errors) == [field]
    assert str(form[field].value()) == typed


@pytest.mark.parametrize(
    ("field", "typed"),
    [("price", "0.01"), ("purchases", "0.01"), ("purchases", "999999.99"), ("service_rate", "0"),
     ("service_rate", "900"), ("horizon_months", "6"), ("horizon_months", "120"), ("yearly_discount", "0")],
)  # fmt: skip
def test_the_edges_are_within_reach(field: str, typed: str) -> None:
    assert ArithmeticForm(GARAGE, TYPED | {field: typed}).is_valid()


def test_money_without_cents_takes_no_cents() -> None:
    yen = MoneyField(currency="JPY")
    assert yen.clean("25,000") == 25_000
    assert EarnBackForm("JPY", {"lost": "100.5", "sale": "1"}).errors.keys() == {"lost"}


def test_lines_without_a_name_are_left_out() -> None:
    forms = lines(("Oil change", "60"), ("", ""), ("Tyres", "40"))
    assert forms.is_valid()
    assert forms.lines() == [("Oil change", Decimal(60)), ("Tyres", Decimal(40))]


@pytest.mark.parametrize(
    ("name", "percent", "field"),
    [("Oil", "", "percent"), ("", "5", "name"), ("Oil", "0", "percent"), ("Oil", "100.01", "percent")],
)
def test_half_a_line_is_refused(name: str, percent: str, field: str) -> None:
    forms = lines((name, percent))
    assert not forms.is_valid()
    assert list(forms.errors[0]) == [field]
