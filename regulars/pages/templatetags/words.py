"""Words in templates: money, spans of time and addresses inside the business, as people write them."""

from typing import Any, TypeGuard

from babel.numbers import format_percent
from django import template
from django.urls import reverse
from django.utils.translation import get_language

from regulars.desk.words import open_time
from regulars.kernel import money as kernel_money

register = template.Library()


@register.filter
def money(amount: int | str | None, currency: str) -> str:
    """1235|money:"EUR" -> 12,35 € in the reader's language."""
    return kernel_money.written(int(amount), currency, get_language() or "en") if _is_known(amount) else ""


@register.filter
def wholemoney(amount: int | str | None, currency: str) -> str:
    """Without the cents: for sums where they would only be noise."""
    return kernel_money.written(int(amount), currency, get_language() or "en", whole=True) if _is_known(amount) else ""


@register.filter
def percent(share: float | None) -> str:
    """0.956|percent -> 96%; a dash for what cannot be known."""
    return "–" if share is None else str(format_percent(share, locale=get_language() or "en"))


@register.filter
def opentime(minutes: float | None) -> str:
    """200|opentime -> 3 h 20 min, of opening hours."""
    return "–" if minutes is None else open_time(minutes)


def _is_known(amount: int | str | None) -> TypeGuard[int]:
    """A template gives "" for what is not there."""
    return amount is not None and amount != ""


@register.simple_tag(takes_context=True)
def at(context: template.Context, name: str, *args: Any, **kwargs: Any) -> str:
    """{% at "customer" customer.pk %}: the address of a page inside this business."""
    return reverse(name, args=[context["business"].slug, *args], kwargs=kwargs or None)


@register.filter
def of(key: Any, table: dict[Any, Any]) -> Any:
    """pk|of:estimates: what the table holds for that key, or nothing."""
    return table.get(key)


@register.filter
def at_place(row: Any, place: int) -> Any:
    """The entry of a list at that place."""
    return row[place]
