"""How a letter to somebody who complained is addressed: where to, and which letter it answers."""

from typing import Any

from regulars.record import mailboxes
from regulars.record.complaints import Complaint
from regulars.record.customers import Contact
from regulars.record.messages import Message

SUBJECT = 200


def address_of(complaint: Complaint) -> str:
    """Her e-mail address: as she wrote it here, or as her card has it; "" when there is none."""
    if "@" in complaint.sender:
        return complaint.sender
    if complaint.customer is None:
        return ""
    mail = Contact.objects.filter(customer=complaint.customer, kind=Contact.Kind.EMAIL, wrong_since=None)
    found = mail.order_by("position", "id").values_list("value", flat=True).first()
    return found or ""


def addressed(complaint: Complaint) -> dict[str, Any]:
    """What `messages.answer` takes of it: it goes out from the mailbox to which she wrote, and answers her letter."""
    to = address_of(complaint)
    if not to:
        return {}
    last = (
        Message.objects.filter(complaint=complaint, way=Message.Way.IN).exclude(message_id="").order_by("-at").first()
    )
    mailbox = last.mailbox if last else mailboxes.living().filter(branch=complaint.branch).first()
    return {
        "to": to,
        "subject": subject(complaint, last),
        "replies_to": last.message_id if last else "",
        "mailbox": mailbox,
    }


def subject(complaint: Complaint, last: Message | None) -> str:
    """As hers, answered; the number stays in it, so that a letter without a thread finds its way."""
    mark = f"[#{complaint.number}]"
    said = last.subject if last and last.subject else complaint.branch.name
    said = said if said.casefold().startswith("re:") else f"Re: {said}"
    return said[:SUBJECT] if mark in said else f"{said[:SUBJECT]} {mark}"
