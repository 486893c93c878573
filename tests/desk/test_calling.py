"""When somebody may be called, by the clock where they are."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from regulars.desk import calling
from regulars.record.customers import Contact, Customer
from tests.cast import House

TALLINN = "Europe/Tallinn"


def test_the_zone_is_that_of_the_card_then_of_the_number_then_home() -> None:
    phone = Contact(kind=Contact.Kind.PHONE, value="+74232221234")
    assert calling.her_zone(Customer(zone="Europe/Helsinki"), phone, TALLINN) == "Europe/Helsinki"
    assert calling.her_zone(Customer(), phone, TALLINN) == "Asia/Vladivostok"
    assert calling.her_zone(Customer(), Contact(value="+79161234567"), TALLINN) == TALLINN  # a mobile: many zones
    assert calling.her_zone(Customer(), Contact(value="not a number"), TALLINN) == TALLINN
    assert calling.her_zone(Customer(), None, TALLINN) == TALLINN


@pytest.mark.parametrize(
    ("day", "clock", "then"),
    [
        ("2026-03-02", "08:59", "2026-03-02 09:00"),
        ("2026-03-02", "09:00", None),
        ("2026-03-02", "19:59", None),
        ("2026-03-02", "20:00", "2026-03-03 09:00"),
        ("2026-03-28", "23:30", "2026-03-29 09:00"),  # the clocks go forward that night
        ("2026-10-24", "23:30", "2026-10-25 09:00"),  # and back
    ],
)
def test_the_window_at_its_edges(garage: House, day: str, clock: str, then: str | None) -> None:
    zone = ZoneInfo(TALLINN)
    at = datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=zone)
    expected = datetime.fromisoformat(then).replace(tzinfo=zone) if then else None
    assert calling.not_before(garage.business, TALLINN, at) == expected


def test_a_number_known_to_be_wrong_is_not_dialled() -> None:
    wrong = Contact(
        kind=Contact.Kind.PHONE, value="+3725551111", wrong_since=datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC"))
    )
    mail, right = (
        Contact(kind=Contact.Kind.EMAIL, value="a@b.example"),
        Contact(kind=Contact.Kind.PHONE, value="+3725552222"),
    )
    assert calling.number_to_call([wrong, mail, right]) is right
    assert calling.number_to_call([wrong, mail]) is None
