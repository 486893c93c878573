"""Settings of the business, its branches and its journal: who may, what is kept, what is refused."""

from datetime import time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from regulars.kernel import clock
from regulars.record import branches, business
from regulars.record.branches import Branch, SpecialDay
from regulars.record.business import Business
from regulars.record.journal import Entry
from regulars.record.people import Role
from tests.cast import MONDAY, House

HERE: dict[str, Any] = {"country": "EE", "currency": "EUR", "language": "et", "zone": "Europe/Tallinn"}
SETTINGS: dict[str, Any] = {
    "name": "Tamm & Daughters", **HERE, "calls_from": "10:00", "calls_until": "19:30", "call_gap_days": 45,
}  # fmt: skip


@pytest.fixture
def owner(client: Client, garage: House) -> Client:
    client.force_login(garage.person(Role.OWNER))
    return client


def branch_of(house: House) -> Branch:
    with house.work():
        found: Branch = Branch.objects.get()
        return found


def test_the_settings_say_how_things_stand(owner: Client) -> None:
    page = owner.get("/at/garage/settings/").content.decode()
    assert "4 people work here." in page
    assert "1 branch is open." in page
    assert "Calls between 09:00 and 20:00, at most one to a person in 30 days." in page


def test_an_owner_changes_the_business(owner: Client, garage: House) -> None:
    assert owner.get("/at/garage/settings/business/").status_code == 200
    owner.post("/at/garage/settings/business/", SETTINGS)
    changed = Business.objects.get(pk=garage.business.pk)
    assert (changed.name, changed.calls_until, changed.call_gap_days) == ("Tamm & Daughters", time(19, 30), 45)


def test_what_was_typed_is_kept_when_something_is_wrong(owner: Client, garage: House) -> None:
    page = owner.post("/at/garage/settings/business/", SETTINGS | {"calls_until": "09:00"}).content.decode()
    assert "Tamm &amp; Daughters" in page
    assert "Calls must end later" in page
    assert 'aria-describedby="id_calls_until_error"' in page
    assert Business.objects.get(pk=garage.business.pk).name == "Tamm's garage"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.FRONT_LINE, Role.MANAGER])
@pytest.mark.parametrize("address", ["business/", "journal/"])
def test_the_business_and_its_journal_are_the_owners(client: Client, garage: House, role: Role, address: str) -> None:
    client.force_login(garage.person(role))
    answer = client.get(f"/at/garage/settings/{address}")
    assert answer.status_code == 403
    assert "Ask the owner" in answer.content.decode()


def test_a_manager_opens_changes_and_closes_a_branch(client: Client, garage: House) -> None:
    client.force_login(garage.person(Role.MANAGER))
    assert client.get("/at/garage/settings/branches/new/").status_code == 200
    week = {"day_0": "9-12, 13-18", "day_5": "10-14"}
    words = {"name": "Tartu", "phone": "+372 5555 1234", **HERE, **week}
    assert client.post("/at/garage/settings/branches/new/", words).status_code == 302
    with garage.work():
        tartu = Branch.objects.get(name="Tartu")
    page = client.get("/at/garage/settings/branches/").content.decode()
    assert "Mon 9:00–12:00, 13:00–18:00; Sat 10:00–14:00" in page
    assert "Mon–Fri 9:00–18:00" in page

    address = f"/at/garage/settings/branches/{tartu.pk}/"
    assert "9:00–12:00, 13:00–18:00" in client.get(address).content.decode()
    client.post(address, words | {"name": "Emajõe", "day_5": ""})
    with garage.work():
        assert Branch.objects.get(pk=tartu.pk).name == "Emajõe"
    client.post(f"{address}close/")
    assert "Closed on" in client.get("/at/garage/settings/branches/").content.decode()
    client.post(f"{address}reopen/")
    with garage.work():
        assert Branch.objects.filter(closed_at=None).count() == 2


def test_a_taken_name_and_hours_that_overlap_are_said_at_the_form(owner: Client, garage: House) -> None:
    words = {"name": "Tamm's garage", **HERE}
    assert "branch of that name" in owner.post("/at/garage/settings/branches/new/", words).content.decode()
    words = {"name": "Tartu", **HERE, "day_0": "9-18, 17-20"}
    assert "must not overlap" in owner.post("/at/garage/settings/branches/new/", words).content.decode()


def test_the_only_branch_is_not_closed(owner: Client, garage: House) -> None:
    answer = owner.post(f"/at/garage/settings/branches/{branch_of(garage).pk}/close/", follow=True)
    assert "only open branch" in answer.content.decode()


def test_a_special_day_is_added_and_forgotten(owner: Client, garage: House) -> None:
    branch = branch_of(garage)
    address = f"/at/garage/settings/branches/{branch.pk}/"
    day = clock.today("Europe/Tallinn") + timedelta(days=30)
    assert owner.post(f"{address}days/", {"day": str(day), "name": "Stock-taking"}).status_code == 302
    assert "Stock-taking: closed" in owner.get(address).content.decode()
    wrong = owner.post(f"{address}days/", {"day": str(day), "opens": "10:00"})
    assert "both hours, or neither" in wrong.content.decode()
    with garage.work():
        special = SpecialDay.objects.get()
    owner.post(f"{address}days/{special.pk}/forget/")
    assert "Stock-taking" not in owner.get(address, follow=True).content.decode()


