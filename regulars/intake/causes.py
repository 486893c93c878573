"""Why it happened, and what changes: as it is typed by those who were there."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.intake.calls import Asked, day_field
from regulars.intake.complaints import words_field
from regulars.intake.form import Form
from regulars.intake.promises import people
from regulars.record.causes import WHYS, Cause
from regulars.record.playbook import Article, living


class NewCauseForm(Form):
    """A few words by which all will know it."""

    name = Asked(
        label=_("Why did it happen? In a few words, by which all of you will know it"),
        help_text=_("“Bolts are tightened by feel”, not “human error”."),
        max_length=200,
    )


class WhysForm(Form):
    """Why, to the end; why we did not notice; and whether people or process."""

    name = Asked(label=_("The cause, in a few words"), max_length=200)
    escape = words_field(_("Why did we not notice before the customer did?"), longest=500)
    of = forms.ChoiceField(
        label=_("What is behind it?"), choices=Cause.Of.choices, widget=forms.RadioSelect, required=False
    )

    def __init__(self, cause: Cause, words: Any = None) -> None:
        whys = {f"why{place}": why for place, why in enumerate(cause.whys, 1)}
        super().__init__(words, initial={"name": cause.name, "escape": cause.escape, "of": cause.of, **whys})
        for place in range(1, WHYS + 1):
            label = _("Why?") if place == 1 else _("And why was that?")
            self.fields[f"why{place}"] = Asked(label=label, max_length=300)
        self.order_fields(["name", *(f"why{place}" for place in range(1, WHYS + 1)), "escape", "of"])
        self.fields["of"].is_asked = True  # type: ignore[attr-defined]  # the rule asks for it

    def said(self) -> dict[str, Any]:
        """What `causes.describe` takes."""
        typed = self.cleaned_data
        whys = [typed[f"why{place}"] for place in range(1, WHYS + 1)]
        return {"name": typed["name"], "whys": whys, "escape": typed["escape"], "of": typed["of"]}


class ChangeForm(Form):
    """What changes, where, who answers for it, until when, and whom it teaches."""

    what = words_field(_("What will be different from now on?"), longest=500)
    where = forms.CharField(label=_("In which process or checklist?"), max_length=200, required=False)
    keeper: Any = forms.ModelChoiceField(None, label=_("Who answers for it? One, and never two"), empty_label="–")
    due_on = day_field(_("Until when?"))
    teaches: Any = forms.ModelChoiceField(
        None, label=_("Whom does it teach?"), required=False, empty_label=_("Nobody in particular")
    )
    article: Any = forms.ModelChoiceField(
        None, label=_("How it is done stands in the playbook"), required=False, empty_label=_("Not yet")
    )

    def __init__(self, words: Any, *, member: Any, today: date) -> None:
        super().__init__(words, initial={"keeper": member.pk})
        self.fields["keeper"].queryset = people()  # type: ignore[attr-defined]
        self.fields["teaches"].queryset = people()  # type: ignore[attr-defined]
        self.fields["article"].queryset = living()  # type: ignore[attr-defined]
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()


class LaterForm(Form):
    """Another answers for it, or it takes longer."""

    to: Any = forms.ModelChoiceField(None, label=_("Who answers for it?"), empty_label="–")
    due_on = day_field(_("Until when?"))

    def __init__(self, words: Any, **initial: Any) -> None:
        super().__init__(words, initial=initial)
        self.fields["to"].queryset = people()  # type: ignore[attr-defined]


class ArticleForm(Form):
    """How one thing is done."""

    title = Asked(label=_("Title"), max_length=200)
    text = words_field(_("How is it done?"), longest=20_000, rows=10)

    def __init__(self, words: Any, article: Article | None = None, **initial: Any) -> None:
        if article is not None:
            initial = {"title": article.title, "text": article.text}
        super().__init__(words, initial=initial)
