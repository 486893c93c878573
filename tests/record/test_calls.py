"""Calls are planned once, belong to somebody, and end in one tap with what was said and learnt."""

from datetime import date, timedelta
from typing import Any

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import calls, customers, ending
from regulars.record.business import change_business
from regulars.record.calls import Call
from regulars.record.customers import Customer
from regulars.record.journal import Entry
from regulars.record.knowing import Fact, Wish
from tests.cast import MONDAY, House

TODAY = MONDAY.date()
LATER = MONDAY + timedelta(hours=1)
TOMORROW = TODAY + timedelta(days=1)
PHONE = ("+37255512345", "5551 2345")


@pytest.fixture
def oja(garage: House) -> Customer:
    with garage.work():
        return customers.add(name="Mari Oja", by=garage.front_line, at=MONDAY, phones=[PHONE])


def to(customer: Customer, play: str = Call.Play.SLIPPING, **said: Any) -> Call:
    return Call(customer=customer, play=play, not_before=TODAY, due_on=TODAY, **said)


def planned(customer: Customer, play: str = Call.Play.SLIPPING, **said: Any) -> Call:
    [made] = calls.plan([to(customer, play, **said)], at=MONDAY)
    return made


def end(garage: House, call: Call, outcome: str = Call.Outcome.REACHED, **said: Any) -> Call:
    if outcome == Call.Outcome.REACHED:
        said = {"nothing_new": "fact" not in said, **said}
    return ending.end(call, outcome=outcome, by=garage.front_line, at=LATER, today=TODAY, **said)


# --- planning ----------------------------------------------------------------------------------------------------


def test_planning_twice_plans_nothing_twice(garage: House, oja: Customer) -> None:
    with garage.work():
        assert len(calls.plan([to(oja), to(oja)], at=MONDAY)) == 1
        assert calls.plan([to(oja)], at=MONDAY) == []
        assert calls.open_calls().count() == 1


def test_who_opted_out_is_never_planned(garage: House, oja: Customer) -> None:
    with garage.work():
        customers.stop_calls(oja, by=garage.front_line, at=MONDAY)
        assert calls.plan([to(oja)], at=MONDAY) == []


@pytest.mark.parametrize(("days", "again"), [(29, 0), (30, 1)])
def test_nobody_is_called_twice_within_the_gap(garage: House, oja: Customer, days: int, again: int) -> None:
    with garage.work():
        end(garage, planned(oja))
        assert len(calls.plan([to(oja)], at=LATER + timedelta(days=days))) == again


def test_the_gap_is_a_setting(garage: House, oja: Customer) -> None:
    with garage.work():
        change_business(garage.business, by=garage.owner, at=MONDAY, call_gap_days=3)
        end(garage, planned(oja))
        assert len(calls.plan([to(oja)], at=LATER + timedelta(days=3))) == 1


def test_an_agreed_day_takes_the_place_of_the_plan(garage: House, oja: Customer) -> None:
    with garage.work():
        planned(oja)
        made = calls.agree(
            oja, on=TOMORROW, today=TODAY, caller=garage.manager, by=garage.manager, at=MONDAY, note="New tyres"
        )
        assert list(calls.open_calls()) == [made]
        assert (made.not_before, made.due_on, made.note) == (TOMORROW, TOMORROW, "New tyres")


@pytest.mark.parametrize("days", [-1, 367])
def test_a_call_is_agreed_for_a_day_from_today_on_within_a_year(garage: House, oja: Customer, days: int) -> None:
    on = TODAY + timedelta(days=days)
    with garage.work(), pytest.raises(Refused, match="from today on, within a year"):
        calls.agree(oja, on=on, today=TODAY, caller=None, by=garage.manager, at=MONDAY)


# --- ending ------------------------------------------------------------------------------------------------------


