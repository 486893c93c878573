"""Letters: the mailboxes from which complaints come, and whether they are being fetched."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from regulars.intake import imap
from regulars.intake.form import said
from regulars.intake.mailboxes import MailboxForm
from regulars.kernel.refusal import Refused
from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.record import mailboxes


def listing(request: Request) -> HttpResponse:
    """Each with its light: when letters were fetched last, or why not."""
    some = [(one, one.is_silent(request.at)) for one in mailboxes.living().select_related("branch")]
    return answer.page(request, "mailboxes/list.html", mailboxes=some)


def add(request: Request) -> HttpResponse:
    form = MailboxForm(request.POST or None)
    if form.is_valid() and form.does(lambda: mailboxes.add(**form.cleaned_data, **_by(request))):
        return answer.done(request, gettext("Its letters are fetched from now on."), "mailboxes", request.business.slug)
    return answer.page(request, "mailboxes/form.html", form=form, status=422 if form.errors else 200)


def change(request: Request, pk: UUID) -> HttpResponse:
    found = row(mailboxes.living(), pk)
    form = MailboxForm(request.POST or None, found)
    if form.is_valid() and form.does(lambda: mailboxes.change(found, **form.cleaned_data, **_by(request))):
        return answer.done(request, gettext("The mailbox is changed."), "mailboxes", request.business.slug)
    return answer.page(request, "mailboxes/form.html", form=form, mailbox=found, status=422 if form.errors else 200)


@require_POST
def try_now(request: Request, pk: UUID) -> HttpResponse:
    """What happens when we look into it, in words; new letters come at the next look of the job."""
    found, back = row(mailboxes.living(), pk), reverse("mailboxes", args=[request.business.slug])
    try:
        with imap.open_mailbox(found, patience=imap.CONNECT) as folder:
            count = folder.count
    except Refused as refusal:
        mailboxes.failed(found, said(refusal), at=request.at)
        return answer.refused(request, refusal, back)
    mailboxes.fetched(found, at=request.at)
    words = ngettext(
        "It works: %(count)s letter lies there. What is new is fetched within a minute.",
        "It works: %(count)s letters lie there. What is new is fetched within a minute.",
        count,
    )
    return answer.done(request, words % {"count": count}, back)


@require_POST
def pause(request: Request, pk: UUID) -> HttpResponse:
    undo = reverse("go_on_mailbox", args=[request.business.slug, pk])
    return _tapped(request, pk, mailboxes.pause, gettext("Nothing is fetched until you go on."), undo=undo)


@require_POST
def go_on(request: Request, pk: UUID) -> HttpResponse:
    return _tapped(request, pk, mailboxes.go_on, gettext("Fetched again, with all that came meanwhile."))


@require_POST
def remove(request: Request, pk: UUID) -> HttpResponse:
    sentence = gettext("Not fetched any more, and the password is forgotten. What came from it stays.")
    return _tapped(request, pk, mailboxes.remove, sentence)


def _tapped(request: Request, pk: UUID, verb: Callable[..., Any], sentence: str, undo: str = "") -> HttpResponse:
    found, back = row(mailboxes.living(), pk), reverse("mailboxes", args=[request.business.slug])
    return answer.tapped(request, lambda: verb(found, **_by(request)), sentence, back, undo=undo)


def _by(request: Request) -> dict[str, Any]:
    return {"by": request.member, "at": request.at}
