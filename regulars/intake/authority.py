"""What each role may spend on a customer without asking anybody, as the owner sets it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.form import Form
from regulars.intake.worth import MoneyField
from regulars.record import authority
from regulars.record.people import Role

ROLES = (Role.FRONT_LINE, Role.MANAGER)  # a viewer answers nobody; the owner has no limit


class AuthorityForm(Form):
    """Per case and per month, role by role."""

    def __init__(self, currency: str, words: Any = None) -> None:
        super().__init__(words)
        for role in ROLES:
            case, month = authority.of_role(role)
            for name, label, now in (("case", _("On one customer"), case), ("month", _("In a month"), month)):
                self.fields[f"{name}_{role.value}"] = MoneyField(
                    label=label, currency=currency, min_value=0, initial=now
                )

    def lowers(self) -> bool:
        """Whether somebody may spend less than before."""
        return any(
            self.cleaned_data[f"{name}_{role.value}"] < self.fields[f"{name}_{role.value}"].initial
            for role in ROLES
            for name in ("case", "month")
        )

    def warn(self) -> None:
        """The rule is tightened for all, where hardly anybody looks like abuse: it is done when one insists."""
        label = _("Tighten it all the same")
        self.fields["anyway"] = forms.BooleanField(label=label, required=False)
        self.add_error(
            None, _("Less than one complaint in a hundred looks like abuse. Who pays for this are the other 99.")
        )

    def by_role(self) -> list[tuple[Any, Any, Any]]:
        """Each role by its name, with its two fields."""
        return [(role.label, self[f"case_{role.value}"], self[f"month_{role.value}"]) for role in ROLES]

    def said(self) -> list[tuple[int, int, int]]:
        """Role, per case, per month."""
        said = self.cleaned_data
        return [(role.value, said[f"case_{role.value}"], said[f"month_{role.value}"]) for role in ROLES]
