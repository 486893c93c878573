"""A customer as she is written down at the counter: a name is enough."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regulars.intake import words
from regulars.intake.calls import day_field
from regulars.intake.form import Form
from regulars.kernel.refusal import Refused
from regulars.record import customers
from regulars.record.customers import Contact, Customer, Way
from regulars.record.knowing import Wish


def ways(text: str, read: Any) -> list[Way]:
    """One contact a line: what machines compare, and what was typed. Raises Refused for the first that is none."""
    return [(read(line), line.strip()) for line in text.splitlines() if line.strip()]


class CustomerForm(Form):
    """Her card. Only the name is asked for; the business's own fields stand last."""

    name = forms.CharField(label=_("Name"), max_length=200)
    phones = forms.CharField(
        label=_("Phone"),
        help_text=_("One on a line."),
        required=False,
        widget=forms.Textarea({"rows": 1, "inputmode": "tel", "autocomplete": "off"}),
    )
    emails = forms.CharField(
        label=_("E-mail"),
        required=False,
        widget=forms.Textarea({"rows": 1, "inputmode": "email", "autocomplete": "off"}),
    )
    address_as = forms.CharField(
        label=_("How do we address them?"), help_text=_("Mrs Tamm, Pekka"), max_length=100, required=False
    )
    number = forms.CharField(label=_("Customer number"), max_length=100, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", "–"), *settings.LANGUAGES])
    source = forms.CharField(label=_("How did they find us?"), max_length=100, required=False)
    referred_by = forms.CharField(
        label=_("Who referred them?"),
        help_text=_("The name or number of another customer."),
        max_length=200,
        required=False,
    )
    branch: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        None, label=_("Branch"), required=False, empty_label="–"
    )
    tags = forms.CharField(label=_("Tags"), help_text=_("Parted by commas."), max_length=300, required=False)

    def __init__(self, words: Any = None, *, region: str, branches: Any, own_fields: Any, **kwargs: Any) -> None:
        super().__init__(words, **kwargs)
        self.region = region
        self.own_fields = list(own_fields)
        self.fields["branch"].queryset = branches  # type: ignore[attr-defined]
        if len(branches) < 2:
            del self.fields["branch"]
        for own in self.own_fields:
            self.fields[f"own_{own.pk.hex}"] = forms.CharField(label=own.name, max_length=300, required=False)

    @staticmethod
    def initial_of(customer: Customer) -> dict[str, Any]:
        """What stands on the card, as it would be typed."""
        contacts = list(customer.contacts.all())
        typed = {kind: "\n".join(c.written for c in contacts if c.kind == kind) for kind in Contact.Kind.values}
        return {
            **{
                name: getattr(customer, name)
                for name in ("name", "address_as", "number", "language", "source", "branch")
            },
            "phones": typed[Contact.Kind.PHONE],
            "emails": typed[Contact.Kind.EMAIL],
            "referred_by": customer.referred_by.name if customer.referred_by else "",
            "tags": ", ".join(tagging.tag.name for tagging in customer.taggings.select_related("tag")),
            **{f"own_{value.field_id.hex}": value.text for value in customer.own_values.all()},
        }

    def clean_phones(self) -> list[Way]:
        return self._ways("phones", lambda line: words.phone(line, self.region))

    def clean_emails(self) -> list[Way]:
        return self._ways("emails", words.email)

    def clean_referred_by(self) -> Customer | None:
        wanted = self.cleaned_data["referred_by"].strip()
        if not wanted:
            return None
        found: list[Customer] = list(customers.numbered(wanted).filter(merged_at=None)[:2])
        found = found or list(Customer.objects.filter(merged_at=None, name__iexact=wanted)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(gettext("Several customers are called that. Write the number instead."))
        raise forms.ValidationError(
            gettext("There is no customer of that name. Add that customer first, or leave this empty.")
        )

    def particulars(self) -> dict[str, Any]:
        """For the verbs `add` and `change`."""
        names = ("name", "phones", "emails", "address_as", "number", "language", "source", "referred_by", "branch")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def tag_names(self) -> list[str]:
        return [name.strip() for name in self.cleaned_data["tags"].split(",") if name.strip()]

    def own_values(self) -> dict[Any, str]:
        return {own.pk: self.cleaned_data[f"own_{own.pk.hex}"].strip() for own in self.own_fields}

    def _ways(self, name: str, read: Any) -> list[Way]:
        try:
            return ways(self.cleaned_data[name], read)
        except Refused as refusal:
            raise forms.ValidationError(refusal.said(gettext)) from refusal


class FactForm(Form):
    """Something new about her."""

    text = forms.CharField(label=_("What did you learn?"), max_length=500)
    day = day_field(_("Is there a date to remember?"), required=False)


class WishForm(Form):
    """What she would like, and how we know."""

    wish = forms.CharField(label=_("What is the wish?"), max_length=500)
    source = forms.ChoiceField(label=_("How do we know?"), choices=Wish.Source, initial=Wish.Source.VISIT)


class ConsentForm(Form):
    how = forms.CharField(
        label=_("How did the customer agree that we keep this?"),
        help_text=_("On paper, at the counter, by mail."),
        max_length=200,
    )


class KeeperForm(Form):
    """Whose customer she is."""

    to: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        None, label=_("Whose customer is it?"), required=False, empty_label=_("Nobody’s in particular")
    )

    def __init__(self, members: Any, words: Any = None, **kwargs: Any) -> None:
        super().__init__(words, **kwargs)
        self.fields["to"].queryset = members  # type: ignore[attr-defined]
