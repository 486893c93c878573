"""The name of a tag or of an own field."""

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.form import Form


class NameForm(Form):
    name = forms.CharField(label=_("Name"), max_length=60)
