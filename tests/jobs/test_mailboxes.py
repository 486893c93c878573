"""A letter to a real mail server becomes a complaint, once, and joins the thread to which it belongs."""

import socket
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any
from unittest.mock import Mock

import pytest
from django.core import mail as outbox
from django.db import DataError, OperationalError

from regulars.desk.envelopes import named
from regulars.intake import imap, mail, mailbox
from regulars.jobs import mailboxes as jobs
from regulars.jobs import schedule
from regulars.record import mailboxes, messages, outgoing
from regulars.record.attachments import Attachment, Original
from regulars.record.branches import Branch
from regulars.record.business import Business
from regulars.record.complaints import Complaint
from regulars.record.mailboxes import Mailbox
from regulars.record.messages import Message
from tests import shop
from tests.cast import MONDAY, House
from tests.machine import spare_port
from tests.mailserver import PASSWORD, MailServer
from tests.shop import HOUR

LETTERS = Path(__file__).parent.parent / "published" / "letters"
MINUTE = timedelta(minutes=1)
KAJA = "kaja@oja.example"


@pytest.fixture(autouse=True)
def inside(settings: Any, garage: House) -> None:
    Business.objects.update(language="en")
    settings.MAIL_INSIDE = True  # the tests' server is on this machine
    settings.DEFAULT_FROM_EMAIL = "Regulars <robot@regulars.example>"


@pytest.fixture
def user(request: pytest.FixtureRequest) -> str:
    return f"u{abs(hash(request.node.nodeid))}"


def mailbox_at(
    house: House, server: MailServer, user: str, address: str = "garage@tamm.example", **more: Any
) -> Mailbox:
    described = {"host": "127.0.0.1", "port": server.port, "security": "none", "user": user, "folder": "INBOX"} | more
    with house.work():
        return mailboxes.add(
            address=address, branch=Branch.objects.get(), password=described.pop("password", PASSWORD),
            by=house.owner, at=MONDAY, **described,
        )  # fmt: skip


