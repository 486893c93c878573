"""Complaints as they are typed at the counter: what is not right, and the words that put it right."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regulars.engines import admitting
from regulars.intake.calls import Asked
from regulars.intake.form import Form
from regulars.intake.pictures import PicturesField
from regulars.intake.promises import MomentField, MomentForm, people
from regulars.intake.worth import MoneyField
from regulars.record.branches import Branch
from regulars.record.complaints import LONGEST, Complaint
from regulars.record.partners import Partner
from regulars.record.tasks import Planned
from regulars.record.work import Job

HEARD = [Complaint.Source.COUNTER, Complaint.Source.PHONE, Complaint.Source.LETTER]
LATELY = 10  # jobs of hers that are offered


def words_field(label: Any, *, longest: int = 1000, rows: int = 2, **kwargs: Any) -> Asked:
    """A few sentences; the rule says when they are missing."""
    return Asked(label=label, max_length=longest, widget=forms.Textarea({"rows": rows}), **kwargs)


class HearForm(Form):
    """What is not right, and where she said so; of a customer whom we know also in which job."""

    text = words_field(_("What is not right?"), longest=LONGEST, rows=3)
    source = forms.ChoiceField(label=_("Where?"), choices=[(one.value, one.label) for one in HEARD])

    def __init__(self, words: Any, files: Any = None, *, customer: Any = None, job: Any = None) -> None:
        super().__init__(words, files, initial={"job": job})
        self.fields["text"].widget.attrs["autofocus"] = True
        if customer is not None:
            jobs = Job.objects.filter(customer=customer, dropped_at=None).order_by("-opened_at")
            latest = list(jobs.values_list("pk", flat=True)[:LATELY])
            self.fields["job"] = forms.ModelChoiceField(
                jobs.filter(pk__in=latest), label=_("In which job?"), required=False, empty_label=_("None of these")
            )
            if not latest:
                del self.fields["job"]
        else:
            self.fields["sender_name"] = forms.CharField(label=_("Who says so?"), max_length=200, required=False)
            self.fields["sender"] = forms.CharField(label=_("E-mail or phone"), max_length=254, required=False)
        self.fields["photos"] = PicturesField()


class GuardedForm(Form):
    """Words that she will read: what sounds like a defence is asked about once, and goes out when one insists."""

    guarded: str  # the field that she will read

    def __init__(self, words: Any, *, language: str, **kwargs: Any) -> None:
        super().__init__(words, **kwargs)
        self.language = language
        self.fields["keep"] = forms.BooleanField(label=_("Leave my words as they are"), required=False)
        self.has_doubt = False

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        reading = admitting.read(said.get(self.guarded, ""), self.language)
        self.has_doubt = bool(said.get(self.guarded)) and not said.get("keep") and self.is_doubtful(reading)
        if self.has_doubt:
            self.add_error(self.guarded, self.doubt(reading))
        return said

    def is_doubtful(self, reading: admitting.Reading) -> bool:
        return bool(reading.defence or reading.begins_with_no)

    def doubt(self, reading: admitting.Reading) -> Any:
        if reading.defence:
            return _("“%(words)s” defends us. Say what we did wrong; being right brings nobody back.") % {
                "words": reading.defence
            }
        if reading.begins_with_no:
            return _("It begins with a no. Begin with “yes”, and with what you can do.")
        return _("It does not say that we are sorry, or where we erred. Begin with that.")


class AdmitForm(GuardedForm):
    """The first step."""

    guarded = "erred"
    erred = words_field(
        _("Where did we err?"),
        help_text=_("In words that the customer may read: “We did not tighten the bolts.” No “but”."),
    )


class AnswerForm(GuardedForm):
    """A letter to her. The first one must admit the fault."""

    guarded = "text"
    text = words_field(_("What do you write?"), longest=10_000, rows=5)

    def __init__(self, words: Any, *, language: str, is_first: bool) -> None:
        super().__init__(words, language=language)
        self.is_first = is_first

    def is_doubtful(self, reading: admitting.Reading) -> bool:
        return super().is_doubtful(reading) or (self.is_first and not reading.admits)


class AgreeForm(MomentForm):
    """The second step: what will put it right, by when, and what it costs us."""

    remedy = Asked(label=_("What will put it right?"), help_text=_("Decide it with the customer."), max_length=500)
    on_the_spot = forms.BooleanField(label=_("It is done at once, on the spot"), required=False)
    again = forms.BooleanField(label=_("The job is done again, free of charge, by whoever did it"), required=False)
    mender: Any = forms.ModelChoiceField(
        None, label=_("Who mends it?"), required=False, empty_label=_("Whoever owns the complaint")
    )

    def __init__(self, words: Any, *, complaint: Complaint, currency: str, at: datetime, **initial: Any) -> None:
        mender = complaint.about if complaint.about and complaint.about.left_at is None else None
        super().__init__(words, initial={"mender": mender, **initial})
        self.at, self.zone = at, complaint.branch.zone
        self.fields["due_at"] = MomentField(self.zone, label=_("By when?"), required=False)
        self.fields["cost"] = MoneyField(currency=currency, label=_("What it costs us"), min_value=0, required=False)
        self.fields["mender"].queryset = people()  # type: ignore[attr-defined]
        self.order_fields(["remedy", "on_the_spot", "due_at", "cost", "again", "mender"])
        if complaint.job is None or complaint.customer is None:
            del self.fields["again"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("on_the_spot"):
            said["due_at"] = self.at
        return said

    def plan(self) -> dict[str, Any]:
        """What `recoveries.plan` takes."""
        said = self.cleaned_data
        tasks = [Planned(said["remedy"], said["cost"] or 0)]
        return {"remedy": said["remedy"], "due_at": said["due_at"], "tasks": tasks, "mender": said["mender"]}

    @property
    def is_again(self) -> bool:
        return bool(self.cleaned_data.get("again"))


class MoreForm(Form):
    """The fourth step: a little more, or why nothing."""

    what = Asked(label=_("What little more does the customer get?"), max_length=300)
    partner: Any = forms.ModelChoiceField(None, label=_("Who supplies it?"), required=False, empty_label=_("We do"))
    no_more = Asked(label=_("If nothing: why?"), max_length=500)

    def __init__(self, words: Any, *, currency: str) -> None:
        super().__init__(words)
        self.fields["cost"] = MoneyField(currency=currency, label=_("What it costs us"), min_value=0, required=False)
        self.fields["partner"].queryset = Partner.objects.filter(retired_at=None)  # type: ignore[attr-defined]
        self.order_fields(["what", "cost", "partner", "no_more"])

    def said(self) -> dict[str, Any]:
        """What `recoveries.do_more` takes."""
        return {**self.cleaned_data, "cost": self.cleaned_data["cost"] or 0}


class SayForm(Form):
    """Spoken with her."""

    text = words_field(_("What was said?"))


class NoteForm(Form):
    """Among us, with a picture of the scratch."""

    text = words_field(_("Note for colleagues"))
    photos = PicturesField()


class NotRightForm(Form):
    """She says that it is not right yet."""

    say = words_field(_("What is still not right?"))


class PassForm(Form):
    """To whom it goes; it counts as one person more whom she meets."""

    to: Any = forms.ModelChoiceField(None, label=_("Who takes it?"), empty_label="–")
    say = words_field(
        _("What should your colleague know?"), longest=500, help_text=_("So that the customer need not tell it again.")
    )

    def __init__(self, words: Any, *, but: Any) -> None:
        super().__init__(words)
        self.fields["to"].queryset = people().exclude(pk=but)  # type: ignore[attr-defined]


class DescribeForm(Form):
    """Where it happened, in which job, and whose work it was."""

    branch: Any = forms.ModelChoiceField(None, label=_("Branch"), empty_label=None)
    job: Any = forms.ModelChoiceField(None, label=_("Job"), required=False, empty_label=_("None of these"))
    about: Any = forms.ModelChoiceField(
        None, label=_("Whose work was it?"), required=False, empty_label=_("Nobody’s, or we do not know")
    )

    def __init__(self, words: Any, *, complaint: Complaint) -> None:
        super().__init__(words, initial={name: getattr(complaint, f"{name}_id") for name in ("branch", "job", "about")})
        jobs = Job.objects.filter(customer=complaint.customer).order_by("-opened_at")
        self.fields["branch"].queryset = Branch.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["job"].queryset = jobs if complaint.customer else jobs.none()  # type: ignore[attr-defined]
        self.fields["about"].queryset = people()  # type: ignore[attr-defined]


class AsideForm(Form):
    """Why it is no complaint."""

    as_what = forms.ChoiceField(label=_("What is it then?"), widget=forms.RadioSelect)
    number = forms.IntegerField(label=_("The same as complaint no."), required=False, min_value=1)

    def __init__(self, words: Any, *, is_known: bool) -> None:
        super().__init__(words)
        kinds = Complaint.Aside
        some = [kinds.SAME, kinds.JUNK, kinds.AUTOMATIC, kinds.MISTAKE, *([kinds.ASK] if is_known else [])]
        self.fields["as_what"].choices = [(one.value, one.label) for one in some]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["same_as"] = None
        if said.get("as_what") == Complaint.Aside.SAME:
            said["same_as"] = Complaint.objects.filter(number=said.get("number")).first()
            if said["same_as"] is None:
                self.add_error("number", _("There is no complaint of that number. Look at the list."))
        return said


class ListForm(Form):
    """Which complaints one wants to see."""

    q = forms.CharField(required=False, max_length=100)
    mine = forms.BooleanField(label=_("Mine"), required=False)
    branch: Any = forms.ModelChoiceField(None, label=_("Branch"), required=False, empty_label=_("All of them"))

    def __init__(self, words: Any, *, states: dict[str, Any]) -> None:
        self.first = next(iter(states))
        super().__init__({"show": self.first, **words.dict()})
        self.fields["show"] = forms.ChoiceField(label=_("Show"), choices=list(states.items()), required=False)
        self.fields["branch"].queryset = Branch.objects.order_by("name")  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.is_asked = True  # type: ignore[attr-defined]  # nobody needs to be told that it is optional
        self.is_valid()
        self.state = self.cleaned_data.get("show") or self.first
        self.search = self.cleaned_data.get("q", "")

    @property
    def choices(self) -> list[forms.BoundField]:
        several = len(self.fields["branch"].queryset) > 1  # type: ignore[attr-defined]
        return [self["show"], *([self["branch"]] if several else [])]

    @property
    def is_narrowed(self) -> bool:
        """Whether there may be complaints that are not shown."""
        said = self.cleaned_data
        return any(said.get(name) for name in ("q", "mine", "branch")) or self.state != self.first

    def only(self, member: Any) -> dict[str, Any]:
        """What the rows must have."""
        wanted = {"branch": self.cleaned_data.get("branch"), "owner": member if self.cleaned_data.get("mine") else None}
        return {name: row for name, row in wanted.items() if row is not None}
