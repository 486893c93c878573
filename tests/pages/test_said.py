"""The page of her complaint: how it stands, for whoever holds the link. Opening it confirms nothing."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from regulars.record import asides, attachments, closing, complaints, links, messages, recoveries, work
from regulars.record.attachments import Attachment, File
from regulars.record.branches import Branch
from regulars.record.complaints import Complaint
from regulars.record.journal import Entry
from regulars.record.messages import Message
from regulars.record.people import Role
from regulars.record.recoveries import Recovery
from regulars.record.tasks import Planned
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


def told(house: House, text: str = "The wheel came loose", *, files: Any = (), **more: Any) -> Complaint:
    """As the page for complaints writes it down."""
    its = complaints.hear(
        text=text, source="form", branch=Branch.objects.get(), by=None, at=MONDAY, language="en", **more
    )
    messages.receive(its, text=text, files=files, at=MONDAY)
    return its


def address(house: House, its: Complaint, act: str = "") -> str:
    return f"/said/{house.business.pk}/{its.secret}/{act}"


def read(where: str, status: int = 200) -> str:
    response = Client().get(where)
    assert response.status_code == status
    return response.content.decode()


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG")
    return out.getvalue()


def test_it_says_by_when_she_hears_from_us_and_when_that_is_over_that_we_are_sorry(garage: House) -> None:
    with garage.work():
        where = address(garage, told(garage))
    assert "You hear from us by 14:30." in read(where)
    with time_machine.travel(MONDAY + 5 * HOUR, tick=False):
        assert "You were to hear from us by 14:30. We are sorry. Please call us, or write below." in read(where)
        page = read(f"{where}?thanks=1")
        assert "You hear from us by" not in page, "what is over is not promised again"
        assert "You were to hear from us by 14:30." in page


def test_she_reads_what_we_wrote_and_never_what_is_only_ours(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage, name="Kaja Oja")
        its = told(garage, customer=her, sender="kaja@oja.example")
        other = told(garage, "Another of hers", customer=her)
        messages.answer(its, text="We look at it today", by=garage.owner, at=MONDAY)
        messages.say(its, text="She was cross", by=garage.owner, at=MONDAY)
        messages.note(its, text="Difficult, be careful", by=garage.owner, at=MONDAY)
        where = address(garage, its)
    page = read(where)
    assert "We look at it today" in page
    assert "We spoke with you." in page
    assert "We have answered, and we go on until it is right." in page
    assert page.count("The wheel came loose") == 1
    for ours in ("She was cross", "Difficult", "Kaja", "Another of hers", other.secret, "Mari Tamm"):
        assert ours not in page


def test_what_one_of_us_wrote_down_for_her_stands_first(garage: House) -> None:
    with garage.work():
        where = address(garage, shop.complaint(garage, language="en"))
    assert read(where).count("The wheel came loose") == 1


def test_she_sees_where_we_erred_what_was_agreed_and_what_was_done(garage: House) -> None:
    with garage.work():
        its = told(garage)
        its = Complaint.objects.get(pk=its.pk)
        begun = shop.recovery(garage, its, until="admitted")
        where = address(garage, its)
        tasks = [Planned("A bolt", 900)]
        said = {"by": garage.front_line, "at": MONDAY}
        recoveries.plan(begun, remedy="A new wheel", due_at=MONDAY + DAY, tasks=tasks, mender=None, **said)
    page = read(where)
    assert "We did not tighten the bolts" in page
    assert "A new wheel" not in page, "nothing is agreed yet"
    with garage.work():
        recoveries.agree(begun, **said)
    page = read(where)
    assert "We agreed on what puts it right, by tomorrow 10:30." in page
    assert "A new wheel" in page
    assert "Yes, it is right" not in page
    with garage.work():
        recoveries.do(begun, **said)
        recoveries.do_more(begun, what="The car was washed", cost=500, **said)
    page = read(where)
    assert "It is done. Is it right now?" in page
    assert "The car was washed" in page
    for ours in ("A bolt", "9.00", "5.00", "Liis Saar"):
        assert ours not in page


def test_only_the_button_confirms_and_twice_is_once(garage: House) -> None:
    with garage.work():
        its = told(garage)
        shop.recovery(garage, its)
        where = address(garage, its)
        before = Entry.objects.count()
    for _time in range(3):
        read(where)
    for act in ("right/", "not-yet/", "write/"):
        read(f"{where}{act}", 405)
    with garage.work():
        assert Entry.objects.count() == before
        assert Complaint.objects.get().right_at is None
    for _time in range(2):
        response = Client().post(f"{where}right/")
        assert response["Location"] == f"{where}?right=1#right"
    with garage.work():
        its.refresh_from_db()
        assert (its.right_at, its.right_by, its.ask_on) == (MONDAY, None, None)
    page = read(f"{where}?right=1")
    assert "We are glad that it is right." in page
    assert "Yes, it is right" not in page


def test_before_anything_was_done_nothing_can_be_confirmed(garage: House) -> None:
    with garage.work():
        its = told(garage)
        where = address(garage, its)
    for act in ("right/", "not-yet/"):
        response = Client().post(f"{where}{act}")
        assert response.status_code == 422
        assert "Nothing was put right yet." in response.content.decode()


@pytest.mark.parametrize(("say", "stands"), [("It wobbles", "It wobbles"), ("", "It is not right yet.")])
def test_not_yet_begins_anew_and_waits_for_an_answer(garage: House, say: str, stands: str) -> None:
    with garage.work():
        its = told(garage)
        shop.recovery(garage, its)
        messages.answer(its, text="Done", by=garage.owner, at=MONDAY)
        where = address(garage, its)
    with time_machine.travel(MONDAY + HOUR, tick=False):
        assert Client().post(f"{where}not-yet/", {"say": say}).status_code == 302
        page = read(where)
        assert stands in page
        assert "You hear from us by 15:30." in page
    with garage.work():
        its.refresh_from_db()
        assert its.right_at is None
        assert Recovery.objects.get().failed_say == stands
        assert messages.waiting().get().text == stands


def test_she_writes_more_and_what_was_over_is_open_again(garage: House) -> None:
    with garage.work():
        its = told(garage)
        shop.recovery(garage, its)
        closing.confirm(its, by=None, at=MONDAY)
        closing.change_nothing(its, why="A slip", by=garage.owner, at=MONDAY)
        closing.close(its, by=garage.owner, at=MONDAY)
        where = address(garage, its)
    assert "This is over." in read(where)
    said = {"text": "It came loose again", "photos": [SimpleUploadedFile("again.jpg", picture())]}
    response = Client().post(f"{where}write/", said)
    assert response["Location"] == f"{where}?thanks=1#thanks"
    assert "It came loose again" in read(where)
    with garage.work():
        its.refresh_from_db()
        assert its.is_open
        assert Attachment.objects.get().name == "again.jpg"


def test_what_was_set_aside_says_so_neutrally_and_comes_back_when_she_writes(garage: House) -> None:
    with garage.work():
        its = told(garage)
        asides.set_aside(its, as_what="junk", by=garage.owner, at=MONDAY)
        where = address(garage, its)
    page = read(where)
    assert "Nothing is open here." in page
    assert "junk" not in page.casefold()
    assert Client().post(f"{where}write/", {"text": "I am a person"}).status_code == 302
    with garage.work():
        its.refresh_from_db()
        assert its.is_open
        assert messages.waiting().filter(text="I am a person").exists()


def test_a_photo_alone_is_enough_and_nothing_is_not(garage: House) -> None:
    with garage.work():
        where = address(garage, told(garage), "write/")
    empty = Client().post(where, {"text": " "})
    assert empty.status_code == 422
    assert "Write a few words, or choose a photo." in empty.content.decode()
    assert Client().post(where, {"photos": [SimpleUploadedFile("a.jpg", picture())]}).status_code == 302
    wrong = Client().post(where, {"text": "Look", "photos": [SimpleUploadedFile("a.svg", b"<svg/>")]})
    assert wrong.status_code == 422
    assert "Look" in wrong.content.decode()


def test_a_robot_is_thanked_and_not_heard_and_nobody_is_buried(garage: House) -> None:
    with garage.work():
        where = address(garage, told(garage), "write/")
    assert Client().post(where, {"text": "x", "website": "https://spam.example"}).status_code == 302
    for _time in range(19):
        assert Client().post(where, {"text": "More"}).status_code == 302
    last = Client().post(where, {"text": "One more"})
    assert last.status_code == 422
    assert "One more" in last.content.decode()
    with garage.work():
        assert Message.objects.filter(text="x").count() == 0


# --- whose it is --------------------------------------------------------------------------------------------------


def test_a_link_opens_its_own_complaint_and_no_other(garage: House, salon: House) -> None:
    with garage.work():
        its = told(garage)
        secret = its.secret
    page = read(f"/said/{salon.business.pk}/{secret}/", 404)
    assert "The wheel came loose" not in page
    for wrong in ("nonsense", "A" * 43, secret[:-2] + "AA", "ä", "A" * 500):
        read(f"/said/{garage.business.pk}/{wrong}/", 404)
        assert Client().post(f"/said/{garage.business.pk}/{wrong}/right/").status_code == 404
    read(f"/said/{uuid4()}/{secret}/", 404)


def test_search_engines_caches_and_other_sites_are_kept_out(garage: House) -> None:
    with garage.work():
        where = address(garage, told(garage))
    for there, status in ((where, 200), (f"/said/{garage.business.pk}/nonsense/", 404)):
        response = Client().get(there)
        assert response.status_code == status
        assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert response["Referrer-Policy"] == "same-origin"
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("size", [1, 15])
def test_the_same_questions_however_long_the_story(
    garage: House, size: int, django_assert_max_num_queries: Any
) -> None:
    with garage.work():
        its = told(garage)
        for number in range(size):
            photo = File("a.jpg", "image/jpeg", picture(), is_picture=True)
            messages.receive(its, text=f"More {number}", files=[photo], at=MONDAY)
        shop.recovery(garage, its)
        where = address(garage, its)
    with django_assert_max_num_queries(13):
        read(f"{where}?thanks=1")


# --- files --------------------------------------------------------------------------------------------------------

ODD = [
    File("page.html", "text/html", b"<script>alert(1)</script>"),
    File("wheel.jpg", "image/jpeg", b"<html><script>alert(1)</script></html>"),
    File("wheel.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
    File("both.gif", "image/gif", b"GIF89a/*<script>alert(1)</script>*/"),
    File('a"b\r\nX-Evil: 1.pdf', "application/pdf", b"%PDF"),
]


@pytest.mark.parametrize("odd", ODD, ids=lambda file: str(file.name.split(".")[-1]))
@pytest.mark.parametrize("who", ["hers", "staff"])
def test_whatever_a_letter_brings_is_only_ever_saved(client: Client, garage: House, odd: File, who: str) -> None:
    with garage.work():
        its = told(garage, files=[odd])
        pk = Attachment.objects.get().pk
    client.force_login(garage.person(Role.VIEWER))
    where = address(garage, its, f"files/{pk}/") if who == "hers" else f"/at/garage/complaints/{its.pk}/files/{pk}/"
    response = client.get(where)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]
    assert "X-Evil" not in response
    assert response.content == odd.content


def test_a_picture_that_we_drew_is_shown(client: Client, garage: House) -> None:
    with garage.work():
        its = told(garage, files=[File("wheel.jpg", "text/html", picture(), is_picture=True)])
        pk = Attachment.objects.get().pk
    client.force_login(garage.person(Role.VIEWER))
    for where in (address(garage, its, f"files/{pk}/"), f"/at/garage/complaints/{its.pk}/files/{pk}/"):
        response = client.get(where)
        assert (response["Content-Type"], response["Content-Disposition"]) == (
            "image/jpeg",
            'inline; filename="wheel.jpg"',
        )
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert f"files/{pk}/" in read(address(garage, its))


def test_a_file_of_another_complaint_or_of_ours_is_not_found(client: Client, garage: House, salon: House) -> None:
    with garage.work():
        its, other = told(garage), told(garage, "Another", files=[File("a.jpg", "image/jpeg", b"x", is_picture=True)])
        theirs = Attachment.objects.get().pk
        note = messages.note(its, text="Ours", by=garage.owner, at=MONDAY)
        attachments.attach(its, [File("ours.jpg", "image/jpeg", b"x", is_picture=True)], at=MONDAY, message=note)
        ours = Attachment.objects.get(name="ours.jpg").pk
    read(address(garage, its, f"files/{theirs}/"), 404)
    read(address(garage, its, f"files/{ours}/"), 404)
    read(address(garage, other, f"files/{theirs}/"))
    client.force_login(garage.person(Role.VIEWER))
    assert client.get(f"/at/garage/complaints/{its.pk}/files/{theirs}/").status_code == 404
    client.force_login(salon.person(Role.OWNER))
    assert client.get(f"/at/garage/complaints/{other.pk}/files/{theirs}/").status_code == 404
    assert client.get(f"/at/salon/complaints/{other.pk}/files/{theirs}/").status_code == 404


# --- her own page -------------------------------------------------------------------------------------------------


def test_her_own_page_shows_what_is_surely_hers_and_nothing_that_only_bears_her_address(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage, language="en")
        shop.promise(garage, her)
        hers = told(garage, "It squeaks", customer=her)
        told(garage, "Somebody typed her address", customer=her, is_hers=False)
        over = told(garage, "Long over", customer=her)
        asides.set_aside(over, as_what="mistake", by=garage.owner, at=MONDAY)
        where = f"/yours/{garage.business.pk}/{links.Link.objects.get(customer=her).secret}/"
    page = read(where)
    assert "It squeaks" in page
    assert address(garage, hers) in page
    assert "You hear from us by 14:30." in page
    assert "Somebody typed" not in page
    assert "Long over" not in page
    assert "/tell/garage/" in page


def test_from_her_own_page_it_comes_with_photos_and_waits_for_an_answer(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage, language="en")
        job = work.finish(shop.job(garage, her), by=garage.front_line, at=MONDAY, told=True)
        where = f"/yours/{garage.business.pk}/{links.Link.objects.get(customer=her).secret}/"
    said = {f"{job.pk}-text": "It squeaks", f"{job.pk}-photos": [SimpleUploadedFile("a.jpg", picture())]}
    assert Client().post(f"{where}jobs/{job.pk}/not-right/", said).status_code == 302
    with garage.work():
        its = Complaint.objects.get()
        assert (its.customer, its.tied_at, its.language, its.job) == (her, MONDAY, "en", job)
        assert messages.waiting().get().text == "It squeaks"
        assert Attachment.objects.get().is_picture
