"""Parts that need a line of Python: where one is, the undo of a message, the mark of a stage."""

from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

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


@register.inclusion_tag("stage.html")
def stage(value: str) -> dict[str, Any]:
    """{% stage customer.stage %}: where she stands, as a mark of its own shape and a word."""
    return {"stage": Stage(value or Stage.NONE)}
