"""A file of sales or customers goes into the book, whole or not at all, and once however often it is brought."""

import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from regulars.desk import export
from regulars.intake import comparing, refusals
from regulars.intake import imports as intake
from regulars.intake.plans import Plan
from regulars.kernel.refusal import Refused
from regulars.record import customers, importing, imports, people, reckonings, search, worth
from regulars.record.branches import open_branch
from regulars.record.customers import Contact, Customer
from regulars.record.imports import Import
from regulars.record.sales import Sale
from tests.cast import MONDAY, House
from tests.intake.files import ESTONIAN, RUSSIAN, SALES, bring, bring_in, carry_out, workbook


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


def test_a_dry_run_says_what_would_come_of_it_and_writes_nothing(garage: House) -> None:
    tried = bring_in(garage, SALES + "2026-02-30,17,Mari Oja,,5.00,Never\n", is_dry_run=True)
    assert tried.checked_at is not None
    assert tried.finished_at is None
    assert (tried.outcome["added"], tried.outcome["refused"], tried.outcome["customers"]) == (4, 1, 2)
    sentence, details, line, count = tried.outcome["reasons"][0]
    assert (details["text"], line, count) == ("2026-02-30", 6, 1)
    assert "date" in sentence
    with garage.work():
        assert not Sale.objects.exists()
        assert not Customer.objects.exists()
        intake.ask(tried, by=garage.manager, at=MONDAY, is_dry_run=False)
    assert carry_out(garage, tried).outcome["added"] == 4


def test_a_wrong_order_of_dates_is_seen_at_once(garage: House) -> None:
    with garage.work():
        brought = bring(garage, "Date,Name,Amount\n03.02.2026,Mari Oja,5\n04.02.2026,Mari Oja,1286.01\n")
        intake.plan(brought, replace(Plan(**brought.plan), date_order="mdy"), by=garage.manager, at=MONDAY)
        intake.ask(brought, by=garage.manager, at=MONDAY, is_dry_run=True)
    outcome = carry_out(garage, brought).outcome
    assert outcome["last_on"] == "2026-03-02"  # it was in February
    assert outcome["refused"] == 1  # April is still to come
    assert "still to come" in outcome["reasons"][0][0]


def test_two_equal_lines_are_two_sales_and_stay_two_when_files_overlap(garage: House) -> None:
    line = "2026-01-05,17,Mari Oja,,9.00,Coffee\n"
    heads = SALES.splitlines(keepends=True)[0]
    assert bring_in(garage, heads + line + line).outcome["added"] == 2
    later = bring_in(garage, heads + line + line + line + "2026-01-06,17,Mari Oja,,9.00,Coffee\n")
    assert (later.outcome["added"], later.outcome["known"]) == (2, 2)
    with garage.work():
        assert Sale.objects.count() == 4


def test_overlapping_files_of_two_months_add_what_is_new(garage: House) -> None:
    lines = SALES.splitlines(keepends=True)
    bring_in(garage, "".join(lines[:3]))
    second = bring_in(garage, "".join([lines[0], *lines[2:]]))
    assert (second.outcome["added"], second.outcome["known"], second.outcome["customers"]) == (2, 1, 0)


def test_an_estonian_file_in_windows_1257(garage: House) -> None:
    brought = bring_in(garage, ESTONIAN.encode("cp1257"))
    with garage.work():
        sale = Sale.objects.select_related("customer").get()
    assert (sale.customer.name, sale.day, sale.amount, sale.what) == (
        "Õie Žukova",
        date(2026, 1, 31),
        104550,
        "Õlivahetus",
    )
    assert brought.plan["encoding"] == "cp1257"


def test_a_russian_file_in_windows_1251(garage: House) -> None:
    bring_in(garage, RUSSIAN.encode("cp1251"))
    with garage.work():
        sale = Sale.objects.select_related("customer").get()
        assert Contact.objects.get().value == "+79123456789"
    assert (sale.customer.name, sale.amount, sale.what) == ("Иван Петров", 120000, "Стрижка")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_with_and_without_a_mark(garage: House, encoding: str) -> None:
    bring_in(garage, RUSSIAN.encode(encoding))
    with garage.work():
        assert Customer.objects.get().name == "Иван Петров"


def test_a_workbook(garage: House) -> None:
    rows = [["Date", "Customer ID", "Name", "Total"], [date(2026, 1, 5), 17, "Mari Oja", 45.5]]
    rows.append([date(2026, 1, 6), 17, "Mari Oja", -0.1])
    bring_in(garage, workbook(rows), name="sales.xlsx")
    with garage.work():
        assert list(Sale.objects.order_by("at").values_list("customer__number", "day", "amount")) == [
            ("17", date(2026, 1, 5), 4550),
            ("17", date(2026, 1, 6), -10),
        ]


