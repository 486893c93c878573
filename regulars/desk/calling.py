"""What a call may change, and when it may be made: by day in her own zone, on which of her numbers."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
from phonenumbers import timezone as phone_zones

from regulars.record.business import Business
from regulars.record.calls import Call
from regulars.record.customers import Contact, Customer

# The chance that a call changes what is at stake: a rule of thumb, until held-out calls say how it is here.
CHANCE: dict[str, float] = {
    Call.Play.TOP_TEN: 0.10,
    Call.Play.SLIPPING: 0.20,
    Call.Play.SECOND_VISIT: 0.10,
    Call.Play.AGREED: 1.0,
    Call.Play.LOW_ANSWER: 0.5,
    Call.Play.GRANTED: 0.5,
}


@lru_cache(maxsize=5_000)
def zone_of_number(number: str) -> str:
    """The zone of a phone number in E.164; empty when its country has several, or when nobody knows."""
    try:
        zones = phone_zones.time_zones_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return ""
    known = [zone for zone in zones if zone != phone_zones.UNKNOWN_TIMEZONE]
    return known[0] if len(known) == 1 else ""


def her_zone(customer: Customer, phone: Contact | None, home: str) -> str:
    """Hers as it was written down, else that of her number, else `home`."""
    return customer.zone or (zone_of_number(phone.value) if phone else "") or home


def not_before(business: Business, zone: str, at: datetime) -> datetime | None:
    """None when she may be called at that moment; else from when, in her own zone."""
    there = at.astimezone(ZoneInfo(zone))
    if business.calls_from <= there.time() < business.calls_until:
        return None
    day = there.date() + timedelta(days=there.time() >= business.calls_until)
    return datetime.combine(day, business.calls_from, ZoneInfo(zone))


def number_to_call(contacts: Any) -> Contact | None:
    """The first of her phones that is not known to be wrong."""
    phones = [contact for contact in contacts if contact.kind == Contact.Kind.PHONE and contact.wrong_since is None]
    return phones[0] if phones else None
