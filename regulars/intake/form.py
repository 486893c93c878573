"""What every form of ours can do: turn a rule's refusal into an error of the field that it is about."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext

from regulars.kernel.refusal import Refused


class Form(forms.Form):
    def does(self, verb: Callable[[], Any]) -> bool:
        """Whether the verb did it. A refusal stands at its field, and what was typed is kept."""
        try:
            verb()
        except Refused as refusal:
            self.refuse(refusal)
            return False
        return True

    def refuse(self, refusal: Refused) -> None:
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, said(refusal))


def said(refusal: Refused) -> str:
    """Why not, in the reader's language, with moments written as she writes them."""
    return refusal.said(gettext, lambda moment: date_format(moment, "SHORT_DATETIME_FORMAT"))
