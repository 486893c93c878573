"""What customers wish for, the same wishes together, and whom to call when the business has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from regulars.desk.plays import Callers
from regulars.engines.alike import ENOUGH, alike
from regulars.record import calls
from regulars.record.calls import Call
from regulars.record.knowing import Wish
from regulars.record.worth import Estimate

NEARLY = 50.0  # of 100: so much alike that somebody should look whether it means the same
READ = 2_000  # the latest open wishes; older ones are asked about again before anybody acts on them


@dataclass(frozen=True)
class Wished:
    """Wishes that say the same, the one heard first in front. `worth`: of those who wish it; minor units."""

    wishes: list[Wish]
    worth: int

    @property
    def first(self) -> Wish:
        return self.wishes[0]

    @property
    def customers(self) -> int:
        return len({wish.customer_id for wish in self.wishes})


def open_wishes(words: str = "") -> Any:
    found = Wish.objects.filter(granted_at=None, dropped_at=None, customer__merged_at=None)
    found = found.filter(text__icontains=words) if words else found
    return found.select_related("customer").order_by("-heard_at", "-id")


def grouped(words: str = "") -> list[Wished]:
    """What most wish for comes first; of two wished by as many, that of those who are worth more."""
    some = list(open_wishes(words)[:READ])[::-1]
    known = Estimate.objects.filter(customer__in=[wish.customer_id for wish in some])
    worth = dict(known.values_list("customer", "value"))
    groups = [[some[place] for place in places] for places in alike([wish.text for wish in some])]
    told = [Wished(group, sum(worth.get(pk, 0) for pk in {wish.customer_id for wish in group})) for group in groups]
    return sorted(told, key=lambda wished: (-wished.customers, -wished.worth))


def like(wish: Wish) -> tuple[list[Wish], list[Wish]]:
    """Those that say the same as this one, and those that say something like it, in case they mean it too."""
    some = list(open_wishes()[:READ])[::-1]
    texts = [other.text for other in some]

    def with_her(enough: float) -> list[Wish]:
        groups = [[some[place] for place in places] for places in alike(texts, enough=enough)]
        return next((group for group in groups if wish in group), [wish])

    same = with_her(ENOUGH)
    return same, [other for other in with_her(NEARLY) if other not in same]


def tell(wishes: Iterable[Wish], *, what: str, today: date, by: Any, at: datetime) -> list[Call]:
    """Everybody who wished for it is called, by whoever looks after her or has the fewest calls."""
    some = list(wishes)
    callers = Callers()
    given = {wish.customer_id: callers.give(wish.customer.keeper_id) for wish in some}
    return calls.tell_granted(some, what=what, callers=given, today=today, by=by, at=at)
