"""Bringing a file in, page by page: choose it, see it understood, try it, bring it in, take it back."""

import csv
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from regulars.jobs import imports as job
from regulars.pages.uploads import Bounded
from regulars.record import importing, imports
from regulars.record.imports import Import
from regulars.record.people import Role
from regulars.record.sales import Sale
from tests.cast import MONDAY, House
from tests.intake.files import ESTONIAN, SALES, bring, bring_in

HERE = "/at/garage/imports/"


@pytest.fixture
def manager(client: Client, garage: House) -> Client:
    client.force_login(garage.person(Role.MANAGER))
    return client


def chosen(content: str | bytes, subject: str = "sales") -> dict[str, Any]:
    content = content.encode() if isinstance(content, str) else content
    return {"subject": subject, "file": SimpleUploadedFile("müük.csv", content)}


def planned(brought: Import, **words: Any) -> dict[str, Any]:
    """What the form of the plan sends when nothing is touched but `words`."""
    plan = brought.plan
    columns = {f"column_{place}": name for name, place in plan["columns"].items()}
    kept = {name: plan[name] for name in ("date_order", "decimal", "currency", "encoding", "delimiter")}
    return columns | kept | {"branch": branch_of(brought)} | words


def branch_of(brought: Import) -> str:
    from regulars.record.branches import Branch

    return Branch.objects.get(business_id=brought.business_id).pk.hex


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_from_an_empty_list_to_a_book_full_of_sales_and_back(manager: Client, garage: House) -> None:
    assert "know your customers in a minute" in page(manager, HERE)
    assert "What is in the file?" in page(manager, HERE + "bring/")
    one = manager.post(HERE + "bring/", chosen(SALES)).headers["Location"]
    shown = page(manager, one)
    assert "5 January 2026" in shown
    assert "€45.00" in shown
    assert "2026-01-05 · 17 · Mari Oja" in shown
    with garage.work():
        brought = Import.objects.get()
        sent = planned(brought)
    assert manager.post(one + "check/", sent).status_code == 302
    assert "Trying your file" in page(manager, one)
    assert 'http-equiv="refresh"' in page(manager, one)
    job.work_on_what_was_asked(MONDAY)
    tried = page(manager, one)
    for words in (
        "This is what will come of it",
        "<b>4</b>",
        "9 February 2026",
        "€120.50",
        "€165.50",
        "Yes, bring it in",
    ):
        assert words in tried
    manager.post(one + "go/")
    assert "Bringing your file in" in page(manager, one)
    job.work_on_what_was_asked(MONDAY)
    assert "It is in the book" in page(manager, one)
    assert "4 sales brought in" in page(manager, HERE)
    manager.post(one + "undo/")
    assert "Taking out what it brought" in page(manager, one)
    job.work_on_what_was_asked(MONDAY)
    assert "4 sales have left the book." in page(manager, one)
    assert "2 customers have left with it." in page(manager, one)
    with garage.work():
        assert not Sale.objects.exists()


def test_customers_are_brought_by_the_same_pages(manager: Client, garage: House) -> None:
    one = manager.post(HERE + "bring/", chosen("Number,Name,Phone\n17,Mari Oja,5551 2341\n", "customers")).headers[
        "Location"
    ]
    assert "Mari Oja" in page(manager, one)
    with garage.work():
        sent = planned(Import.objects.get())
    manager.post(one + "check/", sent)
    job.work_on_what_was_asked(MONDAY)
    assert "new customer" in page(manager, one)
    manager.post(one + "go/")
    job.work_on_what_was_asked(MONDAY)
    assert "1 new customer" in page(manager, HERE)


def test_a_bad_file_is_refused_in_words_on_the_same_page(manager: Client) -> None:
    answer = manager.post(HERE + "bring/", chosen(b"%PDF-1.7 ..."))
    assert answer.status_code == 422
    assert "This is not a table. Choose a CSV or XLSX file." in answer.content.decode()
    assert "Choose a file." in manager.post(HERE + "bring/", {"subject": "sales"}).content.decode()


