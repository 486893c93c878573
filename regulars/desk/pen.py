"""How numbers are written for a reader: her language, the business's money."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_compact_currency, format_decimal, format_percent

from regulars.kernel import money


@dataclass(frozen=True)
class Pen:
    currency: str
    language: str

    def money(self, amount: int) -> str:
        """123456 -> €1,235: whole, where cents would only be noise."""
        return money.written(amount, self.currency, self.language, whole=True)

    def short_money(self, amount: float) -> str:
        """123456 -> €1.2K: for the axis of a chart."""
        whole = amount / 10 ** money.exponent(self.currency)
        return str(format_compact_currency(whole, self.currency, locale=self.language, fraction_digits=1))

    def count(self, number: float) -> str:
        return str(format_decimal(round(number), locale=self.language))

    def number(self, number: float | Decimal) -> str:
        """With all its decimals."""
        return str(format_decimal(number, locale=self.language, decimal_quantization=False))

    def percent(self, share: float) -> str:
        """0.5 -> 50%; the little that is not nothing keeps a decimal."""
        pattern = "#,##0.#%" if 0 < abs(share) < 0.01 else None
        return str(format_percent(share, format=pattern, locale=self.language))

    def exact_percent(self, share: float | Decimal) -> str:
        """0.1133 -> 11.33%."""
        return str(format_percent(share, format="#,##0.##%", locale=self.language))

    def month(self, day: date) -> str:
        return str(format_date(day, "LLLL yyyy", locale=self.language))

    def quarter(self, day: date) -> str:
        return str(format_date(day, "QQQ yyyy", locale=self.language))
