"""A partner of the directory as a manager writes it down, and one booking as it is tapped at the counter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.calls import Asked
from regulars.intake.form import Form
from regulars.intake.worth import MoneyField
from regulars.record.business import Business
from regulars.record.partners import Partner

DESCRIBED = ("name", "phone", "email", "price", "note")


class PartnerForm(Form):
    """Who, what, and how to reach them. A taxi has a short number, so any number will do."""

    work = forms.CharField(label=_("What do they do?"), help_text=_("Taxi, rental car, locksmith"), max_length=200)
    name = forms.CharField(label=_("Name"), max_length=200)
    phone = forms.RegexField(
        r"^[+\d(][\d\s()./-]{2,}$",
        label=_("Phone"),
        max_length=40,
        required=False,
        error_messages={"invalid": _("Write a number to call.")},
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    note = forms.CharField(label=_("Note for colleagues"), max_length=500, required=False)

    def __init__(self, business: Business, words: Any = None, **initial: Any) -> None:
        super().__init__(words, initial=initial)
        self.fields["price"] = MoneyField(
            label=_("What one booking costs us"), currency=business.currency, min_value=0, required=False
        )
        self.order_fields(["work", "name", "phone", "email", "price", "note"])

    @classmethod
    def of(cls, partner: Partner, business: Business, words: Any = None) -> "PartnerForm":
        return cls(business, words, work=partner.does, **{name: getattr(partner, name) for name in DESCRIBED})

    def said(self) -> dict[str, Any]:
        """What `partners.add` and `partners.change` take."""
        said = dict(self.cleaned_data)
        return {"does": said.pop("work"), **said}


class BookForm(Form):
    """What for, what it costs us, what she pays. The partner's usual price is filled in: one tap is enough."""

    text = Asked(label=_("What for?"), max_length=1000)

    def __init__(self, partner: Partner, business: Business, words: Any = None) -> None:
        super().__init__(words, initial={"text": partner.does})
        amount: dict[str, Any] = {"currency": business.currency, "min_value": 0, "required": False}
        self.fields["cost"] = MoneyField(label=_("What it costs us"), initial=partner.price, **amount)
        self.fields["price"] = MoneyField(
            label=_("What the customer pays"), help_text=_("If a friend would do it free, do not charge."), **amount
        )

    def said(self) -> dict[str, Any]:
        """What `partners.book` takes."""
        said = self.cleaned_data
        return {**said, "cost": said["cost"] or 0, "price": said["price"] or 0}
