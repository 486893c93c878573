"""The directory as it is searched, and the words that go to a partner and to the customer when one is booked."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext

from regulars.desk.calling import number_to_call
from regulars.kernel import money
from regulars.record.asks import Ask
from regulars.record.business import Business
from regulars.record.customers import Contact
from regulars.record.partners import Partner


def found(words: str) -> Any:
    """By what they do, by name, by note."""
    living = Partner.objects.filter(retired_at=None)
    return living.filter(Q(does__icontains=words) | Q(name__icontains=words) | Q(note__icontains=words))


@dataclass(frozen=True)
class Letter:
    """Ready words, and where they can go."""

    text: str
    phone: str
    email: str


@dataclass(frozen=True)
class Letters:
    partner: Letter
    customer: Letter


def letters(ask: Ask, business: Business) -> Letters | None:
    """Until it is done: to the partner in the business's language, to the customer in hers."""
    if ask.partner is None or ask.done_at is not None:
        return None
    contacts = list(ask.customer.contacts.all())
    phone = number_to_call(contacts)
    emails = [one.value for one in contacts if one.kind == Contact.Kind.EMAIL and one.wrong_since is None]
    who = ask.customer.address_as or ask.customer.name
    said = {"text": ask.text, "business": business.name, "partner": ask.partner.name}
    with translation.override(business.language):
        name = ", ".join(filter(None, [who, phone.written if phone else ""]))
        to_partner = gettext(
            "Could you help a customer of ours? %(text)s, for %(name)s. Please send the bill to %(business)s."
        ) % {**said, "name": name}
    branch = ask.customer.branch
    with translation.override(ask.customer.language or (branch.language if branch else business.language)):
        to_her = " ".join(filter(None, _lines(ask, business, {**said, "name": who})))
    return Letters(
        partner=Letter(to_partner, ask.partner.phone, ask.partner.email),
        customer=Letter(to_her, phone.value if phone else "", emails[0] if emails else ""),
    )


def _lines(ask: Ask, business: Business, said: dict[str, str]) -> list[str]:
    language = translation.get_language() or "en"
    pays = money.written(ask.price, business.currency, language)
    phone = ask.partner.phone
    return [
        gettext("%(name)s, %(partner)s takes care of it: %(text)s.") % said,
        gettext("Their phone: %(phone)s.") % {"phone": phone} if phone else "",
        gettext("You pay %(price)s.") % {"price": pays} if ask.price else gettext("It is on us."),
        business.name,
    ]
