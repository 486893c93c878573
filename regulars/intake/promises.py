"""Promises as they are typed at the counter: what, by when, who keeps it; moved, waited for, given up."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regulars.intake.form import Form
from regulars.intake.worth import MoneyField
from regulars.kernel.refusal import Refused
from regulars.record.branches import Branch
from regulars.record.people import Member
from regulars.record.work import JobKind

LOCAL = "%Y-%m-%dT%H:%M"  # as a browser's own field for a moment writes it


class MomentField(forms.DateTimeField):
    """A moment on the clock of a branch."""

    def __init__(self, zone: str, **kwargs: Any) -> None:
        self.zone = ZoneInfo(zone)
        widget = forms.DateTimeInput({"type": "datetime-local"}, LOCAL)
        super().__init__(input_formats=[LOCAL], widget=widget, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(self.zone):
            return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(self.zone).strftime(LOCAL) if isinstance(value, datetime) else value


class MomentForm(Form):
    """A form with one moment in it: of a time that is refused it keeps the one that is offered instead."""

    zone: str
    offer = ""  # as the field writes it
    moment = "due_at"  # which field it is

    def refuse(self, refusal: Refused) -> None:
        offer = refusal.details.get("offer")
        self.offer = offer.astimezone(ZoneInfo(self.zone)).strftime(LOCAL) if isinstance(offer, datetime) else ""
        super().refuse(refusal)


class PromiseForm(MomentForm):
    """What, by when, who keeps it. `kind`: it is a job; then what it is worth may be said, and what is its name."""

    what = forms.CharField(
        label=_("What do you promise?"), max_length=300, widget=forms.TextInput({"autocomplete": "off"})
    )
    keeper: Any = forms.ModelChoiceField(
        None, label=_("Who keeps it?"), required=False, empty_label=_("Whoever is there")
    )

    def __init__(self, words: Any, *, branch: Branch, kind: JobKind | None, member: Member) -> None:
        self.took_ours = bool(words and words.get("suggested"))  # the time that we keep, in one tap
        if self.took_ours:
            words = {**words.dict(), "due_at": words["suggested"]}
        super().__init__(words, initial={"keeper": member.pk})
        self.zone = branch.zone
        self.fields["due_at"] = MomentField(
            branch.zone, label=_("By when?"), error_messages={"required": _("Choose a time, or tap one of them.")}
        )
        self.fields["keeper"].queryset = people()  # type: ignore[attr-defined]
        if kind is not None:
            self.fields["what"].required = False
            self.fields["what"].label = _("What is to be done?")
            self.fields["keeper"].label = _("Who does it?")
            self.fields["worth"] = MoneyField(
                currency=branch.currency, label=_("What is the work worth?"), required=False
            )
        self.order_fields(["what", "worth", "keeper", "due_at"])
        next(iter(self.visible_fields())).field.widget.attrs["autofocus"] = True


class MoveForm(MomentForm):
    """Another time, with the reason; ticked when she has been told."""

    moment = "to"

    reason = forms.CharField(label=_("Why is it moved?"), max_length=300)
    told = forms.BooleanField(label=_("The customer knows already"), required=False)

    def __init__(self, words: Any, *, zone: str, due_at: datetime) -> None:
        super().__init__(words, initial={"to": due_at})
        self.zone = zone
        self.fields["to"] = MomentField(zone, label=_("Until when?"))
        self.order_fields(["to", "reason", "told"])


class WhyForm(Form):
    """One sentence why; which one, its label says."""

    why = forms.CharField(max_length=300, widget=forms.TextInput({"autofocus": True}))

    def __init__(self, words: Any, label: Any) -> None:
        super().__init__(words)
        self.fields["why"].label = label


class KeeperForm(Form):
    """Who keeps it from now on."""

    to: Any = forms.ModelChoiceField(None, label=_("To whom?"), required=False, empty_label=_("Whoever is there"))

    def __init__(self, words: Any) -> None:
        super().__init__(words)
        self.fields["to"].queryset = people()  # type: ignore[attr-defined]


class ListForm(Form):
    """Which promises, or jobs, one wants to see."""

    q = forms.CharField(required=False, max_length=100)
    branch: Any = forms.ModelChoiceField(None, label=_("Branch"), required=False, empty_label=_("All of them"))
    keeper: Any = forms.ModelChoiceField(None, label=_("Whose"), required=False, empty_label=_("Everybody’s"))
    kind: Any = forms.ModelChoiceField(None, label=_("Kind"), required=False, empty_label=_("All of them"))

    def __init__(self, words: Any, *, lists: dict[str, Any]) -> None:
        self.first = next(iter(lists))
        super().__init__({"show": self.first, **words.dict()})
        self.fields["show"] = forms.ChoiceField(label=_("Show"), choices=list(lists.items()), required=False)
        self.fields["branch"].queryset = Branch.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["keeper"].queryset = people()  # type: ignore[attr-defined]
        self.fields["kind"].queryset = JobKind.objects.all()  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.is_asked = True  # type: ignore[attr-defined]  # nobody needs to be told that it is optional
        self.is_valid()
        self.list = self.cleaned_data.get("show") or self.first
        self.search = self.cleaned_data.get("q", "")

    @property
    def choices(self) -> list[forms.BoundField]:
        """Those that there is something to choose from."""
        return [self[name] for name in ("show", "keeper", "branch", "kind") if self._is_choice(name)]

    @property
    def is_narrowed(self) -> bool:
        """Whether there may be rows that are not shown."""
        said = self.cleaned_data
        return any(said.get(name) for name in ("q", "branch", "keeper", "kind")) or self.list != self.first

    def _is_choice(self, name: str) -> bool:
        rows = getattr(self.fields[name], "queryset", None)
        return rows is None or len(rows) > 1

    def only(self, who: str) -> dict[str, Any]:
        """What the rows must have; `who` names the column of the person."""
        said = self.cleaned_data
        wanted = {"branch": said.get("branch"), who: said.get("keeper"), "kind": said.get("kind")}
        return {name: row for name, row in wanted.items() if row is not None}


def people() -> Any:
    """Whoever works here and signs in."""
    return Member.objects.filter(left_at=None).exclude(person_id=None).order_by("name")
