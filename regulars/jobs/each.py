"""The one place where a job is told whose work it does."""

from collections.abc import Iterator

from regulars.record.business import Business
from regulars.record.owned import acting_for


def business() -> Iterator[Business]:
    """Every business in turn; inside the loop everything belongs to it."""
    for found in Business.objects.order_by("opened_at"):
        with acting_for(found.pk):
            yield found
