"""What to say to a customer about a promise, in her language, with the way to her own page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext

from regulars.desk.duty import when
from regulars.record.customers import Contact
from regulars.record.promises import Promise


@dataclass(frozen=True)
class Words:
    """`text` as it stands; `sms` and `mail`: addresses that open it in her phone's or our mail program."""

    text: str
    language: str
    phone: Contact | None
    sms: str
    mail: str


def words(promise: Promise, page: str, at: datetime) -> Words:
    """Ready, moved, or promised: what there is to be told now."""
    her = promise.customer
    language = her.language or promise.branch.language
    with translation.override(language):
        text = " ".join(filter(None, [_sentence(promise, at), page]))
    phone, mail = _ways(her)
    letter = urlencode({"subject": promise.what, "body": text}, quote_via=quote)
    return Words(
        text=text,
        language=language,
        phone=phone,
        sms=f"sms:{phone.value}?body={quote(text)}" if phone else "",
        mail=f"mailto:{mail.value}?{letter}" if mail else "",
    )


def _sentence(promise: Promise, at: datetime) -> str:
    zone = ZoneInfo(promise.zone)
    said = {"what": promise.what, "place": promise.branch.name, "due": when(promise.due_at.astimezone(zone), at)}
    if promise.kept_at is not None:
        return gettext("Good news: “%(what)s” is ready. %(place)s") % said
    if promise.moved_to is not None:
        said["to"] = when(promise.moved_to.astimezone(zone), at)
        return gettext("“%(what)s” will be ready by %(to)s, not by %(due)s. We are sorry. %(place)s") % said
    if promise.waiting_since is not None:
        return gettext("“%(what)s”: we need your answer to go on. %(place)s") % said
    return gettext("We promised you “%(what)s” by %(due)s. %(place)s") % said


def _ways(customer: Any) -> tuple[Contact | None, Contact | None]:
    """The first number and the first address of hers that work."""
    found = list(Contact.objects.filter(customer=customer, wrong_since=None).order_by("position", "id"))
    phones = [it for it in found if it.kind == Contact.Kind.PHONE]
    mails = [it for it in found if it.kind == Contact.Kind.EMAIL]
    return next(iter(phones), None), None if customer.no_mail_at else next(iter(mails), None)
