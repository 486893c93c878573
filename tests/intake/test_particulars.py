"""A file of customers may say more than names and numbers: all of it is taken, once, and can be taken back."""

from datetime import date
from typing import Any

import pytest

from regulars.intake import imports as intake
from regulars.intake import samples
from regulars.intake.plans import Plan
from regulars.record import customers, imports, knowing, landing, particulars, search, tags
from regulars.record.calls import Call, open_calls
from regulars.record.customers import Customer
from regulars.record.imports import Import
from regulars.record.knowing import Fact
from regulars.record.tags import OwnField, OwnValue, Tag
from tests.cast import MONDAY, House
from tests.intake.files import bring, bring_in

CARDS = """Name,Phone,Birthday,Salutation,Notes,Tags,License plate,Do not call,Opt-out
Mari Oja,5551 2341,3.4.1980,Mrs Oja,Likes tea,"VIP, Tartu",123 ABC,yes,no
Jaan Pärn,5551 2342,,,-,VIP,-,,2024-05-01
"""


def bring_cards(garage: House, text: str = CARDS, **how: Any) -> Import:
    return bring_in(garage, text, subject="customers", name="cards.csv", **how)


def known(garage: House) -> dict[str, Any]:
    with garage.work():
        return {
            her.name: (
                her.address_as,
                her.no_calls_at,
                her.no_mail_at,
                {(fact.text, fact.day) for fact in her.facts.all()},
                {tagging.tag.name for tagging in her.taggings.all()},
                {value.field.name: value.text for value in her.own_values.all()},
            )
            for her in Customer.objects.all()
        }


@pytest.mark.parametrize("at_a_time", [1, 500])
def test_everything_that_is_known_of_a_customer_is_taken(garage: House, at_a_time: int, monkeypatch: Any) -> None:
    monkeypatch.setattr(particulars, "AT_A_TIME", at_a_time)
    brought = bring_cards(garage)
    assert (brought.outcome["customers"], brought.outcome["refused"]) == (2, 0)
    assert known(garage) == {
        "Mari Oja": (
            "Mrs Oja", MONDAY, None,
            {("Sünnipäev", date(1980, 4, 3)), ("Likes tea", None)},
            {"VIP", "Tartu"}, {"License plate": "123 ABC"},
        ),
        "Jaan Pärn": ("", None, MONDAY, set(), {"VIP"}, {}),
    }  # fmt: skip
    with garage.work():
        assert search.find("123abc") == [Customer.objects.get(name="Mari Oja").pk]


def test_the_same_file_twice_adds_nothing_and_completes_nobody(garage: House) -> None:
    bring_cards(garage)
    before = known(garage)
    with garage.work():
        Fact.objects.filter(text="Likes tea").update(forgotten_at=MONDAY)
    again = bring_cards(garage)
    assert (again.outcome["customers"], again.outcome["completed"]) == (0, 0)
    assert known(garage) == before
    with garage.work():
        assert Fact.objects.count() == 2, "what was forgotten by hand does not come back"


def test_what_stands_on_a_card_stays_and_what_is_new_is_added(garage: House) -> None:
    with garage.work():
        mari = customers.add(
            name="Mari Oja", by=garage.manager, at=MONDAY, phones=[("+37255512341", "5551 2341")], address_as="Mari"
        )
        customers.stop_mail(mari, by=garage.manager, at=MONDAY)
        tags.put(mari, ["VIP"], by=garage.manager, at=MONDAY)
        plate = tags.add_field("license plate", by=garage.manager, at=MONDAY)
        tags.fill_in(mari, {plate.pk: "999 XYZ"}, by=garage.manager, at=MONDAY)
        knowing.learn(mari, "Likes tea", by=garage.manager, at=MONDAY)
    brought = bring_cards(garage)
    assert brought.outcome["completed"] == 1
    address, no_calls, no_mail, facts, tagged, own = known(garage)["Mari Oja"]
    assert (address, no_calls, no_mail) == ("Mari", MONDAY, MONDAY), "“no” in the file withdraws no opt-out"
    assert facts == {("Sünnipäev", date(1980, 4, 3)), ("Likes tea", None)}
    assert (tagged, own) == ({"VIP", "Tartu"}, {"license plate": "999 XYZ"})
    with garage.work():
        assert OwnField.objects.count() == 1, "the field that there was is used, however it is written"


def test_whoever_must_not_be_called_is_off_the_list_at_once(garage: House) -> None:
    with garage.work():
        mari = customers.add(name="Mari Oja", by=garage.manager, at=MONDAY, phones=[("+37255512341", "5551 2341")])
        Call.objects.create(customer=mari, play=Call.Play.SLIPPING, due_on=MONDAY, not_before=MONDAY, planned_at=MONDAY)
    bring_cards(garage)
    with garage.work():
        assert not open_calls().exists()


def test_taken_back_it_leaves_everything_as_it_was(garage: House) -> None:
    with garage.work():
        jaan = customers.add(name="Jaan Pärn", by=garage.manager, at=MONDAY, phones=[("+37255512342", "5551 2342")])
        knowing.learn(jaan, "Has a boat", by=garage.manager, at=MONDAY)
    before = known(garage)
    brought = bring_cards(garage)
    assert known(garage) != before
    with garage.work():
        imports.ask_undo(brought, by=garage.manager, at=MONDAY)
        landing.take_back(brought, at=MONDAY)
        brought.refresh_from_db()
        assert brought.outcome["undone"]["customers"] == 1
        assert not OwnValue.objects.exists()
    assert known(garage) == before


