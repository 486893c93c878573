"""Customers in the order in which the owner asks for them: worth the most, slipping away, left, came once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.desk.export import Cell
from regulars.kernel import money
from regulars.record.worth import Estimate, Stage

ON_A_PAGE = 100


@dataclass(frozen=True)
class Ranking:
    """A list: its name in addresses, its words, and whom it holds on a given day."""

    name: str
    title: str | Promise
    lead: str | Promise
    empty: str | Promise
    chosen: Callable[[date], Any]
    is_loss: bool = False  # whoever stands on it is being lost

    def query(self, today: date) -> Any:
        return self.chosen(today).select_related("customer")

    def first(self, today: date) -> list[Estimate]:
        """As many as stand on the page."""
        return list(self.query(today)[:ON_A_PAGE])


TOP = Ranking(
    "top",
    gettext_lazy("Worth the most"),
    gettext_lazy("The customers who are likely to bring the most from here on."),
    gettext_lazy("When customers have bought something, the ones who are worth the most stand here."),
    lambda _today: Estimate.objects.order_by("-value", "customer"),
)
EARNERS = Ranking(
    "earners",
    gettext_lazy("Brought the most"),
    gettext_lazy("The customers who have brought the most so far. Call the first ten this week to thank them."),
    gettext_lazy("When customers have bought something, the ones who brought the most stand here."),
    lambda _today: Estimate.objects.order_by("-spent", "customer"),
)
AT_RISK = Ranking(
    "at-risk",
    gettext_lazy("Slipping away"),
    gettext_lazy("Silent for longer than is usual for each of them; the ones with the most at stake come first."),
    gettext_lazy("Whoever is silent for longer than usual appears here."),
    lambda _today: Estimate.objects.filter(stage=Stage.SLIPPING).order_by("-at_stake", "customer"),
    is_loss=True,
)
LEFT = Ranking(
    "left",
    gettext_lazy("Left this month"),
    gettext_lazy("Silent for so long that they will hardly return: since this month they count as gone."),
    gettext_lazy("Nobody left this month. Whoever does appears here with what is lost."),
    lambda today: Estimate.objects.filter(
        stage=Stage.GONE, stage_since__gte=today.replace(day=1), stage_since__lte=today
    ).order_by("-at_stake", "customer"),
    is_loss=True,
)
ONCE = Ranking(
    "once",
    gettext_lazy("Came once"),
    gettext_lazy("One visit so far, the latest first: each could become a regular."),
    gettext_lazy("Whoever buys for the first time appears here until the second visit."),
    lambda _today: Estimate.objects.filter(visits=1).order_by("-last_on", "customer"),
)
RANKINGS = {ranking.name: ranking for ranking in (TOP, EARNERS, AT_RISK, LEFT, ONCE)}


COLUMNS = (
    *("customer__number", "customer__name", "stage", "stage_since", "visits", "first_on", "last_on", "alive"),
    *("spent", "mean_spend", "value", "low", "high", "at_stake"),
)


def heads() -> list[str]:
    """The first line of an exported list."""
    return [
        _("Number"),
        _("Name"),
        _("Stage"),
        _("Since"),
        _("Visits"),
        _("First visit"),
        _("Last visit"),
        _("Days since the last visit"),
        _("Spent"),
        _("Average visit"),
        _("Chance of being still with us, %"),
        _("Worth"),
        _("Worth at least"),
        _("Worth at most"),
        _("At stake"),
    ]


def rows(ranking: Ranking, currency: str, today: date) -> Iterator[list[Cell]]:
    """Everybody on the list, for a file; numbers and dates stay what they are."""
    names = {value: str(label) for value, label in Stage.choices}
    for number, name, stage, since, visits, first_on, last_on, alive, *amounts in (
        ranking.chosen(today).values_list(*COLUMNS).iterator(chunk_size=2000)
    ):
        spent, mean_spend, *foretold = (money.major(amount, currency) for amount in amounts)
        yield [
            *(number, name, names[stage], since, visits, first_on, last_on),
            (today - last_on).days if last_on else None,
            *(spent, mean_spend),
            None if alive is None else Decimal(str(round(100 * alive, 1))),
            *foretold,
        ]
