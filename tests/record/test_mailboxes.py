"""A mailbox is described once, its password is locked, and whether its letters are fetched is a fact."""

from datetime import timedelta
from typing import Any

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import mailboxes
from regulars.record.branches import Branch
from regulars.record.journal import Entry
from regulars.record.mailboxes import ALARM, Mailbox
from tests.cast import MONDAY, House

MINUTE = timedelta(minutes=1)
ADDRESS = "garage@tamm.example"


def added(house: House, address: str = ADDRESS, **more: Any) -> Mailbox:
    described = {"host": "imap.tamm.example", "port": 993, "user": "garage", "branch": Branch.objects.get()} | more
    return mailboxes.add(address=address, password="secret words", by=house.owner, at=MONDAY, **described)


def changed(house: House, box: Mailbox, password: str = "", **more: Any) -> Mailbox:
    named = ("address", "host", "port", "user", "branch", "folder")
    described = {name: getattr(box, name) for name in named} | more
    mailboxes.change(box, password=password, by=house.owner, at=MONDAY, **described)
    return box


def test_its_password_is_kept_locked_and_stands_in_no_journal(garage: House) -> None:
    with garage.work():
        box = added(garage)
        assert (str(box), box.password) == (ADDRESS, "secret words")
        assert "secret" not in box.locked_password
        assert "secret" not in str(list(Entry.objects.values_list("what", flat=True)))


def test_one_address_is_fetched_once_and_free_again_when_taken_away(garage: House) -> None:
    with garage.work():
        box, other = added(garage), added(garage, "other@tamm.example")
        with pytest.raises(Refused, match="fetched already"):
            added(garage)
        with pytest.raises(Refused, match="fetched already"):
            changed(garage, other, address=ADDRESS)
        mailboxes.remove(box, by=garage.owner, at=MONDAY)
        assert Mailbox.objects.get(pk=box.pk).locked_password == ""
        added(garage)
        assert mailboxes.living().count() == 2


def test_another_server_begins_anew_and_the_same_one_goes_on(garage: House) -> None:
    with garage.work():
        box = added(garage)
        mailboxes.has_read(box, uidvalidity=7, uid=9, at=MONDAY)
        mailboxes.failed(box, "The password was refused.", at=MONDAY)
        box.refresh_from_db()
        same = changed(garage, box, "other words", port=143)
        assert (same.uidvalidity, same.last_uid, same.password) == (7, 9, "other words")
        assert (same.failed_at, same.failure) == (None, "")
        moved = changed(garage, box, host="mail.tamm.example")
        assert (moved.uidvalidity, moved.last_uid, moved.password) == (None, 0, "other words")


def test_its_light_goes_out_half_an_hour_after_the_last_look_and_not_while_it_is_paused(garage: House) -> None:
    with garage.work():
        box = added(garage)
        assert not box.is_silent(MONDAY + ALARM)
        assert box.is_silent(MONDAY + ALARM + MINUTE)
        mailboxes.fetched(box, at=MONDAY + ALARM)
        box.refresh_from_db()
        assert not box.is_silent(MONDAY + 2 * ALARM)
        assert box.is_silent(MONDAY + 2 * ALARM + MINUTE)
        mailboxes.pause(box, by=garage.owner, at=MONDAY)
        box.refresh_from_db()
        assert not box.is_silent(MONDAY + 100 * ALARM)
        assert not mailboxes.to_fetch().exists()
        mailboxes.go_on(box, by=garage.owner, at=MONDAY + 100 * ALARM)
        box.refresh_from_db()
        assert not box.is_silent(MONDAY + 101 * ALARM)


def test_it_is_said_since_when_it_fails_and_why_now(garage: House) -> None:
    with garage.work():
        box = added(garage)
        mailboxes.failed(box, "It does not answer.", at=MONDAY)
        mailboxes.failed(box, "The password was refused.", at=MONDAY + MINUTE)
        box.refresh_from_db()
        assert (box.failed_at, box.failure) == (MONDAY, "The password was refused.")
        mailboxes.fetched(box, at=MONDAY + 2 * MINUTE)
        box.refresh_from_db()
        assert (box.failed_at, box.failure, box.fetched_at) == (None, "", MONDAY + 2 * MINUTE)


def test_the_neighbours_mailboxes_are_not_seen(garage: House, salon: House) -> None:
    with garage.work():
        added(garage)
    with salon.work():
        assert not mailboxes.living().exists()
        added(salon)
