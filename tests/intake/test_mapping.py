"""Columns of the shop programs people come from are known by their headings, and by what stands in them."""

import pytest

from regulars.intake import mapping
from regulars.intake.plans import COLUMNS


def guess(headings: str, row: str, subject: str = "sales") -> dict[str, str]:
    """What was guessed, as name and heading (or the place, where the heading is empty)."""
    heads = headings.split(";")
    found = mapping.guess(heads, [row.split(";")] * 3, subject)
    return {name: heads[place] or str(place) for name, place in found.items()}


SALES = {
    "an Estonian garage": (
        "Arve nr;Kuupäev;Klient;Telefon;Summa;KM;Kokku",
        "A12;31.03.2024;Mari Tamm;5551234;10,00;2,20;12,20",
        {"receipt": "Arve nr", "when": "Kuupäev", "name": "Klient", "phone": "Telefon", "amount": "Kokku"},
    ),
    "a Russian shop": (
        "Дата чека;Время;Номер чека;Покупатель;Телефон;Сумма;Магазин;Кассир",
        "31.03.2024;14:05;123;Иванова Анна;+79123456789;1 234,50;Центр;Петрова",
        {"when": "Дата чека", "time": "Время", "receipt": "Номер чека", "name": "Покупатель", "phone": "Телефон",
         "amount": "Сумма", "branch": "Магазин", "served_by": "Кассир"},
    ),
    "a Finnish salon": (
        "Pvm;Asiakasnro;Asiakas;Puhelin;Tuote;Määrä;Yhteensä;Myyjä",
        "31.3.2024;1044;Outi Laine;040 1234567;Leikkaus;1;45,00;Anu",
        {"when": "Pvm", "number": "Asiakasnro", "name": "Asiakas", "phone": "Puhelin", "what": "Tuote",
         "amount": "Yhteensä", "served_by": "Myyjä"},
    ),
    "a German salon": (
        "Datum;Kunde;Kundennummer;Betrag;Filiale;Artikel;Menge;Rechnung",
        "31.03.2024;Anna Müller;1001;45,00;Mitte;Schnitt;1;R1",
        {"when": "Datum", "name": "Kunde", "number": "Kundennummer", "amount": "Betrag", "branch": "Filiale",
         "what": "Artikel", "receipt": "Rechnung"},
    ),
    "a web shop": (
        "Name;Email;Paid;Currency;Taxes;Total;Created at;Lineitem quantity;Lineitem name;Billing name;Phone",
        "#1001;m@x.ee;paid;EUR;2.40;14.40;2024-03-31 14:05:00 +0300;1;Soap;Mari Tamm;+3725551234",
        {"email": "Email", "currency": "Currency", "amount": "Total", "when": "Created at", "what": "Lineitem name",
         "name": "Billing name", "phone": "Phone"},
    ),
    "a till with a total and a profit": (
        "Order ID;Order Date;Customer ID;Customer Name;Category;Sales;Quantity;Discount;Profit",
        "CA-2016-152156;11/8/2016;CG-12520;Claire Gute;Furniture;261.96;2;0;41.9136",
        {"receipt": "Order ID", "when": "Order Date", "number": "Customer ID", "name": "Customer Name",
         "amount": "Sales"},
    ),
    "the CDNOW records": (
        "id;date;cds;value",
        "1;19970101;1;11.77",
        {"number": "id", "when": "date", "amount": "value"},
    ),
}  # fmt: skip