def test_the_time_of_a_sale_is_that_of_the_branch(garage: House) -> None:
    bring_in(garage, "Date,Time,Name,Amount\n2026-01-05,00:30,Mari Oja,5\n")
    with garage.work():
        sale = Sale.objects.get()
    assert sale.at == datetime(2026, 1, 4, 22, 30, tzinfo=UTC)
    assert sale.day == date(2026, 1, 5)


def test_other_currencies_keep_theirs(garage: House) -> None:
    brought = bring_in(
        garage, "Date,Name,Amount,Currency\n2026-01-05,Mari,5,\n2026-01-06,Mari,700,jpy\n2026-01-06,Mari,7,£\n"
    )
    with garage.work():
        assert set(Sale.objects.values_list("amount", "currency")) == {(500, "EUR"), (700, "JPY"), (700, "GBP")}
    assert brought.outcome["sums"] == {"EUR": 500, "GBP": 700, "JPY": 700}


def test_branches_and_people_are_known_by_name(garage: House) -> None:
    with garage.work():
        open_branch(
            name="Kesklinn", country="EE", currency="EUR", language="et", zone="Europe/Tallinn",
            week={}, by=garage.owner, at=MONDAY,
        )  # fmt: skip
    brought = bring_in(
        garage,
        "Date,Name,Amount,Branch,Served by\n"
        "2026-01-05,Mari,5,kesklinn,LIIS SAAR\n2026-01-06,Mari,5,,Toomas\n2026-01-07,Mari,5,Nowhere,Toomas\n",
    )
    with garage.work():
        assert list(Sale.objects.order_by("at").values_list("branch__name", "served_by__name")) == [
            ("Kesklinn", "Liis Saar"),
            ("Tamm's garage", "Toomas"),
        ]
        assert people.Member.objects.get(name="Toomas").person_id is None
    assert "branch" in brought.outcome["reasons"][0][0]


def test_lines_that_come_back_are_corrected_and_brought_again(garage: House) -> None:
    mari = "Mari Oja;+372 5551 2341"
    text = f"Kuupäev;Klient;Telefon;Summa\n31.01.2026;{mari};5,00\n32.01.2026;{mari};-7,00\n"
    brought = bring_in(garage, text + ";;;\n01.02.2026;;;5,00\n")
    heads, rows = refusals.table(brought, str)
    rows = list(rows)
    assert heads == ["Kuupäev", "Klient", "Telefon", "Summa", "Line", "Why it came back"]
    assert [row[-2] for row in rows] == ["3", "5"]
    assert rows[0][:4] == ["32.01.2026", "Mari Oja", "+372 5551 2341", "-7,00"]
    rows[0][0] = "31.01.2026"
    kind, file = export.like(brought.plan["delimiter"], heads, rows)
    with file:
        again = bring_in(garage, file.read())
    assert kind == "csv"
    assert (again.plan["columns"], again.plan["delimiter"]) == (brought.plan["columns"], ";")
    assert (again.outcome["added"], again.outcome["refused"], again.outcome["customers"]) == (1, 1, 0)
    with garage.work():
        assert set(Sale.objects.values_list("amount", flat=True)) == {500, -700}


HEADLESS = "32.01.2026|Иван Петров|+7 912 345-67-89|1 200,00\n33.01.2026|Анна Иванова|+7 912 345-67-90|-5,50\n"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (("Дата|Клиент|Телефон|Сумма\n" + HEADLESS).encode("cp1251"), "csv"),
        (HEADLESS.encode(), "csv"),
        (
            workbook(
                [
                    ["Kuupäev", "Klient", "Telefon", "Summa"],
                    ["32.01.2026", "Иван Петров", "+7 912 345-67-89", 1200],
                    ["33.01.2026", "Анна Иванова", "+7 912 345-67-90", -5.5],
                ]
            ),
            "xlsx",
        ),
    ],
    ids=["CSV", "CSV without headings", "XLSX"],
)
def test_a_file_of_which_every_line_was_refused_is_mended(garage: House, content: bytes, kind: str) -> None:
    with garage.work():
        brought = bring(garage, content, name="all." + kind)
        plan = replace(Plan(**brought.plan), columns={"when": 0, "name": 1, "phone": 2, "amount": 3}, decimal=",")
        intake.plan(brought, plan, by=garage.manager, at=MONDAY)
        intake.ask(brought, by=garage.manager, at=MONDAY, is_dry_run=False)
    brought = carry_out(garage, brought)
    assert "No line could be understood." in intake.Story(brought).failure
    assert brought.failed_at is not None
    assert [count for _reason, _line, count in intake.Story(brought).reasons] == [2]
    heads, rows = refusals.table(brought, str)
    mended = ([row[0].replace("32.", "30.").replace("33.", "31."), *row[1:]] for row in rows)
    found, file = export.like(brought.plan["delimiter"], heads, mended)
    assert found == kind
    with file:
        again = bring_in(garage, file.read(), name="mended." + kind)
    assert again.failure == {}
    assert (again.outcome["added"], again.outcome["refused"]) == (2, 0)
    with garage.work():
        assert set(Sale.objects.values_list("customer__name", "day", "amount")) == {
            ("Иван Петров", date(2026, 1, 30), 120000),
            ("Анна Иванова", date(2026, 1, 31), -550),
        }
        assert set(Contact.objects.values_list("value", flat=True)) == {"+79123456789", "+79123456790"}


