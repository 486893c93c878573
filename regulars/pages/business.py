"""Another business for somebody who is signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from regulars.intake.business import NewBusinessForm
from regulars.pages.first import open_for


@login_required
def open_another(request: HttpRequest) -> HttpResponse:
    form = NewBusinessForm(request.POST or None)
    if form.is_valid():
        return redirect("today", open_for(request.user, form).slug)  # type: ignore[arg-type]
    return render(request, "business/new.html", {"form": form})
