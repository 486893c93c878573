"""What a person opens in the morning."""

from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone

from regulars.desk import duties, ledger
from regulars.desk import today as desk
from regulars.pages import answer
from regulars.pages.access import Request


def today(request: Request) -> HttpResponse:
    """Who waits for her, her calls, those anybody may take, and what she has done today."""
    day = timezone.localdate(request.at)
    begins = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    work = desk.for_member(request.member, request.business, today=day, at=request.at, since=begins)
    waiting, kept = duties.for_member(request.member, at=request.at), ledger.share_kept(request.at)
    return answer.page(request, "today/page.html", parts=["duties"], duties=waiting, kept=kept, work=work, day=day)
