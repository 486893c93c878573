"""What customers say, inside: in figures, one by one, wishes that can be granted; how they are asked."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from regulars.record import customers, ending, knowing, questions, ratings, surveys, tills, work
from regulars.record.branches import Branch
from regulars.record.calls import open_calls
from regulars.record.knowing import Wish
from regulars.record.people import Role
from regulars.record.surveys import Survey
from regulars.record.tills import Till
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR

HERE = "/at/garage/"


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def owner(garage: House) -> Client:
    return signed_in(garage, Role.OWNER)


def signed_in(house: House, role: Role) -> Client:
    person, client = house.person(role), Client()
    person.language = "en"
    person.save()
    client.force_login(person)
    return client


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def test_the_figures_say_how_many_of_how_many_and_how_sure(garage: House, owner: Client) -> None:
    assert "No answers in this time" in text(owner.get(f"{HERE}surveys/"))
    with garage.work():
        for value in (5, 5, 4, 2):
            shop.rating(garage, value=value, expectations=5)
    page = text(owner.get(f"{HERE}surveys/"))
    assert "gave 4 or 5: 3 of 4. The true share lies between 19% and 99%." in page
    assert "not sure yet" in page
    assert "Nobody has answered this question in this time." in page


def test_the_answers_can_be_searched_and_narrowed(garage: House, owner: Client) -> None:
    with garage.work():
        shop.rating(garage, value=1, comment="Too dear")
        shop.rating(garage, value=5, wish="Coffee")
        aside = shop.rating(garage, value=4, comment="Only a trial")
        ratings.set_aside(aside, by=garage.owner, at=MONDAY)
    shown = {
        "": ({"Too dear", "Coffee"}, {"Only a trial"}),
        "?show=low": ({"Too dear"}, {"Coffee"}),
        "?show=words": ({"Too dear", "Coffee"}, {"Only a trial"}),
        "?show=aside": ({"Only a trial"}, {"Too dear"}),
        "?q=coff": ({"Coffee"}, {"Too dear"}),
        "?q=nothing": ({"Nothing here"}, {"Too dear"}),
    }
    for asked, (there, gone) in shown.items():
        page = text(owner.get(f"{HERE}surveys/answers/{asked}"))
        assert all(word in page for word in there), asked
        assert not any(word in page for word in gone), asked


def test_what_we_tried_ourselves_is_set_aside_and_brought_back(garage: House, owner: Client) -> None:
    with garage.work():
        rating = shop.rating(garage, value=5)
    page = text(owner.post(f"{HERE}surveys/answers/{rating.pk}/aside/", follow=True))
    assert "It counts no more." in page
    assert f"{HERE}surveys/answers/{rating.pk}/back/" in page, "with a way back"
    with garage.work():
        assert not ratings.counted().exists()
    owner.post(f"{HERE}surveys/answers/{rating.pk}/back/")
    with garage.work():
        assert ratings.counted().get() == rating


def test_at_the_counter_the_phone_is_handed_over(garage: House) -> None:
    front = signed_in(garage, Role.FRONT_LINE)
    with garage.work():
        her = shop.customer(garage)
        job = shop.job(garage, her, at=MONDAY - 4 * DAY + HOUR, due=MONDAY - 3 * DAY, performer=garage.manager)
        work.finish(job, by=garage.manager, at=MONDAY - 3 * DAY, told=True)
    answer = front.post(f"{HERE}customers/{her.pk}/three-questions/", {"job": str(job.pk)})
    with garage.work():
        survey = Survey.objects.get()
        assert answer["Location"] == f"/asked/{garage.business.pk}/{survey.secret}/"
        assert (survey.job, survey.member, survey.asked_by) == (job, garage.manager, garage.front_line)
        assert survey.day == (MONDAY - 3 * DAY).date()
    again = front.post(f"{HERE}customers/{her.pk}/three-questions/", {"job": "nonsense"}, follow=True)
    assert "asked a short while ago" in text(again), "she is not asked twice within sixty days"


def test_a_visit_without_a_job_is_todays(garage: House) -> None:
    front = signed_in(garage, Role.FRONT_LINE)
    with garage.work():
        her, other = shop.customer(garage), shop.customer(garage, "Pille Puu")
        job = shop.job(garage, other)
    front.post(f"{HERE}customers/{her.pk}/three-questions/", {"job": str(job.pk)})
    with garage.work():
        survey = Survey.objects.get()
        assert (survey.job, survey.member, survey.day) == (None, garage.front_line, MONDAY.date())


def test_a_wish_that_we_can_grant_calls_everybody_who_had_it_and_is_granted_when_she_hears(
    garage: House, owner: Client
) -> None:
    said = {"source": "call", "by": garage.owner, "at": MONDAY}
    with garage.work():
        her, other = shop.customer(garage), shop.customer(garage, "Pille Puu")
        hers, others = knowing.hear(her, "Winter tyres", **said), knowing.hear(other, "winter tyres", **said)
    assert "2 customers" in text(owner.get(f"{HERE}surveys/wishes/"))
    where = f"{HERE}surveys/wishes/{hers.pk}/we-have-it/"
    page = text(owner.get(where))
    assert page.count("checked") == 2
    refused = owner.post(where, {"what": "", "wishes": [str(hers.pk)]})
    assert refused.status_code == 422
    assert text(refused).count("checked") == 1, "what was ticked stays ticked"
    assert "Tick at least one customer." in text(owner.post(where, {"what": "Tyres"}))
    done = owner.post(where, {"what": "Nokian tyres", "wishes": [str(hers.pk), str(others.pk)]}, follow=True)
    assert "2 customers are called." in text(done)
    assert "you have now what the customer wished for: Nokian tyres." in text(owner.get(f"{HERE}calls/"))
    with garage.work():
        call = open_calls().get(customer=her)
        ending.end(call, outcome="reached", nothing_new=True, by=garage.owner, at=MONDAY, today=MONDAY.date())
        assert Wish.objects.get(pk=hers.pk).granted_at == MONDAY
        ending.undo_end(call, by=garage.owner, at=MONDAY)
        assert Wish.objects.get(pk=hers.pk).granted_at is None


def test_the_rules_of_asking_are_the_owners(garage: House, owner: Client) -> None:
    where = f"{HERE}settings/asking/numbers/"
    rules = {
        "survey_gap_days": "90", "survey_by_mail": "on", "survey_after_hours": "24", "survey_remind_days": "0",
        "survey_valid_days": "14", "survey_low": "3", "survey_goal": "85",
    }  # fmt: skip
    assert owner.post(where, {**rules, "survey_goal": "100"}).status_code == 422
    assert owner.post(where, rules)["Location"] == f"{HERE}settings/asking/"
    garage.business.refresh_from_db()
    told = garage.business
    assert (told.survey_gap_days, told.survey_by_mail, told.survey_low, str(told.survey_goal)) == (90, True, 3, "0.85")
    assert "Customers are written to 24 hours after a visit" in text(owner.get(f"{HERE}settings/asking/"))
    assert 'value="85"' in text(owner.get(where))


def test_the_questions_are_asked_in_the_owners_words(garage: House, owner: Client) -> None:
    where = f"{HERE}settings/asking/words/en/"
    owner.post(where, {"value": "Was the price fair?", "expectations": ""})
    with garage.work():
        assert questions.words("en")["value"] == "Was the price fair?"
        assert questions.words("en")["expectations"] == "Did it meet what you expected?"
        till = tills.set_up(Branch.objects.get(), "Front desk", by=garage.owner, at=MONDAY)
        assert "Was the price fair?" in text(Client().get(f"/till/{garage.business.pk}/{till.secret}/?language=en"))
    assert owner.get(f"{HERE}settings/asking/words/xx/").status_code == 404


def test_a_tablet_is_set_up_renewed_and_put_away(garage: House, owner: Client) -> None:
    with garage.work():
        branch = Branch.objects.get()
    made = owner.post(f"{HERE}settings/asking/tills/new/", {"branch": str(branch.pk), "name": "Front desk"})
    with garage.work():
        till = Till.objects.get()
    assert made["Location"] == f"{HERE}settings/asking/tills/{till.pk}/"
    assert till.secret in text(owner.get(made["Location"]))
    twice = owner.post(f"{HERE}settings/asking/tills/new/", {"branch": str(branch.pk), "name": "Front desk"})
    assert "There is a till of that name already." in text(twice)
    owner.post(f"{made['Location']}renew/")
    assert till.secret not in text(owner.get(made["Location"]))
    owner.post(f"{made['Location']}put-away/")
    assert owner.get(made["Location"]).status_code == 404


def test_the_card_says_who_wants_no_questions(garage: House, owner: Client) -> None:
    with garage.work():
        her = shop.customer(garage)
        shop.rating(garage, survey=shop.survey(garage, her), value=5, comment="Well done")
    page = text(owner.get(f"{HERE}customers/{her.pk}/"))
    assert "Answered our questions. 5/5 Well done" in page
    owner.post(f"{HERE}customers/{her.pk}/opt/no-surveys/")
    page = text(owner.get(f"{HERE}customers/{her.pk}/"))
    assert "Does not want to be asked." in page
    assert f"{HERE}customers/{her.pk}/three-questions/" not in page
    with garage.work():
        customers.allow_surveys(customers.Customer.objects.get(), by=garage.owner, at=MONDAY)
        assert surveys.may_be_asked([her.pk], gap_days=1, at=MONDAY + DAY) == {her.pk}
