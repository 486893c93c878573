"""The record as columns: every sale of the business in NumPy arrays, read in one pass."""

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import CharField, Func, IntegerField
from django.db.models.functions import Cast
from numpy.typing import NDArray

from regulars.record.business import Business
from regulars.record.sales import Sale

EPOCH = date(1970, 1, 1)
AT_A_TIME = 50_000


class DayNumber(Func):
    """Days since 1970-01-01, counted by the database: a million dates made in Python would take seconds."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "CAST(julianday(%(expressions)s) - 2440587.5 AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(%(expressions)s - DATE '1970-01-01')"
        return self.as_sql(compiler, connection, template=template, **context)


@dataclass(frozen=True)
class Facts:
    """One entry of `codes`, `days`, `amounts` and `is_ours` per sale.

    `customers[code]` is the customer's id, as the database writes it. `amounts` are minor units of the
    business's currency; where a sale was in another one, `is_ours` is False and the amount 0. A refund, below
    zero, is no visit. `newest` is the id of the latest sale that was seen.
    """

    customers: list[str]
    codes: NDArray[np.int64]
    days: NDArray[np.int64]
    amounts: NDArray[np.int64]
    is_ours: NDArray[np.bool_]
    is_visit: NDArray[np.bool_]
    newest: UUID | None

    def __len__(self) -> int:
        return len(self.codes)


def read(business: Business) -> Facts:
    """Every sale of the business that is set, in no particular order."""
    newest = Sale.objects.order_by("-id").values_list("id", flat=True).first()
    rows = Sale.objects.values_list(Cast("customer_id", CharField()), DayNumber("day"), "amount", "currency").iterator(
        chunk_size=AT_A_TIME
    )
    known: dict[str, int] = {}
    chunks: list[NDArray[np.int64]] = [np.zeros((4, 0), np.int64)]
    while chunk := list(islice(rows, AT_A_TIME)):
        ids, days, amounts, currencies = zip(*chunk, strict=True)
        codes = [known.setdefault(customer, len(known)) for customer in ids]
        is_ours = [currency == business.currency for currency in currencies]
        chunks.append(np.array([codes, days, amounts, is_ours], np.int64))
    all_of_it = np.concatenate(chunks, axis=1)
    return Facts(
        customers=list(known),
        codes=all_of_it[0],
        days=all_of_it[1],
        amounts=all_of_it[2] * all_of_it[3],
        is_ours=all_of_it[3] == 1,
        is_visit=all_of_it[2] >= 0,
        newest=newest,
    )


def number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days
