"""The people of a business: who works here, as what, and who is invited."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.intake.people import MEANING, InviteForm, MemberForm
from regulars.kernel.refusal import Refused
from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.record import people
from regulars.record.people import Invitation, Member


def team(request: Request) -> HttpResponse:
    here = Member.objects.filter(left_at=None).select_related("branch").order_by("-role", "name")
    return answer.page(
        request,
        "team/page.html",
        members=here.exclude(person_id=None),
        named=here.filter(person_id=None),
        invitations=Invitation.waiting(request.at).select_related("sent_by").order_by("-sent_at"),
        meaning=MEANING.values(),
    )


def invite(request: Request) -> HttpResponse:
    """A letter to a new colleague. The link stands on the page too, for where no mail goes out."""
    form = InviteForm(request.POST or None, by=request.member)
    sent: list[str] = []
    if form.is_valid() and form.does(lambda: sent.append(_invite(request, form))):
        sentence = gettext("The letter to %(email)s is on its way. You can also hand over this link: %(link)s")
        words = sentence % {"email": form.cleaned_data["email"], "link": sent[0]}
        return answer.done(request, words, "team", request.business.slug)
    return answer.page(request, "team/invite.html", form=form)


def _invite(request: Request, form: InviteForm) -> str:
    """Write the invitation, send its letter, and tell its link."""
    invitation, secret = people.invite(by=request.member, at=request.at, **form.cleaned_data)
    link = settings.SITE_URL + reverse("invitation", args=[request.business.pk, secret])
    try:
        send_mail(*_letter(request, invitation, link), None, [invitation.email])
    except OSError:  # the mail server is away; the invitation stands and the link works
        messages.warning(request, gettext("The letter could not be sent. Hand over the link yourself."))
    return link


def _letter(request: Request, invitation: Invitation, link: str) -> tuple[str, str]:
    """Subject and words, in the language of the business: the reader's own is not known yet."""
    names = {"name": request.member.name, "business": request.business.name}
    words = {"invitation": invitation, "link": link, "by": request.member, "business": request.business}
    with translation.override(request.business.language):
        subject = gettext("%(name)s invites you to %(business)s") % names
        return subject, render_to_string("team/letter.txt", words)


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    invitation = row(Invitation.waiting(request.at), pk)
    people.withdraw_invitation(invitation, by=request.member, at=request.at)
    sentence = gettext("The letter to %(email)s opens nothing any more.") % {"email": invitation.email}
    return answer.done(request, sentence, "team", request.business.slug)


def member(request: Request, pk: UUID) -> HttpResponse:
    """What a colleague does here, to change."""
    found = row(Member.objects.filter(left_at=None).exclude(person_id=None), pk)
    form = MemberForm(request.POST or None, by=request.member, member=found)
    if form.is_valid() and form.does(
        lambda: people.change_member(found, by=request.member, at=request.at, **form.cleaned_data)
    ):
        return answer.done(
            request, gettext("%(name)s is changed.") % {"name": found.name}, "team", request.business.slug
        )
    return answer.page(request, "team/member.html", form=form, found=found)


@require_POST
def end(request: Request, pk: UUID) -> HttpResponse:
    """A colleague works here no longer."""
    found = row(Member.objects.filter(left_at=None), pk)
    try:
        people.leave(found, by=request.member, at=request.at)
    except Refused as refusal:
        return answer.refused(request, refusal, "member", request.business.slug, pk)
    sentence = gettext("%(name)s works here no longer. The open calls are everybody's.") % {"name": found.name}
    return answer.done(request, sentence, "team", request.business.slug)


@require_POST
def leave(request: Request) -> HttpResponse:
    """She leaves by herself."""
    try:
        people.leave(request.member, by=request.member, at=request.at)
    except Refused as refusal:
        return answer.refused(request, refusal, "businesses")
    sentence = gettext("You have left %(business)s.") % {"business": request.business.name}
    messages.success(request, sentence)
    return redirect("businesses")
