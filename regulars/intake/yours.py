"""What a customer writes to us on her own page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.pictures import PicturesField
from regulars.intake.tell import GuestForm

LONGEST = 1000


class MessageForm(GuestForm):
    """A few words."""

    text = forms.CharField(label=_("Message"), max_length=LONGEST, widget=forms.Textarea({"rows": 4}))


class NotRightForm(MessageForm):
    """What is not right with a job of hers, and photos of it."""

    text = forms.CharField(label=_("What is not right?"), max_length=LONGEST, widget=forms.Textarea({"rows": 4}))
    photos = PicturesField()
