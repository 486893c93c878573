"""A file of sales or customers goes into the book, whole or not at all, and once however often it is brought."""

from datetime import date

from regulars.record.customers import Contact, Customer
from regulars.record.imports import Import
from regulars.record.sales import Sale
from tests.cast import House
from tests.intake.files import SALES, bring_in


def test_a_file_of_sales_goes_into_the_book(garage: House) -> None:
    brought = bring_in(garage, SALES)
    assert brought.failure == {}
    with garage.work():
        assert [
            (sale.customer.name, sale.day, sale.amount, sale.currency, sale.what)
            for sale in Sale.objects.select_related("customer").order_by("at")
        ] == [
            ("Mari Oja", date(2026, 1, 5), 4500, "EUR", "Oil change"),
            ("Jaan Pärn", date(2026, 1, 12), 12050, "EUR", "Brakes"),
            ("Mari Oja", date(2026, 2, 2), 3000, "EUR", "Wipers"),
            ("Mari Oja", date(2026, 2, 9), -3000, "EUR", "Wipers back"),
        ]
        assert set(Customer.objects.values_list("number", "name")) == {("17", "Mari Oja"), ("23", "Jaan Pärn")}
        assert set(Contact.objects.values_list("value", flat=True)) == {"+37255512341", "+37255512342"}
    assert brought.outcome["added"] == 4
    assert brought.outcome["customers"] == 2
    assert brought.outcome["refunds"] == 1
    assert brought.outcome["sums"] == {"EUR": 16550}
    assert brought.outcome["largest"] == [12050, "EUR"]
    assert (brought.outcome["first_on"], brought.outcome["last_on"]) == ("2026-01-05", "2026-02-09")


def test_the_same_file_twice_adds_nothing(garage: House) -> None:
    bring_in(garage, SALES)
    again = bring_in(garage, SALES)
    assert (again.outcome["added"], again.outcome["known"], again.outcome["customers"]) == (0, 4, 0)
    with garage.work():
        assert Sale.objects.count() == 4
        assert Import.objects.count() == 2
