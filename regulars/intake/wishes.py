"""We have it: what it is, and who of those who wished for something like it is to be told."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.calls import Asked
from regulars.intake.form import Form


class GrantedForm(Form):
    """Those that say the same are ticked already."""

    what = Asked(label=_("What do you have now?"), max_length=200)
    wishes: Any = forms.ModelMultipleChoiceField(
        None, error_messages={"required": _("Tick at least one customer.")}, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, wishes: Any, words: Any = None, *, ticked: Any = (), what: str = "") -> None:
        super().__init__(words, initial={"what": what, "wishes": [wish.pk for wish in ticked]})
        self.fields["wishes"].queryset = wishes  # type: ignore[attr-defined]

    @property
    def ticked(self) -> set[Any]:
        """As typed, where it was."""
        return {UUID(str(pk)) for pk in self["wishes"].value() or [] if _is_row(pk)}


def _is_row(written: Any) -> bool:
    try:
        UUID(str(written))
    except ValueError:
        return False
    return True
