"""The method's own arithmetic of a lifetime, in exact decimals: price x purchases, and a third for service.

Sewell, "Customers for Life": a car of 25,000, ten in a lifetime, are 250,000; service adds 82,500; 332,500 in all; a
customer who never comes back takes 307,500 with her. The book's "about a third" is 0.33: one third would make it
83,333.33 and 333,333.33. It is revenue, although the book says profit; it knows neither inflation nor interest.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

PURCHASES, SERVICE_RATE = Decimal(10), Decimal("0.33")


@dataclass(frozen=True)
class LifetimeValue:
    """All in the unit of the price."""

    first: Decimal
    product: Decimal
    service: Decimal

    @property
    def total(self) -> Decimal:
        return self.product + self.service

    @property
    def lost(self) -> Decimal:
        """What goes with a customer who bought once and never comes back."""
        return self.total - self.first


def lifetime_value(
    price: Decimal, purchases: Decimal = PURCHASES, service_rate: Decimal = SERVICE_RATE
) -> LifetimeValue:
    """`price` of one purchase, `purchases` in a lifetime, `service_rate` of what she spends on products."""
    product = price * purchases
    return LifetimeValue(first=price, product=product, service=product * service_rate)


def needed_to_earn(amount: Decimal, each: Decimal) -> int | None:
    """How many sales, adverts or campaigns that bring `each` make up for `amount`; None when they bring nothing."""
    if each <= 0:
        return None
    return int((amount / each).to_integral_value(ROUND_CEILING))


def yearly_growth(begin: Decimal, end: Decimal, years: int) -> float | None:
    """The yearly growth that leads from one to the other: 10 to 250 million in 30 years is 0.1133."""
    if begin <= 0 or end <= 0 or years <= 0:
        return None
    return float(float(end / begin) ** (1 / years)) - 1
