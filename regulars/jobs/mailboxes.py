"""Fetches the letters of customers. The mail server is waited for outside of any transaction."""

import logging
from datetime import datetime
from time import monotonic

from django.db import OperationalError, transaction
from django.utils import translation
from django.utils.translation import gettext

from regulars.desk import acknowledging
from regulars.intake import imap, mail, mailbox
from regulars.kernel.refusal import Refused
from regulars.record import mailboxes, outgoing
from regulars.record.business import Business
from regulars.record.mailboxes import Mailbox
from regulars.record.messages import Message
from regulars.record.owned import acting_for

log = logging.getLogger(__name__)

AT_ONCE, LONGEST = 200, 60  # letters of one mailbox, and seconds, at one look; the rest a minute later


def fetch(now: datetime) -> None:
    """Every living mailbox of every business; one that fails does not stop the others."""
    for business in Business.objects.order_by("opened_at"):
        with acting_for(business.pk):
            boxes = [box for box in mailboxes.to_fetch() if box.is_due(now)]
        for box in boxes:
            with translation.override(business.language):
                look(business, box, now)


def look(business: Business, box: Mailbox, now: datetime) -> None:
    """What is new in one mailbox, letter by letter; how it went stands at the mailbox."""
    until = monotonic() + LONGEST
    try:
        with imap.open_mailbox(box) as folder:
            for uid in folder.new(box)[:AT_ONCE]:
                if monotonic() > until:
                    break
                raw, is_whole, came_at = folder.letter(uid)
                if not _landed(business, box, folder, uid, raw, is_whole, came_at, now):
                    return
    except Refused as refusal:
        with acting_for(business.pk):
            mailboxes.failed(box, refusal.said(gettext), at=now)
    except Exception:  # one mailbox must not stop the others
        log.exception("the mailbox %s could not be fetched", box.pk)
        with acting_for(business.pk):
            mailboxes.failed(box, gettext("Something broke while we read a letter. We look into it."), at=now)
    else:
        with acting_for(business.pk):
            mailboxes.fetched(box, at=now)


def _landed(
    business: Business, box: Mailbox, folder: imap.Folder, uid: int,
    raw: bytes, is_whole: bool, came_at: datetime | None, now: datetime,
) -> bool:  # fmt: skip
    """Whether the mailbox is still to be fetched; then the letter is in the book, whatever it was."""
    letter = mailbox.read(raw, is_whole=is_whole)
    with acting_for(business.pk), transaction.atomic():
        same = {"host": box.host, "user": box.user, "folder": box.folder}
        if not mailboxes.to_fetch().filter(pk=box.pk, **same).exists():
            return False  # it was paused, changed or taken away while we read
        if raw and (came_at is None or came_at >= box.added_at):
            landed = _land(letter, raw, box, now, is_whole)
            if landed and landed.is_first and mail.may_acknowledge(letter, at=now):
                _acknowledge(landed.message, letter, box, now)
        mailboxes.has_read(box, uidvalidity=folder.uidvalidity, uid=uid, at=now)
    return True


def _land(letter: mailbox.Letter, raw: bytes, box: Mailbox, now: datetime, is_whole: bool) -> mail.Landed | None:
    """Where something in it cannot be kept, it lands as it came: one letter must not hold up those behind it."""
    try:
        return mail.land(letter, raw, box, at=now, is_whole=is_whole)
    except OperationalError:  # it is the database that is away, or busy
        raise
    except Exception:
        log.exception("a letter could not be kept as it was read; it is kept as it came")
        return mail.land(mailbox.as_it_came(raw, is_whole), raw, box, at=now, is_whole=is_whole)


def _acknowledge(message: Message, letter: mailbox.Letter, box: Mailbox, now: datetime) -> None:
    complaint = message.complaint
    subject, text = acknowledging.words(complaint, now)
    outgoing.acknowledge(
        complaint,
        text=text,
        to=letter.sender,
        at=now,
        subject=f"{subject} [#{complaint.number}]",
        replies_to=letter.message_id,
        mailbox=box,
    )
