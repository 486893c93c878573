"""What a customer asks for, and what we answer, as it is tapped and typed at the counter."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.calls import Asked
from regulars.intake.form import Form
from regulars.intake.ledger import PERIODS
from regulars.intake.worth import MoneyField
from regulars.record.asks import Ask
from regulars.record.business import Business
from regulars.record.partners import Partner

HEARD = [Ask.Source.COUNTER, Ask.Source.PHONE, Ask.Source.LETTER]


class HearForm(Form):
    """The customer's own words."""

    text = Asked(
        label=_("What does the customer ask for?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )
    source = forms.ChoiceField(label=_("Where?"), choices=[(one.value, one.label) for one in HEARD])


class YesForm(Form):
    """Yes, and how. A standard answer has filled it in; then one tap is enough."""

    how = forms.CharField(label=_("How do we do it?"), max_length=500, required=False)
    done = forms.BooleanField(label=_("It is done already"), required=False)
    minutes = forms.IntegerField(
        label=_("Minutes that it takes us"), min_value=0, max_value=100_000, required=False
    )  # a yes that took longer than two months is a typing error
    as_friend = forms.BooleanField(
        label=_("If a friend would do it free, do not charge: the customer pays nothing"), required=False
    )  # a hint, not a rule
    partner: Any = forms.ModelChoiceField(None, label=_("Who does it for us"), required=False, empty_label=_("We do"))

    def __init__(self, business: Business, words: Any = None, **initial: Any) -> None:
        super().__init__(words, initial=initial)
        amount: dict[str, Any] = {"currency": business.currency, "min_value": 0, "required": False}
        self.fields["cost"] = MoneyField(label=_("What it costs us"), **amount)
        self.fields["price"] = MoneyField(label=_("What the customer pays"), **amount)
        self.fields["partner"].queryset = Partner.objects.filter(retired_at=None)  # type: ignore[attr-defined]

    @classmethod
    def of(cls, ask: Ask, business: Business, words: Any = None) -> "YesForm":
        """As the standard answer says, where there is one."""
        known = ask.standard
        if known is None:
            return cls(business, words)
        return cls(business, words, how=known.how, cost=known.cost, minutes=known.minutes, partner=known.partner_id)

    def said(self) -> dict[str, Any]:
        """What `asks.say_yes` takes. As among friends she pays nothing, whatever was typed."""
        said = self.cleaned_data
        price = 0 if said["as_friend"] else said["price"] or 0
        return {**said, "cost": said["cost"] or 0, "minutes": said["minutes"] or 0, "price": price}


class NoForm(Form):
    """Not this way: why, and what we offer in its place."""

    reason = Asked(label=_("Why can it not be yes?"), max_length=500)
    instead = Asked(
        label=_("What do we offer instead?"),
        help_text=_("Begin with what you can do: “Yes, what I can do is …”"),
        max_length=500,
    )


class ReviewForm(Form):
    """What the owner makes of a no."""

    review = Asked(label=_("What changes, so that next time it is a yes?"), max_length=500)


class PeriodForm(Form):
    """How far back the figures go."""

    days = forms.TypedChoiceField(label=_("How far back"), choices=list(PERIODS.items()), coerce=int)

    def __init__(self, words: Any) -> None:
        super().__init__(words or {"days": "90"})
        self.chosen: int = self.cleaned_data["days"] if self.is_valid() else 90

    def since(self, at: datetime) -> datetime:
        return at - timedelta(days=self.chosen)
