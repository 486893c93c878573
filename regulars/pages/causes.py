"""Why it happened, what changes, and whether it came back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from regulars.desk import answering
from regulars.desk import causes as desk
from regulars.desk.pen import Pen
from regulars.intake.causes import ArticleForm, ChangeForm, LaterForm, NewCauseForm, WhysForm
from regulars.intake.complaints import AnswerForm
from regulars.intake.promises import WhyForm
from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.pages.complaints import asked, tapped, whole
from regulars.record import causes, changes, closing, complaints, messages, playbook
from regulars.record.causes import Cause
from regulars.record.changes import Change, Verdict
from regulars.record.complaints import Complaint


def listing(request: Request) -> HttpResponse:
    """Which few make most of it."""
    by = request.GET.get("by", "number")
    by = by if by in desk.BY else "number"
    return answer.page(request, "causes/list.html", found=desk.causes(by, _pen(request)), by=by, orders=desk.BY)


def cause(request: Request, pk: UUID) -> HttpResponse:
    """One cause: why, what changed, and whether it held."""
    story = desk.story(row(Cause, pk), _pen(request), at=request.at)
    return answer.page(request, "causes/cause.html", story=story, today=_today(request))


def of_complaint(request: Request, pk: UUID) -> HttpResponse:
    """Which cause it is: one that is known, or a new one."""
    found, form = row(whole(), pk), NewCauseForm(request.POST or None)
    made: list[Cause] = []
    if form.is_valid() and form.does(lambda: made.append(_found(request, found, form.cleaned_data["name"]))):
        sentence = gettext("Now ask why, until there is nothing behind it.")
        return answer.done(request, sentence, "describe_cause", request.business.slug, made[0].pk)
    shown = {"complaint": found, "likely": desk.likely(found), "form": form}
    return answer.page(request, "causes/which.html", status=422 if form.errors else 200, **shown)


@require_POST
def tie(request: Request, pk: UUID, cause: UUID) -> HttpResponse:
    known = row(Cause, cause)
    undo = reverse("untie_cause", args=[request.business.slug, pk])
    sentence = gettext("This is why: %(cause)s.") % {"cause": known}
    return tapped(request, pk, lambda found, **said: causes.tie(found, known, **said), sentence, undo=undo)


@require_POST
def untie(request: Request, pk: UUID) -> HttpResponse:
    return tapped(request, pk, causes.untie, gettext("It has no cause any more."))


def change_nothing(request: Request, pk: UUID) -> HttpResponse:
    found, form = row(whole(), pk), WhyForm(request.POST or None, gettext("Why does nothing change?"))
    words = {"heading": gettext("Nothing changes"), "deed": gettext("Write it down")}
    words["notice"] = gettext("The owner of the business reads it.")
    sentence = gettext("It is written down, and the owner sees it.")
    return asked(request, found, form, lambda said: closing.change_nothing(found, **said), sentence, **words)


def describe(request: Request, pk: UUID) -> HttpResponse:
    """Five whys, the escape point, people or process."""
    found = row(Cause, pk)
    form = WhysForm(found, request.POST or None)
    words = {"heading": gettext("Why, to the end"), "deed": gettext("This is why")}
    verb = lambda: causes.describe(found, **form.said(), **_by(request))  # noqa: E731
    return _asked(request, found, form, verb, gettext("Now write what changes."), **words)


def make_change(request: Request, pk: UUID) -> HttpResponse:
    found = row(Cause, pk)
    form = ChangeForm(request.POST or None, member=request.member, today=_today(request))
    words = {"heading": gettext("What changes?"), "deed": gettext("It changes")}
    sentence = gettext("It stands on the list of whoever answers for it.")
    return _asked(
        request, found, form, lambda: changes.make(found, **form.cleaned_data, **_by(request)), sentence, **words
    )


def answer_all(request: Request, pk: UUID) -> HttpResponse:
    """One message to everybody who complained of it and waits: to each a letter of her own."""
    found = row(Cause, pk)
    some = list(complaints.open_ones().filter(cause=found).select_related("customer", "branch"))
    form = AnswerForm(request.POST or None, language=get_language() or "en", is_first=True)
    words = {"heading": gettext("Answer all of them"), "deed": gettext("Send")}
    notice = gettext("Open complaints that each get a letter of their own: %(number)s.")
    words["notice"] = notice % {"number": len(some)}
    sentence = gettext("Your answers are on their way.")
    return _asked(request, found, form, lambda: _answer(request, some, form.cleaned_data["text"]), sentence, **words)


@require_POST
def do(request: Request, pk: UUID) -> HttpResponse:
    undo = reverse("undo_change", args=[request.business.slug, pk])
    sentence = gettext("From now on it is counted whether it comes back.")
    return _tapped(request, pk, changes.do, sentence, undo=undo)


@require_POST
def undo(request: Request, pk: UUID) -> HttpResponse:
    return _tapped(request, pk, changes.undo, gettext("It is still to be done."))


def hand_on(request: Request, pk: UUID) -> HttpResponse:
    found = row(Change.objects.select_related("cause"), pk)
    form = LaterForm(request.POST or None, to=found.keeper_id, due_on=found.due_on)
    words = {"heading": gettext("Somebody else, or later"), "deed": gettext("So be it")}
    return _asked(
        request,
        found.cause,
        form,
        lambda: changes.hand_on(found, **form.cleaned_data, **_by(request)),
        gettext("It is written down."),
        **words,
    )


def drop(request: Request, pk: UUID) -> HttpResponse:
    found = row(Change.objects.select_related("cause"), pk)
    form = WhyForm(request.POST or None, gettext("Why is it given up?"))
    words = {"heading": gettext("Give the change up"), "deed": gettext("Give it up")}
    return _asked(
        request,
        found.cause,
        form,
        lambda: changes.drop(found, **form.cleaned_data, **_by(request)),
        gettext("Given up. The cause waits for another change."),
        **words,
    )


def write_article(request: Request, pk: UUID) -> HttpResponse:
    """What one complaint taught goes into the playbook, so that everybody learns it."""
    found = row(Change.objects.select_related("cause"), pk)
    form = ArticleForm(request.POST or None, title=found.where, text=found.what)
    words = {"heading": gettext("Write it into the playbook"), "deed": gettext("Write it down")}
    sentence = gettext("It stands in the playbook.")
    return _asked(request, found.cause, form, lambda: _write(request, found, form.cleaned_data), sentence, **words)


@require_POST
def see(request: Request, pk: UUID) -> HttpResponse:
    found = row(Verdict.objects.select_related("change__cause"), pk)
    back = answer.back(request, reverse("cause", args=[request.business.slug, found.change.cause_id]))
    return answer.tapped(request, lambda: changes.see(found, **_by(request)), gettext("Read."), back)


def no_changes(request: Request) -> HttpResponse:
    """Every reason why nothing changes, for the owner to see."""
    unseen = Complaint.objects.filter(no_change_seen_at=None).exclude(no_change="")
    some = unseen.select_related("customer", "no_change_by").order_by("heard_at")[:100]
    return answer.page(request, "causes/no_changes.html", complaints=some)


@require_POST
def let_be(request: Request, pk: UUID) -> HttpResponse:
    return _seen(request, pk, closing.see_no_change, gettext("You let it be."))


@require_POST
def should_change(request: Request, pk: UUID) -> HttpResponse:
    return _seen(request, pk, closing.refuse_no_change, gettext("It is open again, and waits for a cause."))


@transaction.atomic
def _found(request: Request, found: Complaint, name: str) -> Cause:
    new = causes.find(name=name, **_by(request))
    causes.tie(found, new, **_by(request))
    return new


@transaction.atomic
def _answer(request: Request, some: list[Complaint], text: str) -> None:
    for found in some:
        messages.answer(found, text=text, **answering.addressed(found), **_by(request))


@transaction.atomic
def _write(request: Request, found: Change, said: dict[str, Any]) -> None:
    changes.teach(found, playbook.write(**said, **_by(request)))


def _asked(
    request: Request, found: Cause, form: Any, verb: Callable[[], object], sentence: str, **shown: Any
) -> HttpResponse:
    to = reverse("cause", args=[request.business.slug, found.pk])
    return answer.asked(request, form, verb, sentence, to, matter=found, **shown)


def _tapped(request: Request, pk: UUID, verb: Callable[..., Any], sentence: str, undo: str = "") -> HttpResponse:
    found = row(Change.objects.select_related("cause"), pk)
    back = answer.back(request, reverse("cause", args=[request.business.slug, found.cause_id]))
    return answer.tapped(request, lambda: verb(found, **_by(request)), sentence, back, undo=undo)


def _seen(request: Request, pk: UUID, verb: Callable[..., Any], sentence: str) -> HttpResponse:
    found = row(whole(), pk)
    back = reverse("no_changes", args=[request.business.slug])
    return answer.tapped(request, lambda: verb(found, **_by(request)), sentence, back)


def _pen(request: Request) -> Pen:
    return Pen(request.business.currency, get_language() or "en")


def _today(request: Request) -> Any:
    return timezone.localdate(request.at)


def _by(request: Request) -> dict[str, Any]:
    return {"by": request.member, "at": request.at}