def letter(text: str = "The wheel is loose.", number: int = 1, **headers: str) -> bytes:
    said = {"From": f"Kaja Oja <{KAJA}>", "To": "garage@tamm.example", "Subject": "Wheel"}
    said |= {"Message-ID": f"<{number}@oja.example>"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    head = "\r\n".join(f"{name}: {value}" for name, value in said.items() if value)
    return f"{head}\r\n\r\n{text}\r\n".encode()


def came(house: House) -> list[tuple[int, str, str]]:
    """Number, how it was set aside, and words of every complaint."""
    with house.work():
        return list(Complaint.objects.order_by("number").values_list("number", "aside_as", "text"))


def state(house: House, box: Mailbox) -> Mailbox:
    with house.work():
        return Mailbox.objects.get(pk=box.pk)


def deliver(house: House, box: Mailbox, raw: bytes, at: Any = MONDAY) -> mail.Landed | None:
    """As the job does, without a server."""
    with house.work():
        read = mailbox.read(raw)
        landed = mail.land(read, raw, box, at=at)
        if landed and landed.is_first and mail.may_acknowledge(read, at=at):
            jobs._acknowledge(landed.message, read, box, at)
        return landed


# --- fetching ----------------------------------------------------------------------------------------------------


def test_a_letter_becomes_a_complaint_and_is_acknowledged(garage: House, server: MailServer, user: str) -> None:
    box = mailbox_at(garage, server, user)
    server.put(user, letter("The wheel is loose.\r\n\r\n-- \r\nKaja"), at=MONDAY + HOUR)
    schedule.EVERY_MINUTE["mailboxes"](MONDAY + 2 * HOUR)
    assert came(garage) == [(1, "", "The wheel is loose.")]
    with garage.work():
        one = Complaint.objects.get()
        assert (one.source, one.sender, one.sender_name, one.heard_by) == ("mail", KAJA, "Kaja Oja", None)
        hers, ours = one.messages.all()
        assert (hers.text, hers.to, hers.answer_by is None) == ("The wheel is loose.", "garage@tamm.example", False)
        assert bytes(Original.objects.get(message=hers).content).startswith(b"From: Kaja")
        assert (ours.kind, ours.to, ours.replies_to) == ("ack", KAJA, "<1@oja.example>")
        assert "[#1]" in ours.subject
    assert (state(garage, box).fetched_at, state(garage, box).failure) == (MONDAY + 2 * HOUR, "")
    assert b"Seen" not in server.flags(user)


def test_what_is_fetched_twice_lands_once(garage: House, server: MailServer, user: str) -> None:
    box = mailbox_at(garage, server, user)
    server.put(user, letter(), at=MONDAY + HOUR)
    jobs.fetch(MONDAY + HOUR)
    jobs.fetch(MONDAY + HOUR + MINUTE)
    with garage.work():
        Mailbox.objects.filter(pk=box.pk).update(last_uid=0)
    jobs.fetch(MONDAY + HOUR + 2 * MINUTE)
    assert len(came(garage)) == 1


def test_when_uids_begin_anew_nothing_lands_twice_and_nothing_is_lost(
    garage: House, server: MailServer, user: str
) -> None:
    box = mailbox_at(garage, server, user)
    server.put(user, letter("one", 1), letter("two", 2), at=MONDAY + HOUR)
    jobs.fetch(MONDAY + HOUR)
    before = state(garage, box).uidvalidity
    server.empty(user)
    server.put(user, letter("two", 2), letter("three", 3), at=MONDAY + HOUR)
    jobs.fetch(MONDAY + 2 * HOUR)
    assert state(garage, box).uidvalidity != before
    assert [text for _number, _aside, text in came(garage)] == ["one", "two", "three"]


def test_what_lay_there_before_is_left_alone(garage: House, server: MailServer, user: str) -> None:
    mailbox_at(garage, server, user)
    server.put(user, letter("old", 1), at=MONDAY - HOUR)
    server.put(user, letter("new", 2), at=MONDAY + HOUR)
    jobs.fetch(MONDAY + 2 * HOUR)
    assert [text for _number, _aside, text in came(garage)] == ["new"]


def test_the_server_dies_in_the_middle_and_nothing_is_lost(
    garage: House, server: MailServer, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = mailbox_at(garage, server, user)
    server.put(user, *[letter(f"letter {number}", number) for number in range(1, 6)], at=MONDAY + HOUR)
    fetched = imap.Folder.letter

    def killed_at_the_third(folder: imap.Folder, uid: int) -> Any:
        if uid == 3:
            server.stop()
        return fetched(folder, uid)

    with monkeypatch.context() as patched:
        patched.setattr(imap.Folder, "letter", killed_at_the_third)
        jobs.fetch(MONDAY + HOUR)
    assert len(came(garage)) == 2
    assert state(garage, box).failed_at == MONDAY + HOUR
    jobs.fetch(MONDAY + 24 * HOUR)
    stopped = state(garage, box)
    assert (stopped.failed_at, stopped.is_silent(MONDAY + 24 * HOUR)) == (MONDAY + HOUR, True)
    assert stopped.failure == f"127.0.0.1 does not answer on port {server.port}."
    server.start()
    jobs.fetch(MONDAY + 25 * HOUR)
    assert [text for _number, _aside, text in came(garage)] == [f"letter {number}" for number in range(1, 6)]
    assert (state(garage, box).failed_at, state(garage, box).failure) == (None, "")


def test_what_failed_is_said_in_words_and_the_next_mailbox_is_fetched(
    garage: House, server: MailServer, user: str
) -> None:
    wrong = [
        (mailbox_at(garage, server, user, "a@tamm.example", password="wrong"), "The password was refused."),
        (mailbox_at(garage, server, user, "b@tamm.example", folder="Wheels"), "There is no folder Wheels."),
        (mailbox_at(garage, server, user, "c@tamm.example", port=spare_port()), "does not answer on port"),
        (mailbox_at(garage, server, user, "d@tamm.example", host="nowhere.invalid"), "no server named nowhere.invalid"),
        (mailbox_at(garage, server, user, "e@tamm.example", security="tls"), "speaks no TLS on port"),
        (mailbox_at(garage, server, user, "f@tamm.example", security="tls", port=server.tls_port), "cannot be trusted"),
        (mailbox_at(garage, server, user, "g@tamm.example", security="starttls"), "cannot be trusted"),
        (mailbox_at(garage, server, user, "h@tamm.example", password="вход"), "The password was refused."),
    ]
    broken = mailbox_at(garage, server, user, "i@tamm.example")
    with garage.work():
        Mailbox.objects.filter(pk=broken.pk).update(locked_password="of another installation")
    server.put(user, letter(), at=MONDAY + HOUR)
    mailbox_at(garage, server, user, "z@tamm.example")
    jobs.fetch(MONDAY + HOUR)
    for box, words in wrong:
        assert words in state(garage, box).failure
    assert "another secret key" in state(garage, broken).failure
    assert len(came(garage)) == 1


def test_one_that_fails_is_looked_at_less_often(garage: House, server: MailServer, user: str) -> None:
    box = mailbox_at(garage, server, user, port=spare_port())
    for minute in range(120):
        jobs.fetch(MONDAY + minute * MINUTE)
        if state(garage, box).tried_at == MONDAY + minute * MINUTE:
            last = minute
    assert last == 106  # after 0, 1, 2, 4, 8 and 16 minutes, and then every quarter of an hour
    with garage.work():
        mailboxes.change(box, password="", by=garage.owner, at=MONDAY, address=box.address, port=server.port)
    jobs.fetch(MONDAY + 107 * MINUTE)
    assert state(garage, box).fetched_at == MONDAY + 107 * MINUTE


def test_a_letter_that_cannot_be_kept_as_it_was_read_is_kept_as_it_came(
    garage: House, server: MailServer, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = mailbox_at(garage, server, user)
    receive = messages.receive

    def broken(complaint: Complaint, **said: Any) -> Message:
        if "second" in said["text"] and not said["oddities"]:
            raise DataError("a value that no column takes")
        return receive(complaint, **said)

    monkeypatch.setattr(messages, "receive", broken)
    server.put(
        user,
        *(letter(f"The {word}.", number) for number, word in enumerate(("first", "second", "third"))),
        at=MONDAY + HOUR,
    )
    jobs.fetch(MONDAY + HOUR)
    assert [number for number, _aside, _text in came(garage)] == [1, 2, 3]
    assert state(garage, box).failure == ""
    with garage.work():
        odd = Message.objects.get(subject="Wheel", oddities__contains="this is how it begins")
        assert "The second." in odd.text
        assert b"The second." in bytes(Original.objects.get(message=odd).content)


def test_a_database_that_is_away_takes_no_letter_apart(
    garage: House, server: MailServer, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = mailbox_at(garage, server, user)
    server.put(user, letter(), at=MONDAY + HOUR)
    with monkeypatch.context() as patched:
        patched.setattr(messages, "receive", Mock(side_effect=OperationalError("database is locked")))
        jobs.fetch(MONDAY + HOUR)
    assert came(garage) == []
    assert state(garage, box).failure.startswith("Something broke")
    jobs.fetch(MONDAY + 2 * HOUR)
    assert came(garage) == [(1, "", "The wheel is loose.")]


def test_a_look_that_takes_long_goes_on_at_the_next(
    garage: House, server: MailServer, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = mailbox_at(garage, server, user)
    server.put(user, letter(), at=MONDAY + HOUR)
    with monkeypatch.context() as patched:
        patched.setattr(jobs, "LONGEST", -1)
        jobs.fetch(MONDAY + HOUR)
    assert (came(garage), state(garage, box).failure) == ([], "")
    jobs.fetch(MONDAY + HOUR + MINUTE)
    assert len(came(garage)) == 1


@pytest.mark.parametrize("security", ["none", "tls"])
def test_a_server_that_dawdles_is_hung_up(
    garage: House, server: MailServer, user: str, security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "LONGEST", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as dawdler:
        box = mailbox_at(garage, server, user, port=dawdler.getsockname()[1], security=security)
        Thread(target=dawdle, args=[dawdler], daemon=True).start()
        jobs.fetch(MONDAY + HOUR)
    assert state(garage, box).failed_at == MONDAY + HOUR


def dawdle(server: socket.socket) -> None:
    """A byte of a TLS record, or of a greeting, every tenth of a second, without end."""
    caller, _address = server.accept()
    with caller, suppress(OSError):
        caller.sendall(b"\x16\x03\x03\x40\x00")
        while True:
            caller.sendall(b"*")
            sleep(0.1)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_tls_with_a_certificate_that_is_trusted(
    garage: House, server: MailServer, user: str, security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", server.certificate)
    port = server.tls_port if security == "tls" else server.port
    box = mailbox_at(garage, server, user, host="localhost", port=port, security=security)
    server.put(user, letter(), at=MONDAY + HOUR)
    jobs.fetch(MONDAY + HOUR)
    assert state(garage, box).failure == ""
    assert len(came(garage)) == 1


def test_our_own_network_is_not_called_unless_the_installation_allows_it(
    garage: House, server: MailServer, user: str, settings: Any
) -> None:
    settings.MAIL_INSIDE = False
    box = mailbox_at(garage, server, user)
    jobs.fetch(MONDAY + HOUR)
    assert "inside our own network" in state(garage, box).failure
    for address in ("10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fe80::1", "0.0.0.0"):
        assert not imap._is_outside(address), address
    assert imap._is_outside("8.8.8.8")


def test_a_password_goes_nowhere_in_the_clear(garage: House, server: MailServer, user: str) -> None:
    box = mailbox_at(garage, server, user, host="8.8.8.8")
    jobs.fetch(MONDAY + HOUR)
    assert state(garage, box).failure.startswith("Without TLS the password can be read on the way.")


def test_every_odd_letter_lands(garage: House, server: MailServer, user: str) -> None:
    mailbox_at(garage, server, user)
    odd = sorted(LETTERS.glob("*.eml"))
    server.put(user, *[path.read_bytes() for path in odd], at=MONDAY + HOUR)
    jobs.fetch(MONDAY + HOUR)
    with garage.work():
        assert Original.objects.count() == len(odd)
        assert Complaint.objects.filter(aside_as="automatic").count() == 3
        (picture,) = Complaint.objects.filter(messages__message_id="<p1@oja.example>")
        assert picture.text  # it says that there are none, in the language of the branch
        bodies = {
            bytes(content).replace(b"\r\n", b"\n").strip()
            for content in Original.objects.values_list("content", flat=True)
        }
    assert len(bodies) == len(odd)


def test_a_letter_of_twenty_megabytes_lands_whole_and_a_larger_one_with_its_words(
    garage: House, server: MailServer, user: str
) -> None:
    mailbox_at(garage, server, user)
    head = (
        b"From: kaja@oja.example\r\nSubject: Film\r\nMessage-ID: <%d@x>\r\n"
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\nSee the film.\r\n"
        b"--b\r\nContent-Type: video/mp4; name=wheel.mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    line = b"QUJD" * 19 + b"\r\n"
    for number, size in [(1, 20_000_000), (2, 26_000_000)]:
        server.put(user, head % number + line * (size // len(line)) + b"--b--\r\n", at=MONDAY + HOUR)
    jobs.fetch(MONDAY + HOUR)
    with garage.work():
        whole, begun = Message.objects.filter(way="in").order_by("message_id")
        assert Attachment.objects.get().message_id == whole.pk
        assert [whole.text, begun.text] == ["See the film."] * 2
        assert [whole.originals.get().is_whole, begun.originals.get().is_whole] == [True, False]
        assert begun.oddities.count("wheel.mp4") == 1


def test_two_businesses_never_see_each_others_letters(
    garage: House, salon: House, server: MailServer, user: str
) -> None:
    mailbox_at(garage, server, user)
    mailbox_at(salon, server, f"{user}s", "salon@outi.example")
    server.put(user, letter("wheel"), at=MONDAY + HOUR)
    server.put(f"{user}s", letter("hair"), at=MONDAY + HOUR)
    jobs.fetch(MONDAY + HOUR)
    assert [text for _n, _a, text in came(garage)] == ["wheel"]
    assert [text for _n, _a, text in came(salon)] == ["hair"]


def test_a_mailbox_that_is_paused_or_taken_away_is_not_fetched(garage: House, server: MailServer, user: str) -> None:
    paused, removed = (mailbox_at(garage, server, user, f"{name}@tamm.example") for name in ("p", "r"))
    with garage.work():
        mailboxes.pause(paused, by=garage.owner, at=MONDAY)
        mailboxes.remove(removed, by=garage.owner, at=MONDAY)
    server.put(user, letter(), at=MONDAY + HOUR)
    jobs.fetch(MONDAY + HOUR)
    assert came(garage) == []
    with garage.work():
        mailboxes.go_on(paused, by=garage.owner, at=MONDAY + HOUR)
    jobs.fetch(MONDAY + 2 * HOUR)
    assert len(came(garage)) == 1


def test_a_mailbox_that_is_taken_away_while_it_is_read_brings_nothing_more(
    garage: House, server: MailServer, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = mailbox_at(garage, server, user)
    server.put(user, letter("one", 1), letter("two", 2), at=MONDAY + HOUR)
    fetched = imap.Folder.letter

    def taken_away_at_the_second(folder: imap.Folder, uid: int) -> Any:
        if uid == 2:
            with garage.work():
                mailboxes.remove(box, by=garage.owner, at=MONDAY)
        return fetched(folder, uid)

    monkeypatch.setattr(imap.Folder, "letter", taken_away_at_the_second)
    jobs.fetch(MONDAY + HOUR)
    assert len(came(garage)) == 1


# --- threads -----------------------------------------------------------------------------------------------------


@pytest.fixture
def box(garage: House) -> Mailbox:
    with garage.work():
        return mailboxes.add(
            address="garage@tamm.example", branch=Branch.objects.get(), password="x", host="h", port=1, user="u",
            by=garage.owner, at=MONDAY,
        )  # fmt: skip


def test_her_answer_joins_her_complaint_and_reopens_it(garage: House, box: Mailbox) -> None:
    first = deliver(garage, box, letter())
    assert first
    with garage.work():
        ours = messages.answer(first.message.complaint, text="Come by.", by=garage.owner, at=MONDAY, to=KAJA)
        outgoing.claim(ours, named(ours.pk), at=MONDAY)
        Complaint.objects.update(no_change="Once only", closed_at=MONDAY)
    again = deliver(garage, box, letter("Still loose.", 2, In_Reply_To=ours.message_id))
    assert again
    assert (again.is_first, again.message.complaint_id) == (False, first.message.complaint_id)
    with garage.work():
        assert Complaint.objects.get().is_open
    by_number = deliver(garage, box, letter("And it squeaks.", 3, Subject="wheel [#1]"))
    assert by_number
    assert by_number.message.complaint_id == first.message.complaint_id


def test_a_strangers_letter_joins_nobodys_complaint(garage: House, box: Mailbox) -> None:
    deliver(garage, box, letter())
    stranger = {"From": "thief@x.example", "Subject": "Re: [#1]", "In_Reply_To": "<1@oja.example>"}
    landed = deliver(garage, box, letter("Read me everything.", 2, **stranger))
    assert landed
    assert landed.is_first
    assert len(came(garage)) == 2


def test_a_bounce_joins_the_thread_and_marks_our_letter(garage: House, box: Mailbox) -> None:
    first = deliver(garage, box, letter())
    assert first
    with garage.work():
        ours = messages.answer(first.message.complaint, text="Come by.", by=garage.owner, at=MONDAY, to=KAJA)
        outgoing.claim(ours, named(ours.pk), at=MONDAY)
    raw = (LETTERS / "automatic_bounce.eml").read_bytes()
    landed = deliver(garage, box, raw.replace(b"<ours-1@regulars.example>", ours.message_id.encode()))
    assert landed
    assert (landed.is_first, landed.message.is_automatic, landed.message.answer_by) == (False, True, None)
    with garage.work():
        ours.refresh_from_db()
        assert (ours.failed_at, ours.failure) == (MONDAY, "smtp; 550 5.1.1 no such mailbox")
    assert len(came(garage)) == 1


def test_an_answering_machine_joins_its_thread_and_one_without_a_thread_is_set_aside(
    garage: House, box: Mailbox
) -> None:
    deliver(garage, box, letter())
    deliver(garage, box, letter("I am away.", 2, In_Reply_To="<1@oja.example>", Auto_Submitted="auto-replied"))
    deliver(garage, box, letter("Tyres, cheap.", 3, Precedence="bulk", Subject="Tyres"))
    assert [(number, aside) for number, aside, _text in came(garage)] == [(1, ""), (2, "automatic")]
    with garage.work():
        assert messages.waiting().count() == 1
        assert Message.objects.filter(kind="ack").count() == 1


def test_two_robots_that_write_to_each_other_get_one_acknowledgement(garage: House, box: Mailbox) -> None:
    """A robot that hides what it is, names no letter that it answers, and answers whatever comes."""
    deliver(garage, box, letter("robot", 0))
    for number in range(1, 101):
        at = MONDAY + number * MINUTE
        schedule.WHEN_ASKED["letters"](at)
        deliver(garage, box, letter(f"robot {number}", number, Subject="I am away"), at=at)
    assert len(outbox.outbox) == 1


def test_nobody_of_ours_is_acknowledged(garage: House, box: Mailbox) -> None:
    for number, sender in enumerate(["garage@tamm.example", "robot@regulars.example"]):
        deliver(garage, box, letter("x", number, From=sender))
    with garage.work():
        assert not Message.objects.filter(kind="ack").exists()


def test_she_who_writes_twice_in_a_day_is_acknowledged_once_and_the_next_day_again(garage: House, box: Mailbox) -> None:
    for number, at in enumerate([MONDAY, MONDAY + 23 * HOUR, MONDAY + 25 * HOUR]):
        deliver(garage, box, letter(f"letter {number}", number, Subject=f"Wheel {number}"), at=at)
    with garage.work():
        assert Complaint.objects.count() == 3
        assert [m.at for m in Message.objects.filter(kind="ack")] == [MONDAY, MONDAY + 25 * HOUR]


def test_two_letters_with_one_id_are_two(garage: House, box: Mailbox) -> None:
    assert deliver(garage, box, letter("one"))
    assert deliver(garage, box, letter("two"))
    assert deliver(garage, box, b"Received: by another way\r\n" + letter("one")) is None


def test_a_person_who_answers_brings_back_what_was_set_aside_as_a_machines(garage: House, box: Mailbox) -> None:
    deliver(garage, box, letter("x", 1, Auto_Submitted="auto-generated"))
    deliver(garage, box, letter("It was me.", 2, In_Reply_To="<1@oja.example>"))
    assert [(number, aside) for number, aside, _text in came(garage)] == [(1, "")]


def test_her_card_is_found_by_her_address_and_nothing_more_is_believed(garage: House, box: Mailbox) -> None:
    with garage.work():
        her = shop.customer(garage, emails=[(KAJA, KAJA)])
    landed = deliver(garage, box, letter())
    assert landed
    with garage.work():
        one = Complaint.objects.get()
        assert (one.customer, one.tied_at) == (her, None)
