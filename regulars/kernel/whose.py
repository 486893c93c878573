"""Whose rows may be touched now: set once per request, job or command; code that forgot it fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_business: ContextVar[UUID | None] = ContextVar("business", default=None)


class NoBusinessSet(RuntimeError):
    """A row was asked for without saying whose it is: a mistake in the program, never in the input."""

    def __init__(self) -> None:
        super().__init__("no business is set: wrap the work in record.owned.acting_for(business)")


class OtherBusiness(RuntimeError):
    """Work for one business tried to begin inside work for another."""


def business() -> UUID:
    """The id of the business that this request, job or command works for."""
    found = _business.get()
    if found is None:
        raise NoBusinessSet
    return found


def business_or_none() -> UUID | None:
    return _business.get()


@contextmanager
def working_for(business_id: UUID) -> Iterator[None]:
    """Everything inside belongs to this business. It cannot be changed half-way."""
    before = _business.get()
    if before is not None and before != business_id:
        raise OtherBusiness(f"already working for {before}, asked for {business_id}")
    token = _business.set(business_id)
    try:
        yield
    finally:
        _business.reset(token)
