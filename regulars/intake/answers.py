"""A standard answer, as a manager writes it down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.calls import Asked
from regulars.intake.form import Form
from regulars.intake.worth import MoneyField
from regulars.record.answers import StandardAnswer
from regulars.record.business import Business
from regulars.record.partners import Partner


class AnswerForm(Form):
    """What is asked for, how we do it, what it costs us."""

    asked = Asked(label=_("What is asked for?"), help_text=_("In the customers’ own words."), max_length=200)
    how = Asked(label=_("How do we do it?"), max_length=500)
    minutes = forms.IntegerField(label=_("Minutes that it takes us"), min_value=0, max_value=100_000, required=False)
    partner: Any = forms.ModelChoiceField(None, label=_("Who does it for us"), required=False, empty_label=_("We do"))

    def __init__(self, business: Business, words: Any = None, **initial: Any) -> None:
        super().__init__(words, initial=initial)
        self.fields["cost"] = MoneyField(
            label=_("What it costs us"), currency=business.currency, min_value=0, required=False
        )
        self.fields["partner"].queryset = Partner.objects.filter(retired_at=None)  # type: ignore[attr-defined]
        self.order_fields(["asked", "how", "cost", "minutes", "partner"])

    @classmethod
    def of(cls, known: StandardAnswer, business: Business, words: Any = None) -> "AnswerForm":
        named = ("asked", "how", "cost", "minutes")
        return cls(business, words, partner=known.partner_id, **{name: getattr(known, name) for name in named})

    def said(self) -> dict[str, Any]:
        """What `answers.add` and `answers.change` take."""
        said = self.cleaned_data
        return {**said, "cost": said["cost"] or 0, "minutes": said["minutes"] or 0}
