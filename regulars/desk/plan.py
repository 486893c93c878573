"""The method's arithmetic and the three questions of the plan, in exact decimals of the business's money."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from regulars.desk import charts
from regulars.desk.charts import Line, Table
from regulars.desk.pen import Pen
from regulars.engines.arithmetic import LifetimeValue, lifetime_value, needed_to_earn, yearly_growth
from regulars.engines.budget import Door, Split, split
from regulars.kernel import money
from regulars.record.business import Business
from regulars.record.worth import ServiceLine

HUNDRED = Decimal(100)
THIRD = Decimal("0.33")
STEPS = range(0, 101, 10)


@dataclass(frozen=True)
class Method:
    """price x purchases x (1 + service rate), in minor units; `is_own` when the owner typed the price herself.

    `with_a_third`: the total if service were exactly a third of the price, where the rate is the book's 0.33.
    """

    price: int
    is_own: bool
    product: int
    service: int
    total: int
    lost: int
    lines: list[tuple[str, int]]
    sales_to_earn_back: int | None
    with_a_third: tuple[int, int] | None


def method(business: Business, average_sale: int, lines: Sequence[ServiceLine] = ()) -> Method | None:
    """None while there is no price: none was typed, and nothing was sold."""
    price = business.price or average_sale
    if price <= 0:
        return None
    minor = _in_minor(business.currency)
    whole = money.major(price, business.currency)
    found = lifetime_value(whole, business.purchases, business.service_rate)
    product, total = minor(found.product), minor(found.total)
    return Method(
        price=price,
        is_own=bool(business.price),
        product=product,
        service=total - product,
        total=total,
        lost=total - price,
        lines=_parts(total - product, lines),
        sales_to_earn_back=needed_to_earn(found.lost, whole),
        with_a_third=_with_a_third(found, minor) if business.service_rate == THIRD else None,
    )


def _with_a_third(found: LifetimeValue, minor: Any) -> tuple[int, int]:
    service = found.product / 3
    return minor(service), minor(found.product + service)


def _parts(service: int, lines: Sequence[ServiceLine]) -> list[tuple[str, int]]:
    """Each kind of service and its part; what is left is everything else, so that all add up to the last cent."""
    if not lines:
        return []
    parts = [(line.name, int(service * line.percent / HUNDRED)) for line in lines]
    rest = service - sum(part for _name, part in parts)
    if sum(line.percent for line in lines) == HUNDRED:  # the cents that were cut off go to the first
        return [(parts[0][0], parts[0][1] + rest), *parts[1:]]
    return [*parts, (_("Everything else"), rest)]


@dataclass(frozen=True)
class EarnBack:
    """`lost` is what has to be earned: the profit, where a margin was given."""

    lost: Decimal
    sales: int | None
    adverts: int | None


def earn_back(lost: int, margin: Decimal | None, sale: int, advert: int | None) -> EarnBack:
    """How many sales or adverts make up for one lost customer; money in minor units, `margin` in percent."""
    whole = Decimal(lost) if margin is None else lost * margin / HUNDRED
    return EarnBack(
        whole,
        needed_to_earn(whole, Decimal(sale)),
        needed_to_earn(whole, Decimal(advert)) if advert else None,
    )


@dataclass(frozen=True)
class Budget:
    """What the split that was asked for brings, and the best of those drawn."""

    found: Split
    best_share: int
    best: Split
    picture: Line


def budget(pen: Pen, typed: dict[str, Any], slipping: int) -> Budget:
    """`typed`: the clean data of `BudgetForm`. There are `slipping` customers who can be kept."""
    keep = Door(Decimal(typed["keep_cost"]), Decimal(typed["keep_worth"]), slipping)
    win = Door(Decimal(typed["win_cost"]), Decimal(typed["win_worth"]))
    whole = Decimal(typed["budget"])
    drawn = {share: split(whole, share / HUNDRED, keep, win) for share in STEPS}
    best = max(drawn, key=lambda share: drawn[share].brings)
    heights = [float(each.brings) for each in drawn.values()]
    return Budget(
        split(whole, typed["keep"] / HUNDRED, keep, win),
        best,
        drawn[best],
        charts.line(
            "budget",
            _("Of the splits drawn here, %(share)s for keeping brings the most: %(money)s.")
            % {"share": pen.percent(best / 100), "money": pen.money(int(drawn[best].brings))},
            heights,
            Table(
                [_("For keeping"), _("Customers kept"), _("Won"), _("They bring")],
                [
                    [pen.percent(share / 100), pen.count(each.kept), pen.count(each.won), pen.money(int(each.brings))]
                    for share, each in drawn.items()
                ],
            ),
            labels=[pen.percent(share) for share in (0, 0.25, 0.5, 0.75, 1)],
            marks=[(mark, pen.short_money(mark)) for mark in charts.ticks(max(heights))],
        ),
    )


@dataclass(frozen=True)
class Growth:
    rate: float
    picture: Line


def growth(pen: Pen, begins: int, ends: int, years: int) -> Growth | None:
    """The yearly growth that leads from one revenue to the other, and the way there; None when there is no way."""
    rate = yearly_growth(Decimal(begins), Decimal(ends), years)
    if rate is None:
        return None
    way = [begins * (1 + rate) ** year for year in range(years + 1)]
    return Growth(
        rate,
        charts.line(
            "growth",
            _("%(rate)s more each year leads from %(begins)s to %(ends)s.")
            % {"rate": pen.exact_percent(rate), "begins": pen.money(begins), "ends": pen.money(ends)},
            way,
            Table([_("Year"), _("Revenue")], [[str(year), pen.money(round(way[year]))] for year in range(years + 1)]),
            labels=["0", str(years)],
            marks=[(mark, pen.short_money(mark)) for mark in charts.ticks(max(way))],
        ),
    )


def _in_minor(currency: str) -> Any:
    return lambda amount: money.minor(amount, currency)