def test_reached_needs_a_fact_or_nothing_new(garage: House, oja: Customer) -> None:
    with garage.work():
        call = planned(oja)
        with pytest.raises(Refused, match="nothing new"):
            end(garage, call, nothing_new=False)
        end(garage, call, fact="Has a dachshund", fact_day=date(2020, 5, 1), wish="A loan car", note="Cheerful")
        fact, wish = Fact.objects.get(), Wish.objects.get()
        assert (fact.text, fact.day, wish.text, wish.source) == (
            "Has a dachshund", date(2020, 5, 1), "A loan car", Wish.Source.CALL,
        )  # fmt: skip
        ended = Call.objects.get()
        assert (ended.outcome, ended.ended_by, ended.ended_at, ended.note) == (
            "reached", garage.front_line, LATER, "Cheerful",
        )  # fmt: skip
        assert not ended.is_open


def test_a_top_ten_call_ends_only_with_the_answer_or_a_new_date(garage: House, oja: Customer) -> None:
    """TOP-02: the answer to "how could we make your life easier?" becomes a wish."""
    with garage.work():
        call = planned(oja, Call.Play.TOP_TEN)
        with pytest.raises(Refused, match="Write the answer, or a day"):
            end(garage, call)
        assert Call.objects.get().is_open
        end(garage, call, answer="Fetch my car at work")
        assert Wish.objects.get().text == "Fetch my car at work"


def test_a_top_ten_call_may_end_with_a_new_date_instead(garage: House, oja: Customer) -> None:
    with garage.work():
        end(garage, planned(oja, Call.Play.TOP_TEN), again_on=TOMORROW)
        following = calls.open_calls().get()
        assert (following.play, following.due_on, following.caller) == ("agreed", TOMORROW, garage.front_line)
        assert Wish.objects.count() == 0


def test_no_answer_comes_back_tomorrow_or_when_one_says(garage: House, oja: Customer) -> None:
    with garage.work():
        end(garage, planned(oja, why={"gap": 30}, stake=500, rank=5.0), Call.Outcome.NO_ANSWER)
        again = calls.open_calls().get()
        assert (again.play, again.due_on, again.why, again.stake) == ("slipping", TOMORROW, {"gap": 30}, 500)
        end(garage, again, Call.Outcome.NO_ANSWER, again_on=TODAY + timedelta(days=9))
        assert calls.open_calls().get().due_on == TODAY + timedelta(days=9)


def test_a_wrong_number_is_marked_and_the_other_one_is_tried(garage: House, oja: Customer) -> None:
    with garage.work():
        first = oja.contacts.get()
        end(garage, planned(oja), Call.Outcome.WRONG_NUMBER, contact=first)
        assert oja.contacts.get().wrong_since == LATER
        assert not calls.open_calls().exists(), "there is no other number to try"
        customers.change(oja, by=garage.owner, at=MONDAY, phones=[PHONE, ("+3725554444", "555 4444")], emails=[])
        end(garage, planned(oja), Call.Outcome.WRONG_NUMBER)
        assert calls.open_calls().get().due_on == TOMORROW


def test_do_not_call_me_is_for_good(garage: House, oja: Customer) -> None:
    with garage.work():
        end(garage, planned(oja), Call.Outcome.NEVER_CALL)
        assert Customer.objects.get().no_calls_at == LATER
        assert calls.plan([to(oja)], at=LATER + timedelta(days=400)) == []


def test_of_two_who_end_one_call_the_second_is_told(garage: House, oja: Customer) -> None:
    with garage.work():
        call = planned(oja)
        end(garage, call)
        with pytest.raises(Refused, match="ended this call a moment ago"):
            end(garage, call, fact="Too late")
        assert Fact.objects.count() == 0


def test_the_new_date_is_not_in_the_past(garage: House, oja: Customer) -> None:
    with garage.work():
        call = planned(oja)
        with pytest.raises(Refused, match="from today on"):
            end(garage, call, again_on=TODAY - timedelta(days=1))
        assert Call.objects.get().is_open


# --- undoing -----------------------------------------------------------------------------------------------------


def test_a_tap_by_mistake_is_undone_with_all_it_made(garage: House, oja: Customer) -> None:
    with garage.work():
        call = end(garage, planned(oja), fact="Has a dog", wish="Tea", again_on=TOMORROW)
        ending.undo_end(call, by=garage.front_line, at=LATER)
        assert calls.open_calls().get().pk == call.pk
        assert Fact.objects.filter(forgotten_at=None).count() == 0
        assert not Wish.objects.get().is_open
        with pytest.raises(Refused, match="open already"):
            ending.undo_end(Call.objects.get(), by=garage.front_line, at=LATER)


