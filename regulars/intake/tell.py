"""What somebody without an account tells us: that something is not right, and more about it later."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regulars.intake import words
from regulars.intake.calls import Asked
from regulars.intake.form import Form
from regulars.intake.pictures import PicturesField
from regulars.kernel.refusal import Refused
from regulars.record.complaints import LONGEST
from regulars.record.customers import Contact, Customer

SOONEST = 2  # seconds in which nobody reads the page, writes and sends
SIGNER = Signer(salt="regulars.tell")


class GuestForm(Form):
    """`website` stands there for robots alone: no person sees it."""

    website = forms.CharField(required=False, widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}))

    @property
    def is_a_robots(self) -> bool:
        return bool(self.cleaned_data.get("website"))


class TellForm(GuestForm):
    """Three fields at most, and only the first is needed. `opened` is when the page was, signed by us."""

    text = forms.CharField(label=_("What is not right?"), max_length=LONGEST, widget=forms.Textarea({"rows": 4}))
    photos = PicturesField()
    reach = forms.CharField(
        label=_("How can we reach you?"),
        help_text=_("E-mail or phone, if you would like an answer."),
        max_length=254,
        required=False,
        widget=forms.TextInput({"autocomplete": "email"}),
    )

    def __init__(self, words: Any = None, files: Any = None, *, at: datetime) -> None:
        super().__init__(words, files)
        self.at, self.opened_at = at.timestamp(), opened_at(words, at)

    @property
    def opened(self) -> str:
        return SIGNER.sign(str(self.opened_at))

    def clean(self) -> None:
        """Sent as fast as only a machine is: once more, please. Nothing that was typed is lost."""
        if self.at - self.opened_at < SOONEST:
            self.add_error(None, gettext("That was very fast. Please press Send once more."))


def opened_at(words: Any, at: datetime) -> float:
    """When the page was opened, as we signed it; now, where nothing was sent yet or somebody wrote something else."""
    try:
        return float(SIGNER.unsign(words["opened"])) if words else at.timestamp()
    except (KeyError, BadSignature):
        return at.timestamp()


class MoreForm(GuestForm):
    """A few words, or a photo, or both."""

    text = Asked(label=_("Message"), max_length=LONGEST, widget=forms.Textarea({"rows": 3}))
    photos = PicturesField()

    def clean(self) -> None:
        if not self.errors and not self.cleaned_data.get("text") and not self.cleaned_data.get("photos"):
            self.add_error("text", gettext("Write a few words, or choose a photo."))


class NotYetForm(Form):
    """What is not right yet, when she likes to say it."""

    say = forms.CharField(
        label=_("What is not right yet?"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )


def reached_as(written: str, country: str) -> tuple[str, str]:
    """As what machines compare (+3725551234), and the e-mail address if it is one; "" where it is neither."""
    try:
        email = words.email(written)
    except Refused:
        email = ""
    try:
        return email or words.phone(written, country), email
    except Refused:
        return "", ""


def only_customer_at(value: str) -> Customer | None:
    """Whoever alone has that address or number; where two share it, nobody guesses."""
    hers = Contact.objects.filter(value=value).exclude(value="").select_related("customer__merged_into")
    found = {(one.customer.merged_into or one.customer) for one in hers[:20]}
    return found.pop() if len(found) == 1 else None