def test_a_file_that_is_too_large_is_refused_in_words(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "LARGEST_FILE", 10)
    assert "This file is too large." in manager.post(HERE + "bring/", chosen(SALES)).content.decode()


def test_no_more_than_the_largest_file_is_written_on_its_way_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "LARGEST_FILE", 10)
    coming = Bounded()
    coming.new_file("file", "x.csv", "text/csv", 0)
    for start in range(0, 40, 8):
        coming.receive_data_chunk(b"12345678", start)
    file = coming.file_complete(40)
    assert file.size == 40
    assert len(file.read()) == 8


def test_what_is_chosen_is_kept_and_shown_at_once(manager: Client, garage: House) -> None:
    with garage.work():
        brought = bring(garage, ESTONIAN.encode("cp1257"))
        sent = planned(brought, date_order="ymd", currency="USD")
    manager.post(f"{HERE}{brought.pk}/plan/", sent)
    shown = page(manager, f"{HERE}{brought.pk}/")
    assert "1,045.50" in shown
    assert '<option value="USD" selected>' in shown
    assert '<option value="ymd" selected>' in shown


def test_two_columns_cannot_be_the_same(manager: Client, garage: House) -> None:
    with garage.work():
        brought = bring(garage, SALES)
        sent = planned(brought, column_2="amount")
    answer = manager.post(f"{HERE}{brought.pk}/plan/", sent)
    assert answer.status_code == 422
    assert "Another column is that already" in answer.content.decode()


def test_a_column_that_is_missing_is_said_and_the_choice_is_kept(manager: Client, garage: House) -> None:
    with garage.work():
        brought = bring(garage, SALES)
        sent = planned(brought, column_4="", currency="USD")
    answer = manager.post(f"{HERE}{brought.pk}/check/", sent)
    assert answer.status_code == 422
    assert "Choose the column that holds the amount." in answer.content.decode()
    with garage.work():
        brought.refresh_from_db()
    assert brought.plan["currency"] == "USD"
    answer = manager.post(f"{HERE}{brought.pk}/go/", follow=True)
    assert "Choose the column that holds the amount." in answer.content.decode()


def test_lines_that_come_back_can_be_downloaded(manager: Client, garage: House) -> None:
    brought = bring_in(garage, SALES + "2026-02-30,17,Mari Oja,,5.00,=1+1\n")
    assert "1 line" in page(manager, f"{HERE}{brought.pk}/") or "line 6" in page(manager, f"{HERE}{brought.pk}/")
    answer = manager.get(f"{HERE}{brought.pk}/refused/")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    heads, row = csv.reader(StringIO(text))
    assert heads[-2:] == ["Line", "Why it came back"]
    assert row[:6] == ["2026-02-30", "17", "Mari Oja", "", "5.00", "'=1+1"]
    assert row[-2] == "6"
    assert "2026-02-30" in row[-1]
    with garage.work():
        untouched = bring(garage, SALES)
    assert manager.get(f"{HERE}{untouched.pk}/refused/").status_code == 404


def test_where_every_line_comes_back_the_reasons_and_the_file_are_there(manager: Client, garage: House) -> None:
    brought = bring_in(garage, "Date,Name,Amount\n2126-02-20,Mari Oja,5\n2126-02-21,Mari Oja,5\n")
    shown = page(manager, f"{HERE}{brought.pk}/")
    assert "No line could be understood." in shown
    assert "2 lines, the first is 2" in shown
    assert f"{HERE}{brought.pk}/refused/" in shown
    answer = manager.get(f"{HERE}{brought.pk}/refused/")
    assert "2126-02-21,Mari Oja,5,3," in b"".join(answer.streaming_content).decode("utf-8-sig")
    with garage.work():
        imports.ask(brought, by=garage.manager, at=MONDAY, is_dry_run=True)
        imports.stop(brought, by=garage.manager, at=MONDAY)
    assert "You stopped it." in page(manager, f"{HERE}{brought.pk}/")


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize("subject", ["sales", "customers"])
def test_a_small_file_to_try_can_be_brought_as_it_is(manager: Client, garage: House, subject: str) -> None:
    text = b"".join(manager.get(f"{HERE}sample/{subject}/").streaming_content)
    brought = bring_in(garage, text, subject=subject)
    assert (brought.outcome["customers"], brought.outcome["refused"]) == (2, 0)
    assert manager.get(f"{HERE}sample/cats/").status_code == 404


