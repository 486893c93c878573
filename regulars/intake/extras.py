"""What we do and what we give, as a manager writes it down: kinds of job, and the catalogue of extras."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.form import Form
from regulars.intake.numbers import Number
from regulars.intake.worth import HUNDRED, MoneyField
from regulars.record.business import Business
from regulars.record.work import JobKind


class KindForm(Form):
    """A kind of job, by what it is to the customer."""

    name = forms.CharField(
        label=_("A kind of job"),
        help_text=_("Call it by what the customer gets: “brakes that hold”, not “brake service”."),
        max_length=100,
    )


class IdeaForm(Form):
    """Something small that may be given."""

    what = forms.CharField(label=_("What is it?"), max_length=200)
    kind: Any = forms.ModelChoiceField(None, label=_("With which work?"), required=False, empty_label=_("Any"))
    suits = forms.CharField(
        label=_("Whom does it suit?"),
        help_text=_("Words of tags, facts and wishes: coffee, children, dog. It is suggested to those first."),
        max_length=200,
        required=False,
    )

    def __init__(self, business: Business, words: Any = None) -> None:
        super().__init__(words)
        self.fields["kind"].queryset = JobKind.objects.filter(retired_at=None)  # type: ignore[attr-defined]
        self.fields["cost"] = MoneyField(
            label=_("What does it cost us?"), currency=business.currency, min_value=Decimal(0), required=False
        )

    def said(self) -> dict[str, Any]:
        """What `extras.add_idea` takes."""
        return {**self.cleaned_data, "cost": self.cleaned_data["cost"] or 0}


class PromiseNumbersForm(Form):
    """The owner's four numbers: how sure, when to warn, what margin, how long work must hold."""

    promise_share = Number(
        label=_("Suggest times that we keep in so many percent of cases"),
        help_text=_("The higher it is, the later the times."),
        example="90",
        min_value=Decimal(50),
        max_value=Decimal(99),
        decimal_places=0,
    )
    warn_share = Number(
        label=_("Warn when so many percent of the time are left"),
        example="25",
        min_value=Decimal(1),
        max_value=Decimal(90),
        decimal_places=0,
    )
    estimate_buffer = Number(
        label=_("Margin on an estimate, in percent"),
        help_text=_("Work worth 100 is quoted 110 with 10. Bill less than you said, or give something extra."),
        example="10",
        min_value=Decimal(0),
        max_value=HUNDRED,
        decimal_places=1,
    )
    comeback_days = forms.IntegerField(
        label=_("Days in which work that comes back counts as not right the first time"), min_value=1, max_value=3_650
    )

    SHARES = ("promise_share", "warn_share", "estimate_buffer")

    def __init__(self, business: Business, words: Any = None) -> None:
        shares = {name: getattr(business, name) * HUNDRED for name in self.SHARES}
        super().__init__(words, initial={**shares, "comeback_days": business.comeback_days})

    def changes(self) -> dict[str, Any]:
        """What `business.change_business` takes."""
        typed = self.cleaned_data
        return {**typed, **{name: typed[name] / HUNDRED for name in self.SHARES}}