def test_how_the_columns_were_understood_is_remembered(garage: House) -> None:
    text = "A,B,C\nx,2026-01-05,5.50\n"
    with garage.work():
        brought = bring(garage, text)
        plan = replace(Plan(**brought.plan), columns={"name": 0, "when": 1, "amount": 2}, currency="USD")
        intake.plan(brought, plan, by=garage.manager, at=MONDAY)
        intake.ask(brought, by=garage.manager, at=MONDAY, is_dry_run=True)
        again = bring(garage, text.replace("A,B,C", " a,B ,c"))
    assert again.plan["columns"] == {"name": 0, "when": 1, "amount": 2}
    assert again.plan["currency"] == "USD"


def test_a_file_without_headings(garage: House) -> None:
    with garage.work():
        brought = bring(garage, "4;1997-01-01;29.33\n4;1997-01-18;29.73\n")
    assert brought.plan["columns"] == {"when": 1, "amount": 2}
    assert brought.plan["headings"] == ["", "", ""]


def test_what_is_missing_is_said_before_anything_is_read(garage: House) -> None:
    with garage.work():
        brought = bring(garage, "Name,Amount\nMari,5\n")
        with pytest.raises(Refused, match="day of the sale"):
            intake.ask(brought, by=garage.manager, at=MONDAY, is_dry_run=True)
        brought = bring(garage, "Name,Date\nMari,2026-01-05\n")
        with pytest.raises(Refused, match="amount"):
            intake.ask(brought, by=garage.manager, at=MONDAY, is_dry_run=True)
        brought = bring(garage, "Amount,Date\n5,2026-01-05\n")
        with pytest.raises(Refused, match="who the customer is"):
            intake.ask(brought, by=garage.manager, at=MONDAY, is_dry_run=True)


def test_a_file_of_which_no_line_can_be_understood_fails_in_words(garage: House) -> None:
    brought = bring_in(garage, "Date,Name,Amount\n2026-01-05,,5.00\n")
    assert brought.failed_at == MONDAY
    assert "No line could be understood" in brought.failure["sentence"]
    with garage.work():
        intake.ask(brought, by=garage.manager, at=MONDAY, is_dry_run=True)  # it may be tried again
        assert brought.is_working


def test_other_letters_are_read_anew(garage: House) -> None:
    with garage.work():
        brought = bring(garage, ESTONIAN.encode("cp1257"))
        plan = replace(Plan(**brought.plan), encoding="cp1251")
        intake.plan(brought, plan, by=garage.manager, at=MONDAY)
        assert brought.plan["headings"][0] != "Kuupäev"
        plan = replace(Plan(**brought.plan), encoding="cp1257")
        intake.plan(brought, plan, by=garage.manager, at=MONDAY)
        assert brought.plan["columns"]["amount"] == 4


def test_customers_without_sales_are_customers_too(garage: House) -> None:
    brought = bring_in(
        garage,
        "Number,Name,Phone,E-mail,Language,Source,Customer since\n"
        "17,Mari Oja,5551 2341,Mari@Oja.ee,eesti keel,a friend,2019-05-01\n23,Jaan Pärn,,,et,,\n24,,12,,,,\n",
        subject="customers",
    )
    with garage.work():
        mari, jaan = Customer.objects.order_by("number")
        assert (mari.name, mari.source, mari.met_at.year) == ("Mari Oja", "a friend", 2019)
        assert (jaan.language, jaan.met_at) == ("et", MONDAY)
        assert set(mari.contacts.values_list("kind", "value")) == {("phone", "+37255512341"), ("email", "mari@oja.ee")}
        assert search.find("oja") == [mari.pk]
    assert (brought.outcome["customers"], brought.outcome["refused"]) == (2, 1)