def test_progress_goes_on_by_itself_and_ends_with_the_whole_page(manager: Client, garage: House) -> None:
    with garage.work():
        brought = bring(garage, SALES)
        imports.ask(brought, by=garage.manager, at=MONDAY, is_dry_run=False)
    htmx = {"HX-Request": "true", "HX-Target": "progress"}
    part = manager.get(f"{HERE}{brought.pk}/", headers=htmx).content.decode()
    assert 'hx-trigger="every 1s"' in part
    assert "<html" not in part
    with garage.work():
        importing.begin(brought, at=MONDAY)
        for step, words in (("people", "who is who"), ("comparing", "known already"), ("writing", "into the book")):
            importing.is_at(brought, step, 0.5, 1000)
            part = manager.get(f"{HERE}{brought.pk}/", headers=htmx).content.decode()
            assert words in part
            assert ("may wait until" in part) == (step == "writing")
    manager.post(f"{HERE}{brought.pk}/stop/")
    assert manager.get(f"{HERE}{brought.pk}/", headers=htmx).headers["HX-Refresh"] == "true"
    assert "You stopped it." in page(manager, f"{HERE}{brought.pk}/")


def test_a_file_is_thrown_away(manager: Client, garage: House) -> None:
    with garage.work():
        brought = bring(garage, SALES)
        imports.ask(brought, by=garage.manager, at=MONDAY, is_dry_run=False)
    answer = manager.post(f"{HERE}{brought.pk}/clear/", follow=True)
    assert "being read" in answer.content.decode()
    manager.post(f"{HERE}{brought.pk}/stop/")
    answer = manager.post(f"{HERE}{brought.pk}/clear/", follow=True)
    assert "The file is gone from here." in answer.content.decode()
    assert "gone from here" in page(manager, f"{HERE}{brought.pk}/")


def test_nothing_new_is_said(manager: Client, garage: House) -> None:
    bring_in(garage, SALES)
    again = bring_in(garage, SALES, is_dry_run=True)
    shown = page(manager, f"{HERE}{again.pk}/")
    assert "All of this is in the book already." in shown
    assert "Yes, bring it in" not in shown


def test_a_neighbours_import_is_not_there(manager: Client, garage: House, salon: House) -> None:
    theirs = bring_in(salon, SALES + "2026-02-30,17,Mari Oja,,5.00,x\n")
    for address in ("", "refused/"):
        assert manager.get(f"{HERE}{theirs.pk}/{address}").status_code == 404
    for address in ("plan/", "check/", "go/", "stop/", "undo/", "clear/"):
        assert manager.post(f"{HERE}{theirs.pk}/{address}").status_code == 404
    assert manager.get("/at/salon/imports/").status_code == 404


def test_the_front_line_does_not_bring_files(client: Client, garage: House) -> None:
    client.force_login(garage.person(Role.FRONT_LINE))
    assert client.get(HERE).status_code == 403


@pytest.mark.parametrize("many", [1, 8])
def test_the_list_costs_the_same_however_much_was_brought(
    manager: Client, garage: House, many: int, django_assert_max_num_queries: Any
) -> None:
    with garage.work():
        for _ in range(many):
            bring(garage, SALES)
    with django_assert_max_num_queries(10):
        page(manager, HERE)
