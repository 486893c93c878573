"""Anybody may say that something is not right: without an account, in her language, and nothing she typed is lost."""

import re
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from PIL import Image

from regulars.intake import pictures
from regulars.pages import tell
from regulars.pages.uploads import Bounded
from regulars.record import branches
from regulars.record.attachments import Attachment
from regulars.record.branches import WORKING_WEEK, Branch
from regulars.record.complaints import Complaint
from regulars.record.customers import Contact
from regulars.record.journal import Entry
from regulars.record.messages import Message
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import HOUR

ENGLISH = {"Accept-Language": "en-GB,en;q=0.9"}


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


def address(house: House) -> str:
    with house.work():
        return f"/tell/{house.business.slug}/{Branch.objects.get().pk}/"


def photo(name: str = "wheel.jpg") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def opened(where: str) -> str:
    page = Client().get(where, headers=ENGLISH).content.decode()
    return re.search(r'name="opened" value="([^"]+)"', page)[1]  # type: ignore[index]


def send(
    where: str, text: str = "The wheel came loose", *, at: datetime = MONDAY + timedelta(minutes=1), **more: Any
) -> Any:
    """Opened at half past ten and sent a minute later, unless said otherwise."""
    more.setdefault("opened", opened(where))
    with time_machine.travel(at, tick=False):
        return Client().post(where, {"text": text, **more}, headers=ENGLISH)


def words(response: Any, status: int) -> str:
    assert response.status_code == status
    return str(response.content.decode())


def test_a_stranger_complains_in_one_go_and_gets_a_link_to_keep(garage: House) -> None:
    response = send(address(garage))
    assert response.status_code == 302
    with garage.work():
        its, message = Complaint.objects.get(), Message.objects.get()
        assert (its.text, its.source, its.heard_by, its.owner, its.customer) == (
            "The wheel came loose", "form", None, None, None,
        )  # fmt: skip
        assert (its.sender, its.language, its.acknowledged_at) == ("", "en", MONDAY + timedelta(minutes=1))
        assert (message.text, message.way, message.answer_by) == (its.text, "in", its.hears_by)
        secret = its.secret
    where = response["Location"].split("#")[0]
    assert where == f"/said/{garage.business.pk}/{secret}/?thanks=1"
    with time_machine.travel(MONDAY + timedelta(minutes=1), tick=False):
        page = words(Client().get(where), 200)
    assert "Thank you. We have it." in page
    assert "You hear from us by 14:31." in page
    assert "number 1" in page
    assert f"http://localhost:8000/said/{garage.business.pk}/{secret}/</p>" in page


def test_after_hours_it_is_honest(garage: House) -> None:
    evening = MONDAY + 12 * HOUR
    response = send(address(garage), at=evening)
    with time_machine.travel(evening, tick=False):
        page = words(Client().get(response["Location"].split("#")[0]), 200)
    assert "We are closed now and open again: tomorrow 09:00. You hear from us by tomorrow 13:00." in page


def test_three_fields_at_most_and_only_one_is_needed(garage: House) -> None:
    page = words(Client().get(address(garage), headers=ENGLISH), 200)
    form = page[page.index('class="form card"') :]
    form = form[: form.index("</form>")]
    seen = form[: form.index('class="robots"')] + form[form.index("</div>", form.index('class="robots"')) :]
    assert len(re.findall(r"<(?:input|textarea|select)(?![^>]*hidden)", seen)) == 3
    assert form.count(" required") == 1


def test_opening_the_page_writes_nothing(garage: House) -> None:
    with garage.work():
        before = Entry.objects.count()
    words(Client().get(address(garage)), 200)
    with garage.work():
        assert (Entry.objects.count(), Complaint.objects.count()) == (before, 0)


def test_photos_are_drawn_anew_and_come_with_it(garage: House) -> None:
    assert send(address(garage), photos=[photo(), photo("bolt.png")]).status_code == 302
    with garage.work():
        files = Attachment.objects.all()
        assert [(one.name, one.is_picture, one.message.way) for one in files] == [
            ("wheel.jpg", True, "in"),
            ("bolt.jpg", True, "in"),
        ]


