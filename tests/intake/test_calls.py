"""How a call ended, as it is typed: what is refused keeps the words, and says where."""

import pytest

from regulars.intake.calls import AgreeForm, EndForm, HandOnForm
from regulars.record import calls, customers, ending
from regulars.record.calls import Call, open_calls
from regulars.record.people import Member
from tests.cast import MONDAY, House

TODAY = MONDAY.date()
WORDS = {"note": "Cheerful", "wish": "A loan car", "fact": "Has a dog"}


def typed(garage: House, play: str = Call.Play.TOP_TEN, **words: str) -> tuple[EndForm, Call]:
    """The form as it was sent; inside `garage.work()`."""
    her = customers.add(name="Mari Oja", by=garage.owner, at=MONDAY)
    [call] = calls.plan([Call(customer=her, play=play, not_before=TODAY, due_on=TODAY)], at=MONDAY)
    return EndForm(call, {"outcome": "reached", **words}, today=TODAY), call


def end(garage: House, form: EndForm, call: Call) -> bool:
    said = form.cleaned_data
    return form.does(lambda: ending.end(call, by=garage.owner, at=MONDAY, today=TODAY, **said))


@pytest.mark.parametrize(
    ("words", "field", "sentence"),
    [
        (WORDS, "answer", "Write the answer, or a day on which you will call again."),
        ({"answer": "Longer hours", "note": "Cheerful"}, "fact", "Write what you learnt, or tick “nothing new”."),
        ({**WORDS, "again_on": "2026-03-01"}, "again_on", "Choose a day from today on, within a year."),
        ({**WORDS, "again_on": "2027-03-04"}, "again_on", "Choose a day from today on, within a year."),
    ],
)
def test_a_refused_ending_says_where_and_keeps_the_words(
    garage: House, words: dict[str, str], field: str, sentence: str
) -> None:
    with garage.work():
        form, call = typed(garage, **words)
        assert form.is_valid()
        assert not end(garage, form, call)
        assert form.errors == {field: [sentence]}
        assert {name: form[name].value() for name in words} == words
        assert open_calls().get() == call, "and nothing has happened"


def test_what_was_said_is_passed_on_as_it_was_typed(garage: House) -> None:
    with garage.work():
        form, call = typed(garage, answer=" Longer hours ", again_on="2026-03-20", **WORDS)
        assert form.is_valid()
        assert end(garage, form, call), form.errors
        ended = Call.objects.get(pk=call.pk)
        assert (ended.answer, ended.note) == ("Longer hours", "Cheerful")
        assert str(open_calls().get().due_on) == "2026-03-20"


def test_only_one_of_the_ten_is_asked_for_the_answer(garage: House) -> None:
    with garage.work():
        form, _call = typed(garage, play=Call.Play.SLIPPING, nothing_new="on")
        assert "answer" not in form.fields
        assert form.is_valid()
        assert end(garage, form, _call)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"outcome": "sung"}, "outcome"),
        ({"outcome": ""}, "outcome"),
        ({"fact": "x" * 501}, "fact"),
        ({"note": "x" * 1001}, "note"),
        ({"again_on": "soon"}, "again_on"),
        ({"fact_day": "31.2.2026"}, "fact_day"),
    ],
)
def test_words_that_make_no_sense_are_refused_at_their_field(garage: House, words: dict[str, str], field: str) -> None:
    with garage.work():
        form, _call = typed(garage, **words)
        assert not form.is_valid()
        assert list(form.errors) == [field]


def test_what_must_be_said_one_way_or_another_is_not_called_optional(garage: House) -> None:
    with garage.work():
        form, _call = typed(garage)
        optional = {name for name in form.fields if "(optional)" in form[name].as_field_group()}
        assert optional == {"fact_day", "wish", "note", "again_on"}


def test_no_field_offers_a_day_that_is_past(garage: House) -> None:
    with garage.work():
        form, _call = typed(garage)
        assert 'min="2026-03-02"' in str(form["again_on"])


def test_a_rule_about_no_field_of_the_form_stands_above_it(garage: House) -> None:
    with garage.work():
        form, call = typed(garage, **WORDS)
        form.is_valid()
        ending.end(call, outcome="no_answer", by=garage.owner, at=MONDAY, today=TODAY)
        assert not form.does(lambda: calls.drop(call, by=garage.owner, at=MONDAY))
        assert form.non_field_errors() == ["Somebody has ended this call a moment ago. Look at the card."]


@pytest.mark.parametrize("on", ["", "soon", "2026-03-01", "2027-03-04"])
def test_a_call_is_agreed_for_a_day_to_come_and_what_it_is_about_is_kept(garage: House, on: str) -> None:
    form = AgreeForm({"on": on, "note": "New tyres"})
    with garage.work():
        her = customers.add(name="Mari Oja", by=garage.owner, at=MONDAY)
        assert not form.is_valid() or not form.does(
            lambda: calls.agree(her, caller=None, today=TODAY, by=garage.owner, at=MONDAY, **form.cleaned_data)
        )
        assert not open_calls().exists()
    assert list(form.errors) == ["on"]
    assert form["note"].value() == "New tyres"


def test_a_call_is_handed_to_a_colleague_or_to_everybody(garage: House, salon: House) -> None:
    with garage.work():
        callers = Member.objects.filter(makes_calls=True)
        for to, expected in ((str(garage.owner.pk), garage.owner), ("", None)):
            form = HandOnForm(callers, {"to": to})
            assert form.is_valid()
            assert form.cleaned_data["to"] == expected
        for stranger in (str(salon.owner.pk), "nonsense"):
            assert list(HandOnForm(callers, {"to": stranger}).errors) == ["to"]
