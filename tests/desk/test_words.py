"""Spans of time as people say them."""

import pytest
from django.utils import translation

from regulars.desk import words


@pytest.mark.parametrize(
    ("days", "said"),
    [(-3, "0 days"), (1, "1 day"), (13, "13 days"), (14, "2 weeks"), (60, "9 weeks"), (61, "2 months"),
     (274, "9 months"), (730, "24 months"), (731, "2 years"), (1096, "3 years")],
)  # fmt: skip
def test_a_span_is_said_in_the_unit_one_would_use(days: int, said: str) -> None:
    assert words.span(days) == said


@pytest.mark.parametrize(("months", "said"), [(12, "1 year"), (36, "3 years"), (18, "18 months"), (1, "1 month")])
def test_a_horizon_is_whole_years_where_it_can_be(months: int, said: str) -> None:
    assert words.horizon(months) == said


@pytest.mark.parametrize(
    ("gap", "said"),
    [(2, "came every week"), (7, "came every week"), (21, "came every 3 weeks"), (91, "came 4 times a year"),
     (243, "came 2 times a year"), (244, "came every 8 months"), (274, "came every 9 months"),
     (319, "came every 10 months"), (320, "came once a year"), (365, "came once a year"), (400, "came once a year"),
     (411, "came every 14 months"), (547, "came every 18 months"), (548, "came once in 2 years"),
     (730, "came once in 2 years"), (1_100, "came once in 3 years")],
)  # fmt: skip
def test_a_rhythm_is_said_as_people_say_it(gap: float, said: str) -> None:
    assert words.how_often(gap) == said


@pytest.mark.parametrize(
    ("language", "years", "said"),
    [("ru", 2, "— один визит за 2 года"), ("ru", 5, "— один визит за 5 лет"), ("ru", 21, "— один визит за 21 год"),
     ("fi", 3, "kävi kerran 3 vuodessa"), ("et", 3, "käis kord 3 aasta jooksul")],
)  # fmt: skip
def test_a_rare_rhythm_is_said_well_in_every_language(language: str, years: int, said: str) -> None:
    with translation.override(language):
        assert words.how_often(years * words.YEAR) == said


@pytest.mark.parametrize(
    ("language", "months", "said"),
    [("ru", 8, "— один визит в 8 месяцев"), ("fi", 9, "kävi 9 kuukauden välein"), ("et", 9, "käis iga 9 kuu tagant")],
)
def test_a_rhythm_in_months_is_said_well_in_every_language(language: str, months: int, said: str) -> None:
    with translation.override(language):
        assert words.how_often(months * words.MONTH + 1) == said
