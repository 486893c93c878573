"""What an owner types about worth: the method's arithmetic, service lines, and the questions of the plan."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regulars.intake.form import Form
from regulars.intake.numbers import Number, written
from regulars.kernel import money
from regulars.kernel.refusal import Refused
from regulars.record.business import Business

HUNDRED = Decimal(100)
MOST = Decimal("999999999999")  # far above any price, far below what the database holds


class MoneyField(Number):
    """An amount of money, above zero, in the business's currency; `cleaned_data` has minor units."""

    def __init__(self, *, currency: str, **kwargs: Any) -> None:
        self.currency = currency
        kwargs.setdefault("min_value", Decimal(1).scaleb(-money.exponent(currency)))
        super().__init__(
            max_value=MOST, decimal_places=money.exponent(currency), max_digits=None, example="25", **kwargs
        )

    def clean(self, value: Any) -> int | None:
        amount = super().clean(value)
        return None if amount is None else money.minor(amount, self.currency)

    def prepare_value(self, value: Any) -> Any:
        return written(money.major(value, self.currency), self.decimal_places) if isinstance(value, int) else value


class ArithmeticForm(Form):
    """The method's own numbers, and how far the model looks."""

    price = Number(
        label=_("Average price"),
        help_text=_("Leave it empty to use the average of your own sales."),
        required=False,
    )  # becomes money when the currency is known
    purchases = Number(
        label=_("Purchases in a lifetime"),
        help_text=_("How often a good customer buys from you, from the first visit to the last."),
        example="10",
        min_value=Decimal("0.01"),
        max_value=Decimal("999999.99"),
        decimal_places=2,
    )
    service_rate = Number(
        label=_("Service, in percent of the price"),
        help_text=_("What a customer spends on service for every 100 of the product. The method says 33."),
        example="33",
        min_value=Decimal(0),
        max_value=Decimal(900),
        decimal_places=2,
    )
    horizon_months = forms.IntegerField(label=_("How far to look ahead, in months"), min_value=6, max_value=120)
    yearly_discount = Number(
        label=_("What a year costs, in percent"),
        help_text=_(
            "Money that comes in a year is worth this much less to you than money today. Write 0 for no difference."
        ),
        example="10",
        min_value=Decimal(0),
        max_value=Decimal(50),
        decimal_places=2,
    )

    def __init__(self, business: Business, data: Any = None) -> None:
        super().__init__(
            data,
            initial={
                "price": business.price,
                "purchases": business.purchases,
                "service_rate": business.service_rate * HUNDRED,
                "horizon_months": business.horizon_months,
                "yearly_discount": business.yearly_discount * HUNDRED,
            },
        )
        self.fields["price"] = MoneyField(
            label=self.fields["price"].label,
            help_text=self.fields["price"].help_text,
            currency=business.currency,
            required=False,
        )

    def changes(self) -> dict[str, Any]:
        """What `business.change_business` takes."""
        typed = self.cleaned_data
        return typed | {
            "service_rate": typed["service_rate"] / HUNDRED,
            "yearly_discount": typed["yearly_discount"] / HUNDRED,
        }


class ServiceLineForm(forms.Form):
    """One kind of service work; a line without a name is left out."""

    name = forms.CharField(label=_("Kind of service"), max_length=60, required=False)
    percent = Number(
        label=_("Part of all service, in percent"),
        example="40",
        min_value=Decimal("0.01"),
        max_value=HUNDRED,
        decimal_places=2,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("name") and "percent" in typed and typed["percent"] is None:
            self.add_error("percent", _("Write what part of all service this is."))
        if typed.get("percent") and not typed.get("name"):
            self.add_error("name", _("Write what kind of service this is."))
        return typed


class ServiceLines(forms.BaseFormSet):  # type: ignore[type-arg]
    """The lines together, in the order in which they stand."""

    refused = ""

    def does(self, verb: Callable[[], Any]) -> bool:
        """Whether the verb did it; a refusal stands above the lines, and what was typed is kept."""
        try:
            verb()
        except Refused as refusal:
            self.refused = refusal.said(gettext)
            return False
        return True

    def lines(self) -> list[tuple[str, Decimal]]:
        """What `worth.set_service_lines` takes."""
        typed = [form.cleaned_data for form in self.forms]
        return [(line["name"], line["percent"]) for line in typed if line.get("name")]


ServiceLineForms = forms.formset_factory(ServiceLineForm, formset=ServiceLines, extra=3, max_num=30)


def service_lines(business_lines: Any, data: Any = None) -> Any:
    """The forms of the lines that there are, and three empty ones."""
    initial = [{"name": line.name, "percent": line.percent} for line in business_lines]
    return ServiceLineForms(data, initial=initial, prefix="lines")


class EarnBackForm(forms.Form):
    """How many sales or adverts earn back what a lost customer would have brought."""

    def __init__(self, currency: str, data: Any, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        self.fields["lost"] = MoneyField(label=_("What one lost customer costs you"), currency=currency)
        self.fields["margin"] = Number(
            label=_("Of it is profit, in percent"),
            help_text=_("Leave it empty to count revenue on both sides."),
            example="20",
            min_value=Decimal("0.01"),
            max_value=HUNDRED,
            required=False,
        )
        self.fields["sale"] = MoneyField(label=_("What you earn on one new sale"), currency=currency)
        self.fields["advert"] = MoneyField(
            label=_("What you earn from one advert"),
            help_text=_("After its cost, on average. Leave it empty if you do not advertise."),
            currency=currency,
            required=False,
        )


class BudgetForm(forms.Form):
    """How a sum is split between keeping customers and winning new ones."""

    def __init__(self, currency: str, data: Any, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        self.fields["budget"] = MoneyField(label=_("Money to spend"), currency=currency)
        self.fields["keep"] = forms.IntegerField(
            label=_("Of it for keeping customers, in percent"), min_value=0, max_value=100
        )
        self.fields["keep_cost"] = MoneyField(
            label=_("What it costs to keep one"),
            help_text=_("All calls and gifts of a month, divided by the customers who stayed because of them."),
            currency=currency,
        )
        self.fields["win_cost"] = MoneyField(
            label=_("What it costs to win a new one"),
            help_text=_("All adverts of a month, divided by the new customers they brought."),
            currency=currency,
        )
        self.fields["keep_worth"] = MoneyField(label=_("What a customer you keep brings"), currency=currency)
        self.fields["win_worth"] = MoneyField(label=_("What a new customer brings"), currency=currency)


class GrowthForm(forms.Form):
    """From one yearly revenue to another, in so many years."""

    def __init__(self, currency: str, data: Any, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        self.fields["begins"] = MoneyField(label=_("Yearly revenue now"), currency=currency)
        self.fields["ends"] = MoneyField(label=_("Yearly revenue you want"), currency=currency)
        self.fields["years"] = forms.IntegerField(label=_("In how many years"), min_value=1, max_value=100)
