"""How a call ended, as it is tapped and typed at the counter."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.form import Form
from regulars.record.calls import Call


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day that the browser's own calendar offers."""
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)


class Asked(forms.CharField):
    """A question to be answered unless something else is said instead: the rule knows what, so it is not optional."""

    is_asked = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


class EndForm(Form):
    """What was said. The outcome is the button that was tapped."""

    outcome = forms.ChoiceField(choices=Call.Outcome, widget=forms.HiddenInput)
    answer = Asked(
        label=_("How could we make your life easier?"),
        help_text=_("The customer’s own words. They become a wish on the card."),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )
    fact = Asked(
        label=_("What did you learn?"),
        help_text=_("The dog, the trip, the daughter’s exam: whatever we should ask about next time."),
        max_length=500,
    )
    nothing_new = forms.BooleanField(label=_("Nothing new"), required=False)
    fact_day = day_field(_("Is there a date to remember?"), required=False)
    wish = forms.CharField(label=_("Is there anything we should have?"), max_length=500, required=False)
    note = forms.CharField(
        label=_("Note for colleagues"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )
    again_on = day_field(_("Call again on"), required=False)

    def __init__(self, call: Call, words: Any = None, *, today: date) -> None:
        super().__init__(words, initial={"outcome": Call.Outcome.REACHED}, auto_id=f"call-{call.pk.hex[-8:]}-%s")
        if call.play != Call.Play.TOP_TEN:
            del self.fields["answer"]
        next(iter(self.visible_fields())).field.widget.attrs["autofocus"] = True
        self.fields["again_on"].widget.attrs["min"] = today.isoformat()


class AgreeForm(Form):
    """A call that was agreed with her."""

    on = day_field(_("Call on"))
    note = forms.CharField(label=_("What about?"), max_length=1000, required=False)


class HandOnForm(Form):
    """To whom a call goes; nobody in particular is everybody."""

    to: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        None, label=_("To whom?"), required=False, empty_label=_("Everybody: whoever is free")
    )

    def __init__(self, members: Any, words: Any = None) -> None:
        super().__init__(words)
        self.fields["to"].queryset = members  # type: ignore[attr-defined]
