"""Words that a person tells about herself."""

import pytest

from regulars.intake.account import FirstPersonForm, NewPersonForm, PersonForm
from tests.cast import PASSWORD


def test_a_password_of_four_words_is_good() -> None:
    assert NewPersonForm({"name": "Kadri", "password": PASSWORD}, email="kadri@example.ee").is_valid()


@pytest.mark.parametrize("password", ["short", "password1234", "kadri uus 123", "kadri@example.ee", "x" * 201, ""])
def test_a_password_that_others_guess_is_refused_at_its_field(password: str) -> None:
    form = NewPersonForm({"name": "Kadri Uus", "password": password}, email="kadri@example.ee")
    assert not form.is_valid()
    assert list(form.errors) == ["password"]


@pytest.mark.parametrize(("length", "good"), [(11, False), (12, True), (200, True)])
def test_the_length_of_a_password(length: int, good: bool) -> None:
    password = ("dq7Zv!m2Kx#w" * 20)[:length]
    assert NewPersonForm({"name": "Kadri", "password": password}, email="a@example.ee").is_valid() is good


def test_spaces_around_a_password_are_part_of_it() -> None:
    form = NewPersonForm({"name": "Kadri", "password": f" {PASSWORD} "}, email="a@example.ee")
    assert form.is_valid()
    assert form.cleaned_data["password"] == f" {PASSWORD} "


def test_the_first_person_may_not_use_her_address_as_password() -> None:
    form = FirstPersonForm({"name": "K", "email": "kadri.uus@example.ee", "password": "kadri.uus@example.ee"})
    assert not form.is_valid()
    assert list(form.errors) == ["password"]


def test_a_person_may_leave_language_and_colours_to_her_device() -> None:
    form = PersonForm({"name": "Kadri"})
    assert form.is_valid()
    assert form.cleaned_data == {"name": "Kadri", "language": "", "theme": ""}


@pytest.mark.parametrize(("field", "word"), [("language", "tlh"), ("theme", "pink"), ("name", "x" * 201)])
def test_only_what_there_is_can_be_chosen(field: str, word: str) -> None:
    form = PersonForm({"name": "Kadri", field: word})
    assert not form.is_valid()
    assert list(form.errors) == [field]