def test_do_not_call_me_and_a_wrong_number_are_undone_too(garage: House, oja: Customer) -> None:
    with garage.work():
        call = end(garage, planned(oja), Call.Outcome.NEVER_CALL)
        ending.undo_end(call, by=garage.front_line, at=LATER)
        assert Customer.objects.get().no_calls_at is None
        call.refresh_from_db()
        call = end(garage, call, Call.Outcome.WRONG_NUMBER, contact=oja.contacts.get())
        ending.undo_end(call, by=garage.front_line, at=LATER)
        assert oja.contacts.get().wrong_since is None


def test_what_went_on_cannot_be_undone(garage: House, oja: Customer) -> None:
    with garage.work():
        first = end(garage, planned(oja), Call.Outcome.NO_ANSWER)
        end(garage, calls.open_calls().get(), again_on=TOMORROW)
        with pytest.raises(Refused, match="another call since"):
            ending.undo_end(first, by=garage.front_line, at=LATER)


def test_a_call_planned_since_stands_in_the_way(garage: House, oja: Customer) -> None:
    with garage.work():
        ended = end(garage, planned(oja))
        calls.agree(oja, on=TOMORROW, today=TODAY, caller=None, by=garage.manager, at=LATER)
        with pytest.raises(Refused, match="planned since"):
            ending.undo_end(ended, by=garage.front_line, at=LATER)


# --- whose it is -------------------------------------------------------------------------------------------------


def test_a_shared_call_is_taken_by_one(garage: House, oja: Customer) -> None:
    with garage.work():
        call = planned(oja)
        calls.take(call, by=garage.front_line, at=MONDAY)
        with pytest.raises(Refused, match="Somebody else has taken"):
            calls.take(call, by=garage.manager, at=MONDAY)
        assert Call.objects.get().caller == garage.front_line


def test_what_is_mine_stays_mine_until_a_colleague_takes_it_over(garage: House, oja: Customer) -> None:
    with garage.work():
        call = planned(oja, caller=garage.manager)
        for verb in (lambda: end(garage, call),
                     lambda: calls.hand_on(call, to=garage.front_line, by=garage.front_line, at=LATER)):  # fmt: skip
            with pytest.raises(Refused, match="Take it over first"):
                verb()
        with pytest.raises(Refused, match="Somebody else has taken"):
            calls.take(call, of=garage.owner.pk, by=garage.front_line, at=LATER)
        calls.take(call, of=garage.manager.pk, by=garage.front_line, at=LATER)
        assert Entry.objects.get(verb="call taken").what["of"] == str(garage.manager.pk)
        end(garage, Call.objects.get())
        assert Call.objects.get().ended_by == garage.front_line


def test_a_manager_ends_anybodys_call_and_a_colleague_does_not_undo_it(garage: House, oja: Customer) -> None:
    with garage.work():
        call = planned(oja, caller=garage.front_line)
        ended = ending.end(call, outcome=Call.Outcome.NO_ANSWER, by=garage.manager, at=LATER, today=TODAY)
        with pytest.raises(Refused, match="a colleague’s"):
            ending.undo_end(ended, by=garage.front_line, at=LATER)
        ending.undo_end(ended, by=garage.owner, at=LATER)
        assert Call.objects.get().caller == garage.front_line, "and it is hers again"


def test_a_call_is_handed_on_released_and_dropped(garage: House, oja: Customer) -> None:
    with garage.work():
        call = planned(oja, caller=garage.front_line)
        calls.hand_on(call, to=garage.manager, by=garage.front_line, at=MONDAY)
        assert Call.objects.get().caller == garage.manager
        assert calls.release_all(garage.manager, at=MONDAY) == 1
        assert Call.objects.get().caller is None
        calls.drop(call, by=garage.manager, at=MONDAY)
        for verb in (lambda: calls.drop(call, by=garage.manager, at=MONDAY),
                     lambda: calls.hand_on(call, to=None, by=garage.manager, at=MONDAY)):  # fmt: skip
            with pytest.raises(Refused, match="ended this call"):
                verb()
