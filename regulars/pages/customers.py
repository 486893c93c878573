"""Customers: found, listed, written down; one card with all that one should know before one speaks."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from regulars.desk import customer as desk
from regulars.desk import customers as desk_list
from regulars.desk.matters import matters
from regulars.intake.customers import ConsentForm, CustomerForm, FactForm, KeeperForm, WishForm
from regulars.pages import answer, paging
from regulars.pages.access import Request, row
from regulars.record import customers, knowing, search, tags
from regulars.record.branches import Branch
from regulars.record.customers import Customer
from regulars.record.knowing import Fact, Wish
from regulars.record.people import Member
from regulars.record.tags import OwnField, Tag
from regulars.record.worth import Estimate, Stage

# How a list may be sorted: by a column of the card, or by one of her estimate.
BY_CARD = {"name": "name", "new": "-met_at"}
BY_ESTIMATE = {"worth": "-value", "spent": "-spent", "visit": "-last_on"}


def listing(request: Request) -> HttpResponse:
    """Whoever matches the words; without words, everybody, in the order that was asked for."""
    words = answer.searched(request)
    shown = _found(words) if words else _listed(request)
    context = {
        **shown,
        "q": words,
        "stages": Stage,
        "tags": Tag.objects.all()[:200],
        "branches": Branch.objects.filter(closed_at=None),
        "chosen": {name: request.GET.get(name, "") for name in ("stage", "tag", "branch", "mine")},
    }
    return answer.page(request, "customers/list.html", parts=["found"], **context)


def _found(words: str) -> dict[str, Any]:
    ids = search.find(words, limit=paging.SIZE)
    cards = Customer.objects.in_bulk(ids)
    rows = [cards[pk] for pk in ids if pk in cards]
    return {"page": paging.Page(rows, "", is_first=True), "sort": "", "estimates": _estimates(rows)}


def _listed(request: Request) -> dict[str, Any]:
    sort, mark = request.GET.get("sort", "worth"), request.GET.get("after", "")
    if sort in BY_CARD:
        cards = _narrowed(request, Customer.objects.filter(merged_at=None), "pk")
        page = paging.page(cards, by=BY_CARD[sort], cursor=mark)
        estimates = _estimates(page.rows)
    else:
        bought = Estimate.objects.filter(last_on__isnull=False, customer__merged_at=None).select_related("customer")
        found = _narrowed(request, bought, "customer_id")
        page = paging.page(found, by=BY_ESTIMATE.get(sort, "-value"), then="customer_id", cursor=mark)
        estimates = {estimate.customer_id: estimate for estimate in page.rows}
        page = paging.Page([estimate.customer for estimate in page.rows], page.after, page.is_first)
    return {"page": page, "sort": sort, "estimates": estimates, "query": _query(request)}


def _narrowed(request: Request, found: Any, customer: str) -> Any:
    """Only those of a stage, a tag, a branch, or mine, as the address says."""
    stage = request.GET.get("stage", "")
    return desk_list.narrowed(
        found,
        customer,
        stage=stage if stage in Stage.values else "",
        tag=_uuid(request.GET.get("tag", "")),
        branch=_uuid(request.GET.get("branch", "")),
        keeper=request.member if request.GET.get("mine") else None,
    )


def card(request: Request, pk: UUID) -> HttpResponse:
    """Her card; one that was merged leads to the card that was kept."""
    her = row(Customer.objects.select_related("keeper", "branch", "referred_by", "merged_into"), pk)
    if her.merged_into_id:
        return redirect("customer", request.business.slug, her.merged_into_id)
    context = {
        "customer": her,
        "card": desk.card(her, request.business),
        "matters": matters(her, at=request.at),
        "story": desk.story(her, before=_moment(request.GET.get("before", ""))),
        "contacts": list(her.contacts.all()),
        "taggings": list(her.taggings.select_related("tag")),
        "own": list(her.own_values.select_related("field")),
        "fact_form": FactForm(),
        "wish_form": WishForm(),
        "consent_form": ConsentForm(),
        "older": bool(request.GET.get("before")),
    }
    return answer.page(request, "customers/card.html", **context)


def add(request: Request) -> HttpResponse:
    """A new card; somebody who may be the same is shown before it is made."""
    form = _form(request)
    if form.is_valid():
        alike = _alike(form) if "anyway" not in request.POST else []
        if not alike and form.does(lambda: _add(request, form)):
            return answer.done(request, gettext("The card is made."), "customer", request.business.slug, form.made.pk)  # type: ignore[attr-defined]
        return answer.page(request, "customers/form.html", form=form, alike=alike, status=422)
    return answer.page(request, "customers/form.html", form=form, status=422 if form.errors else 200)


def change(request: Request, pk: UUID) -> HttpResponse:
    her = row(Customer.objects.filter(merged_at=None).select_related("referred_by"), pk)
    form = _form(request, initial=CustomerForm.initial_of(her))
    if form.is_valid() and form.does(lambda: _change(request, her, form)):
        return answer.done(request, gettext("The card is changed."), "customer", request.business.slug, pk)
    return answer.page(request, "customers/form.html", form=form, customer=her, status=422 if form.errors else 200)


@require_POST
def learn(request: Request, pk: UUID) -> HttpResponse:
    her, form = row(Customer, pk), FactForm(request.POST)
    if form.is_valid() and form.does(lambda: knowing.learn(her, by=request.member, at=request.at, **form.cleaned_data)):
        return answer.done(request, gettext("We know something new."), "customer", request.business.slug, pk)
    return answer.page(
        request,
        "customers/one_form.html",
        customer=her,
        form=form,
        title=gettext("Something new"),
        status=422,
    )


@require_POST
def forget(request: Request, pk: UUID) -> HttpResponse:
    fact = row(Fact.objects.select_related("customer"), pk)
    knowing.forget(fact, by=request.member, at=request.at)
    undo = reverse("remember_fact", args=[request.business.slug, pk])
    return answer.done(
        request, gettext("It is off the card."), "customer", request.business.slug, fact.customer_id, undo=undo
    )


@require_POST
def remember(request: Request, pk: UUID) -> HttpResponse:
    fact = row(Fact.objects.select_related("customer"), pk)
    knowing.remember(fact, by=request.member, at=request.at)
    return answer.done(
        request, gettext("It is on the card again."), "customer", request.business.slug, fact.customer_id
    )


@require_POST
def hear(request: Request, pk: UUID) -> HttpResponse:
    her, form = row(Customer, pk), WishForm(request.POST)
    if form.is_valid() and form.does(
        lambda: knowing.hear(
            her, form.cleaned_data["wish"], source=form.cleaned_data["source"], by=request.member, at=request.at
        )
    ):
        return answer.done(request, gettext("The wish is written down."), "customer", request.business.slug, pk)
    return answer.page(request, "customers/one_form.html", customer=her, form=form, title=gettext("A wish"), status=422)


@require_POST
def settle_wish(request: Request, pk: UUID, deed: str) -> HttpResponse:
    """Granted, dropped, or open again."""
    wish = row(Wish.objects.select_related("customer"), pk)
    verb, said = _deed(WISH_DEEDS, deed)
    verb(wish, by=request.member, at=request.at)
    undo = "" if deed == "reopen" else reverse("settle_wish", args=[request.business.slug, pk, "reopen"])
    return answer.done(request, gettext(said), "customer", request.business.slug, wish.customer_id, undo=undo)


@require_POST
def opt(request: Request, pk: UUID, deed: str) -> HttpResponse:
    """What she does not want, or wants again; whether she agrees that we keep what we know."""
    her = row(Customer, pk)
    verb, said, back = _deed(OPTS, deed)
    verb(her, by=request.member, at=request.at)
    undo = reverse("customer_opt", args=[request.business.slug, pk, back]) if back else ""
    return answer.done(request, gettext(said), "customer", request.business.slug, pk, undo=undo)


@require_POST
def consent(request: Request, pk: UUID) -> HttpResponse:
    her, form = row(Customer, pk), ConsentForm(request.POST)
    if form.is_valid() and form.does(
        lambda: customers.consent(her, how=form.cleaned_data["how"], by=request.member, at=request.at)
    ):
        return answer.done(request, gettext("The consent is written down."), "customer", request.business.slug, pk)
    return answer.page(
        request, "customers/one_form.html", customer=her, form=form, title=gettext("Consent"), status=422
    )


def hand_on(request: Request, pk: UUID) -> HttpResponse:
    """Whose customer she is."""
    her = row(Customer.objects.filter(merged_at=None), pk)
    members = Member.objects.filter(left_at=None).exclude(person_id=None).order_by("name")
    form = KeeperForm(members, request.POST or None, initial={"to": her.keeper_id})
    if form.is_valid() and form.does(
        lambda: customers.hand_on(her, to=form.cleaned_data["to"], by=request.member, at=request.at)
    ):
        return answer.done(
            request, gettext("It is written down whose customer it is."), "customer", request.business.slug, pk
        )
    return answer.page(
        request, "customers/one_form.html", customer=her, form=form, title=gettext("Whose customer is it?")
    )


WISH_DEEDS = {
    "grant": (knowing.grant, gettext_noop("The wish is granted.")),
    "drop": (knowing.drop, gettext_noop("The wish is off the card.")),
    "reopen": (knowing.reopen, gettext_noop("The wish is on the card again.")),
}
OPTS = {
    "no-calls": (customers.stop_calls, gettext_noop("Nobody will call."), "calls"),
    "calls": (customers.allow_calls, gettext_noop("Calls are allowed again."), ""),
    "no-mail": (customers.stop_mail, gettext_noop("Nobody will write."), "mail"),
    "surveys": (customers.allow_surveys, gettext_noop("May be asked again how it was."), "no-surveys"),
    "no-surveys": (customers.stop_surveys, gettext_noop("Nobody will ask how it was."), "surveys"),
    "mail": (customers.allow_mail, gettext_noop("Mail is allowed again."), ""),
    "no-consent": (
        customers.withdraw_consent,
        gettext_noop("Consent is withdrawn: we neither call nor write."),
        "",
    ),
}


def _deed(table: dict[str, Any], deed: str) -> Any:
    if deed not in table:
        raise Http404
    return table[deed]


def _form(request: Request, **kwargs: Any) -> CustomerForm:
    return CustomerForm(
        request.POST or None,
        region=request.business.country,
        branches=Branch.objects.filter(closed_at=None).order_by("name"),
        own_fields=OwnField.objects.filter(retired_at=None),
        **kwargs,
    )


def _alike(form: CustomerForm) -> list[Customer]:
    said = form.particulars()
    return customers.perhaps_the_same(
        name=said["name"], phones=said["phones"], emails=said["emails"], number=said["number"]
    )


def _add(request: Request, form: CustomerForm) -> None:
    form.made = customers.add(by=request.member, at=request.at, **form.particulars())  # type: ignore[attr-defined]
    _put_the_rest(request, form.made, form)  # type: ignore[attr-defined]


def _change(request: Request, her: Customer, form: CustomerForm) -> None:
    customers.change(her, by=request.member, at=request.at, **form.particulars())
    _put_the_rest(request, her, form)


def _put_the_rest(request: Request, her: Customer, form: CustomerForm) -> None:
    tags.put(her, form.tag_names(), by=request.member, at=request.at)
    tags.fill_in(her, form.own_values(), by=request.member, at=request.at)


def _estimates(rows: list[Customer]) -> dict[UUID, Estimate]:
    return {one.customer_id: one for one in Estimate.objects.filter(customer__in=[her.pk for her in rows])}


def _query(request: Request) -> str:
    """What was chosen, for the links of this page, without the mark of the page itself."""
    return urlencode({name: value for name, value in request.GET.items() if name in ("stage", "tag", "branch", "mine")})


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    return found if found.tzinfo else None
