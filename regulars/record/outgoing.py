"""Letters of ours on their way: what waits to be sent, what has arrived at a mail server, and what never will."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction

from regulars.kernel import bell
from regulars.record import complaints, journal
from regulars.record.complaints import Complaint
from regulars.record.messages import Message

PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)]  # before a letter is tried again
GIVE_UP = timedelta(days=3)


@transaction.atomic
def acknowledge(complaint: Complaint, *, text: str, to: str, at: datetime, **letter: Any) -> Message:
    """The program writes at once: we have it, and by when she hears from us. It answers nothing."""
    message: Message = Message.objects.create(
        complaint=complaint,
        way=Message.Way.OUT,
        kind=Message.Kind.ACKNOWLEDGEMENT,
        at=at,
        text=text.strip(),
        to=to,
        send_at=at,
        **letter,
    )
    transaction.on_commit(bell.ring)
    journal.write("acknowledgement written", message, by=None, at=at, customer=complaint.customer, to=to)
    return message


def to_send(*, at: datetime) -> Any:
    return Message.objects.filter(send_at__lte=at).select_related("complaint", "mailbox")


def claim(message: Message, message_id: str, *, at: datetime) -> bool:
    """Whether it is ours to send: two that look at once do not send it twice. Tried again later if we die."""
    pause = PAUSES[min(message.tries, len(PAUSES) - 1)]
    won = Message.objects.filter(pk=message.pk, send_at=message.send_at)
    message.message_id = message.message_id or message_id
    return bool(won.update(send_at=at + pause, tries=models.F("tries") + 1, message_id=message.message_id))


@transaction.atomic
def sent(message: Message, *, at: datetime) -> None:
    """The mail server took it; an acknowledgement is one from now on."""
    Message.objects.filter(pk=message.pk).update(sent_at=at, send_at=None, failure="")
    if message.kind == Message.Kind.ACKNOWLEDGEMENT:
        complaints.acknowledge(message.complaint, by=None, at=at)


def not_sent(message: Message, why: str, *, at: datetime, for_good: bool = False) -> None:
    """It could not go out: again later, or never when it was refused for good or is too old."""
    over = for_good or at - message.at > GIVE_UP
    Message.objects.filter(pk=message.pk).update(
        failure=why[:500], **({"send_at": None, "failed_at": at} if over else {})
    )