CUSTOMERS = {
    "an Estonian clinic": (
        "Eesnimi;Perenimi;Isikukood;Mobiil;Meiliaadress;Sünnipäev;Märkused;Auto nr;Ei soovi kirju",
        "Mari;Tamm;48001010011;5551234;m@x.ee;01.01.1980;hea;123ABC;jah",
        {"first_name": "Eesnimi", "last_name": "Perenimi", "phone": "Mobiil", "email": "Meiliaadress",
         "birthday": "Sünnipäev", "note": "Märkused", "no_mail_at": "Ei soovi kirju"},
    ),
    "a Russian salon": (
        "Имя;Фамилия;Дата рождения;Телефон;Почта;Дата регистрации;Комментарий;Источник",
        "Анна;Иванова;01.01.1980;+79123456789;a@x.ru;31.03.2020;нет;Авито",
        {"first_name": "Имя", "last_name": "Фамилия", "phone": "Телефон", "email": "Почта",
         "met": "Дата регистрации", "source": "Источник", "birthday": "Дата рождения", "note": "Комментарий"},
    ),
    "a Finnish garage": (
        "Asiakas;Osoite;Syntymäaika;Puh.;Sähköposti;Kieli;Rekisterinumero;Markkinointikielto;Huom",
        "Outi Laine;Katu 1;1.1.1980;0401234567;o@x.fi;fi;ABC-123;kyllä;-",
        {"name": "Asiakas", "phone": "Puh.", "email": "Sähköposti", "language": "Kieli",
         "birthday": "Syntymäaika", "no_mail_at": "Markkinointikielto", "note": "Huom"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("shop", SALES)
def test_the_columns_of_sales_are_known(shop: str) -> None:
    headings, row, columns = SALES[shop]
    assert guess(headings, row) == columns


@pytest.mark.parametrize("shop", CUSTOMERS)
def test_the_columns_of_customers_are_known(shop: str) -> None:
    headings, row, columns = CUSTOMERS[shop]
    assert guess(headings, row, "customers") == columns


def test_a_file_without_headings_is_known_by_what_stands_in_it() -> None:
    assert guess(";;;", "1;31.03.2024;12,50;+372 555 1234") == {"when": "1", "amount": "2", "phone": "3"}


def test_a_birthday_is_not_the_day_of_a_sale() -> None:
    assert "when" not in guess("Sünnipäev;Summa", "01.01.1980;5,00")
    assert "when" not in guess("Дата рождения;Сумма", "01.01.1980;5,00")


def test_a_plate_becomes_a_field_of_our_own_and_so_does_what_is_one_already() -> None:
    headings = ["Name", "Auto nr", "Koer", "Shoe size", "", "City"]
    assert mapping.guess_own(headings, [0], ["SHOE SIZE"]) == {"Auto nr": 1, "Koer": 2, "Shoe size": 3}
    assert mapping.guess_own(headings, [0, 1, 2, 3], ["Shoe size"]) == {}


def test_a_unit_price_is_not_what_she_paid() -> None:
    assert "amount" not in guess("InvoiceDate;Quantity;UnitPrice", "12/1/2010 8:26;6;2.55")


def test_a_number_without_a_heading_is_nobodys_phone() -> None:
    """A wrong phone would make one customer of two; who has one says so."""
    assert "phone" not in guess("Date;x;Total", "1.1.2024;1000234;5.00")


def test_a_heading_that_what_stands_below_gives_the_lie_to_is_not_believed() -> None:
    assert "when" not in guess("Date;Total", "soon;5.00")
    assert "email" not in guess("Date;Total;Email", "1.1.2024;5.00;yes")


def test_two_columns_that_look_alike_are_left_to_a_person() -> None:
    assert "when" not in guess("x;y;Total", "1.1.2024;2.1.2024;5.00")


def test_an_empty_column_may_still_be_known_by_its_heading() -> None:
    assert guess("Date;Total;Phone", "1.1.2024;5.00;")["phone"] == "Phone"


def test_nothing_is_guessed_from_nothing() -> None:
    assert mapping.guess([], [], "sales") == {}
    assert mapping.guess(["", ""], [], "customers") == {}


def test_every_name_has_words_and_is_shown_to_people_by_a_name() -> None:
    names = {name for names in mapping.OF.values() for name in names}
    assert names == set(mapping.HEADINGS) == set(COLUMNS)
