"""What is said about a complaint: letters to her, talks with her, notes among us; and what waits for an answer."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.desk import answering
from regulars.intake.complaints import AnswerForm, NoteForm, SayForm
from regulars.pages import answer, paging
from regulars.pages.access import Request, row
from regulars.pages.complaints import asked, whole
from regulars.record import messages
from regulars.record.messages import Message


def write(request: Request, pk: UUID) -> HttpResponse:
    """A letter; without her address it stands on the page that her link opens."""
    found = row(whole(), pk)
    form = AnswerForm(request.POST or None, language=found.language, is_first=found.answered_at is None)
    addressed = answering.addressed(found)
    to = addressed.get("to")
    words = {"heading": gettext("Write to the customer"), "deed": gettext("Send")}
    words["notice"] = (
        gettext("It goes to %(to)s.") % {"to": to}
        if to
        else gettext("We have no e-mail address: it stands on the customer’s own page of this complaint.")
    )
    verb = lambda said: messages.answer(found, text=said["text"], by=said["by"], at=said["at"], **addressed)  # noqa: E731
    return asked(request, found, form, verb, gettext("Your answer is on its way."), **words)


def say(request: Request, pk: UUID) -> HttpResponse:
    """Spoken with her: it answers whatever she wrote."""
    found, form = row(whole(), pk), SayForm(request.POST or None)
    words = {"heading": gettext("Spoken with the customer"), "deed": gettext("Write it down")}
    return asked(
        request, found, form, lambda said: messages.say(found, **said), gettext("It is written down."), **words
    )


def note(request: Request, pk: UUID) -> HttpResponse:
    """Among us; she does not see it."""
    found, form = row(whole(), pk), NoteForm(request.POST or None, request.FILES or None)
    words = {"heading": gettext("Note for colleagues"), "deed": gettext("Write it down")}
    return asked(
        request, found, form, lambda said: messages.note(found, **said), gettext("It is written down."), **words
    )


@require_POST
def read(request: Request, pk: UUID) -> HttpResponse:
    """ "Thank you!" needs no answer."""
    found = row(Message.objects.select_related("complaint__customer"), pk)
    back = answer.back(request, reverse("complaint", args=[request.business.slug, found.complaint_id]))
    sentence = gettext("Read. It needs no answer.")
    return answer.tapped(
        request, lambda: messages.needs_no_answer(found, by=request.member, at=request.at), sentence, back
    )


def unanswered(request: Request) -> HttpResponse:
    """All letters are answered: those that still wait, the longest first."""
    found: Any = messages.waiting().defer("whole").select_related("complaint__customer", "complaint__owner")
    page = paging.page(found, by="answer_by", cursor=request.GET.get("after", ""))
    return answer.page(request, "complaints/unanswered.html", page=page)
