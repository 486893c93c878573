"""A mailbox as the owner describes it: the address, where its letters lie, and the password that opens it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.form import Form
from regulars.record.branches import Branch
from regulars.record.mailboxes import Mailbox

DESCRIBED = ("address", "branch", "host", "port", "security", "user", "folder")


class MailboxForm(Form):
    """As a mail program asks for it."""

    address = forms.EmailField(label=_("Address to which customers write"), max_length=254)
    host = forms.CharField(label=_("Mail server (IMAP)"), help_text=_("Such as imap.example.com."), max_length=200)
    security = forms.ChoiceField(label=_("Security"), choices=Mailbox.Security.choices)
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535)
    user = forms.CharField(label=_("User name"), help_text=_("Often the address itself."), max_length=254)
    password = forms.CharField(
        label=_("Password"),
        help_text=_("Kept locked, and never shown again. Many providers want an app password."),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )
    folder = forms.CharField(label=_("Folder"), max_length=200)
    branch: Any = forms.ModelChoiceField(None, label=_("Whose letters are they?"), empty_label=None)

    def __init__(self, words: Any, mailbox: Mailbox | None = None) -> None:
        usual = {"port": 993, "folder": "INBOX", "security": Mailbox.Security.TLS}
        known = {name: getattr(mailbox, name) for name in DESCRIBED} if mailbox else usual
        super().__init__(words, initial=known)
        self.fields["branch"].queryset = Branch.objects.filter(closed_at=None).order_by("name")  # type: ignore[attr-defined]
        if mailbox is not None:
            self.fields["password"].required = False
            self.fields["password"].label = _("Another password")
