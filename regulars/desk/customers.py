"""Customers for a list: of a stage, with a tag, of a branch, of one colleague; in any order, however many there are."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from regulars.record.customers import Customer
from regulars.record.tags import Tagging
from regulars.record.worth import Estimate

FEW = 1_000


def narrowed(
    found: Any,
    customer: str,
    *,
    stage: str = "",
    tag: UUID | None = None,
    branch: UUID | None = None,
    keeper: Any = None,
) -> Any:
    """Those of `found` that are wanted; `customer` names the column of it that holds her id.

    The database would have to choose between looking up the wanted and putting them in order, and reading in the
    order until a page is full; SQLite chooses badly. Few are looked up, of many a page is soon full: we say which.
    """
    wanted = (
        (Estimate.objects.filter(stage=stage), "customer_id", stage),
        (Tagging.objects.filter(tag_id=tag), "customer_id", tag),
        (Customer.objects.filter(branch_id=branch), "pk", branch),
        (Customer.objects.filter(keeper=keeper), "pk", keeper),
    )
    for those, key, is_wanted in wanted:
        if is_wanted:
            ids = list(those.order_by().values_list(key, flat=True)[: FEW + 1])
            is_one = Exists(those.filter(**{key: OuterRef(customer)}))
            found = found.filter(**{f"{customer}__in": ids}) if len(ids) <= FEW else found.filter(is_one)
    return found
