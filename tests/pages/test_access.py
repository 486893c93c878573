"""The only way a page gets a business, a member and a row."""

import pytest
from django.test import Client

from regulars.pages.access import row
from regulars.record.business import Business
from regulars.record.people import Member, Role
from tests.cast import MONDAY, House


def test_a_seat_without_a_member_opens_nothing(garage: House) -> None:
    """Both must be there: the seat lists the business, the member says what she may do."""
    client = Client()
    client.force_login(garage.person(Role.OWNER))
    with garage.work():
        Member.objects.filter(pk=garage.owner.pk).update(left_at=MONDAY)
    assert client.get("/at/garage/today/").status_code == 404


def test_what_belongs_to_no_business_is_not_fetched_as_a_row(garage: House) -> None:
    with pytest.raises(TypeError, match="Business belongs to no business"):
        row(Business, garage.business.pk)
