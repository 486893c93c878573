"""Tags and own fields: what one business wants to know beyond what every business does."""

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import customers, search, tags
from regulars.record.customers import Customer
from regulars.record.journal import Entry
from regulars.record.tags import OwnField, OwnValue, Tag, Tagging
from tests.cast import MONDAY, House


@pytest.fixture
def oja(garage: House) -> Customer:
    with garage.work():
        return customers.add(name="Mari Oja", by=garage.front_line, at=MONDAY)


def names(customer: Customer) -> list[str]:
    return sorted(tagging.tag.name for tagging in customer.taggings.select_related("tag"))


def test_a_tag_is_made_when_somebody_has_it(garage: House, oja: Customer) -> None:
    with garage.work():
        tags.put(oja, ["vip", " fleet ", ""], by=garage.front_line, at=MONDAY)
        assert names(oja) == ["fleet", "vip"]
        tags.put(oja, ["vip", "fleet"], by=garage.front_line, at=MONDAY)
        assert Entry.objects.filter(verb="tags changed").count() == 1, "nothing changed, so nothing is written"
        tags.put(oja, ["vip"], by=garage.front_line, at=MONDAY)
        assert names(oja) == ["vip"]
        assert [str(tag) for tag in Tag.objects.all()] == ["fleet", "vip"]


def test_renaming_onto_another_tag_makes_one_of_the_two(garage: House, oja: Customer) -> None:
    with garage.work():
        other = customers.add(name="Jüri", by=garage.front_line, at=MONDAY)
        tags.put(oja, ["vip", "VIP"], by=garage.front_line, at=MONDAY)
        tags.put(other, ["VIP"], by=garage.front_line, at=MONDAY)
        tags.rename(Tag.objects.get(name="VIP"), "vip", by=garage.manager, at=MONDAY)
        assert names(oja) == names(other) == ["vip"]
        tags.rename(Tag.objects.get(), "dear", by=garage.manager, at=MONDAY)
        assert names(oja) == ["dear"]
        tags.remove(Tag.objects.get(), by=garage.manager, at=MONDAY)
        assert Tagging.objects.count() == 0


def test_a_customer_is_found_by_her_plate(garage: House, oja: Customer) -> None:
    with garage.work():
        plate = tags.add_field("Plate", by=garage.manager, at=MONDAY)
        tags.fill_in(oja, {plate.pk: "123 ABC"}, by=garage.front_line, at=MONDAY)
        tags.fill_in(oja, {plate.pk: "123 ABC"}, by=garage.front_line, at=MONDAY)
        assert Entry.objects.filter(verb="fields changed").count() == 1
        assert search.find("123abc") == search.find("123-ABC") == [oja.pk]
        tags.fill_in(oja, {plate.pk: ""}, by=garage.front_line, at=MONDAY)
        assert search.find("123abc") == []
        assert OwnValue.objects.count() == 0


def test_a_retired_field_comes_back_with_what_stood_in_it(garage: House, oja: Customer) -> None:
    with garage.work():
        plate = tags.add_field("Plate", by=garage.manager, at=MONDAY)
        with pytest.raises(Refused, match="a field of that name already"):
            tags.add_field("Plate", by=garage.manager, at=MONDAY)
        tags.fill_in(oja, {plate.pk: "123 ABC"}, by=garage.front_line, at=MONDAY)
        tags.retire_field(plate, by=garage.manager, at=MONDAY)
        assert OwnField.objects.filter(retired_at=None).count() == 0
        again = tags.add_field("Plate", by=garage.manager, at=MONDAY)
        assert (again.pk, str(again), oja.own_values.get().text) == (plate.pk, "Plate", "123 ABC")
