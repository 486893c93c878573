"""A file is kept, planned, asked for, taken back and cleared; each once, each in the journal."""

from typing import Any

import pytest

from regulars.intake import imports as intake
from regulars.kernel.refusal import Refused
from regulars.record import calls, customers, importing, imports, journal, knowing, landing, mapping, search, worth
from regulars.record.customers import Contact, Customer
from regulars.record.imports import Brought, Import
from regulars.record.sales import Sale
from tests.cast import MONDAY, House
from tests.intake.files import SALES, bring, bring_in, carry_out


def undo(house: House, brought: Import) -> Import:
    with house.work():
        assert imports.ask_undo(brought, by=house.owner, at=MONDAY)
    intake.take_back(house.business.pk, brought.pk, now=lambda: MONDAY)
    with house.work():
        brought.refresh_from_db()
    return brought


def test_only_the_end_of_a_strangers_file_name_is_kept_and_never_used(garage: House) -> None:
    with garage.work():
        brought = bring(garage, SALES, name="..\\..\\C:\\tmp/../../etc/sales.CSV")
        assert brought.file_name == "sales.CSV"
        assert brought.file.name == "file.csv"
        assert brought.folder.parent.name == garage.business.pk.hex
        assert bring(garage, SALES, name="x.exe").file.name == "file"


def test_a_file_that_is_too_large_is_refused_while_it_comes_in(garage: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "LARGEST_FILE", 10)
    with garage.work():
        with pytest.raises(Refused, match="too large"):
            bring(garage, SALES)
        assert not Import.objects.exists()


def test_a_file_that_is_no_table_is_not_kept(garage: House) -> None:
    with garage.work():
        brought = bring(garage, SALES)
        with pytest.raises(Refused, match="not a table"):
            bring(garage, b"%PDF-1.7")
        assert [folder.name for folder in brought.folder.parent.iterdir()] == [brought.pk.hex]


def test_a_button_that_is_pressed_twice_asks_once(garage: House) -> None:
    with garage.work():
        brought = bring(garage, SALES)
        assert imports.ask(brought, by=garage.manager, at=MONDAY, is_dry_run=False)
        assert not imports.ask(brought, by=garage.manager, at=MONDAY, is_dry_run=False)
        with pytest.raises(Refused, match="being read"):
            imports.plan(brought, {}, by=garage.manager, at=MONDAY)
        with pytest.raises(Refused, match="being read"):
            imports.clear(brought, by=garage.manager, at=MONDAY)
        assert journal.Entry.objects.filter(verb="import asked").count() == 1
    carry_out(garage, brought)
    with garage.work():
        assert not imports.ask(brought, by=garage.manager, at=MONDAY, is_dry_run=False)
        assert not importing.begin(brought, at=MONDAY)
        imports.stop(brought, by=garage.manager, at=MONDAY)
        brought.refresh_from_db()
        assert brought.failed_at is None


def test_taking_back_leaves_exactly_what_was_there_before(garage: House) -> None:
    with garage.work():
        jaan = customers.add(name="Jaan Pärn", phones=[("+37255512342", "5551 2342")], by=garage.owner, at=MONDAY)
    brought = bring_in(garage, SALES)
    with garage.work():
        assert Customer.objects.get(pk=jaan.pk).number == "23"
    brought = undo(garage, brought)
    assert brought.outcome["undone"] == {"customers": 1, "stay": 0, "sales": 4}
    with garage.work():
        assert not Sale.objects.exists()
        assert not worth.Estimate.objects.exists()
        assert Customer.objects.get().number == ""
        assert Contact.objects.count() == 1
        assert search.find("Mari Oja") == []
        assert journal.Entry.objects.filter(verb="import undone").get().what == brought.outcome["undone"]
    assert bring_in(garage, SALES).outcome["added"] == 4  # and it may come again


def test_only_what_this_import_brought_is_taken_back(garage: House, salon: House) -> None:
    lines = SALES.splitlines(keepends=True)
    bring_in(garage, "".join(lines[:2]))
    second = bring_in(garage, SALES)
    bring_in(salon, SALES)
    undo(garage, second)
    with garage.work():
        assert Sale.objects.get().amount == 4500
        assert Customer.objects.get().name == "Mari Oja"
        assert worth.Estimate.objects.get().visits == 1
    with salon.work():
        assert Sale.objects.count() == 4


