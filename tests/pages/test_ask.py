"""Where customers answer: by a link of their own, by the code of a branch, at a tablet; a robot answers nothing."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from regulars.pages import ask
from regulars.record import branches, customers, merging, tills
from regulars.record.branches import WORKING_WEEK, Branch
from regulars.record.ratings import Rating
from regulars.record.surveys import Survey
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY

ENGLISH = {"Accept-Language": "en"}
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def asked(garage: House) -> Survey:
    with garage.work():
        return shop.survey(garage, shop.customer(garage, language="en"), by=None, job=None)


def at(survey: Survey, more: str = "") -> str:
    return f"/asked/{survey.business_id}/{survey.secret}/{more}"


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(opened|key)" value="([^"]+)"', page))


def send(where: str, *, after: timedelta = MINUTE, **said: Any) -> Any:
    """The page is opened, and sent a minute later."""
    opened = hidden(Client().get(where, headers=ENGLISH).content.decode())
    with time_machine.travel(MONDAY + after, tick=False):
        return Client().post(where, {**opened, **said}, headers=ENGLISH)


def test_her_answer_is_kept_with_how_long_it_took(garage: House, asked: Survey) -> None:
    answer = send(at(asked), expectations="5", value="4", efficiency="5", wish="Coffee")
    assert (answer.status_code, answer["Location"]) == (302, at(asked, "thanks/"))
    with garage.work():
        rating = Rating.objects.get()
        assert (rating.customer, rating.way, rating.language) == (asked.customer, "letter", "en")
        assert (rating.said.scores, rating.wish) == ({"expectations": 5, "value": 4, "efficiency": 5}, "Coffee")
        assert (rating.at, rating.seconds) == (MONDAY + MINUTE, 60)
    assert "Thank you" in Client().get(answer["Location"]).content.decode()


def test_opening_the_link_answers_nothing_however_often(garage: House, asked: Survey) -> None:
    for where in ("", "thanks/", "stop/"):
        for client in (Client(), Client(headers={"User-Agent": "Googlebot"})):
            assert client.get(at(asked, where)).status_code == 200
            assert client.head(at(asked, where)).status_code == 200
    with garage.work():
        assert not Rating.objects.exists()
        asked.customer.refresh_from_db()
        assert asked.customer.no_surveys_at is None


def test_an_empty_answer_is_refused_in_words(garage: House, asked: Survey) -> None:
    answer = send(at(asked), wish=" ")
    assert answer.status_code == 422
    assert "Answer at least one of the questions." in answer.content.decode()


def test_what_she_answered_stands_there_and_can_be_changed(garage: House, asked: Survey) -> None:
    send(at(asked), value="4", comment="Fine")
    page = Client().get(at(asked)).content.decode()
    assert re.search(r'name="value" value="4"[^>]*checked', page)
    assert "Fine</textarea>" in page
    send(at(asked), value="5", comment="Fine")
    with garage.work():
        rating = Rating.objects.get()
        assert (rating.value, rating.first["value"]) == (5, 4)


def test_whoever_was_not_content_reads_by_when_she_hears_from_us(garage: House, asked: Survey) -> None:
    thanks = send(at(asked), value="1", comment="Twice the price")["Location"]
    page = Client().get(thanks).content.decode()
    assert "You hear from us by 14:31" in page
    with garage.work():
        its = Rating.objects.get().complaint
    assert f"/said/{asked.business_id}/{its.secret}/" in page


def test_a_link_that_has_ended_or_is_somebody_elses_opens_nothing(garage: House, salon: House, asked: Survey) -> None:
    strangers = f"/asked/{salon.business.pk}/{asked.secret}/"
    nobodys = f"/asked/{uuid4()}/{asked.secret}/"
    for where, status in ((strangers, 410), (nobodys, 404), (at(asked).replace(asked.secret, "x"), 410)):
        for way in (Client().get, Client().post):
            answer = way(where)
            assert answer.status_code == status
            assert "Kaja" not in answer.content.decode()
    with time_machine.travel(MONDAY + 30 * DAY, tick=False):
        assert Client().get(at(asked)).status_code == 410
        assert Client().get(at(asked, "stop/")).status_code == 200, "she may say at any time that she wants no more"


def test_no_more_questions_with_one_tap_and_the_way_back(garage: House, asked: Survey) -> None:
    assert "Do not ask me" in Client().get(at(asked, "stop/")).content.decode()
    assert "We will not ask you again" in Client().post(at(asked, "stop/")).content.decode()
    with garage.work():
        asked.customer.refresh_from_db()
        assert asked.customer.no_surveys_at == MONDAY
    assert Client().post(at(asked, "stop/again/"))["Location"] == at(asked, "stop/")
    with garage.work():
        asked.customer.refresh_from_db()
        assert asked.customer.no_surveys_at is None


def test_the_card_that_is_left_is_asked_no_more_either(garage: House, asked: Survey) -> None:
    with garage.work():
        kept = shop.customer(garage, "Kaja Oja-Tamm")
        merging.merge(kept, asked.customer, by=garage.owner, at=MONDAY)
    Client().post(at(asked, "stop/"))
    with garage.work():
        kept.refresh_from_db()
        assert kept.no_surveys_at == MONDAY


# --- by the code of a branch -----------------------------------------------------------------------------------------


def code(house: House) -> str:
    with house.work():
        return f"/ask/{house.business.slug}/{Branch.objects.order_by('opened_at')[0].pk}/"


def test_anybody_answers_by_the_code_of_a_branch(garage: House) -> None:
    answer = send(code(garage) + "?receipt=R-7", value="5")
    assert (answer.status_code, answer["Location"]) == (302, code(garage) + "thanks/")
    assert Client().get(answer["Location"]).status_code == 200
    with garage.work():
        rating = Rating.objects.get()
        assert (rating.customer, rating.way, rating.receipt) == (None, "branch", "R-7")


def test_a_robot_is_set_aside_and_one_that_hurries_is_asked_once_more(garage: House) -> None:
    hurried = send(code(garage), after=timedelta(), value="5")
    assert hurried.status_code == 422
    assert "Please press Send once more" in hurried.content.decode()
    assert send(code(garage), value="5", website="http://spam.example").status_code == 302
    with garage.work():
        assert Rating.objects.get().aside_at is not None


def test_nobody_can_bury_us(garage: House, monkeypatch: Any) -> None:
    monkeypatch.setattr(ask, "MOST_FROM_ONE_ADDRESS", 2)
    assert [send(code(garage), value="5").status_code for _ in range(3)] == [302, 302, 422]
    with garage.work():
        assert Rating.objects.count() == 2


def test_the_code_of_a_branch_that_is_closed_says_so(garage: House) -> None:
    with garage.work():
        first = Branch.objects.get()
        said = {name: getattr(first, name) for name in ("country", "currency", "language", "zone")}
        branches.open_branch(name="New", week=WORKING_WEEK, at=MONDAY, by=garage.owner, **said)
        branches.close_branch(first, by=garage.owner, at=MONDAY)
        old = f"/ask/garage/{first.pk}/"
    answer = Client().get(old, headers=ENGLISH)
    assert (answer.status_code, "This link has ended" in answer.content.decode()) == (410, True)


# --- at a tablet -----------------------------------------------------------------------------------------------------


@pytest.fixture
def till(garage: House) -> tills.Till:
    with garage.work():
        return tills.set_up(Branch.objects.get(), "Front desk", by=garage.owner, at=MONDAY)


def of(till: tills.Till, more: str = "") -> str:
    return f"/till/{till.business_id}/{till.secret}/{more}"


def test_a_tablet_sends_an_answer_without_a_cookie_late_and_twice(garage: House, till: tills.Till) -> None:
    tablet, key = Client(enforce_csrf_checks=True), str(uuid4())
    said = {"key": key, "ago": "3600", "seconds": "17", "value": "5"}
    for _ in range(2):
        assert tablet.post(of(till, "answers/?language=fi"), said).status_code == 204
    with garage.work():
        rating = Rating.objects.get()
        assert (rating.at, rating.landed_at) == (MONDAY - timedelta(hours=1), MONDAY)
        assert (rating.seconds, rating.language, rating.way, rating.till) == (17, "fi", "till", till)


@pytest.mark.parametrize(
    "said", [{}, {"value": "9"}, {"value": "x"}, {"value": "5", "key": "x"}, {"value": "5", "ago": "-1"}]
)
def test_what_no_tablet_of_ours_sends_is_refused(garage: House, till: tills.Till, said: dict[str, str]) -> None:
    answer = Client().post(of(till, "answers/"), said)
    assert answer.status_code == 422
    assert answer.json()["errors"]
    with garage.work():
        assert not Rating.objects.exists()


def test_an_answer_that_waited_for_years_is_dated_a_month_back(garage: House, till: tills.Till) -> None:
    Client().post(of(till, "answers/"), {"value": "5", "ago": "9" * 15})
    with garage.work():
        assert Rating.objects.get().at == MONDAY - 30 * DAY


def test_a_tablet_that_was_put_away_is_told_so(garage: House, salon: House, till: tills.Till) -> None:
    strangers = of(till).replace(str(garage.business.pk), str(salon.business.pk))
    assert Client().get(strangers).status_code == 410
    with garage.work():
        tills.put_away(till, by=garage.owner, at=MONDAY)
    assert Client().get(of(till)).status_code == 410
    assert Client().post(of(till, "answers/"), {"value": "5"}).status_code == 410


def test_without_a_script_the_tablet_is_a_form_that_begins_anew(garage: House, till: tills.Till) -> None:
    page = Client().get(of(till)).content.decode()
    answer = Client().post(of(till), {**hidden(page), "value": "5"})
    assert answer.status_code == 200
    assert f'http-equiv="refresh" content="8;url={of(till)}"' in answer.content.decode()
    assert Client().post(of(till), hidden(page)).status_code == 422
    with garage.work():
        assert Rating.objects.get().value == 5


def test_the_tablet_asks_in_the_language_of_its_branch_or_the_one_that_was_tapped(
    garage: House, till: tills.Till
) -> None:
    assert 'lang="et"' in Client().get(of(till), headers=ENGLISH).content.decode().split(">")[1]
    assert 'lang="fi"' in Client().get(of(till) + "?language=fi").content.decode().split(">")[1]
    assert 'lang="et"' in Client().get(of(till) + "?language=xx").content.decode().split(">")[1]


def test_the_link_speaks_her_language_and_another_when_she_chooses(garage: House) -> None:
    with garage.work():
        survey = shop.survey(garage, shop.customer(garage, language="fi"), by=None)
    chosen = Client()
    chosen.cookies["django_language"] = "ru"
    assert 'lang="fi"' in Client().get(at(survey), headers=ENGLISH).content.decode().split(">")[1]
    assert 'lang="ru"' in chosen.get(at(survey), headers=ENGLISH).content.decode().split(">")[1]


def test_the_script_of_the_tablet_may_look_after_its_pages_and_no_others() -> None:
    script = Client().get("/till/worker.js")
    assert (script.status_code, script["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert b"caches" in script.content


def test_what_was_asked_at_the_counter_says_so(garage: House) -> None:
    with garage.work():
        survey = shop.survey(garage, shop.customer(garage))
    send(at(survey), value="5")
    with garage.work():
        assert Rating.objects.get().way == "counter"
        assert not customers.Customer.objects.exclude(no_surveys_at=None).exists()
