"""A card as it is typed: read as people write, refused at the field, nothing of it lost."""

from typing import Any

import pytest

from regulars.intake.customers import ConsentForm, CustomerForm, FactForm, WishForm
from regulars.record import branches, customers, tags
from regulars.record.branches import Branch
from regulars.record.customers import Customer
from regulars.record.tags import OwnField
from tests.cast import MONDAY, House

CARD = {"name": "Mari Oja", "phones": "5551 2345", "emails": "mari@example.ee", "number": "17", "tags": "VIP"}


def typed(**words: Any) -> CustomerForm:
    """Inside `garage.work()`."""
    return CustomerForm(
        {**CARD, **words}, region="EE", branches=Branch.objects.all(), own_fields=OwnField.objects.all()
    )


def add(garage: House, name: str, **said: Any) -> Customer:
    return customers.add(name=name, by=garage.owner, at=MONDAY, **said)


def test_a_name_is_enough(garage: House) -> None:
    with garage.work():
        assert typed(phones="", emails="", number="", tags="").is_valid()
        assert list(typed(name=" ").errors) == ["name"]


@pytest.mark.parametrize(
    ("words", "field", "sentence"),
    [
        ({"phones": "5551 2345\nring me"}, "phones", "“ring me”"),
        ({"phones": "123"}, "phones", "“123”"),
        ({"emails": "mari at example"}, "emails", "“mari at example”"),
        ({"referred_by": "Somebody"}, "referred_by", "There is no customer of that name."),
        ({"language": "xx"}, "language", "xx"),
        ({"name": "x" * 201}, "name", "200"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field_and_the_rest_is_kept(
    garage: House, words: dict[str, str], field: str, sentence: str
) -> None:
    with garage.work():
        form = typed(**words)
        assert list(form.errors) == [field]
        assert sentence in str(form.errors[field])
        assert {name: form[name].value() for name in CARD} == {**CARD, **{k: v for k, v in words.items() if k in CARD}}
        assert form[field].value() == words[field]


def test_one_line_is_one_number_kept_as_it_was_typed_and_as_machines_compare_it(garage: House) -> None:
    with garage.work():
        form = typed(phones="5551 2345\n\n +358 40 123 4567 ", emails="Mari@Example.EE")
        assert form.is_valid(), form.errors
        said = form.particulars()
        assert said["phones"] == [("+37255512345", "5551 2345"), ("+358401234567", "+358 40 123 4567")]
        assert said["emails"] == [("mari@example.ee", "Mari@Example.EE")]


def test_who_referred_them_is_found_by_number_or_by_name(garage: House) -> None:
    with garage.work():
        first, second = add(garage, "Jaan Pärn", number="1"), add(garage, "Jaan Pärn", number="2")
        piret = add(garage, "Piret Kuusk")
        for wanted, who in (("2", second), ("1", first), ("piret kuusk", piret), ("", None)):
            form = typed(referred_by=wanted)
            assert form.is_valid(), form.errors
            assert form.particulars()["referred_by"] == who
        assert "Several customers are called that." in str(typed(referred_by="Jaan Pärn").errors["referred_by"])


def test_tags_are_parted_by_commas(garage: House) -> None:
    with garage.work():
        form = typed(tags=" VIP, tea drinker ,, ")
        assert form.is_valid()
        assert form.tag_names() == ["VIP", "tea drinker"]


def test_a_branch_is_asked_for_only_where_there_is_a_choice(garage: House) -> None:
    with garage.work():
        assert "branch" not in typed().fields
        assert "branch" not in typed_particulars()
        first = Branch.objects.get()
        same = {name: getattr(first, name) for name in ("country", "currency", "language", "zone")}
        branches.open_branch(name="Tartu", address="", week=branches.WORKING_WEEK, by=garage.owner, at=MONDAY, **same)
        form = typed(branch=str(first.pk))
        assert form.is_valid(), form.errors
        assert form.particulars()["branch"] == first


def typed_particulars() -> dict[str, Any]:
    form = typed()
    assert form.is_valid()
    return form.particulars()


def test_a_card_stands_in_the_form_as_it_would_be_typed_and_comes_back_the_same(garage: House) -> None:
    with garage.work():
        plate = tags.add_field("Plate", by=garage.owner, at=MONDAY)
        phones = [("+37255512345", "5551 2345"), ("+37255512346", "5551 2346")]
        her = add(garage, "Mari Oja", number="17", phones=phones, emails=[("m@example.ee", "m@example.ee")],
                  referred_by=add(garage, "Piret Kuusk"))  # fmt: skip
        tags.put(her, ["VIP", "Tartu"], by=garage.owner, at=MONDAY)
        tags.fill_in(her, {plate.pk: "123 ABC"}, by=garage.owner, at=MONDAY)
        initial = CustomerForm.initial_of(her)
        form = typed(**{name: value or "" for name, value in initial.items() if name != "branch"})
        assert form.is_valid(), form.errors
        said = form.particulars()
        assert (said["phones"], said["number"], said["referred_by"].name) == (phones, "17", "Piret Kuusk")
        assert sorted(form.tag_names()) == ["Tartu", "VIP"]
        assert form.own_values() == {plate.pk: "123 ABC"}


def test_a_fact_a_wish_and_a_consent_need_their_words(garage: House) -> None:
    assert list(FactForm({"text": " ", "day": "2026-05-01"}).errors) == ["text"]
    assert list(FactForm({"text": "Has a dog", "day": "soon"}).errors) == ["day"]
    assert list(WishForm({"wish": "", "source": "visit"}).errors) == ["wish"]
    assert list(WishForm({"wish": "Tea", "source": "dream"}).errors) == ["source"]
    assert list(ConsentForm({"how": ""}).errors) == ["how"]