def test_whoever_was_written_about_since_stays(garage: House) -> None:
    brought = bring_in(garage, SALES)
    with garage.work():
        mari = Customer.objects.get(number="17")
        knowing.learn(mari, text="Has a dog", by=garage.front_line, at=MONDAY)
    assert undo(garage, brought).outcome["undone"] == {"customers": 1, "stay": 1, "sales": 4}
    with garage.work():
        assert Customer.objects.get() == mari
        assert mari.contacts.count() == 1  # how to reach her is worth keeping with her


def test_a_phone_that_somebody_added_is_something_written_about_her(garage: House) -> None:
    brought = bring_in(garage, SALES)
    with garage.work():
        mari = Customer.objects.get(number="17")
        Contact.objects.create(customer=mari, kind="phone", value="+3725550000", written="555 0000")
    assert undo(garage, brought).outcome["undone"]["stay"] == 1


def test_calls_that_the_machine_planned_go_with_her(garage: House) -> None:
    brought = bring_in(garage, SALES)
    with garage.work():
        for customer in Customer.objects.all():
            calls.Call.objects.create(
                customer=customer, play="top_ten", planned_at=MONDAY, not_before=MONDAY.date(), due_on=MONDAY.date()
            )
    assert undo(garage, brought).outcome["undone"] == {"customers": 2, "stay": 0, "sales": 4}
    with garage.work():
        assert not calls.Call.objects.exists()


def test_whoever_is_just_being_written_about_is_not_torn_away(garage: House, monkeypatch: pytest.MonkeyPatch) -> None:
    brought = bring_in(garage, SALES)
    forget = landing._forget

    def somebody_writes(batch: Any) -> None:
        mari = Customer.objects.get(number="17")
        knowing.learn(mari, text="Has a dog", by=garage.front_line, at=MONDAY)
        forget(batch)
        landing.connection.check_constraints()  # as the commit will

    monkeypatch.setattr(landing, "_forget", somebody_writes)
    brought = undo(garage, brought)
    assert brought.undone_at is None
    assert not brought.is_being_undone
    with garage.work():
        assert Sale.objects.count() == 4
        assert not knowing.Fact.objects.exists() or Customer.objects.count() == 2
    monkeypatch.undo()
    assert undo(garage, brought).undone_at == MONDAY


def test_undo_is_asked_for_once_and_done_once(garage: House) -> None:
    brought = undo(garage, bring_in(garage, SALES))
    with garage.work():
        assert not imports.ask_undo(brought, by=garage.owner, at=MONDAY)
        with pytest.raises(importing.Overtaken):
            importing.finish_undo(brought, {}, at=MONDAY)
        importing.give_up_undo(brought, at=MONDAY)
        brought.refresh_from_db()
        assert brought.undo_asked_at == MONDAY
    intake.take_back(garage.business.pk, brought.pk, now=lambda: MONDAY)


def test_what_an_import_did_to_a_customer_is_kept_for_the_undo(garage: House) -> None:
    bring_in(garage, SALES)
    with garage.work():
        assert Brought.objects.filter(is_new=True).count() == 2


@pytest.mark.django_db(transaction=True)
def test_files_go_and_the_book_stays() -> None:
    from tests.cast import open_garage

    garage = open_garage()
    brought = bring_in(garage, SALES)
    assert brought.file.exists()
    with garage.work():
        assert not imports.old_ones(at=MONDAY + imports.KEPT_FOR).exists()
        assert imports.old_ones(at=MONDAY + imports.KEPT_FOR * 2).get() == brought
        imports.clear(brought, by=garage.manager, at=MONDAY)
    assert not brought.folder.exists()
    assert brought.cleared_at == MONDAY
    with garage.work():
        assert Sale.objects.count() == 4


def test_a_mapping_is_recalled_for_its_subject_alone(garage: House, salon: House) -> None:
    with garage.work():
        mapping.remember(bring(garage, SALES), ["Date", "Amount "], at=MONDAY)
        assert mapping.recall("sales", [" date", "AMOUNT"]) is not None
        assert mapping.recall("customers", ["Date", "Amount"]) is None
    with salon.work():
        assert mapping.recall("sales", ["Date", "Amount"]) is None


def test_a_list_of_customers_completes_cards_and_changes_nothing_else(garage: House) -> None:
    with garage.work():
        customers.add(name="Mari Oja", number="17", by=garage.owner, at=MONDAY)
    text = "Number,Name,Source,Customer since\n17,Mari Oja,a friend,2019-05-01\n"
    brought = bring_in(garage, text, subject="customers")
    with garage.work():
        mari = Customer.objects.get()
        assert (mari.source, mari.met_at) == ("a friend", MONDAY)
    undo(garage, brought)
    with garage.work():
        assert Customer.objects.get().source == ""
