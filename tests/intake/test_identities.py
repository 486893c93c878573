"""Who is meant by a line: by number, else by phone or e-mail, else by name; nobody is guessed at."""

import pytest

from regulars.intake import refusals
from regulars.record import customers, merging
from regulars.record.customers import Contact, Customer
from regulars.record.sales import Sale
from tests.cast import MONDAY, House
from tests.intake.files import bring_in

HEADS = "Date,Number,Name,Phone,E-mail,Amount\n"


def card(house: House, name: str, number: str = "", phone: str = "") -> Customer:
    phones = [(phone, phone)] if phone else []
    return customers.add(name=name, number=number, phones=phones, by=house.manager, at=MONDAY)


def owners(house: House, lines: str) -> list[str]:
    """The customers of the sales that these lines brought, by the order of their amounts."""
    bring_in(house, HEADS + "".join(f"2026-01-05,{line}\n" for line in lines.split()))
    with house.work():
        return list(Sale.objects.order_by("amount").values_list("customer__name", flat=True))


def test_the_number_stands_above_all(garage: House) -> None:
    with garage.work():
        card(garage, "Mari Oja", "17")
        card(garage, "Jaan", "", "+37255512342")
    assert owners(garage, "17,Jaan,55512342,,1.00") == ["Mari Oja"]


def test_a_phone_finds_her_whatever_her_name(garage: House) -> None:
    with garage.work():
        card(garage, "Mari Oja", "", "+37255512341")
    assert owners(garage, ",Mari,55512341,,1.00 ,,55512341,,2.00 ,Oja_M,,x@y.ee,3.00") == [
        "Mari Oja",
        "Mari Oja",
        "Oja_M",
    ]


def test_two_people_with_one_phone_stay_two(garage: House) -> None:
    with garage.work():
        card(garage, "Mari Oja", "", "+37255512341")
    assert owners(garage, ",Toomas,55512341,,1.00") == ["Toomas"]


def test_two_numbers_with_one_phone_stay_two(garage: House) -> None:
    assert owners(garage, "17,Mari,55512341,,1.00 18,Mari,55512341,,2.00") == ["Mari", "Mari"]
    with garage.work():
        assert Customer.objects.count() == 2


def test_a_name_alone_finds_the_only_one(garage: House) -> None:
    with garage.work():
        card(garage, "Mari", "17", "+37255512341")
    assert owners(garage, ",Mari,,,1.00") == ["Mari"]
    with garage.work():
        assert Customer.objects.count() == 1


def test_a_name_with_another_phone_is_another_person(garage: House) -> None:
    with garage.work():
        card(garage, "Mari", "", "+37255512341")
    owners(garage, ",Mari,55519999,,1.00")
    with garage.work():
        assert Customer.objects.filter(name="Mari").count() == 2


def test_nobody_is_guessed_between_two_of_one_name(garage: House) -> None:
    with garage.work():
        card(garage, "Mari", "17")
        card(garage, "Mari", "18")
    brought = bring_in(garage, HEADS + "2026-01-05,,Mari,,,1.00\n2026-01-05,17,Mari,,,2.00\n")
    assert (brought.outcome["added"], brought.outcome["refused"]) == (1, 1)
    _heads, rows = refusals.table(brought, str)
    assert "2 customers could be meant by Mari" in next(rows)[-1]


def test_the_order_of_the_lines_changes_nothing(garage: House, salon: House) -> None:
    lines = [",Mari,,,1.00", "17,Mari,55512341,,2.00", ",,55512341,,3.00"]
    assert owners(garage, " ".join(lines)) == owners(salon, " ".join(reversed(lines)))
    for house in (garage, salon):
        with house.work():
            assert Customer.objects.get().number == "17"


def test_cards_get_what_they_lack_and_lose_nothing(garage: House) -> None:
    with garage.work():
        card(garage, "Mari", "", "+37255512341")
    brought = bring_in(garage, HEADS + "2026-01-05,17,Mari,55512341,mari@oja.ee,1.00\n")
    assert brought.outcome["completed"] == 1
    with garage.work():
        mari = Customer.objects.get()
        assert mari.number == "17"
        assert list(mari.contacts.values_list("value", flat=True)) == ["+37255512341", "mari@oja.ee"]


def test_a_card_that_was_called_by_its_number_gets_its_name(garage: House) -> None:
    assert owners(garage, "17,,,,1.00") == ["17"]
    assert owners(garage, "17,Mari,,,2.00") == ["Mari", "Mari"]


def test_a_phone_alone_names_her_until_somebody_knows_better(garage: House) -> None:
    assert owners(garage, ",,55512341,,1.00") == ["55512341"]


def test_a_merged_card_leads_to_the_one_that_was_kept(garage: House) -> None:
    lines = "17,Mari,,,1.00 18,Mari,,,2.00"
    owners(garage, lines)
    with garage.work():
        kept, gone = Customer.objects.order_by("number")
        merging.merge(kept, gone, by=garage.manager, at=MONDAY)
    again = bring_in(garage, HEADS + "".join(f"2026-01-05,{line}\n" for line in lines.split()))
    assert (again.outcome["added"], again.outcome["known"]) == (0, 2)
    bring_in(garage, HEADS + "2026-01-06,18,Mari,55512341,,5.00\n")
    with garage.work():
        assert kept.sales.count() == 3
        assert gone.sales.count() == 0


@pytest.mark.parametrize("phone", ["-", "5551 2341 x 9 puudub"])
def test_a_sale_is_worth_more_than_a_phone_that_cannot_be_read(garage: House, phone: str) -> None:
    bring_in(garage, HEADS + f"2026-01-05,17,Mari,{phone},,1.00\n")
    with garage.work():
        assert Sale.objects.count() == 1
        assert not Contact.objects.exists()


def test_a_phone_that_cannot_be_read_sends_a_line_back_that_says_nothing_else(garage: House) -> None:
    brought = bring_in(garage, HEADS + "2026-01-05,,,12,,1.00\n2026-01-05,,Mari,55512341,,1.00\n")
    assert "phone" in brought.outcome["reasons"][0][0]


def test_two_phones_in_one_cell(garage: House) -> None:
    bring_in(garage, HEADS + '2026-01-05,,Mari,"55512341, 55512342",,1.00\n')
    with garage.work():
        assert Contact.objects.count() == 2
