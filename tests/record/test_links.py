"""The link to her own page: it cannot be guessed, it ends, and nothing of its secret is stored."""

from datetime import timedelta

import pytest
from django.db import connection

from regulars.kernel.refusal import Refused
from regulars.record import links
from regulars.record.links import LASTS, Link
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY


def test_it_opens_until_it_ends(garage: House, salon: House) -> None:
    with garage.work():
        link = links.keep_open(shop.customer(garage), until=MONDAY, at=MONDAY)
        assert links.opened_by(link.secret, at=MONDAY + LASTS - timedelta(seconds=1)) == link
        with pytest.raises(Refused, match="has ended"):
            links.opened_by(link.secret, at=MONDAY + LASTS)
    with salon.work(), pytest.raises(Refused, match="has ended"):
        links.opened_by(link.secret, at=MONDAY)


def test_a_later_promise_keeps_it_open_for_longer_and_an_earlier_one_does_not(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        secret = links.keep_open(her, until=MONDAY, at=MONDAY).secret
        links.keep_open(her, until=MONDAY + 5 * DAY, at=MONDAY)
        links.keep_open(her, until=MONDAY + DAY, at=MONDAY)
        link = Link.objects.get()
        assert (link.expires_at, link.secret) == (MONDAY + 5 * DAY + LASTS, secret)


@pytest.mark.parametrize(
    "spoil", [lambda s: s[:-1], lambda s: s[:-1] + ("A" if s[-1] != "A" else "E"), lambda s: "", lambda s: "ä" * 43]
)
def test_not_a_letter_may_differ(garage: House, spoil: object) -> None:
    with garage.work():
        secret = links.keep_open(shop.customer(garage), until=MONDAY, at=MONDAY).secret
        with pytest.raises(Refused, match="has ended"):
            links.opened_by(spoil(secret), at=MONDAY)  # type: ignore[operator]


def test_a_new_one_ends_the_old(garage: House) -> None:
    with garage.work():
        link = links.keep_open(shop.customer(garage), until=MONDAY, at=MONDAY)
        old = link.secret
        links.withdraw(link, by=garage.owner, at=MONDAY)
        with pytest.raises(Refused, match="has ended"):
            links.opened_by(old, at=MONDAY)
        new = Link.objects.get().secret
        assert new != old
        assert len(new) == 43
        assert links.opened_by(new, at=MONDAY) == link


def test_whoever_reads_the_database_opens_no_page(garage: House) -> None:
    with garage.work():
        link = links.keep_open(shop.customer(garage), until=MONDAY, at=MONDAY)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM record_link WHERE business_id = %s",
                [garage.business.pk.hex if connection.vendor == "sqlite" else garage.business.pk],
            )
            row = str(cursor.fetchone())
    assert link.secret not in row
    assert link.secret[22:] not in row