def test_what_is_no_picture_is_refused_and_the_words_stay(garage: House) -> None:
    page = words(send(address(garage), photos=[SimpleUploadedFile("wheel.jpg", b"<html>")]), 422)
    assert "is not a picture that we can open" in page
    assert "The wheel came loose" in page
    assert "choose your photos once more" in page
    with garage.work():
        assert not Complaint.objects.exists()


def test_no_more_of_a_file_is_written_to_the_disk_than_a_picture_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "LARGEST", 1000)
    for where, written in (("/tell/garage/", 800), ("/at/garage/imports/bring/", 1600)):
        upload = Bounded(RequestFactory().post(where))
        upload.new_file("photos", "wheel.jpg", "image/jpeg", 1600)
        for start in (0, 800):
            upload.receive_data_chunk(b"x" * 800, start)
        file = upload.file_complete(1600)
        assert (file.size, len(file.read())) == (1600, written)


def test_nothing_at_all_is_refused(garage: House) -> None:
    words(send(address(garage), "  "), 422)


def test_who_left_an_address_gets_a_letter_at_once(garage: House) -> None:
    assert send(address(garage), reach="Kaja@Oja.example").status_code == 302
    with garage.work():
        its, letter = Complaint.objects.get(), Message.objects.get(kind="ack")
        assert (letter.to, letter.way, letter.send_at) == ("kaja@oja.example", "out", MONDAY + timedelta(minutes=1))
        assert letter.subject == "We have your complaint, number 1"
        assert its.secret in letter.text
        assert its.acknowledged_at is not None, "the page has said so"
        assert Message.objects.get(way="in").answered_at is None, "a letter by a program answers nothing"


def test_nobody_is_pestered_by_us_in_a_strangers_name(garage: House) -> None:
    for _time in range(5):
        assert send(address(garage), reach="victim@oja.example").status_code == 302
    with garage.work():
        assert (Complaint.objects.count(), Message.objects.filter(kind="ack").count()) == (5, 3)


@pytest.mark.parametrize("reach", ["kaja@oja.example", "5555 1234"])
def test_whoever_alone_has_that_address_is_probably_meant(garage: House, reach: str) -> None:
    with garage.work():
        ways = {"emails": [("kaja@oja.example", "kaja@oja.example")], "phones": [("+37255551234", "5555 1234")]}
        her = shop.customer(garage, **ways)
    send(address(garage), reach=reach)
    with garage.work():
        its = Complaint.objects.get()
        assert (its.customer, its.tied_at, its.sender) == (her, None, reach)
        shop.customer(garage, name="Jaan Oja", **ways)
    send(address(garage), reach=reach)
    with garage.work():
        assert Complaint.objects.get(number=2).customer is None, "two share it, and nobody guesses"


def test_any_words_will_do_as_an_address(garage: House) -> None:
    with garage.work():
        shop.customer(garage)
        assert not Contact.objects.filter(value="").exists()
    assert send(address(garage), reach="Mari, the blue Volvo").status_code == 302
    with garage.work():
        its = Complaint.objects.get()
        assert (its.sender, its.customer) == ("Mari, the blue Volvo", None)
        assert not Message.objects.filter(kind="ack").exists()


def test_what_only_a_robot_fills_in_is_set_aside_and_not_lost(garage: House) -> None:
    assert send(address(garage), website="https://spam.example", reach="a@b.example").status_code == 302
    with garage.work():
        its = Complaint.objects.get()
        assert (its.text, its.aside_as) == ("The wheel came loose", "junk")
        assert not Message.objects.filter(kind="ack").exists()


def test_sent_within_two_seconds_it_asks_once_more_and_keeps_the_words(garage: House) -> None:
    where = address(garage)
    first = opened(where)
    page = words(send(where, at=MONDAY + timedelta(seconds=1.9), opened=first), 422)
    assert "Please press Send once more." in page
    assert "The wheel came loose" in page
    assert f'value="{first}"' in page
    assert send(where, at=MONDAY + timedelta(seconds=2), opened=first).status_code == 302


