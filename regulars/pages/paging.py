"""Pages of a list by a mark, not by a number: the thousandth page costs what the first one does."""

import base64
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q

SIZE = 50


@dataclass(frozen=True)
class Page:
    """`rows` of one page; `after` is the mark from which the next one begins, "" on the last."""

    rows: list[Any]
    after: str
    is_first: bool


def page(found: Any, *, by: str, then: str = "pk", cursor: str = "", size: int = SIZE) -> Page:
    """The rows after the mark, in the order of the column `by` ("-" for descending; never empty), then of an id.

    There is an index over both. A mark that makes no sense, or that is of another order, shows the first page:
    addresses get cut and shared.
    """
    name, falling = by.removeprefix("-"), by.startswith("-")
    mark = _read(cursor, by)
    if mark is not None:
        try:
            found = found.filter(_beyond(name, then, *mark, falling=falling))
        except (ValueError, TypeError, ValidationError):  # no value of that column
            mark = None
    rows = list(found.order_by(by, then)[: size + 1])
    after = _write(by, _value(rows[size - 1], name), getattr(rows[size - 1], then)) if len(rows) > size else ""
    return Page(rows[:size], after, mark is None)


def _beyond(name: str, then: str, value: Any, pk: str, *, falling: bool) -> Q:
    """Either further on, or as far and after it. Said so that an index begins there and reads on."""
    way = "lt" if falling else "gt"
    return Q(**{f"{name}__{way}e": value}) & (Q(**{f"{name}__{way}": value}) | Q(**{f"{then}__gt": pk}))


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = getattr(row, part)
    return row.isoformat() if isinstance(row, date | datetime) else row


def _write(by: str, value: Any, pk: UUID) -> str:
    return base64.urlsafe_b64encode(json.dumps([by, value, pk.hex]).encode()).decode().rstrip("=")


def _read(cursor: str, by: str) -> tuple[Any, str] | None:
    try:
        was_by, value, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return (value, UUID(pk).hex) if was_by == by else None
    except (ValueError, TypeError, AttributeError):
        return None
