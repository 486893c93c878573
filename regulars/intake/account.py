"""What a person tells about herself: name, language, theme, password, passkey."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from regulars.intake.form import Form
from regulars.record.people import Person

THEMES = [("", _("As on this device")), ("light", _("Light")), ("dark", _("Dark"))]


class PersonForm(Form):
    """Her own settings, in every business where she has a seat."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("As in this browser")), *settings.LANGUAGES]
    )
    theme = forms.ChoiceField(
        label=_("Colours"),
        required=False,
        choices=THEMES,
        widget=forms.RadioSelect({"data-theme-choice": True}),
    )


class NewPersonForm(Form):
    """Who she is and the password she chooses: for a person whose address is proved already."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        max_length=200,
        help_text=_("At least 12 characters. Four words that only you would put together are good."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_email = email

    def clean(self) -> None:
        """The password is weighed against her name and address."""
        words = self.cleaned_data
        email = words.get("email", self.known_email)
        if "password" in words:
            try:
                validate_password(words["password"], Person(email=email, name=words.get("name", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)


class FirstPersonForm(NewPersonForm):
    """The first owner of an empty installation."""

    email = forms.EmailField(label=_("Your e-mail"), widget=forms.EmailInput({"autocomplete": "email"}))
    field_order = ["name", "email", "password"]


class SignInForm(LoginForm):  # type: ignore[misc]
    """allauth's form in plain words; a label is enough, without the same word inside the field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = _("Stay signed in for two weeks")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """allauth's form in plain words; a passkey replaces the password unless she says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["name"] = ""
        self.fields["name"].label = _("What do you call this key?")
        self.fields["passwordless"].label = _("Sign in with it alone, without the password")
        self.fields["passwordless"].help_text = ""
        self.fields["passwordless"].initial = True
