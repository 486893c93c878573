"""A defence is found, an admission is known, in four languages; what is neither is left alone."""

import pytest

from regulars.engines import admitting


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We did everything correctly."),
        ("en", "It is not our fault that the part broke."),
        ("en", "According to our policy we cannot refund."),
        ("ru", "Мы всё сделали правильно."),
        ("ru", "Вы сами виноваты, что не позвонили."),
        ("et", "Me tegime kõik õigesti."),
        ("et", "See pole meie süü."),
        ("fi", "Teimme kaiken oikein."),
        ("fi", "Ehtojen mukaan rahoja ei palauteta."),
        ("et", "We did everything correctly."),
        ("sv", "We did everything correctly."),
    ],
)
def test_a_defence_is_found(language: str, text: str) -> None:
    reading = admitting.read(text, language)
    assert reading.defence
    assert reading.defence.lower() in text.lower()
    assert not reading.is_well


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Yes, it was our mistake: we did not tighten the bolts."),
        ("en", "I am sorry. We should have called you."),
        ("ru", "Да, это наша ошибка: мы не затянули болты."),
        ("ru", "Извините нас, пожалуйста."),
        ("et", "Jah, see on meie viga. Vabandame."),
        ("fi", "Kyllä, virhe oli meidän. Pahoittelemme."),
    ],
)
def test_an_admission_is_known(language: str, text: str) -> None:
    assert admitting.read(text, language).is_well


def test_neither_one_nor_the_other_is_no_admission() -> None:
    reading = admitting.read("The car is ready on Thursday.", "en")
    assert (reading.defence, reading.admits, reading.begins_with_no, reading.is_well) == ("", False, False, False)


def test_a_bare_no_is_no_beginning() -> None:
    assert admitting.read("No, we can't. Sorry.", "en").begins_with_no
    assert not admitting.read("No, we can't. Sorry.", "en").is_well
