"""Jobs as they are typed at the counter: the bill, the yes to more, what came back, the little more."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.form import Form
from regulars.intake.promises import MomentField, MomentForm
from regulars.intake.worth import MoneyField
from regulars.record.extras import ExtraIdea

NOTHING = Decimal(0)


class AmountForm(Form):
    """One amount of money, in the currency of the job."""

    def __init__(self, words: Any, *, currency: str, label: Any, name: str = "amount", **initial: Any) -> None:
        super().__init__(words, initial=initial)
        self.fields[name] = MoneyField(currency=currency, label=label, min_value=NOTHING)
        self.fields[name].widget.attrs["autofocus"] = True


class AgreeForm(AmountForm):
    """She said yes to more than she was told."""

    how = forms.CharField(
        label=_("How did the customer say yes?"),
        help_text=_("By phone, at the counter, in a letter."),
        max_length=200,
    )

    def __init__(self, words: Any, *, currency: str) -> None:
        super().__init__(words, currency=currency, label=_("How much, all together?"))
        self.order_fields(["amount", "how"])


class FinishForm(Form):
    """Whether she knows. Of work that is done again, what it cost us: she pays nothing for it."""

    told = forms.BooleanField(label=_("The customer knows already"), required=False)

    def __init__(self, words: Any, *, currency: str, is_comeback: bool) -> None:
        super().__init__(words)
        if is_comeback:
            self.fields["cost"] = MoneyField(
                currency=currency,
                label=_("What did it cost us to do it again?"),
                help_text=_("Parts and hours. Nobody is fined for it; it shows what to do better."),
                min_value=NOTHING,
            )
            self.order_fields(["cost", "told"])


class ComeBackForm(MomentForm):
    """It was not right: what, and by when it will be."""

    what = forms.CharField(label=_("What is not right?"), max_length=300, widget=forms.TextInput({"autofocus": True}))

    def __init__(self, words: Any, *, zone: str) -> None:
        super().__init__(words)
        self.zone = zone
        self.fields["due_at"] = MomentField(zone, label=_("By when is it put right?"))


class ExtraForm(Form):
    """A little more than promised: one of the catalogue, or free words."""

    idea: Any = forms.ModelChoiceField(
        None, label=_("From the catalogue"), required=False, empty_label=_("Something else")
    )
    what = forms.CharField(label=_("In your own words"), max_length=200, required=False)

    def __init__(self, words: Any, *, currency: str, **initial: Any) -> None:
        super().__init__(words, initial=initial)
        self.fields["idea"].queryset = ExtraIdea.objects.filter(retired_at=None)  # type: ignore[attr-defined]
        self.fields["cost"] = MoneyField(
            currency=currency,
            label=_("What does it cost us?"),
            help_text=_("Left empty, what the catalogue says."),
            min_value=NOTHING,
            required=False,
        )

    def given(self) -> dict[str, Any]:
        """What `extras.give` takes: the idea's own words and cost where nothing else was typed."""
        idea, what, cost = (self.cleaned_data[name] for name in ("idea", "what", "cost"))
        usual = idea.cost if idea is not None else 0
        return {
            "idea": idea,
            "what": what or (idea.what if idea is not None else ""),
            "cost": usual if cost is None else cost,
        }
