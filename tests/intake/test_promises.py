"""A promise as it is typed: a moment on the branch's clock, and whatever is refused is kept."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import QueryDict

from regulars.intake.promises import ListForm, MomentField, MoveForm, PromiseForm
from regulars.intake.work import ExtraForm
from regulars.record import extras
from regulars.record.branches import Branch
from tests.cast import MONDAY, House

LISTS = {"open": "Open", "late": "Late"}


def typed(garage: House, **words: str) -> PromiseForm:
    """The form as it was sent; inside `garage.work()`."""
    query = QueryDict(mutable=True)
    query.update(words)
    return PromiseForm(query, branch=Branch.objects.get(), kind=None, member=garage.front_line)


def test_a_moment_is_on_the_clock_of_the_branch() -> None:
    field = MomentField("Europe/Tallinn")
    assert field.clean("2026-07-01T16:00") == datetime(2026, 7, 1, 13, 0, tzinfo=UTC)
    assert field.prepare_value(datetime(2026, 7, 1, 13, 0, tzinfo=UTC)) == "2026-07-01T16:00"
    assert field.prepare_value("half past four") == "half past four"


@pytest.mark.parametrize(
    "words", ["soon", "2026-02-30T10:00", "2026-03-29T03:30", "2026-10-25T03:30", "0000-01-01T00:00"]
)
def test_what_is_no_moment_is_refused(words: str) -> None:
    form = MoveForm({"to": words, "reason": "No part"}, zone="Europe/Tallinn", due_at=MONDAY)
    assert list(form.errors) == ["to"]
    assert form["to"].value() == words


def test_the_time_that_we_keep_takes_the_place_of_what_was_typed(garage: House) -> None:
    with garage.work():
        ours = typed(garage, what="The brakes", due_at="2026-03-05T10:00", suggested="2026-03-04T16:00")
        assert ours.is_valid(), ours.errors
        assert (ours.took_ours, ours.cleaned_data["due_at"]) == (True, datetime(2026, 3, 4, 14, 0, tzinfo=UTC))
        assert not typed(garage, what="The brakes", due_at="2026-03-05T10:00").took_ours


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"what": ""}, "what"),
        ({"what": "x" * 301}, "what"),
        ({"keeper": "nonsense"}, "keeper"),
        ({"due_at": ""}, "due_at"),
    ],
)
def test_words_that_make_no_sense_are_refused_at_their_field(garage: House, words: dict[str, str], field: str) -> None:
    with garage.work():
        form = typed(garage, **{"what": "The brakes", "due_at": "2026-03-05T10:00", **words})
        assert list(form.errors) == [field]
        assert form["what"].value() == words.get("what", "The brakes")


def test_nobody_of_the_next_business_keeps_our_promises(garage: House, salon: House) -> None:
    with garage.work():
        form = typed(garage, what="The brakes", due_at="2026-03-05T10:00", keeper=str(salon.owner.pk))
        assert list(form.errors) == ["keeper"]


@pytest.mark.parametrize(
    ("query", "shown", "narrowed"),
    [("", "open", False), ("show=late", "late", True), ("show=nonsense", "open", False), ("q=tyres", "open", True)],
)
def test_a_list_shows_what_is_asked_for_or_else_what_is_open(
    garage: House, query: str, shown: str, narrowed: bool
) -> None:
    with garage.work():
        form = ListForm(QueryDict(query), lists=LISTS)
        assert (form.list, form.is_narrowed, form.only("keeper")) == (shown, narrowed, {})


def test_an_extra_of_the_catalogue_needs_no_words_and_own_words_win(garage: House) -> None:
    with garage.work():
        idea = extras.add_idea(what="Spare bulbs", cost=300, by=garage.owner, at=MONDAY)

        def given(**words: str) -> dict[str, Any]:
            form = ExtraForm({"idea": str(idea.pk), **words}, currency="EUR")
            assert form.is_valid(), form.errors
            return form.given()

        assert given() == {"idea": idea, "what": "Spare bulbs", "cost": 300}
        assert given(what="Two bulbs", cost="0") == {"idea": idea, "what": "Two bulbs", "cost": 0}
        assert given(idea="", what="A coffee") == {"idea": None, "what": "A coffee", "cost": 0}