def test_whoever_was_written_about_since_stays(garage: House) -> None:
    brought = bring_cards(garage)
    with garage.work():
        knowing.learn(Customer.objects.get(name="Mari Oja"), "Moved", by=garage.manager, at=MONDAY)
        imports.ask_undo(brought, by=garage.manager, at=MONDAY)
        landing.take_back(brought, at=MONDAY)
        assert Customer.objects.get().name == "Mari Oja"


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("Do not call", "perhaps", "neither yes nor no"),
        ("Birthday", "spring", "is not a date"),
        ("Birthday", "1.1.2030", "still to come"),
    ],
)
def test_what_cannot_be_understood_comes_back(garage: House, column: str, cell: str, reason: str) -> None:
    good = {"Do not call": "no", "Birthday": "1.1.1980"}[column]
    brought = bring_cards(garage, f"Name,{column}\nMari Oja,{cell}\nJaan Pärn,{good}\nLiis Saar,{good}\n")
    assert (brought.outcome["customers"], brought.outcome["refused"]) == (2, 1)
    sentence, details, _line, _count = brought.outcome["reasons"][0]
    assert reason in sentence % details


def test_a_cell_that_was_defused_is_as_it_was(garage: House) -> None:
    bring_cards(garage, "Name,Plate\nMari Oja,'-17 ABC\n")
    assert known(garage)["Mari Oja"][-1] == {"Plate": "-17 ABC"}


def test_several_lines_of_one_customer_say_all_of_it(garage: House) -> None:
    lines = ["7,Mari Oja,Likes tea,VIP,123ABC", "7,Mari Oja,Has a dog,Tartu,", "7,Mari Oja,Has a dog,VIP,999XYZ"]
    bring_cards(garage, "\n".join(["Number,Name,Note,Tags,Plate", *lines, "8,Jaan Pärn,,,456DEF"]))
    _address, _calls, _mail, facts, tagged, own = known(garage)["Mari Oja"]
    assert facts == {("Likes tea", None), ("Has a dog", None)}
    assert tagged == {"VIP", "Tartu"}
    assert own == {"Plate": "123ABC"}, "the first of two stands"
    assert known(garage)["Jaan Pärn"][-1] == {"Plate": "456DEF"}


def test_the_first_lines_show_what_was_read(garage: House) -> None:
    with garage.work():
        brought = bring(garage, CARDS, subject="customers")
        form = intake.plan_form(brought, garage.business)
        first, second = samples.shown(brought, form.plan, form.sample, garage.business, MONDAY.date())
    assert dict(first.more) == {
        "How we address them": "Mrs Oja", "Birthday": "3 April 1980", "Note": "Likes tea", "Tags": "VIP, Tartu",
        "Does not want calls (yes or no)": "yes", "License plate": "123 ABC",
    }  # fmt: skip
    assert dict(second.more) == {"Tags": "VIP", "Does not want letters (yes or no)": "yes"}


def test_a_column_may_become_a_field_of_the_business(garage: House) -> None:
    with garage.work():
        brought = bring(garage, "Name,Shoe size\nMari Oja,38\n", subject="customers")
        form = intake.plan_form(brought, garage.business)
        words = {name: brought.plan[name] for name in ("date_order", "encoding", "delimiter")}
        words |= {"column_0": "name", "column_1": "own"}
        form = intake.plan_form(brought, garage.business, words)
        assert form.is_valid(), form.errors
        assert form.chosen().own == {"Shoe size": 1}
        twice = intake.plan_form(brought, garage.business, words | {"column_0": "own"})
        assert twice.is_valid()


def test_a_day_that_may_be_two_is_asked_about(garage: House) -> None:
    with garage.work():
        brought = bring(garage, "Date,Name,Amount\n03/04/2025,Mari Oja,5\n05/06/2025,Mari Oja,7\n")
        assert brought.plan["doubt"] == "03/04/2025"
        with pytest.raises(Exception, match="can be read in two ways"):
            intake.ask(brought, by=garage.manager, at=MONDAY, is_dry_run=True)
        form = intake.plan_form(brought, garage.business)
        assert form["date_order"].initial == ""
        assert dict(form.fields["date_order"].choices)["mdy"] == "03/04/2025 is 4 March 2025"  # type: ignore[attr-defined]
        words = {name: brought.plan[name] for name in ("decimal", "currency", "encoding", "delimiter")}
        words |= {"column_0": "when", "column_1": "name", "column_2": "amount"}
        words["branch"] = form.fields["branch"].choices[0][0]  # type: ignore[attr-defined]
        assert not intake.plan_form(brought, garage.business, words).is_valid()
        form = intake.plan_form(brought, garage.business, words | {"date_order": "mdy"})
        assert form.is_valid(), form.errors
        intake.plan(brought, form.chosen(), by=garage.manager, at=MONDAY)
        intake.ask(brought, by=garage.manager, at=MONDAY, is_dry_run=True)
        again = bring(garage, "Date,Name,Amount\n03/04/2025,Mari Oja,5\n")
        assert (again.plan["doubt"], again.plan["date_order"]) == ("", "mdy"), "it was said once"


@pytest.mark.parametrize("days", ["03.04.2025\n05.06.2025", "2025-04-03\n2025-06-05", "13/04/2025\n05/06/2025"])
def test_a_day_that_is_clear_is_not(garage: House, days: str) -> None:
    text = "Date;Name;Amount\n" + "".join(f"{day};Mari Oja;5\n" for day in days.split())
    with garage.work():
        assert Plan(**bring(garage, text).plan).doubt == ""


def test_the_neighbours_tags_and_fields_stay_the_neighbours(garage: House, salon: House) -> None:
    bring_cards(garage)
    with salon.work():
        assert not Tag.objects.exists()
        assert not OwnField.objects.exists()
