"""Several of us tap at the same moment: one wins, and the others are told who it was."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import close_old_connections, connection

from regulars.kernel.refusal import Refused
from regulars.record import asks, promises
from regulars.record.asks import Ask
from regulars.record.branches import Branch
from regulars.record.journal import Entry
from regulars.record.promises import Promise
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import HOUR

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 6


def all_at_once(garage: House, deed: Callable[[], Any]) -> list[str]:
    """What each of them is told: "" for whoever did it."""
    told: list[str] = []
    start = threading.Barrier(PEOPLE)

    def tap() -> None:
        try:
            start.wait(10)
            with garage.work():
                deed()
            told.append("")
        except Refused as refusal:
            told.append(str(refusal))
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=tap) for _ in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(told)


def test_a_promise_is_kept_once(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
    told = all_at_once(
        garage,
        lambda: promises.keep(
            Promise.objects.select_related("branch", "customer").get(),
            by=garage.front_line,
            at=MONDAY + HOUR,
            told=True,
        ),
    )
    assert told[0] == ""
    assert len(told) == PEOPLE
    assert all("Liis Saar has closed this promise already" in words for words in told[1:])
    with garage.work():
        assert Entry.objects.filter(verb="promise kept", subject_id=promise.pk).count() == 1


def test_an_ask_is_answered_once(garage: House) -> None:
    with garage.work():
        shop.ask(garage, shop.customer(garage))
    told = all_at_once(
        garage, lambda: asks.say_yes(Ask.objects.get(), how="A taxi", cost=100, by=garage.front_line, at=MONDAY)
    )
    assert told[0] == ""
    assert all("Liis Saar has answered this already" in words for words in told[1:])
    with garage.work():
        assert Entry.objects.filter(verb="yes").count() == 1


def test_the_last_place_of_an_hour_is_given_once(garage: House) -> None:
    with garage.work():
        Branch.objects.update(promises_an_hour=1)
        her = shop.customer(garage)
    told = all_at_once(garage, lambda: shop.promise(garage, her))
    assert told[0] == ""
    assert all("That hour is full: 1 promises are due" in words for words in told[1:])
    with garage.work():
        assert Promise.objects.count() == 1
