"""To whom a matter goes, by when the customer hears from us, and what the colleague should know."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.calls import Asked
from regulars.intake.form import Form

TYPED = "%Y-%m-%dT%H:%M"  # as the browser's own clock and calendar write a moment


class HandOnForm(Form):
    """A taker, a time, and words. The time is one of the usual ones, tapped (`soon`), or any other."""

    use_required_attribute = False  # a usual time is tapped while the other field may be empty

    to: Any = forms.ModelChoiceField(None, label=_("Who takes it?"), empty_label="–")
    say = Asked(
        label=_("What should your colleague know?"),
        help_text=_("So that the customer need not tell it again."),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )
    hears_by = forms.DateTimeField(
        label=_("By when does the customer hear from us?"),
        input_formats=[TYPED],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format=TYPED),
    )

    def __init__(self, members: Any, words: Any = None, **initial: Any) -> None:
        if words and words.get("soon"):
            words = {**words.dict(), "hears_by": words["soon"]}
        super().__init__(words, initial=initial)
        self.fields["to"].queryset = members  # type: ignore[attr-defined]

    def clean_say(self) -> str:
        said: str = self.cleaned_data["say"].strip()
        if not said:
            raise forms.ValidationError(_("Write what your colleague should know."))
        return said

    @staticmethod
    def typed(moment: datetime) -> str:
        """The moment, on its own clock, as the form takes it."""
        return moment.strftime(TYPED)
