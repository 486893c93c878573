"""What a customer taps and types: three scores, a wish, a few words; on a phone, or on a tablet that was offline."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regulars.intake.tell import SIGNER, GuestForm, opened_at
from regulars.record import questions
from regulars.record.ratings import LONGEST, Said

SCORES = [(1, _("Not at all")), (2, _("Hardly")), (3, _("Partly")), (4, _("Mostly")), (5, _("Fully"))]
SOONEST = 1  # second in which nobody reads the page and answers
SLOWEST = 60 * 60  # a page that lay open for longer says nothing about how long it took


class RatingForm(GuestForm):
    """`key` says that two are the same answer; `ago`: how many seconds it waited on a tablet without a network."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    ago = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    seconds = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, language: str, words: Any = None, *, at: datetime, said: Said | None = None, hurries: bool = True
    ) -> None:
        """`said`: what she had answered before. `hurries`: that nobody answers within a second, a tablet aside."""
        asked = questions.words(language)
        super().__init__(words, initial={"key": uuid4()})
        self.at, self.opened_at, self.hurries = at, opened_at(words, at), hurries
        for key in questions.THREE:
            self.fields[key.value] = forms.TypedChoiceField(
                label=asked[key], choices=SCORES, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
            )
            self.initial[key.value] = getattr(said, key.value, None)
        for key in (questions.Question.Key.WISH, questions.Question.Key.COMMENT):
            self.fields[key.value] = forms.CharField(
                label=asked[key], max_length=LONGEST, required=False, widget=forms.Textarea({"rows": 2})
            )
            self.initial[key.value] = getattr(said, key.value, "")

    @property
    def three(self) -> list[Any]:
        return [self[key.value] for key in questions.THREE]

    @property
    def opened(self) -> str:
        return SIGNER.sign(str(self.opened_at))

    def clean(self) -> None:
        """An empty answer is none; and sent as fast as only a machine is: once more, please."""
        if not self.errors and not any(self.cleaned_data.get(name) for name in Said.__dataclass_fields__):
            self.add_error(None, gettext("Answer at least one of the questions."))
        if self.hurries and self.at.timestamp() - self.opened_at < SOONEST:
            self.add_error(None, gettext("That was very fast. Please press Send once more."))

    @property
    def said(self) -> Said:
        return Said(
            **{name: self.cleaned_data.get(name) or getattr(Said(), name) for name in Said.__dataclass_fields__}
        )

    @property
    def told(self) -> dict[str, Any]:
        """What `ratings.give` wants to know beside what was said."""
        ago = timedelta(seconds=min(self.cleaned_data.get("ago") or 0, 10**8))
        took = self.cleaned_data.get("seconds")
        if took is None:
            took = round(self.at.timestamp() - self.opened_at)
        key: UUID = self.cleaned_data.get("key") or uuid4()
        return {"key": key, "at": self.at - ago, "landed_at": self.at, "seconds": took if took < SLOWEST else None}
