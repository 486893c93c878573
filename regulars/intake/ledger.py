"""Which part of the ledger one wants to see: how far back, of which branch, person, kind."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.form import Form
from regulars.record.branches import Branch
from regulars.record.people import Member
from regulars.record.work import JobKind

PERIODS = {30: _("30 days"), 90: _("90 days"), 365: _("A year")}


class LedgerForm(Form):
    """Nothing chosen is a quarter of a year, of everybody."""

    days = forms.TypedChoiceField(label=_("How far back"), choices=list(PERIODS.items()), coerce=int, initial="90")
    branch: Any = forms.ModelChoiceField(None, label=_("Branch"), required=False, empty_label=_("All of them"))
    who: Any = forms.ModelChoiceField(None, label=_("Who"), required=False, empty_label=_("Everybody"))
    kind: Any = forms.ModelChoiceField(None, label=_("Kind"), required=False, empty_label=_("All of them"))

    def __init__(self, words: Any) -> None:
        super().__init__(words or {"days": "90"})
        self.fields["branch"].queryset = Branch.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["who"].queryset = Member.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["kind"].queryset = JobKind.objects.all()  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.is_asked = True  # type: ignore[attr-defined]
        self.said = self.cleaned_data if self.is_valid() else {"days": 90}

    def since(self, at: datetime) -> datetime:
        return at - timedelta(days=self.said["days"])

    def only(self, who: str) -> dict[str, Any]:
        """What the rows must have; `who` names the column of the person."""
        wanted = {"branch": self.said.get("branch"), who: self.said.get("who"), "kind": self.said.get("kind")}
        return {name: row for name, row in wanted.items() if row is not None}
