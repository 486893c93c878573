"""What each role may spend on a customer without asking anybody, as the owner sets it."""

from typing import Any

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

    def by_role(self) -> list[tuple[Any, Any, Any]]:
        """Each role by its name, with its two fields."""
        return [(role.label, self[f"case_{role.value}"], self[f"month_{role.value}"]) for role in ROLES]

    def said(self) -> list[tuple[int, int, int]]:
        """Role, per case, per month."""
        said = self.cleaned_data
        return [(role.value, said[f"case_{role.value}"], said[f"month_{role.value}"]) for role in ROLES]
