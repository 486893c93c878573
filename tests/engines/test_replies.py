"""A reply that begins with a bare no is seen, in four languages; one that begins with what we can do is not."""

import pytest

from regulars.engines.replies import flat_no

FLAT = [
    ("en", "No, we do not do tyres."),
    ("en", "no"),
    ("en", "  “No” is all I can say"),
    ("en", "Sorry, no. Try the shop next door."),
    ("en", "Unfortunately we can't, the lift is broken"),
    ("en", "We don’t do that here"),
    ("en", "That's not possible before Friday"),
    ("ru", "Нет, мы этого не делаем."),
    ("ru", "К сожалению, не можем"),
    ("ru", "Это невозможно"),
    ("et", "Ei, me ei tee seda."),
    ("et", "Kahjuks ei saa"),
    ("fi", "Ei, emme tee renkaita."),
    ("fi", "Valitettavasti emme voi"),
    ("fi", "Se ei onnistu tänään"),
    ("sv", "No, that is not possible"),
]
HELPFUL = [
    ("en", "Yes, what I can do is a loan car until Friday."),
    ("en", "No problem, the van brings it at five."),
    ("en", "No later than Friday it is yours"),
    ("en", "Nobody does it sooner than Karl: I have called him."),
    ("en", "Half the price, or another one"),
    ("en", ""),
    ("ru", "Да, вот что мы можем: такси за наш счёт."),
    ("ru", "Нет проблем, привезём сегодня."),
    ("et", "Jah, saame tuua selle homme."),
    ("et", "Ei ole probleemi, toome ära."),
    ("et", "No vaatame, mis teha annab"),
    ("fi", "Kyllä, voimme antaa sijaisauton."),
    ("fi", "Ei hätää, tuomme sen kotiin."),
]


@pytest.mark.parametrize(("language", "text"), FLAT)
def test_a_bare_no_is_seen(language: str, text: str) -> None:
    assert flat_no(text, language)


@pytest.mark.parametrize(("language", "text"), HELPFUL)
def test_what_we_can_do_is_no_refusal(language: str, text: str) -> None:
    assert not flat_no(text, language)


def test_the_language_of_a_country_is_its_language() -> None:
    assert flat_no("Ei, me ei tee.", "et-EE")
