"""A card is made, changed and handed on; what the customer does not want is kept."""

from datetime import timedelta

import pytest
from django.db import connection

from regulars.kernel.refusal import Refused
from regulars.record import calls, customers, search
from regulars.record.customers import Customer
from regulars.record.journal import Entry
from tests.cast import MONDAY, House

PHONE = ("+37255512345", "5551 2345")
EMAIL = ("mari@oja.example", "mari@oja.example")


def add(garage: House, name: str = "Mari Oja", **particulars: object) -> Customer:
    return customers.add(name=name, by=garage.front_line, at=MONDAY, **particulars)  # type: ignore[arg-type]


def verbs(customer: Customer) -> list[str]:
    return list(Entry.objects.filter(customer=customer).order_by("at", "id").values_list("verb", flat=True))


def test_a_name_is_enough(garage: House) -> None:
    with garage.work():
        oja = add(garage)
        assert (oja.name, str(oja), oja.met_at) == ("Mari Oja", "Mari Oja", MONDAY)
        assert verbs(oja) == ["customer added"]
        assert search.find("oja") == [oja.pk]


def test_two_customers_cannot_have_one_number(garage: House) -> None:
    with garage.work():
        add(garage, number="17")
        with pytest.raises(Refused, match="Number 17 is Mari Oja's already"):
            add(garage, "Jüri Oja", number="17")
        assert Customer.objects.count() == 1


def test_a_number_is_looked_up_in_its_index(garage: House) -> None:
    if connection.vendor == "postgresql":
        return  # it reads so few rows faster without one
    with garage.work():
        plan = customers.numbered("17", "18").explain()
    assert "USING INDEX customer_number (business_id=? AND number=?)" in plan


def test_the_neighbour_may_use_the_same_number(garage: House, salon: House) -> None:
    with garage.work():
        add(garage, number="17")
    with salon.work():
        customers.add(name="Aino", number="17", by=salon.owner, at=MONDAY)
        assert Customer.objects.count() == 1


def test_changing_keeps_what_is_known_of_a_number_that_stays(garage: House) -> None:
    with garage.work():
        oja = add(garage, phones=[PHONE, ("+3725554444", "555 4444")], emails=[EMAIL])
        customers.mark_wrong(oja.contacts.get(value=PHONE[0]), by=garage.front_line, at=MONDAY)
        customers.change(oja, by=garage.manager, at=MONDAY, phones=[PHONE], emails=[], name="Mari Kask", number="18")
        kept = oja.contacts.get()
        assert (kept.value, kept.wrong_since) == (PHONE[0], MONDAY)
        customers.mark_right(kept, by=garage.front_line, at=MONDAY)
        assert oja.contacts.get().wrong_since is None
        assert search.find("kask") == [oja.pk]
        assert search.find("5554444") == []
        assert verbs(oja)[-2:] == ["customer changed", "number is right"]


def test_a_change_cannot_take_somebody_elses_number(garage: House) -> None:
    with garage.work():
        add(garage, number="17")
        other = add(garage, "Jüri", number="18")
        with pytest.raises(Refused):
            customers.change(other, by=garage.manager, at=MONDAY, phones=[], emails=[], number="17")
        customers.change(other, by=garage.manager, at=MONDAY, phones=[], emails=[], number="18", name="Jüri S")


def test_nobody_refers_themselves(garage: House) -> None:
    with garage.work():
        oja = add(garage)
        with pytest.raises(Refused, match="refers themselves"):
            customers.change(oja, by=garage.manager, at=MONDAY, phones=[], emails=[], referred_by=oja)
        friend = add(garage, "Kadri", referred_by=oja)
        assert friend.referred_by == oja


def test_mine_stays_mine_until_i_hand_it_on(garage: House) -> None:
    with garage.work():
        oja = add(garage, keeper=garage.front_line)
        assert oja.keeper == garage.front_line
        customers.hand_on(oja, to=garage.manager, by=garage.front_line, at=MONDAY)
        customers.hand_on(oja, to=None, by=garage.manager, at=MONDAY)
        assert Customer.objects.get(pk=oja.pk).keeper is None
        lines = Entry.objects.filter(customer=oja, verb="handed on").order_by("id")
        assert [line.what["to"] for line in lines] == ["Jaan Kask", ""]


def test_opting_out_is_a_dated_fact_and_can_be_taken_back(garage: House) -> None:
    with garage.work():
        oja = add(garage)
        customers.stop_calls(oja, by=garage.front_line, at=MONDAY)
        customers.stop_calls(oja, by=garage.front_line, at=MONDAY + timedelta(days=1))
        assert Customer.objects.get().no_calls_at == MONDAY, "the first day counts"
        customers.stop_mail(oja, by=garage.front_line, at=MONDAY)
        customers.allow_calls(oja, by=garage.front_line, at=MONDAY)
        customers.allow_mail(oja, by=garage.front_line, at=MONDAY)
        assert (oja.no_calls_at, oja.no_mail_at) == (None, None)
        assert verbs(oja)[1:] == ["calls stopped", "mail stopped", "calls allowed", "mail allowed"]


def test_a_planned_call_is_off_the_list_when_calls_are_not_wanted(garage: House) -> None:
    with garage.work():
        for verb in (customers.stop_calls, customers.withdraw_consent):
            her = add(garage)
            calls.agree(her, on=MONDAY.date(), today=MONDAY.date(), caller=None, by=garage.owner, at=MONDAY)
            verb(her, by=garage.front_line, at=MONDAY)
            assert not calls.open_calls().exists()


def test_whoever_withdraws_consent_is_left_alone(garage: House) -> None:
    with garage.work():
        oja = add(garage)
        with pytest.raises(Refused, match="how the customer agreed"):
            customers.consent(oja, how=" ", by=garage.front_line, at=MONDAY)
        customers.consent(oja, how="on paper", by=garage.front_line, at=MONDAY)
        assert (oja.consent_at, oja.consent_how) == (MONDAY, "on paper")
        customers.withdraw_consent(oja, by=garage.front_line, at=MONDAY)
        known = Customer.objects.get()
        assert (known.consent_at, known.no_calls_at, known.no_mail_at) == (None, MONDAY, MONDAY)


def test_who_may_be_the_same(garage: House) -> None:
    with garage.work():
        oja = add(garage, phones=[PHONE], emails=[EMAIL], number="17")
        other = add(garage, "Kadri Saar")

        def alike(**said: object) -> list[str]:
            found = customers.perhaps_the_same(**{"name": "X", **said})  # type: ignore[arg-type]
            return [one.name for one in found]

        assert alike(phones=[PHONE]) == alike(emails=[EMAIL]) == alike(number="17") == ["Mari Oja"]
        assert alike(name="OJA mari") == ["Mari Oja"], "the order and the capitals do not matter"
        assert alike(name="Mari") == alike(name="") == []
        assert alike(phones=[PHONE], but=oja.pk) == []
        assert alike(name="Kadri Saar", phones=[PHONE]) == ["Mari Oja", "Kadri Saar"]
        assert customers.perhaps_the_same(name="Kadri Saar", but=other.pk) == []


def test_the_neighbours_customer_is_never_the_same(garage: House, salon: House) -> None:
    with salon.work():
        customers.add(name="Mari Oja", phones=[PHONE], by=salon.owner, at=MONDAY)
    with garage.work():
        assert customers.perhaps_the_same(name="Mari Oja", phones=[PHONE]) == []
