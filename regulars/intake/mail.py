"""A letter -> a fact: into the thread to which it belongs, or a complaint of its own. The same letter lands once.

Whoever writes into a thread must be the person of that thread: who knows a number alone, or has seen a letter, cannot
write into somebody else's complaint.
"""

import re
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from regulars.intake import tell
from regulars.intake.mailbox import Letter
from regulars.record import asides, attachments, complaints, mailboxes, messages, outgoing
from regulars.record.complaints import Complaint
from regulars.record.customers import Contact
from regulars.record.mailboxes import Mailbox
from regulars.record.messages import Message

ONE_IN = timedelta(days=1)  # at most one acknowledgement to one address
_NUMBER = re.compile(r"\[#(\d{1,9})\]")


class Landed(NamedTuple):
    message: Message
    is_first: bool  # it opened a complaint


@transaction.atomic
def land(letter: Letter, raw: bytes, mailbox: Mailbox, *, at: datetime, is_whole: bool = True) -> Landed | None:
    """It is in the book; None when it was there already."""
    mark = _fingerprint(letter, raw)
    if Message.objects.filter(fingerprint=mark).exists():
        return None
    is_ours = letter.sender in own_addresses()
    thread = _thread(letter, is_ours=is_ours)
    by_machine = letter.is_automatic or (thread is not None and is_ours)
    complaint = thread or _opened(letter, mailbox, at)
    if thread is not None and not by_machine:
        _revive(thread, at)
    message = messages.receive(
        complaint,
        text=letter.text,
        at=at,
        files=letter.attachments,
        is_automatic=by_machine,
        whole="" if letter.whole == letter.text else letter.whole,
        mailbox=mailbox,
        fingerprint=mark,
        message_id=letter.message_id,
        replies_to=letter.in_reply_to,
        subject=letter.subject,
        sender=letter.sender,
        sender_name=letter.sender_name,
        to=mailbox.address,
        oddities="\n".join(letter.oddities),
    )
    attachments.keep_original(message, raw, is_whole=is_whole)
    if thread is None and letter.is_automatic:
        asides.set_aside(complaint, as_what=Complaint.Aside.AUTOMATIC, by=None, at=at)
    if letter.bounce:
        for returned in Message.objects.filter(way=Message.Way.OUT, message_id__in=letter.bounced):
            outgoing.not_sent(returned, letter.bounce, at=at, for_good=True)
    return Landed(message, is_first=thread is None)


def may_acknowledge(letter: Letter, *, at: datetime) -> bool:
    """No machine, none of our own addresses, and nobody twice within a day: two robots must not write to each other."""
    if letter.is_muted or letter.sender in own_addresses():
        return False
    lately = Message.objects.filter(kind=Message.Kind.ACKNOWLEDGEMENT, at__gt=at - ONE_IN)
    return not lately.filter(to__iexact=letter.sender).exists()


def own_addresses() -> set[str]:
    ours = mailboxes.living().values_list("address", flat=True)
    return {address.lower() for address in ours} | {parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()}


def _fingerprint(letter: Letter, raw: bytes) -> str:
    """Of what stays the same by whichever way it came: each server on the way adds headers of its own.

    The message ID alone would not do: there are programs that give all their letters the same.
    """
    body = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[-1].replace(b"\r\n", b"\n").rstrip()
    named = "" if letter.message_id.endswith("@unnamed>") else letter.message_id
    sent = letter.sent_at.isoformat() if letter.sent_at else ""
    return messages.fingerprint(named.encode(), letter.sender.encode(), sent.encode(), letter.subject.encode(), body)


def _thread(letter: Letter, *, is_ours: bool) -> Complaint | None:
    """The complaint to which it belongs, by the letters that it names, or by the number in its subject."""
    named = [letter.message_id, *letter.bounced, *letter.references][:60]
    known = Message.objects.filter(message_id__in=named).select_related("complaint__branch", "complaint__customer")
    for message in sorted(known, key=lambda one: named.index(one.message_id)):
        answers_us = message.way == Message.Way.OUT and (letter.is_automatic or is_ours)
        if answers_us or _is_hers(message.complaint, letter.sender):
            return _of_doubles(message.complaint)
    number = _NUMBER.search(letter.subject)
    numbered = Complaint.objects.select_related("branch", "customer").filter(number=int(number[1]) if number else 0)
    found = next((one for one in numbered if _is_hers(one, letter.sender)), None)
    return _of_doubles(found) if found else None


def _of_doubles(complaint: Complaint) -> Complaint:
    """What repeats another goes on there."""
    same: Complaint | None = complaint.same_as
    return same or complaint


def _is_hers(complaint: Complaint, sender: str) -> bool:
    """Whether that address is of the person who complained."""
    if not sender:
        return False
    if complaint.sender.lower() == sender:
        return True
    letters = Message.objects.filter(complaint=complaint)
    if letters.filter(way=Message.Way.IN, sender=sender).exists():
        return True
    if complaint.customer_id is None or complaint.tied_at is None:
        return False
    return bool(Contact.objects.filter(customer_id=complaint.customer_id, value=sender).exists())


def _opened(letter: Letter, mailbox: Mailbox, at: datetime) -> Complaint:
    with translation.override(mailbox.branch.language):
        unsaid = gettext("A letter without words.")
    return complaints.hear(
        text=letter.text or letter.subject or unsaid,
        source=Complaint.Source.MAIL,
        branch=mailbox.branch,
        by=None,
        at=at,
        customer=tell.only_customer_at(letter.sender),
        is_hers=False,
        sender_name=letter.sender_name,
        sender=letter.sender,
    )


def _revive(complaint: Complaint, at: datetime) -> None:
    """A person answers: what was set aside as a machine's, or by mistake, is to be looked at again."""
    if complaint.aside_as in (Complaint.Aside.AUTOMATIC, Complaint.Aside.MISTAKE, Complaint.Aside.ASK):
        asides.bring_back(complaint, by=None, at=at)