def test_visits_and_words_are_counted_for_those_whom_it_touched(garage: House) -> None:
    bring_in(garage, SALES)
    with garage.work():
        mari = Customer.objects.get(number="17")
        estimate = worth.Estimate.objects.get(customer=mari)
        assert (estimate.visits, estimate.spent, estimate.last_on) == (2, 4500, date(2026, 2, 2))
        assert search.find("5551 2341") == [mari.pk]
        assert reckonings.latest() is not None  # the worth is asked for anew


def test_a_number_that_somebody_took_meanwhile_is_looked_up_again(garage: House, monkeypatch: Any) -> None:
    compare = comparing.compare

    def somebody_is_quicker(*args: Any, **kwargs: Any) -> None:
        with garage.work():
            if not Customer.objects.filter(number="17").exists():
                customers.add(name="Mari Oja", number="17", by=garage.manager, at=MONDAY)
        compare(*args, **kwargs)

    monkeypatch.setattr(comparing, "compare", somebody_is_quicker)
    brought = bring_in(garage, SALES)
    assert brought.failure == {}
    assert (brought.outcome["customers"], brought.outcome["completed"]) == (1, 1)
    with garage.work():
        assert Customer.objects.filter(number="17").count() == 1


def test_what_breaks_is_said_and_leaves_nothing(garage: House, monkeypatch: Any) -> None:
    def breaks(*_: Any, **__: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(refusals, "keep", breaks)
    with garage.work():
        brought = bring(garage, SALES)
        intake.ask(brought, by=garage.manager, at=MONDAY, is_dry_run=False)
    with pytest.raises(OSError, match="no space"):
        carry_out(garage, brought)
    with garage.work():
        brought.refresh_from_db()
        assert not Sale.objects.exists()
    assert "broke on our side" in brought.failure["sentence"]
    assert intake.Story(brought).failure.startswith("Something broke")
    assert not brought.draft.exists()


def test_whoever_is_overtaken_writes_nothing(garage: House, monkeypatch: Any) -> None:
    compare = comparing.compare

    def overtaken(*args: Any, **kwargs: Any) -> None:
        with garage.work():
            assert importing.begin(Import.objects.get(), at=MONDAY.replace(hour=23))
        compare(*args, **kwargs)

    monkeypatch.setattr(comparing, "compare", overtaken)
    brought = bring_in(garage, SALES)
    assert brought.is_working  # it is the other one's now
    with garage.work():
        assert not Sale.objects.exists()
        assert list(importing.unfinished()) == [brought]
    monkeypatch.undo()
    assert carry_out(garage, brought).outcome["added"] == 4
    assert carry_out(garage, brought).outcome["added"] == 4  # twice is once


def test_a_stopped_import_stops(garage: House, monkeypatch: Any) -> None:
    compare = comparing.compare

    def stopped(*args: Any, **kwargs: Any) -> None:
        with garage.work():
            imports.stop(Import.objects.get(), by=garage.manager, at=MONDAY)
        compare(*args, **kwargs)

    monkeypatch.setattr(comparing, "compare", stopped)
    brought = bring_in(garage, SALES)
    assert brought.failure["sentence"] == imports.STOPPED
    with garage.work():
        assert not Sale.objects.exists()
        assert not importing.unfinished()


def test_an_import_that_was_killed_before_it_counted_counts_later(garage: House, monkeypatch: Any) -> None:
    monkeypatch.setattr(intake, "_count", lambda work: None)
    brought = bring_in(garage, SALES)
    monkeypatch.undo()
    with garage.work():
        assert not worth.Estimate.objects.exists()
        assert list(importing.unfinished()) == [brought]
    carry_out(garage, brought)
    with garage.work():
        assert worth.Estimate.objects.count() == 2
        assert not importing.unfinished()


def test_five_thousand_lines_hold_the_book_for_one_short_moment(garage: House) -> None:
    lines = [
        f"2025-{1 + i % 12:02}-{1 + i % 28:02},{i % 700},Customer {i % 700},,{10 + i % 90}.{i % 100:02},x"
        for i in range(5000)
    ]
    tracemalloc.start()
    brought = bring_in(garage, SALES.splitlines()[0] + "\n" + "\n".join(lines))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert brought.outcome["added"] == 5000
    assert brought.outcome["customers"] == 700
    assert peak < 40_000_000
