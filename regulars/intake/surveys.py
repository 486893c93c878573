"""The rules of asking, the words of the questions, and the tablets that ask them, as the owner types them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.form import Form
from regulars.intake.numbers import Number
from regulars.record import questions
from regulars.record.business import Business

HUNDRED = 100


def _days(label: Any, most: int, **kwargs: Any) -> Number:
    return Number(label=label, example="30", max_value=Decimal(most), decimal_places=0, **kwargs)


class SurveyNumbersForm(Form):
    """How seldom one customer is asked, whether letters go out, and what counts as low."""

    survey_gap_days = _days(
        _("One customer is asked at most once in so many days"),
        3650,
        min_value=Decimal(1),
        help_text=_("Nobody likes to be asked all the time."),
    )
    survey_by_mail = forms.BooleanField(
        label=_("Write to customers after a visit and ask"),
        help_text=_(
            "To those whose e-mail address you have. Each letter lets the customer stop further ones in one tap."
        ),
        required=False,
    )
    survey_after_hours = Number(
        label=_("So many hours after the visit"),
        example="3",
        min_value=Decimal(0),
        max_value=Decimal(240),
        decimal_places=0,
    )
    survey_remind_days = _days(
        _("One reminder after so many days"),
        30,
        min_value=Decimal(0),
        help_text=_("0: no reminder. There is never a second one."),
    )
    survey_valid_days = _days(_("The link can be answered for so many days"), 365, min_value=Decimal(1))
    survey_low = forms.TypedChoiceField(
        label=_("A score of how much is low, and starts a complaint or a call at once?"),
        choices=[(1, _("1 of 5")), (2, _("2 of 5 or less")), (3, _("3 of 5 or less"))],
        coerce=int,
    )
    survey_goal = Number(
        label=_("Of a hundred customers so many should be content (4 or 5 of 5)"),
        example="90",
        min_value=Decimal(1),
        max_value=Decimal(99),
        decimal_places=0,
    )

    def __init__(self, business: Business, words: Any = None) -> None:
        initial = {name: getattr(business, name) for name in self.base_fields}
        super().__init__(words, initial=initial | {"survey_goal": business.survey_goal * HUNDRED})

    def changes(self) -> dict[str, Any]:
        """What `business.change_business` takes."""
        whole = {name: int(typed) if isinstance(typed, Decimal) else typed for name, typed in self.cleaned_data.items()}
        return whole | {"survey_goal": self.cleaned_data["survey_goal"] / HUNDRED}


class QuestionsForm(Form):
    """The questions in one language, each as it is asked now."""

    def __init__(self, language: str, words: Any = None) -> None:
        super().__init__(words, initial=questions.words(language))
        common = questions.usual(language)
        for key in questions.Question.Key:
            self.fields[key.value] = forms.CharField(
                label=key.label, max_length=200, required=False, help_text=_("Empty: as usual."),
                widget=forms.TextInput({"lang": language, "placeholder": common[key.value]}),
            )  # fmt: skip


class TillForm(Form):
    """A tablet: at which branch, and what it is called there."""

    branch: Any = forms.ModelChoiceField(None, label=_("Branch"), empty_label=None)
    name = forms.CharField(
        label=_("Name of the till"), max_length=100, help_text=_("Where it stands: front desk, exit.")
    )

    def __init__(self, branches: Any, words: Any = None) -> None:
        super().__init__(words, initial={"branch": branches.first()})
        self.fields["branch"].queryset = branches  # type: ignore[attr-defined]
        if len(branches) == 1:
            self.fields["branch"].widget = forms.HiddenInput()
