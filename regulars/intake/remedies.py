"""What usually puts a complaint right, and the owner's numbers for complaints."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.form import Form
from regulars.intake.numbers import Number
from regulars.intake.worth import MoneyField
from regulars.record.business import Business
from regulars.record.partners import Partner
from regulars.record.remedies import Remedy
from regulars.record.tasks import Planned
from regulars.record.work import JobKind

RIGHT, MORE = range(1, 4), range(4, 8)  # so many lines that put it right, and so many for the little more
MINUTES = 60


class RemedyForm(Form):
    """A name, what is done, and the little more: each with what it costs us and who supplies it."""

    name = forms.CharField(label=_("What is it called?"), help_text=_("It stands on a button."), max_length=200)
    kind: Any = forms.ModelChoiceField(None, label=_("With which work?"), required=False, empty_label=_("Any"))

    def __init__(self, business: Business, words: Any = None, remedy: Remedy | None = None) -> None:
        super().__init__(words, initial=_as_typed(remedy) if remedy else {})
        self.fields["kind"].queryset = JobKind.objects.filter(retired_at=None)  # type: ignore[attr-defined]
        partners = Partner.objects.filter(retired_at=None)
        for line in (*RIGHT, *MORE):
            self.fields[f"what{line}"] = forms.CharField(label=_("What?"), max_length=300, required=line == RIGHT[0])
            self.fields[f"cost{line}"] = MoneyField(
                label=_("What it costs us"), currency=business.currency, min_value=0, required=False
            )
            self.fields[f"partner{line}"] = forms.ModelChoiceField(
                partners, label=_("Who supplies it?"), required=False, empty_label=_("We do")
            )

    def _lines(self, some: range) -> list[tuple[Any, Any, Any]]:
        return [(self[f"what{line}"], self[f"cost{line}"], self[f"partner{line}"]) for line in some]

    @property
    def right(self) -> list[tuple[Any, Any, Any]]:
        return self._lines(RIGHT)

    @property
    def more(self) -> list[tuple[Any, Any, Any]]:
        return self._lines(MORE)

    def said(self) -> dict[str, Any]:
        """What `remedies.keep` takes."""
        typed = self.cleaned_data
        tasks = [
            Planned(typed[f"what{line}"], typed[f"cost{line}"] or 0, typed[f"partner{line}"], is_more=line in MORE)
            for line in (*RIGHT, *MORE)
        ]
        return {"name": typed["name"], "kind": typed["kind"], "tasks": tasks}


def _as_typed(remedy: Remedy) -> dict[str, Any]:
    """The form as it was filled in."""
    typed: dict[str, Any] = {"name": remedy.name, "kind": remedy.kind_id}
    lines = {False: iter(RIGHT), True: iter(MORE)}
    for task in remedy.tasks.all():
        line = next(lines[task.is_more], None)
        if line is not None:
            typed |= {f"what{line}": task.what, f"cost{line}": task.cost or None, f"partner{line}": task.partner_id}
    return typed


class ComplaintNumbersForm(Form):
    """The owner's two numbers: within how long a customer hears from us, and how often silence may cry wolf."""

    hear_within = Number(
        label=_("A customer who complains hears from us within so many opening hours"),
        help_text=_("It is said at once, and it is a promise: say less, and be sooner."),
        example="4",
        min_value=Decimal("0.5"),
        max_value=Decimal(80),
        decimal_places=1,
    )
    false_alarms = Number(
        label=_("False alarms of silence that you accept in a year, for each branch"),
        help_text=_("Fewer of them, and a real silence is found later."),
        example="1",
        min_value=Decimal("0.1"),
        max_value=Decimal(12),
        decimal_places=1,
    )

    def __init__(self, business: Business, words: Any = None) -> None:
        hours = Decimal(business.hear_within) / MINUTES
        super().__init__(words, initial={"hear_within": hours, "false_alarms": business.false_alarms})

    def changes(self) -> dict[str, Any]:
        """What `business.change_business` takes."""
        typed = self.cleaned_data
        return {"hear_within": round(typed["hear_within"] * MINUTES), "false_alarms": typed["false_alarms"]}
