"""What to print for the door and the table: for whoever runs a branch, in the language that was chosen."""

import pytest
from django.test import Client

from regulars.record import branches
from regulars.record.branches import WORKING_WEEK, Branch
from regulars.record.people import Role
from tests.cast import MONDAY, House


@pytest.fixture
def manager(client: Client, garage: House) -> Client:
    client.force_login(garage.person(Role.MANAGER))
    return client


def test_each_open_branch_shows_its_address_and_its_code(manager: Client, garage: House) -> None:
    with garage.work():
        first = Branch.objects.get()
        same = {name: getattr(first, name) for name in ("country", "currency", "language", "zone")}
        harbour = branches.open_branch(name="Harbour", week=WORKING_WEEK, by=garage.owner, at=MONDAY, **same)
        branches.close_branch(first, by=garage.owner, at=MONDAY)
    page = manager.get("/at/garage/settings/tell/").content.decode()
    assert page.count(f"/tell/garage/{harbour.pk}/</a>") == 1
    assert str(first.pk) not in page
    assert page.count("</svg>") >= 1
    assert "opens on your own network only" in page
    assert manager.get(f"/at/garage/settings/tell/{first.pk}/poster/").status_code == 404


@pytest.mark.parametrize(("wanted", "language"), [("ru", "ru"), ("fi", "fi"), ("", "et"), ("xx", "et")])
@pytest.mark.parametrize("what", ["poster", "cards"])
def test_it_is_printed_in_the_language_that_was_chosen(
    manager: Client, garage: House, what: str, wanted: str, language: str
) -> None:
    with garage.work():
        pk = Branch.objects.get().pk
    response = manager.get(f"/at/garage/settings/tell/{pk}/{what}/", {"language": wanted})
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="garage-{what}-{language}.pdf"'
    assert response.content.startswith(b"%PDF")
    assert f"/Lang({language})".encode() in response.content
