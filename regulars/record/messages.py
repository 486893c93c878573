"""Messages: what a customer wrote about a complaint and what we wrote back, with everything that came with it.

All letters are answered: each of hers waits until one of us has answered it, by letter or by voice. What came by
e-mail is kept as it came, however odd it was; the same letter is written down once.
"""

from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regulars.kernel import bell
from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import attachments, complaints, journal
from regulars.record.attachments import File
from regulars.record.complaints import Complaint
from regulars.record.owned import Owned, OwnedForeignKey, keys


class Message(Owned):
    """One message, to us or from us."""

    class Way(models.TextChoices):
        IN = "in", _("from the customer")
        OUT = "out", _("from us")
        NOTE = "note", _("among us")

    class Kind(models.TextChoices):
        WORDS = "words", _("message")
        ACKNOWLEDGEMENT = "ack", _("acknowledgement")
        CALL = "call", _("said by voice")

    complaint = OwnedForeignKey(Complaint, related_name="messages")
    way = models.CharField(max_length=4, choices=Way)
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.WORDS)
    at = models.DateTimeField()
    by = OwnedForeignKey("record.Member", null=True)
    text = models.TextField()  # without what it quotes
    whole = models.TextField(blank=True)  # with it; "" when that is the same

    # by e-mail
    mailbox = OwnedForeignKey("record.Mailbox", null=True)
    fingerprint = models.CharField(max_length=32, blank=True)
    message_id = models.CharField(max_length=500, blank=True)
    replies_to = models.CharField(max_length=500, blank=True)  # the message ID that it answers
    subject = models.CharField(max_length=500, blank=True)
    sender = models.CharField(max_length=254, blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    to = models.CharField(max_length=254, blank=True)
    is_automatic = models.BooleanField(default=False)  # a machine wrote it: nobody waits for an answer
    oddities = models.TextField(blank=True)  # what could not be read, in words

    # one of hers: until when it is to be answered, and when it was
    answer_by = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = OwnedForeignKey("record.Member", null=True)

    # one of ours that goes by e-mail
    send_at = models.DateTimeField(null=True)  # when to try next; None: not by e-mail, or over
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)  # it will not arrive
    failure = models.CharField(max_length=500, blank=True)

    class Meta(Owned.Meta):
        ordering = ["at"]
        constraints = [
            *keys("message", complaint="complaint", by="member", mailbox="mailbox", answered_by="member"),
            models.UniqueConstraint(
                fields=["business", "fingerprint"], condition=~Q(fingerprint=""), name="message_once"
            ),
        ]
        indexes = [
            models.Index(fields=["business", "complaint", "at"], name="message_complaint"),
            models.Index(fields=["business", "message_id"], name="message_named", condition=~Q(message_id="")),
            models.Index(fields=["business", "sender", "at"], name="message_sender", condition=~Q(sender="")),
            models.Index(
                fields=["business", "answer_by"],
                name="message_waits",
                condition=Q(answer_by__isnull=False, answered_at=None),
            ),
            models.Index(fields=["business", "at"], name="message_at"),
            models.Index(fields=["business", "send_at"], name="message_to_send", condition=Q(send_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.text


def fingerprint(*parts: bytes) -> str:
    """32 hexadecimal digits that are the same for the same letter, by whichever mailbox it came."""
    return blake2b(b"\x1f".join(parts), digest_size=16).hexdigest()


def waiting() -> Any:
    """What a customer wrote and nobody has answered."""
    return Message.objects.filter(answer_by__isnull=False, answered_at=None, complaint__aside_at=None)


@transaction.atomic
def receive(
    complaint: Complaint,
    *,
    text: str,
    at: datetime,
    files: Iterable[File] = (),
    is_automatic: bool = False,
    **letter: Any,
) -> Message:
    """She wrote. `letter`: of an e-mail, its `fingerprint`, `message_id`, `sender`, `subject` and so on.

    To a complaint that was over, or set aside, her words come all the same, and wait for an answer.
    """
    if not is_automatic and complaint.closed_at is not None:
        from regulars.record import closing

        closing.reopen(complaint, by=None, at=at)
    message: Message = Message.objects.create(
        complaint=complaint,
        way=Message.Way.IN,
        at=at,
        text=text.strip(),
        is_automatic=is_automatic,
        answer_by=None if is_automatic else complaints.hears_by(complaint.branch, at),
        **letter,
    )
    attachments.attach(complaint, files, at=at, message=message)
    complaints.write("message received", complaint, by=None, at=at)
    return message


@transaction.atomic
def answer(
    complaint: Complaint,
    *,
    text: str,
    by: Any,
    at: datetime,
    to: str = "",
    subject: str = "",
    replies_to: str = "",
    mailbox: Any = None,
    message_id: str = "",
) -> Message:
    """One of us writes to her: by e-mail when `to` is an address, else it stands on the page that her link opens."""
    if not text.strip():
        raise Refused(gettext_noop("Write what the customer should read."), field="text")
    message: Message = Message.objects.create(
        complaint=complaint,
        way=Message.Way.OUT,
        at=at,
        by=by,
        text=text.strip(),
        to=to,
        subject=subject,
        replies_to=replies_to,
        mailbox=mailbox,
        message_id=message_id,
        send_at=at if to else None,
    )
    transaction.on_commit(bell.ring)
    _all_answered(complaint, by=by, at=at)
    complaints.write("message sent", complaint, by=by, at=at, words=message.text[:500])
    return message


@transaction.atomic
def say(complaint: Complaint, *, text: str, by: Any, at: datetime) -> Message:
    """One of us spoke with her: what was said. It answers whatever she wrote."""
    if not text.strip():
        raise Refused(gettext_noop("Write in a few words what was said."), field="text")
    message: Message = Message.objects.create(
        complaint=complaint, way=Message.Way.OUT, kind=Message.Kind.CALL, at=at, by=by, text=text.strip()
    )
    _all_answered(complaint, by=by, at=at)
    complaints.write("spoken with", complaint, by=by, at=at, words=message.text[:500])
    return message


@transaction.atomic
def note(complaint: Complaint, *, text: str, by: Any, at: datetime, photos: Iterable[File] = ()) -> Message:
    """Among us; she does not read it."""
    if not text.strip():
        raise Refused(gettext_noop("Write the note."), field="text")
    message: Message = Message.objects.create(
        complaint=complaint, way=Message.Way.NOTE, at=at, by=by, text=text.strip()
    )
    attachments.attach(complaint, photos, at=at, message=message)
    complaints.write("complaint noted", complaint, by=by, at=at, words=message.text[:500])
    return message


@transaction.atomic
def needs_no_answer(message: Message, *, by: Any, at: datetime) -> None:
    """ "Thank you!" ends a talk; somebody of ours has read it."""
    waits = Message.objects.filter(pk=message.pk, answer_by__isnull=False, answered_at=None)
    if not waits.update(answered_at=at, answered_by=by):
        raise Refused(gettext_noop("This has been answered already."))
    journal.write("message read", message, by=by, at=at, customer=message.complaint.customer)


def _all_answered(complaint: Complaint, *, by: Any, at: datetime) -> None:
    hers = Message.objects.filter(complaint=complaint, way=Message.Way.IN, answered_at=None, at__lte=at)
    hers.update(answered_at=at, answered_by=by)
    complaints.answered(complaint, at=at)
