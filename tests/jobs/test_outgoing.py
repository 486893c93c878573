"""Letters of ours go out once, through a real mail server; what cannot go out waits, and what never will is said."""

from datetime import timedelta
from typing import Any

import pytest

from regulars.desk import acknowledging, answering
from regulars.jobs import outgoing as job
from regulars.kernel import clock
from regulars.record import mailboxes, messages, outgoing
from regulars.record.business import Business
from regulars.record.complaints import Complaint
from regulars.record.messages import Message
from tests import shop
from tests.cast import MONDAY, House
from tests.jobs.postman import Postman
from tests.machine import spare_port

MINUTE = timedelta(minutes=1)


def letter(house: House, text: str = "Sorry. It is our fault.", **more: Any) -> Message:
    with house.work():
        its = shop.complaint(house, sender=more.pop("sender", "kaja@example.ee"), by=None, source="form")
        said = {**answering.addressed(its), "by": house.front_line, "at": MONDAY, **more}
        return messages.answer(its, text=text, **said)


def now(message: Message, house: House) -> Message:
    with house.work():
        message.refresh_from_db()
        return message


def test_a_letter_goes_out_once_with_her_link(garage: House, post: Postman) -> None:
    message = letter(garage)
    job.send(MONDAY)
    job.send(MONDAY + 10 * MINUTE)
    (sent,) = post.letters
    assert (sent["To"], sent["From"]) == ("kaja@example.ee", "Tamm's garage <regulars@localhost>")
    assert sent["Message-ID"] == f"<{message.pk}@localhost>"
    assert sent["Auto-Submitted"] is None
    words = sent.get_content()
    assert "Sorry. It is our fault." in words
    with garage.work():
        assert acknowledging.address(message.complaint) in words
    assert (now(message, garage).sent_at, message.send_at) == (MONDAY, None)


def test_an_acknowledgement_is_one_when_it_has_gone_and_says_who_wrote_it(garage: House, post: Postman) -> None:
    with garage.work():
        its = shop.complaint(garage, sender="kaja@example.ee", by=None, source="mail")
        subject, text = acknowledging.words(its, MONDAY)
        outgoing.acknowledge(its, text=text, to="kaja@example.ee", at=MONDAY, subject=subject, replies_to="<1@hers>")
        its.refresh_from_db()
        assert its.acknowledged_at is None
    job.send(MONDAY)
    (sent,) = post.letters
    assert (sent["Auto-Submitted"], sent["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    assert (sent["In-Reply-To"], sent["References"]) == ("<1@hers>", "<1@hers>")
    with garage.work():
        assert Complaint.objects.get().acknowledged_at == MONDAY


def test_it_is_answered_to_the_mailbox_to_which_she_wrote(garage: House, post: Postman) -> None:
    with garage.work():
        its = shop.complaint(garage, sender="kaja@example.ee", by=None, source="mail")
        described = {"branch": its.branch, "host": "imap.example.com", "port": 993, "security": "tls", "user": "u"}
        box = mailboxes.add(
            address="help@garage.ee", password="p", folder="INBOX", by=garage.owner, at=MONDAY, **described
        )
        hers = {"message_id": "<7@hers>", "subject": "Wheel", "mailbox": box, "sender": "kaja@example.ee"}
        messages.receive(its, text="It came loose", at=MONDAY, **hers)
        said = {"by": garage.front_line, "at": MONDAY}
        messages.answer(its, text="Sorry.", **answering.addressed(its), **said)
    job.send(MONDAY)
    (sent,) = post.letters
    assert (sent["Reply-To"], sent["In-Reply-To"]) == ("help@garage.ee", "<7@hers>")
    assert sent["Subject"] == "Re: Wheel [#1]"


def test_what_the_server_refuses_for_good_is_said_and_not_tried_again(garage: House, post: Postman) -> None:
    post.to_reader = "550 No such user"
    message = letter(garage)
    job.send(MONDAY)
    assert (now(message, garage).failed_at, message.send_at) == (MONDAY, None)
    assert "no such address" in message.failure.lower()
    post.to_reader, post.to_letter = "250 OK", "554 Looks like junk"
    other = letter(garage)
    job.send(MONDAY)
    assert "Looks like junk" in now(other, garage).failure
    assert other.failed_at == MONDAY


def test_what_the_server_cannot_take_now_goes_out_later(garage: House, post: Postman) -> None:
    post.to_letter = "451 Try later"
    message = letter(garage)
    job.send(MONDAY)
    assert (now(message, garage).failed_at, message.tries, message.send_at) == (None, 1, MONDAY + MINUTE)
    post.to_letter = "250 OK"
    job.send(MONDAY + MINUTE)
    assert now(message, garage).sent_at is not None
    assert message.failure == ""


def test_a_server_that_is_away_for_days_is_waited_for_and_then_given_up(
    garage: House, settings: Any, post: Postman, monkeypatch: Any
) -> None:
    settings.EMAIL_PORT = spare_port()
    message = letter(garage)
    job.send(MONDAY)
    assert "does not answer" in now(message, garage).failure
    late = MONDAY + timedelta(days=3, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: late)
    job.send(late)
    assert (now(message, garage).failed_at, message.send_at) == (late, None)


def test_two_that_look_at_once_send_it_once(garage: House, post: Postman) -> None:
    message = letter(garage)
    with garage.work():
        first, second = (Message.objects.get(pk=message.pk) for _each in range(2))
        assert outgoing.claim(first, "<a>", at=MONDAY)
        assert not outgoing.claim(second, "<b>", at=MONDAY)


def test_the_demo_writes_to_nobody(garage: House, post: Postman) -> None:
    Business.objects.update(is_demo=True)
    message = letter(garage)
    job.send(MONDAY)
    assert post.letters == []
    assert "writes to nobody" in now(message, garage).failure


@pytest.mark.parametrize("sender", ["kaja@example.ee\nBcc: all@example.ee", "kaja @ example @ ee"])
def test_an_address_that_is_none_adds_no_header_and_is_said(garage: House, post: Postman, sender: str) -> None:
    message = letter(garage, to=sender, subject="Re:\r\nBcc: all@example.ee")
    job.send(MONDAY)
    assert not [sent for sent in post.letters if sent["Bcc"]]
    assert (now(message, garage).failed_at, post.letters) == (MONDAY, [])
