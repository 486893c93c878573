"""Words about the people of a business: an invitation, a role, duties."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.form import Form
from regulars.record.branches import Branch
from regulars.record.people import Member, Role

MEANING = {
    Role.VIEWER: _("Viewer: sees everything, changes nothing."),
    Role.FRONT_LINE: _("Front line: calls and serves customers, and writes down what there is to know."),
    Role.MANAGER: _("Manager: also brings in sales, sees what customers are worth, looks after branches and people."),
    Role.OWNER: _("Owner: everything, and the business itself."),
}


def _role(**kwargs: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Role"), coerce=lambda value: Role(int(value)), widget=forms.RadioSelect, **kwargs
    )


def _up_to(member: Member) -> list[tuple[int, Any]]:
    """The roles that she may give: up to her own."""
    return [(role.value, words) for role, words in MEANING.items() if member.may(role)]


class InviteForm(Form):
    """Whom to invite, and as what."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"))
    role = _role(initial=Role.FRONT_LINE.value)

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = _up_to(by)  # type: ignore[attr-defined]


class MemberForm(Form):
    """What a colleague does here."""

    role = _role()
    branch: Any = forms.ModelChoiceField(label=_("Branch"), queryset=None, required=False, empty_label=_("All of them"))
    makes_calls = forms.BooleanField(
        label=_("Makes calls"),
        required=False,
        help_text=_("The calls of the week are shared out among those who do."),
    )

    def __init__(self, words: Any = None, *, by: Member, member: Member) -> None:
        super().__init__(
            words,
            initial={"role": member.role, "branch": member.branch_id, "makes_calls": member.makes_calls},
        )
        self.fields["role"].choices = _up_to(by)  # type: ignore[attr-defined]
        open_now = Branch.objects.filter(closed_at=None).order_by("name")
        self.fields["branch"].queryset = open_now  # type: ignore[attr-defined]
