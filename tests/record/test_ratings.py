"""Three scores and a few words: written down once, kept as they were at first; a low one starts something."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from regulars.kernel.refusal import Refused
from regulars.record import calls, complaints, customers, ending, knowing, merging, questions, ratings, sales, surveys
from regulars.record.branches import Branch
from regulars.record.calls import Call
from regulars.record.complaints import Complaint
from regulars.record.knowing import Wish
from regulars.record.messages import Message
from regulars.record.ratings import Rating
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR

PHONE = [("+3725551234", "555 1234")]


def asked(garage: House, name: str = "Kaja Oja", **particulars: object) -> surveys.Survey:
    """Asked by letter about a job that the front line did."""
    her = shop.customer(garage, name, **{"phones": PHONE, **particulars})
    job = shop.job(garage, her)
    return shop.survey(garage, her, by=None, job=job, member=job.performer)


def test_an_answer_is_written_down_with_when_and_how(garage: House) -> None:
    with garage.work():
        got = shop.rating(garage, expectations=5, value=4, efficiency=3, seconds=21, landed_at=MONDAY + HOUR)
        assert got.said == ratings.Said(5, 4, 3)
        assert (got.at, got.landed_at, got.seconds) == (MONDAY, MONDAY + HOUR, 21)
        assert (got.complaint, got.call, got.customer) == (None, None, None)


def test_one_answer_is_enough_and_none_is_refused(garage: House) -> None:
    with garage.work():
        assert shop.rating(garage, wish="Coffee").said.scores == {}
        assert shop.rating(garage, efficiency=4).said.scores == {"efficiency": 4}
        with pytest.raises(Refused, match="at least one"):
            shop.rating(garage, wish="  ", comment="\n")
        for wrong in (0, 6):
            with pytest.raises(IntegrityError), transaction.atomic():
                shop.rating(garage, value=wrong)


def test_the_clock_of_a_tablet_is_believed_within_reason(garage: House) -> None:
    with garage.work():
        ahead = shop.rating(garage, value=5, at=MONDAY + DAY, landed_at=MONDAY)
        behind = shop.rating(garage, value=5, at=MONDAY - 400 * DAY, landed_at=MONDAY)
        assert (ahead.at, behind.at) == (MONDAY, MONDAY - 30 * DAY)


def test_sent_twice_it_is_written_once(garage: House, salon: House) -> None:
    key = uuid4()
    with garage.work():
        first = shop.rating(garage, key=key, value=5)
        assert shop.rating(garage, key=key, value=5, landed_at=MONDAY + DAY) == first
        assert (first.first, Rating.objects.count()) == (None, 1)
    with salon.work():
        assert shop.rating(salon, key=key, value=1) != first


def test_what_is_added_is_added_and_what_is_changed_keeps_what_it_was_first(garage: House) -> None:
    with garage.work():
        survey = asked(garage)
        first = shop.rating(garage, survey=survey, value=4)
        added = shop.rating(garage, survey=survey, value=4, wish="Coffee")
        assert (added, added.wish, added.first) == (first, "Coffee", None)
        changed = shop.rating(garage, survey=survey, value=5, wish="Coffee", landed_at=MONDAY + HOUR)
        assert (changed.value, changed.changed_at) == (5, MONDAY + HOUR)
        assert changed.first == {"expectations": None, "value": 4, "efficiency": None, "wish": "Coffee", "comment": ""}
        again = shop.rating(garage, survey=survey, value=3, wish="Tea", landed_at=MONDAY + 2 * HOUR)
        assert (again.value, again.first["value"], again.first["wish"]) == (3, 4, "Coffee"), "the first stays the first"


def test_an_answer_to_a_survey_is_hers_and_ends_the_letters(garage: House) -> None:
    with garage.work():
        survey = asked(garage)
        got = shop.rating(garage, survey=survey, value=5)
        assert (got.customer, got.job, got.member) == (survey.customer, survey.job, garage.front_line)
        survey.refresh_from_db()
        assert survey.answered_at == MONDAY


def test_a_low_score_without_words_plans_a_call_today(garage: House) -> None:
    with garage.work():
        survey = asked(garage)
        agreed = calls.agree(
            survey.customer,
            on=MONDAY.date() + DAY,
            today=MONDAY.date(),
            caller=garage.owner,
            by=garage.owner,
            at=MONDAY,
        )
        got = shop.rating(garage, survey=survey, expectations=2, value=3, efficiency=1)
        assert got.call is not None
        assert (got.call.play, got.call.caller, got.call.due_on) == ("low_answer", garage.front_line, MONDAY.date())
        assert got.call.why == {"low": {"expectations": 2, "efficiency": 1}, "on": "2026-03-02"}
        agreed.refresh_from_db()
        assert agreed.dropped_at == MONDAY, "she is called once"
        shop.rating(garage, survey=survey, expectations=1, value=3, efficiency=1)
        assert Call.objects.filter(play="low_answer").count() == 1


@pytest.mark.parametrize("score", [1, 2, 3])
def test_what_is_low_is_for_the_business_to_say(garage: House, score: int) -> None:
    with garage.work():
        got = shop.rating(garage, survey=asked(garage), expectations=score)
        assert (got.call is not None) == (score <= 2)


def test_words_or_a_price_that_was_not_fair_are_a_complaint_with_owner_and_clock(garage: House) -> None:
    with garage.work():
        told = shop.rating(garage, survey=asked(garage), efficiency=1, comment="Two hours late.", language="et")
        its = told.complaint
        assert its is not None
        assert (its.text, its.owner, its.source, its.customer) == (
            "Two hours late.",
            garage.front_line,
            "survey",
            told.customer,
        )
        assert (its.job, its.about, its.hears_by > MONDAY, its.acknowledged_at) == (
            told.job,
            garage.front_line,
            True,
            MONDAY,
        )
        assert Message.objects.get(complaint=its).text == "Two hours late."
        cheated = shop.rating(garage, survey=asked(garage, "Pille Puu"), value=2, expectations=4)
        asked_so = questions.words("et")["value"]
        assert (cheated.complaint.text, cheated.call) == (f"{asked_so} 2/5.", None)
        assert not Message.objects.filter(complaint=cheated.complaint).exists(), "nobody wrote anything"


def test_whoever_cannot_be_called_has_complained(garage: House) -> None:
    with garage.work():
        nobody = shop.rating(garage, expectations=1)
        assert (nobody.complaint.customer, nobody.complaint.owner) == (None, garage.owner)
        numberless = shop.rating(garage, survey=asked(garage, phones=[]), expectations=1)
        survey = asked(garage, "Pille Puu")
        customers.stop_calls(survey.customer, by=garage.owner, at=MONDAY)
        survey.customer.refresh_from_db()
        assert numberless.complaint is not None
        assert shop.rating(garage, survey=survey, efficiency=2).complaint is not None


def test_her_keeper_owns_it_where_nobody_knows_whose_work_it_was(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage, keeper=garage.manager)
        got = shop.rating(garage, survey=shop.survey(garage, her), value=1)
        assert got.complaint.owner == garage.manager


def test_words_that_come_after_the_tap_come_to_the_complaint_or_make_one_of_the_call(garage: House) -> None:
    with garage.work():
        survey = asked(garage)
        called = shop.rating(garage, survey=survey, efficiency=1).call
        told = shop.rating(garage, survey=survey, efficiency=1, comment="Nobody came.")
        assert told.complaint.text == "Nobody came."
        called.refresh_from_db()
        assert called.dropped_at is not None, "whoever said why is answered, not asked"
        shop.rating(garage, survey=survey, efficiency=1, comment="Nobody came, twice.")
        texts = list(
            Message.objects.filter(complaint=told.complaint).order_by("at", "id").values_list("text", flat=True)
        )
        assert texts == ["Nobody came.", "Nobody came, twice."]
        shop.rating(garage, survey=survey, efficiency=5, comment="Nobody came, twice.")
        assert Message.objects.filter(complaint=told.complaint).count() == 2
        assert Complaint.objects.count() == 1


def test_a_call_that_was_made_meanwhile_stays_made(garage: House) -> None:
    with garage.work():
        survey = asked(garage)
        call = shop.rating(garage, survey=survey, efficiency=1).call
        ending.end(call, outcome="reached", nothing_new=True, by=garage.front_line, at=MONDAY, today=MONDAY.date())
        assert shop.rating(garage, survey=survey, efficiency=1, comment="Late").complaint is not None
        call.refresh_from_db()
        assert call.dropped_at is None


def test_a_wish_stands_on_her_card_as_she_says_it_last(garage: House) -> None:
    with garage.work():
        survey = asked(garage)
        shop.rating(garage, survey=survey, value=5, wish="Coffee")
        shop.rating(garage, survey=survey, value=5, wish="Coffee")
        assert [(wish.text, wish.source) for wish in Wish.objects.all()] == [("Coffee", "survey")]
        shop.rating(garage, survey=survey, value=5, wish="Tea")
        assert [wish.text for wish in Wish.objects.filter(dropped_at=None)] == ["Tea"]
        shop.rating(garage, survey=survey, value=5)
        assert not Wish.objects.filter(dropped_at=None).exists()


def test_a_receipt_is_one_visit_and_tells_later_whose_it_was(garage: House, salon: House) -> None:
    with garage.work():
        branch = Branch.objects.get()
        low = shop.rating(garage, receipt="R-1", way="branch", value=1, wish="Coffee")
        assert shop.rating(garage, receipt="R-1", way="branch", value=2) == low
        shop.rating(garage, receipt="R-2", way="branch", value=5)
        fine = shop.rating(garage, receipt="R-3", way="branch", efficiency=5, wish="Tea")
        assert ratings.match_receipts(at=MONDAY) == 0
        her = shop.customer(garage)
        said = {"at": MONDAY, "amount": 100, "branch": branch, "by": garage.owner, "now": MONDAY}
        for receipt in ("R-1", "R-1", "R-3", "R-9"):
            sales.record(her, **said, receipt=receipt, served_by=garage.manager)
        assert ratings.match_receipts(at=MONDAY + DAY) == 2
        low.refresh_from_db()
        fine.refresh_from_db()
        assert (low.customer, low.member, low.complaint.customer, fine.customer) == (her, garage.manager, her, her)
        assert {wish.text for wish in Wish.objects.filter(dropped_at=None)} == {"Tea"}
        assert ratings.match_receipts(at=MONDAY + DAY) == 0


def test_one_that_we_gave_ourselves_counts_nowhere(garage: House) -> None:
    said = {"by": garage.manager, "at": MONDAY}
    with garage.work():
        got = shop.rating(garage, value=1)
        ratings.set_aside(got, **said)
        ratings.set_aside(got, **said)
        assert not ratings.counted().exists()
        ratings.bring_back(got, **said)
        ratings.bring_back(got, **said)
        assert ratings.counted().get() == got


def test_with_the_card_goes_what_she_answered_and_comes_back(garage: House) -> None:
    with garage.work():
        survey = asked(garage)
        got, kept = shop.rating(garage, survey=survey, value=5), shop.customer(garage, "Kaja Oja-Tamm")
        done = merging.merge(kept, survey.customer, by=garage.manager, at=MONDAY)
        got.refresh_from_db()
        assert got.customer == kept
        Rating.objects.all().delete()
        late = shop.rating(garage, survey=surveys.named_by(survey.secret), value=4)
        assert late.customer == kept, "the link in her mail leads to the card that is left"
        merging.undo(done, by=garage.manager, at=MONDAY)
        survey.refresh_from_db()
        assert survey.customer.name == "Kaja Oja"


def test_two_that_land_at_once_are_one(garage: House) -> None:
    with garage.work():
        survey = asked(garage)
        shop.rating(garage, survey=survey, value=4)
        with pytest.raises(IntegrityError), transaction.atomic():
            Rating.objects.create(
                key=uuid4(), survey=survey, branch=Branch.objects.get(), way="letter", language="et", at=MONDAY,
                landed_at=MONDAY + timedelta(seconds=1), value=5,
            )  # fmt: skip


def test_a_wish_that_was_granted_meanwhile_is_not_taken_back(garage: House) -> None:
    with garage.work():
        survey = asked(garage)
        wish = shop.rating(garage, survey=survey, value=5, wish="Coffee").heard
        knowing.grant(wish, by=garage.owner, at=MONDAY)
        shop.rating(garage, survey=survey, value=5, wish="Tea")
        wish.refresh_from_db()
        assert (wish.granted_at, wish.dropped_at) == (MONDAY, None)
        assert complaints.open_ones().count() == 0
