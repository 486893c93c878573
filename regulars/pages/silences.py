"""Silence: where fewer complaints come than the work should bring, and what was behind it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language, gettext

from regulars.desk import quiet as desk
from regulars.desk.pen import Pen
from regulars.intake.promises import WhyForm
from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.record import silences
from regulars.record.silences import Silence


def listing(request: Request) -> HttpResponse:
    """Every branch, shift and colleague: how many came, how many were to be expected."""
    pen = Pen(request.business.currency, get_language() or "en")
    found = desk.picture(request.business, pen, at=request.at)
    return answer.page(request, "complaints/silences.html", found=found)


def silence(request: Request, pk: UUID) -> HttpResponse:
    """One alarm, and the door to what was behind it."""
    found = row(Silence.objects.select_related("branch", "member", "ended_by"), pk)
    return answer.page(request, "complaints/silence.html", silence=found, say=desk.in_words(found))


def look_into(request: Request, pk: UUID) -> HttpResponse:
    """What was behind it: nobody wrote them down, customers gave up, or it really went better."""
    found = row(Silence.objects.select_related("branch", "member"), pk)
    form = WhyForm(request.POST or None, gettext("What was behind it?"))
    shown = {"heading": gettext("Looked into"), "deed": gettext("Write it down"), "matter": desk.in_words(found)}
    return answer.asked(
        request,
        form,
        lambda: silences.look_into(found, found=form.cleaned_data["why"], by=request.member, at=request.at),
        gettext("It is written down. From now on it is counted anew."),
        request.path.removesuffix("looked-into/"),
        **shown,
    )
