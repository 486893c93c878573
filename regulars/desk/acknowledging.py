"""We have your complaint, and by when you hear from us: what the program says at once, honest about closed hours."""

from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from regulars.desk.duty import when
from regulars.record import branches
from regulars.record.branches import Branch
from regulars.record.business import Business
from regulars.record.complaints import Complaint


def address(complaint: Complaint) -> str:
    """Of the page on which she sees how it stands."""
    return f"{settings.SITE_URL}/said/{complaint.business_id}/{complaint.secret}/"


def host() -> str:
    """Of our own address: what stands behind the @ of a Message-ID."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def language(*wanted: str) -> str:
    """The first that we speak."""
    spoken = dict(settings.LANGUAGES)
    return next((one for one in wanted if one in spoken), "en")


def by_when(branch: Branch, hears_by: datetime, at: datetime) -> str:
    """By when she hears from us; while we are closed, also when we open."""
    hours, zone = branches.hours(branch), ZoneInfo(branch.zone)
    hears = gettext("You hear from us by %(time)s.") % {"time": when(hears_by.astimezone(zone), at)}
    opens = hours.next_open(at)
    if opens is None or hours.is_open(at):
        return hears
    closed = gettext("We are closed now and open again: %(time)s.") % {"time": when(opens.astimezone(zone), at)}
    return f"{closed} {hears}"


def words(complaint: Complaint, at: datetime) -> tuple[str, str]:
    """Subject and text of the acknowledgement, in the language of the complaint.

    Her own words do not stand in it: whoever types a stranger's address must not be able to send him anything.
    """
    branch, house = complaint.branch, Business.objects.get(pk=complaint.business_id)
    with translation.override(language(complaint.language, branch.language, house.language)):
        subject = gettext("We have your complaint, number %(number)s") % {"number": complaint.number}
        said = [
            gettext("Thank you for telling us that something is not right. We put it right."),
            by_when(branch, complaint.hears_by, at),
            gettext("How it stands, and where you can write more: %(address)s") % {"address": address(complaint)},
            "\n".join(filter(None, [house.name, branch.name if branch.name != house.name else "", branch.phone])),
        ]
    return subject, "\n\n".join(said)