@pytest.mark.parametrize("stamp", ["", "nonsense", "1.0:forged"])
def test_a_moment_that_we_did_not_sign_counts_from_now(garage: House, stamp: str) -> None:
    page = words(send(address(garage), opened=stamp), 422)
    later = re.search(r'name="opened" value="([^"]+)"', page)[1]  # type: ignore[index]
    assert send(address(garage), at=MONDAY + timedelta(seconds=62), opened=later).status_code == 302


def test_a_page_that_lay_open_for_a_week_still_sends(garage: House) -> None:
    assert send(address(garage), at=MONDAY + timedelta(days=7)).status_code == 302


def test_too_many_within_the_hour_keep_their_words_and_get_the_number_to_call(
    garage: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with garage.work():
        Branch.objects.update(phone="+372 600 1234")
    for limit in ("MOST_FROM_ONE_ADDRESS", "MOST_AT_A_BRANCH"):
        monkeypatch.setattr(tell, limit, 2)
    assert [send(address(garage)).status_code for _time in range(2)] == [302] * 2
    page = words(send(address(garage), "And the horn"), 422)
    assert "Please call us" in page
    assert "And the horn" in page
    assert "tel:+372 600 1234" in page


def test_one_address_may_not_fill_a_branch_nor_all_addresses_together(
    garage: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tell, "MOST_AT_A_BRANCH", 1)
    assert send(address(garage)).status_code == 302
    assert send(address(garage)).status_code == 422


@pytest.mark.parametrize(
    ("asked", "cookie", "language"),
    [("fi,en;q=0.5", "", "fi"), ("sv-SE,ru;q=0.4", "", "ru"), ("sv", "", "et"), ("", "", "et"), ("fi", "ru", "ru")],
)
def test_in_the_language_of_the_browser_else_of_the_branch(
    garage: House, asked: str, cookie: str, language: str
) -> None:
    client = Client()
    if cookie:
        client.cookies["django_language"] = cookie
    page = words(client.get(address(garage), headers={"Accept-Language": asked}), 200)
    assert f'<html lang="{language}"' in page
    for code in ("en", "ru", "fi", "et"):
        assert f'name="language" value="{code}"' in page


def test_with_one_branch_there_is_nothing_to_choose_with_two_there_is(garage: House) -> None:
    where = address(garage)
    assert Client().get("/tell/garage/")["Location"] == where
    with garage.work():
        first = Branch.objects.get()
        same = {name: getattr(first, name) for name in ("country", "currency", "language", "zone")}
        branches.open_branch(name="Harbour", week=WORKING_WEEK, by=garage.owner, at=MONDAY, **same)
    page = words(Client().get("/tell/garage/", headers=ENGLISH), 200)
    assert "Where was it?" in page
    assert where in page
    with garage.work():
        branches.close_branch(first, by=garage.owner, at=MONDAY)
    assert Client().get(where)["Location"] == "/tell/garage/", "an old poster leads to the others"


def test_what_is_not_there_is_not_found(garage: House, salon: House) -> None:
    theirs = address(salon).rsplit("/", 2)[1]
    for where in ("/tell/nobody/", f"/tell/garage/{uuid4()}/", f"/tell/garage/{theirs}/"):
        words(Client().get(where), 404)


def test_search_engines_caches_and_other_sites_are_kept_out(garage: House) -> None:
    response = Client().get(address(garage))
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "no-store" in response["Cache-Control"]
    robots = Client().get("/robots.txt").content.decode()
    assert "Disallow: /tell/" in robots
    assert "Disallow: /said/" in robots


def test_a_forged_form_is_refused(garage: House) -> None:
    assert Client(enforce_csrf_checks=True).post(address(garage), {"text": "x"}).status_code == 403


@pytest.mark.parametrize("size", [1, 15])
def test_the_same_questions_however_many_told_us(garage: House, size: int, django_assert_max_num_queries: Any) -> None:
    where = address(garage)
    for _time in range(size):
        send(where)
    with django_assert_max_num_queries(7):
        words(Client().get(where), 200)
