"""Asked once about one visit, by letter or at the counter; one reminder, and then nobody asks for a while."""

from datetime import timedelta

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import customers, questions, ratings, surveys, tills
from regulars.record.branches import Branch
from regulars.record.business import change_business
from regulars.record.surveys import Survey
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR


def test_the_usual_words_stand_until_the_business_has_its_own(garage: House, salon: House) -> None:
    said = {"by": garage.owner, "at": MONDAY}
    with garage.work():
        assert questions.words("en")["value"] == "Was it worth the price?"
        questions.reword("value", "en", " Was the price fair? ", **said)
        assert questions.words("en")["value"] == "Was the price fair?"
        assert questions.words("fi")["value"] == questions.usual("fi")["value"]
        questions.reword("value", "en", "Fair?", **said)
        assert questions.words("en")["value"] == "Fair?"
    with salon.work():
        assert questions.words("en")["value"] == "Was it worth the price?"
    with garage.work():
        questions.reword("value", "en", "", **said)
        assert questions.words("en")["value"] == "Was it worth the price?", "no question can be taken away"
        questions.reword("value", "en", "Was it worth the price?", **said)
        assert not questions.Question.objects.exists()


def test_one_visit_is_asked_about_once_and_nobody_again_before_the_gap_is_over(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        first = shop.survey(garage, her)
        assert shop.survey(garage, her, at=MONDAY + HOUR) == first, "the counter goes on where it was"
        with pytest.raises(Refused, match="asked a short while ago"):
            shop.survey(garage, her, at=MONDAY + 60 * DAY - HOUR)
        with pytest.raises(Refused, match="asked a short while ago"):
            shop.survey(garage, her, by=None)
        later = shop.survey(garage, her, at=MONDAY + 60 * DAY)
        assert later != first


def test_whoever_wants_no_survey_gets_none_until_she_does(garage: House) -> None:
    said = {"by": garage.front_line, "at": MONDAY}
    with garage.work():
        her = shop.customer(garage)
        customers.stop_surveys(her, **said)
        with pytest.raises(Refused, match="does not want"):
            shop.survey(garage, her)
        customers.allow_surveys(her, **said)
        assert shop.survey(garage, her).customer == her


def test_a_letter_goes_to_the_first_address_of_whoever_wants_mail(garage: House) -> None:
    mails = [("first@example.com", "first@example.com"), ("second@example.com", "second@example.com")]
    with garage.work():
        her, other = shop.customer(garage, emails=mails), shop.customer(garage, "Pille Puu", emails=mails)
        customers.stop_mail(other, by=garage.owner, at=MONDAY)
        assert surveys.addresses([her.pk, other.pk]) == {her.pk: "first@example.com"}


def letter(garage: House, **more: object) -> Survey:
    her = shop.customer(garage, emails=[("kaja@example.com", "kaja@example.com")])
    return shop.survey(garage, her, by=None, send_at=MONDAY + 3 * HOUR, to="kaja@example.com", **more)


def due(at: object) -> list[Survey]:
    return list(surveys.to_send(at=at))  # type: ignore[arg-type]


def test_a_letter_goes_when_it_is_due_and_one_reminder_after_it(garage: House) -> None:
    with garage.work():
        survey = letter(garage)
        assert due(MONDAY + 2 * HOUR) == []
        [found] = due(MONDAY + 3 * HOUR)
        assert surveys.claim(found, at=MONDAY + 3 * HOUR)
        assert not surveys.claim(found, at=MONDAY + 3 * HOUR), "two that look at once send one letter"
        surveys.sent(found, remind_days=4, at=MONDAY + 3 * HOUR)
        assert due(MONDAY + 4 * DAY) == []
        [again] = due(MONDAY + 4 * DAY + 3 * HOUR)
        surveys.claim(again, at=MONDAY + 4 * DAY + 3 * HOUR)
        surveys.sent(again, remind_days=4, at=MONDAY + 4 * DAY + 3 * HOUR)
        assert due(MONDAY + 29 * DAY) == [], "one reminder, and no second one"
        survey.refresh_from_db()
        assert (survey.sent_at, survey.reminded_at) == (MONDAY + 3 * HOUR, MONDAY + 4 * DAY + 3 * HOUR)


def test_no_reminder_goes_where_none_is_wanted_nor_after_an_answer_nor_after_a_no(garage: House) -> None:
    with garage.work():
        survey = letter(garage)
        surveys.sent(survey, remind_days=0, at=MONDAY)
        assert due(MONDAY + 9 * DAY) == []
        Survey.objects.filter(pk=survey.pk).update(send_at=MONDAY)
        customers.stop_surveys(survey.customer, by=None, at=MONDAY)
        assert due(MONDAY) == []
        customers.allow_surveys(survey.customer, by=None, at=MONDAY)
        assert due(MONDAY) == [survey]
        surveys.answered(survey, at=MONDAY)
        assert due(MONDAY) == []


def test_a_letter_that_cannot_go_is_tried_for_a_day_and_one_refused_for_good_is_not(garage: House) -> None:
    with garage.work():
        survey, at = letter(garage), MONDAY + 3 * HOUR
        tries = 0
        while due(at):
            [found] = due(at)
            surveys.claim(found, at=at)
            surveys.not_sent(found, "The mail server does not answer.", at=at)
            survey.refresh_from_db()
            at, tries = survey.send_at or at, tries + 1
        assert tries == 10
        assert timedelta(hours=20) < at - MONDAY < timedelta(hours=36)
        assert (survey.failed_at, survey.failure) == (at, "The mail server does not answer.")
        other = shop.survey(garage, shop.customer(garage, "Pille Puu"), by=None, send_at=MONDAY, to="x")
        surveys.not_sent(other, "No such address.", at=MONDAY, for_good=True)
        assert other not in due(MONDAY + DAY)


def test_a_link_opens_its_own_survey_until_it_ends(garage: House, salon: House) -> None:
    with garage.work():
        survey = letter(garage)
        assert surveys.opened_by(survey.secret, at=MONDAY + 30 * DAY) == survey
        with pytest.raises(Refused, match="has ended"):
            surveys.opened_by(survey.secret, at=MONDAY + 30 * DAY + 3 * HOUR)
        assert surveys.named_by(survey.secret) == survey, "she may say at any time that she wants no more"
        for wrong in ("", "nonsense", survey.secret[:-2] + "AA"):
            with pytest.raises(Refused, match="has ended"):
                surveys.named_by(wrong)
    with salon.work(), pytest.raises(Refused, match="has ended"):
        surveys.opened_by(survey.secret, at=MONDAY)


def test_how_long_a_link_lasts_is_for_the_business_to_say(garage: House) -> None:
    with garage.work():
        change_business(garage.business, survey_valid_days=7, by=garage.owner, at=MONDAY)
        assert shop.survey(garage, shop.customer(garage)).expires_at == MONDAY + 7 * DAY


def test_a_till_has_an_address_that_can_be_ended(garage: House, salon: House) -> None:
    said = {"by": garage.manager, "at": MONDAY}
    with garage.work():
        till = tills.set_up(Branch.objects.get(), " Front desk ", **said)
        assert str(till) == "Front desk"
        with pytest.raises(Refused, match="of that name"):
            tills.set_up(Branch.objects.get(), "Front desk", **said)
        old = till.secret
        assert tills.opened_by(old) == till
        tills.renew(till, **said)
        with pytest.raises(Refused, match="no till"):
            tills.opened_by(old)
        assert tills.opened_by(till.secret) == till
        shop.rating(garage, till=till, value=4, at=MONDAY + HOUR)
        till.refresh_from_db()
        assert till.seen_at == MONDAY + HOUR
    with salon.work(), pytest.raises(Refused, match="no till"):
        tills.opened_by(till.secret)
    with garage.work():
        tills.put_away(till, **said)
        tills.put_away(till, **said)
        with pytest.raises(Refused, match="no till"):
            tills.opened_by(till.secret)
        assert tills.set_up(Branch.objects.get(), "Front desk", **said) != till
        assert ratings.counted().count() == 1, "what was answered at it stays"