def test_the_public_holidays_of_the_coming_year_are_shown(owner: Client, garage: House) -> None:
    branch = branch_of(garage)
    address = f"/at/garage/settings/branches/{branch.pk}/"
    assert "Christmas Day" in owner.get(address).content.decode()
    with garage.work():
        Branch.objects.filter(pk=branch.pk).update(keeps_public_holidays=False)
    assert "Christmas Day" not in owner.get(address).content.decode()


def test_the_neighbours_branch_is_not_there(owner: Client, garage: House, salon: House) -> None:
    ours, theirs = branch_of(garage), branch_of(salon)
    with salon.work():
        special = branches.set_special_day(
            theirs, day=MONDAY.date(), name="", opens=None, closes=None, by=salon.owner, at=MONDAY
        )
    address = f"/at/garage/settings/branches/{theirs.pk}/"
    assert owner.get(address).status_code == 404
    for act in ("", "close/", "reopen/", "days/", f"days/{special.pk}/forget/"):
        assert owner.post(f"{address}{act}", {"name": "Mine"}).status_code == 404
    ours_with_their_day = f"/at/garage/settings/branches/{ours.pk}/days/{special.pk}/forget/"
    assert owner.post(ours_with_their_day).status_code == 404


@pytest.mark.parametrize("act", ["close/", "reopen/", "days/"])
def test_opening_the_address_of_an_act_does_nothing(owner: Client, garage: House, act: str) -> None:
    assert owner.get(f"/at/garage/settings/branches/{branch_of(garage).pk}/{act}").status_code == 405


@pytest.mark.parametrize("size", [1, 12])
def test_the_branches_page_asks_the_same_few_questions_at_any_size(
    owner: Client, garage: House, size: int, django_assert_max_num_queries: Any
) -> None:
    with garage.work():
        for number in range(size):
            branches.open_branch(
                name=f"Branch {number}", week=branches.WORKING_WEEK, at=MONDAY, by=garage.owner, **HERE
            )
    with django_assert_max_num_queries(12):
        owner.get("/at/garage/settings/branches/")


def test_the_journal_says_who_changed_what(owner: Client, garage: House) -> None:
    owner.post("/at/garage/settings/business/", SETTINGS)
    page = owner.get("/at/garage/settings/journal/").content.decode()
    assert "<b>Mari Tamm</b> changed the business" in page
    assert "Days between two calls to the same person: 30 → 45" in page
    assert "<b>Regulars itself</b> opened a branch" in page


def test_the_journal_writes_numbers_as_the_form_does(owner: Client, garage: House) -> None:
    with garage.work():
        business.change_business(
            garage.business, by=garage.owner, at=MONDAY, price=123450, yearly_discount=Decimal("0.075")
        )
    page = owner.get("/at/garage/settings/journal/").content.decode()
    assert "€1,234.50" in page
    assert "10 % → 7.5 %" in page


def test_the_journal_says_which_role_became_which(owner: Client, garage: House) -> None:
    owner.post(f"/at/garage/settings/people/{garage.viewer.pk}/", {"role": Role.MANAGER.value, "makes_calls": "on"})
    page = owner.get("/at/garage/settings/journal/").content.decode()
    assert "Role: Viewer → Manager" in page


def test_the_journal_is_read_page_by_page(owner: Client, garage: House) -> None:
    with garage.work():
        branch = Branch.objects.get()
        for minute in range(120):
            branches.reopen_branch(branch, by=garage.owner, at=MONDAY + timedelta(minutes=minute // 2))
        lines = Entry.objects.count()
    address, seen = "/at/garage/settings/journal/", []
    while address:
        answer = owner.get(address)
        seen += [entry.pk for entry, *_ in answer.context["entries"]]
        more = answer.context["more"]
        address = f"/at/garage/settings/journal/?before={more}" if more else ""
    assert len(seen) == len(set(seen)) == lines


@pytest.mark.parametrize("before", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_page_of_the_journal_that_is_not_there(owner: Client, before: str) -> None:
    assert owner.get(f"/at/garage/settings/journal/?before={before}").status_code == 404


@pytest.mark.parametrize("lines", [5, 80])
def test_the_journal_asks_the_same_few_questions_at_any_size(
    owner: Client, garage: House, lines: int, django_assert_max_num_queries: Any
) -> None:
    with garage.work():
        branch = Branch.objects.get()
        for minute in range(lines):
            branches.reopen_branch(branch, by=garage.owner, at=MONDAY + timedelta(minutes=minute))
    with django_assert_max_num_queries(12):
        owner.get("/at/garage/settings/journal/")
