"""A customer is found by anything written about her, typing errors included, and never by the neighbour."""

import re
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regulars.record import customers, merging, search
from regulars.record.customers import Customer
from regulars.record.finding import deletions
from tests.cast import MONDAY, House


def add(garage: House, name: str, **said: object) -> Customer:
    return customers.add(name=name, by=garage.front_line, at=MONDAY, **said)  # type: ignore[arg-type]


@pytest.fixture
def people(garage: House) -> dict[str, Customer]:
    with garage.work():
        return {
            "mari": add(garage, "Mari Õunapuu", phones=[("+37255512345", "5551 2345")], number="K-0017"),
            "johnson": add(garage, "Amanda Johnson", emails=[("amanda@shop.example", "amanda@shop.example")]),
            "semyon": add(garage, "Семён Ёлкин"),
            "strasse": add(garage, "Hans Straßer-Ødegård", number="XYZ789"),
        }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("õunapuu", "mari"), ("ounapuu", "mari"), ("MARI OUN", "mari"), ("puu", None),
        ("ounapu", "mari"), ("ounnapuu", "mari"), ("ounzpuu", "mari"), ("onzpuu", None), ("ounzapuu", "mari"),
        ("onuapuu", "mari"),
        ("jonhson", "johnson"), ("johnsn", "johnson"), ("jhonsom", None), ("amanda jonson", "johnson"),
        ("55512345", "mari"), ("+372 5551 2345", "mari"), ("2345", "mari"), ("12345", "mari"), ("05551 2345", "mari"),
        ("55512346", None), ("k-0017", "mari"), ("0017", "mari"), ("shop.example", "johnson"),
        ("семен елкин", "semyon"), ("елкн", "semyon"), ("strasser", "strasse"), ("odegard", "strasse"),
        ("xyz 789", "strasse"), ("xyz 780", None), ("xyy789", "strasse"), ("xyz788", None),
        ("mari johnson", None), ("", None), ("  ", None), ("%", None), ('"; DROP', None), ("a" * 500, None),
    ],
)  # fmt: skip
def test_who_is_found(garage: House, people: dict[str, Customer], typed: str, found: str | None) -> None:
    with garage.work():
        assert search.find(typed) == ([people[found].pk] if found else [])


def test_exact_comes_before_the_beginning_and_that_before_an_error(garage: House) -> None:
    with garage.work():
        cards = {name: add(garage, name) for name in ("Marta", "Mart", "Mare", "Martin")}
        found = search.find("mart")
        assert found[0] == cards["Mart"].pk
        assert set(found[1:3]) == {cards["Marta"].pk, cards["Martin"].pk}
        assert found[3] == cards["Mare"].pk
        assert search.find("mart", limit=1) == [cards["Mart"].pk]


def test_the_neighbours_customers_are_never_found(garage: House, salon: House, people: dict[str, Customer]) -> None:
    with salon.work():
        assert search.find("johnson") == search.find("jonhson") == search.find("55512345") == []


def test_it_takes_the_same_queries_at_any_size(garage: House, django_assert_num_queries: Any) -> None:
    with garage.work():
        for size in (1, 30):
            for number in range(size):
                add(garage, f"Kask {number}")
            with django_assert_num_queries(4 if connection.vendor == "postgresql" else 3):
                search.find("kask")


def test_many_are_indexed_at_once_and_again(garage: House) -> None:
    with garage.work():
        made = Customer.objects.bulk_create(
            [Customer(name=f"Customer {number}", met_at=MONDAY) for number in range(search.AT_ONCE + 1)]
        )
        for _again in range(2):
            search.index([customer.pk for customer in made])
        assert search.find(f"customer {search.AT_ONCE}")[0] == made[-1].pk
        assert search.Finder.objects.count() == len(made)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO record_finder_index (record_finder_index) VALUES ('integrity-check')")


def test_a_merged_card_is_found_no_more(garage: House) -> None:
    with garage.work():
        kept, gone = add(garage, "Mari Oja"), add(garage, "Marie Ojamaa")
        merging.merge(kept, gone, by=garage.manager, at=MONDAY)
        assert search.find("ojamaa") == []


def test_letters_are_folded_as_people_mistype_them() -> None:
    assert search.fold("Õunapuu Ёлкин Straße Łódź Ærø") == "ounapuu елкин strasse lodz aero"
    assert deletions("abc") == {"abc"}, "three letters are too few to forgive"
    assert deletions("abcd") == {"abcd", "bcd", "acd", "abd", "abc"}
    assert deletions("a" * 25) == {"a" * 25}
    assert deletions("1234") == {"1234"}, "a wrong digit is another number"
    assert deletions("ab12") == {"ab12", "b12", "a12"}


@pytest.mark.parametrize("typed", ["johnson", "jonhson", "amanda john"])
def test_behind_row_level_security_the_index_is_asked(garage: House, people: dict[str, Customer], typed: str) -> None:
    """What is not leakproof would be asked of every row of the business instead."""
    if connection.vendor != "postgresql":
        return  # FTS5 knows no other way
    many = "SELECT %s, 'w' || n, {} FROM generate_series(1, 5000) AS n"
    with garage.work(), connection.cursor() as cursor:
        for table, columns, other in (
            ("word", "business_id, word, customer_id", "gen_random_uuid()"),
            ("variant", "business_id, variant, word", "'v' || n"),
        ):
            cursor.execute(f"INSERT INTO record_finder_{table} ({columns}) {many.format(other)}", [garage.business.pk])
            cursor.execute(f"ANALYZE record_finder_{table}")
        with CaptureQueriesContext(connection) as asked:
            search.find(typed)
        for query in asked.captured_queries:
            cursor.execute("EXPLAIN " + query["sql"])
            plan = "\n".join(line for (line,) in cursor)
            assert re.search(r"Index Cond: .*(word|variant) ", plan), plan


def test_an_older_book_is_found_in_after_the_change_of_index(garage: House, people: dict[str, Customer]) -> None:
    """Down to full-text search and up again, with customers in it."""
    if connection.vendor != "postgresql":
        return  # SQLite has FTS5 as before
    step = import_module("regulars.record.migrations.0005_search_words")
    connection.check_constraints()  # nothing is pending when tables are changed
    with connection.schema_editor() as editor:
        step.drop(apps, editor)
        step.build(apps, editor)
    with garage.work():
        assert search.find("jonhson") == search.find("amanda john") == [people["johnson"].pk]
        assert search.find("2345") == [people["mari"].pk]
