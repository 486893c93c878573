"""A promise is warned of once, before it breaks, to whoever can act, in her language."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from regulars.jobs import promises as jobs
from regulars.jobs import schedule
from regulars.record import people, promises
from regulars.record.business import Business
from regulars.record.people import Person
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import HOUR

WARNED = MONDAY + 3 * HOUR  # a quarter of the four hours is left


def letters() -> list[tuple[list[str], str]]:
    return [(letter.to, letter.subject) for letter in mail.outbox]


def test_its_keeper_gets_one_letter_when_a_quarter_of_the_time_is_left(garage: House) -> None:
    with garage.work():
        shop.promise(garage, shop.customer(garage))
    Person.objects.filter(email="liis.saar@garage.example").update(language="en")
    jobs.warn(WARNED - timedelta(minutes=1))
    assert letters() == []
    for _time in range(2):
        schedule.EVERY_MINUTE["warnings"](WARNED)
    assert letters() == [(["liis.saar@garage.example"], "By 14:30: The brakes, for Kaja Oja")]
    assert "tell the customer before that, not after" in mail.outbox[0].body
    assert "/at/garage/today/" in mail.outbox[0].body


def test_nobodys_promise_is_told_to_those_who_manage_the_place(garage: House) -> None:
    with garage.work():
        promises.hand_on(shop.promise(garage, shop.customer(garage)), to=None, by=garage.owner, at=MONDAY)
    jobs.warn(WARNED)
    assert sorted(to for [to], _subject in letters()) == ["jaan.kask@garage.example", "mari.tamm@garage.example"]


def test_so_is_that_of_a_keeper_without_a_sign_in(garage: House) -> None:
    with garage.work():
        shop.promise(garage, shop.customer(garage), keeper=people.name_worker("Old Juhan", at=MONDAY))
    jobs.warn(WARNED)
    assert len(letters()) == 2


def test_what_is_kept_or_waits_for_her_is_not_warned_of(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        promises.keep(promise, by=garage.front_line, at=MONDAY + HOUR, told=True)
    jobs.warn(WARNED)
    assert letters() == []


def test_the_demo_writes_to_nobody(garage: House) -> None:
    Business.objects.filter(pk=garage.business.pk).update(is_demo=True)
    with garage.work():
        shop.promise(garage, shop.customer(garage))
    jobs.warn(WARNED)
    assert letters() == []


def test_a_letter_that_cannot_go_out_goes_out_at_the_next_look(garage: House, monkeypatch: Any) -> None:
    def away(*_: Any) -> None:
        raise OSError("the mail server is away")

    with garage.work():
        shop.promise(garage, shop.customer(garage))
    with monkeypatch.context() as broken:
        broken.setattr("regulars.jobs.promises.send_mail", away)
        with pytest.raises(OSError, match="away"):
            jobs.warn(WARNED)
    jobs.warn(WARNED + timedelta(minutes=1))
    assert len(letters()) == 1
