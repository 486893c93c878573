"""What a customer writes to us on her own page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.form import Form

LONGEST = 1000


class MessageForm(Form):
    """A few words. `website` stands there for robots alone: no person sees it."""

    text = forms.CharField(label=_("Message"), max_length=LONGEST, widget=forms.Textarea({"rows": 4}))
    website = forms.CharField(required=False, widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}))

    def __init__(self, words: Any = None, *, label: Any = None, prefix: str | None = None) -> None:
        super().__init__(words, prefix=prefix)
        if label:
            self.fields["text"].label = label

    @property
    def is_a_robots(self) -> bool:
        return bool(self.cleaned_data.get("website"))
