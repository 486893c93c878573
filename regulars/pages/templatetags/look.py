"""Parts that need a line of Python: where one is, the undo of a message, the mark of a stage."""

from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from regulars.intake.business import write_hours
from regulars.kernel.days import OpeningHours
from regulars.record.worth import Stage

register = template.Library()


@register.filter
def here(request: HttpRequest | None, address: str) -> SafeString:
    """The mark of the page that one is on, or below, for a link of the navigation."""
    return mark_safe(' aria-current="page"' if request and request.path.startswith(address) else "")  # noqa: S308


@register.filter
def undo_address(message: Message | Any) -> str:
    """Where the deed that this message tells of can be undone; see answer.done."""
    tags = message.extra_tags or ""
    return tags.removeprefix("undo:") if tags.startswith("undo:") else ""


_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}
_BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}


@register.filter
def device(user_agent: str) -> str:
    """What a browser calls itself, as its owner calls it: "Firefox, Windows". Only a hint: browsers fib."""
    names = (next((name for mark, name in table.items() if mark in user_agent), "") for table in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, names)) or gettext("An unknown device")


@register.filter
def week_in_words(hours: OpeningHours) -> str:
    """A week as on the door: "Mon–Fri 9:00–18:00, Sat 10:00–14:00"; days of the same hours stand together."""
    days = [(WEEKDAYS_ABBR[day], write_hours(hours.week.get(day, ()))) for day in range(7)]
    spans = [(written, [str(name) for name, _ in span]) for written, span in groupby(days, itemgetter(1)) if written]
    words = (f"{names[0]}–{names[-1]} {written}" if names[1:] else f"{names[0]} {written}" for written, names in spans)
    return "; ".join(words) or gettext("No opening hours yet")


@register.simple_tag
def stage(value: str) -> SafeString:
    """{% stage customer.stage %}: where she stands, as a mark of its own shape and a word."""
    return _drawn(Stage(value or Stage.NONE), get_language())


@cache
def _drawn(stage: Stage, language: str | None) -> SafeString:
    return render_to_string("stage.html", {"stage": stage})
