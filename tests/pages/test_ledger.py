"""The page of figures: the share comes first with its denominator; the same questions at any size."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from regulars.jobs import promises as jobs
from regulars.record import promises, work
from regulars.record.people import Role
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR

ADDRESS = "/at/garage/promises/figures/"


@pytest.fixture
def owner(client: Client, garage: House) -> Any:
    client.force_login(garage.person(Role.OWNER))
    with time_machine.travel(MONDAY + 2 * DAY, tick=False):
        yield client


def furnish(garage: House, size: int) -> None:
    with garage.work():
        her = shop.customer(garage)
        for number in range(size):
            promise = shop.promise(garage, her, keeper=garage.manager if number % 2 else garage.front_line)
            at = MONDAY + (5 * HOUR if number % 4 == 3 else HOUR)
            promises.keep(promise, by=garage.front_line, at=at, told=True)


def test_nothing_promised_yet_says_what_will_stand_here(owner: Client) -> None:
    page = owner.get(ADDRESS).content.decode()
    assert "No promise has come due in this time." in page
    assert "Nothing to count yet" in page


def test_the_share_stands_first_with_what_it_is_of(owner: Client, garage: House) -> None:
    furnish(garage, 4)
    page = owner.get(ADDRESS).content.decode()
    assert "<b>75%</b> <span>kept: 3 of 4 promises</span>" in page
    assert page.index("75%") < page.index("<main") + 2_000
    assert "By person" in page
    assert "By branch" not in page  # there is one


def test_one_person_a_shorter_time(owner: Client, garage: House) -> None:
    furnish(garage, 4)
    page = owner.get(ADDRESS, {"days": "30", "who": str(garage.manager.pk)}).content.decode()
    assert "<b>50%</b> <span>kept: 1 of 2 promises</span>" in page


@pytest.mark.parametrize("words", [{"days": "17"}, {"who": "nonsense"}, {"days": ""}])
def test_what_nobody_can_choose_is_answered_with_everything(
    owner: Client, garage: House, words: dict[str, str]
) -> None:
    furnish(garage, 4)
    response = owner.get(ADDRESS, words)
    assert response.status_code == 200
    assert "kept: 3 of 4" in response.content.decode()


def test_work_done_again_stands_with_what_it_cost_and_nothing_to_pay(owner: Client, garage: House) -> None:
    with garage.work():
        job = work.finish(shop.job(garage, shop.customer(garage)), by=garage.front_line, at=MONDAY + HOUR, told=True)
        again = work.come_back(job, what="", due_at=MONDAY + DAY, by=garage.front_line, at=MONDAY + 2 * HOUR)
        work.finish(again, by=garage.front_line, at=MONDAY + 3 * HOUR, told=True, cost=4_000)
    page = owner.get(ADDRESS).content.decode()
    assert "€40" in page
    assert "There are no fines." in page


@pytest.mark.parametrize("size", [1, 30])
def test_the_same_questions_however_many_promises(
    owner: Client, garage: House, size: int, django_assert_max_num_queries: Any
) -> None:
    furnish(garage, size)
    with django_assert_max_num_queries(22):
        owner.get(ADDRESS)


def test_a_longer_time_shows_more(owner: Client, garage: House) -> None:
    furnish(garage, 4)
    with time_machine.travel(MONDAY + timedelta(days=100), tick=False):
        assert "Nothing to count yet" in owner.get(ADDRESS, {"days": "30"}).content.decode()
        assert "kept: 3 of 4" in owner.get(ADDRESS, {"days": "365"}).content.decode()


FORECAST = "/at/garage/promises/forecast/"


def test_before_anything_is_learnt_the_page_says_when_it_will_be(owner: Client) -> None:
    page = owner.get(FORECAST).content.decode()
    assert "Nothing learnt yet" in page
    assert "Nobody has taken a suggested time yet." in page


def test_what_would_be_promised_today_and_how_it_was_kept(
    owner: Client, garage: House, django_assert_max_num_queries: Any
) -> None:
    with garage.work():
        for number in range(4):
            her = shop.customer(garage, f"Customer {number}")
            job = shop.job(garage, her)
            work.finish(job, by=garage.front_line, at=MONDAY + HOUR, told=True)
            promises.keep(shop.promise(garage, her, share=0.9), by=garage.front_line, at=MONDAY + HOUR, told=True)
    jobs.learn(MONDAY + DAY)
    with django_assert_max_num_queries(16):
        page = owner.get(FORECAST).content.decode()
    assert "Learnt on" in page
    assert "from 4 finished jobs." in page
    assert "Brakes that hold" in page
    assert "with a margin" in page
    assert "4 / 4" in page
    assert "too few to tell yet" in page
