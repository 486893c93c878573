"""A rule that was bent, as it is written down at the counter in twenty seconds; and what the owner decided."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.calls import Asked
from regulars.intake.form import Form
from regulars.record.bends import Rule


class BendForm(Form):
    """Which rule, why, what good it did. A rule that is not known yet is written."""

    known: Any = forms.ModelChoiceField(
        None, label=_("Which rule?"), required=False, empty_label=_("Another, in your own words")
    )
    known.is_asked = True  # either this or the words
    rule = Asked(label=_("In your own words"), max_length=200)
    why = Asked(label=_("Why?"), max_length=500)
    good = Asked(label=_("What good did it do?"), max_length=500)

    def __init__(self, words: Any = None) -> None:
        super().__init__(words)
        rules = Rule.objects.filter(ended_at=None)
        self.fields["known"].queryset = rules  # type: ignore[attr-defined]
        if not rules:
            del self.fields["known"]
            self.fields["rule"].label = _("Which rule?")

    def said(self) -> dict[str, Any]:
        """What `bends.bend` takes."""
        said = self.cleaned_data
        rule = said["rule"] or str(said.get("known") or "")
        return {"rule": rule, "why": said["why"], "good": said["good"]}


class DecisionForm(Form):
    """What the owner decided about a rule."""

    decision = Asked(label=_("What do you decide?"), max_length=500)
    ends = forms.BooleanField(label=_("The rule is gone"), required=False)
