"""A letter of ours as it goes out: from whom, to whom, which letter it answers, and the link to her page below it."""

from email.utils import formataddr, parseaddr
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext

from regulars.desk import acknowledging
from regulars.record.business import Business
from regulars.record.messages import Message


def named(pk: UUID) -> str:
    """The Message-ID of a letter of ours, by which an answer to it is known."""
    return f"<{pk}@{acknowledging.host()}>"


def envelope(message: Message, business: Business) -> EmailMessage:
    """From the business, to be answered to the mailbox to which she wrote. Nothing typed can add a header."""
    complaint = message.complaint
    is_ours_alone = message.kind == Message.Kind.ACKNOWLEDGEMENT
    headers = {"Message-ID": message.message_id}
    if message.replies_to:
        headers |= {"In-Reply-To": message.replies_to, "References": message.replies_to}
    if is_ours_alone:  # so that no machine answers a machine
        headers |= {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
    text = message.text
    if not is_ours_alone:
        with translation.override(acknowledging.language(complaint.language, complaint.branch.language)):
            address = acknowledging.address(complaint)
            link = gettext("How it stands, and where you can write more: %(address)s") % {"address": address}
            text = f"{text}\n\n--\n{link}"
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return EmailMessage(
        subject=" ".join(message.subject.split()),
        body=text,
        from_email=formataddr((" ".join(business.name.split()), sender)),
        to=[message.to],
        reply_to=[message.mailbox.address] if message.mailbox else None,
        headers=headers,
    )
