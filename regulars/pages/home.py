"""The front door: whoever is signed in goes to her business, everybody else reads what this is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from regulars.record.business import Business


def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return render(request, "home/front.html")
    mine = list(Business.objects.filter(pk__in=request.user.seats.values_list("business_id", flat=True)))
    if len(mine) == 1:
        return redirect("today", mine[0].slug)
    return render(request, "home/choose.html", {"businesses": mine})
