"""Files that somebody brings: choose one, see how it is understood, try it, bring it in, take it back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from regulars.desk import export
from regulars.intake import imports as intake
from regulars.intake import refusals, samples
from regulars.intake.plans import BringForm, PlanForm
from regulars.kernel.refusal import Refused
from regulars.pages import access, answer
from regulars.pages.access import Request
from regulars.record import imports
from regulars.record.imports import Import

SHOWN = 50


def brought(request: Request) -> HttpResponse:
    """What has been brought, the newest first."""
    found = Import.objects.select_related("by").order_by("-brought_at")[:SHOWN]
    return answer.page(request, "imports/imports.html", brought=found)


def bring(request: Request) -> HttpResponse:
    """Choose a file."""
    if request.method != "POST":
        return answer.page(request, "imports/bring.html", form=BringForm(initial=request.GET.dict()))
    form = BringForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            file = intake.bring(**form.what(), business=request.business, by=request.member, at=request.at)
            return redirect("import", request.business.slug, file.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return answer.page(request, "imports/bring.html", form=form, status=422)


def sample(request: Request, subject: str) -> Any:
    """A small file that shows what can be read."""
    if subject not in Import.Subject:
        raise Http404
    file = export.csv_file(*samples.table(subject, request.at), get_language() or "en")
    return FileResponse(file, as_attachment=True, filename=f"{subject}.csv", content_type=export.TYPES[export.CSV])


def one(request: Request, pk: UUID) -> HttpResponse:
    """Where this import stands, and what can be done with it now."""
    found = access.row(Import, pk)
    if request.htmx.target == "progress" and not (found.is_working or found.is_being_undone):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _page(request, found, intake.plan_form(found, request.business) if found.is_open else None)


@require_POST
def plan(request: Request, pk: UUID) -> HttpResponse:
    """Keep what was chosen, and show how the first lines are understood now."""
    return _planned(request, access.row(Import, pk))


@require_POST
def check(request: Request, pk: UUID) -> HttpResponse:
    """Keep what was chosen and try it: everything is read, nothing is written."""

    def try_it(found: Import) -> None:
        intake.ask(found, by=request.member, at=request.at, is_dry_run=True)

    return _planned(request, access.row(Import, pk), try_it)


def _planned(request: Request, found: Import, then: Callable[[Import], None] | None = None) -> HttpResponse:
    form = intake.plan_form(found, request.business, request.POST)
    if form.is_valid() and form.does(
        lambda: intake.plan(found, form.chosen(), by=request.member, at=request.at)
    ) and (then is None or form.does(lambda: then(found))):  # fmt: skip
        return redirect("import", request.business.slug, found.pk)
    return _page(request, found, form, status=422)


@require_POST
def go(request: Request, pk: UUID) -> HttpResponse:
    """Bring it in: the whole file, or nothing of it."""
    found = access.row(Import, pk)
    try:
        intake.ask(found, by=request.member, at=request.at, is_dry_run=False)
    except Refused as refusal:
        return answer.refused(request, refusal, "import", request.business.slug, pk)
    return redirect("import", request.business.slug, pk)


@require_POST
def stop(request: Request, pk: UUID) -> HttpResponse:
    imports.stop(access.row(Import, pk), by=request.member, at=request.at)
    return redirect("import", request.business.slug, pk)


@require_POST
def undo(request: Request, pk: UUID) -> HttpResponse:
    """Take back what this import brought."""
    imports.ask_undo(access.row(Import, pk), by=request.member, at=request.at)
    return redirect("import", request.business.slug, pk)


@require_POST
def clear(request: Request, pk: UUID) -> HttpResponse:
    """Throw the file away; what came of it stays in the book."""
    try:
        imports.clear(access.row(Import, pk), by=request.member, at=request.at)
    except Refused as refusal:
        return answer.refused(request, refusal, "import", request.business.slug, pk)
    return answer.done(request, gettext("The file is gone from here."), "imports", request.business.slug)


def refused(request: Request, pk: UUID) -> Any:
    """The lines that came back, with the reason on each, in a file like the one that was brought."""
    found = access.row(Import, pk)
    if not found.refused_lines.exists():
        raise Http404
    kind, file = export.like(found.plan["delimiter"], *refusals.table(found, gettext))
    name = f"refused-{found.file_name.rsplit('.', 1)[0]}.{kind}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=export.TYPES[kind])


def _page(request: Request, found: Import, form: PlanForm | None, status: int = 200) -> HttpResponse:
    shown = intake.shown(found, form, request.business, request.at.date()) if form else []
    story = intake.Story(found)
    context = {"brought": found, "form": form, "shown": shown, "story": story, "status": status}
    return answer.page(request, "imports/import.html", parts=["progress"], **context)
