"""A sale or a refund, as it is typed at the counter."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regulars.intake import words
from regulars.intake.calls import day_field
from regulars.intake.form import Form
from regulars.kernel.refusal import Refused


class SaleForm(Form):
    """The amount is enough; the day is today's."""

    amount = forms.CharField(
        label=_("Amount"),
        help_text=_("A refund begins with a minus."),
        max_length=30,
        widget=forms.TextInput({"inputmode": "text"}),
    )
    what = forms.CharField(label=_("What was bought?"), max_length=300, required=False)
    day = day_field(_("Day"))
    branch: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(None, label=_("Branch"), empty_label=None)
    served_by: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        None, label=_("Who served?"), required=False, empty_label="–"
    )
    receipt = forms.CharField(label=_("Receipt number"), max_length=100, required=False)

    def __init__(self, words: Any = None, *, branches: Any, members: Any, today: date, **kwargs: Any) -> None:
        super().__init__(words, initial={"day": today, "branch": branches[0], **kwargs.pop("initial", {})}, **kwargs)
        self.today = today
        self.fields["branch"].queryset = branches  # type: ignore[attr-defined]
        self.fields["served_by"].queryset = members  # type: ignore[attr-defined]
        self.fields["day"].widget.attrs["max"] = today.isoformat()

    def clean(self) -> None:
        branch, typed = self.cleaned_data.get("branch"), self.cleaned_data.get("amount")
        if branch and typed:
            try:
                self.cleaned_data["amount"] = words.money(typed, branch.currency)
            except Refused as refusal:
                self.add_error("amount", refusal.said(gettext))

    def particulars(self, now: datetime) -> dict[str, Any]:
        """For the verb `record`. A sale of today happened now; one of an earlier day, at noon."""
        said = dict(self.cleaned_data)
        day = said.pop("day")
        noon = datetime.combine(day, time(12), ZoneInfo(said["branch"].zone))
        return {**said, "at": now if day == self.today else noon}
