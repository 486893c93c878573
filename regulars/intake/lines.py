"""What one line of a file says: a sale and whom it names, or a customer alone; or why it cannot be taken."""

import re
from collections.abc import Sequence
from datetime import UTC, date
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings

from regulars.intake import words
from regulars.intake.plans import CUSTOMERS, Plan
from regulars.kernel import money
from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record.branches import Branch
from regulars.record.business import Business
from regulars.record.customers import Contact
from regulars.record.draft import Line, Words
from regulars.record.particulars import OPT_OUTS, OWN
from regulars.record.tags import OwnField

FIRST_YEAR = 1900
SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "₽": "RUB", "РУБ": "RUB", "РУБ.": "RUB", "Р.": "RUB", "EURO": "EUR"}
DEFUSED = tuple("'" + sign for sign in "=+-@")
_SEVERAL = re.compile(r"\s*[,;/|]\s*")


class Place(NamedTuple):
    """A branch, as far as a line needs it."""

    id: str
    zone: str


class Reader:
    """Reads the lines of one file by its plan. `today` is the last day on which a sale can have been."""

    def __init__(self, subject: str, plan: Plan, business: Business, *, today: date) -> None:
        branches = list(Branch.objects.order_by("opened_at", "id"))
        places = {branch.pk.hex: Place(branch.pk.hex, branch.zone) for branch in branches}
        self.subject, self.plan, self.business, self.today = subject, plan, business, today
        self.places = {" ".join(branch.name.casefold().split()): places[branch.pk.hex] for branch in branches}
        self.usual = places.get(plan.branch) or places[branches[0].pk.hex]
        self.currency = plan.currency or business.currency
        fields = {name.casefold(): name for name in OwnField.objects.values_list("name", flat=True)}
        self.own = {fields.get(name.casefold(), name): place for name, place in plan.own.items()}

    def __call__(self, cells: Sequence[str]) -> tuple[Words, Line | None]:
        """Who, and the sale if it is one. Raises Refused."""
        if self.subject == CUSTOMERS:
            return self._customer(cells), None
        return self._who(cells, strict=False), self._sale(cells)

    def _cell(self, cells: Sequence[str], name: str) -> str:
        place = self.plan.columns.get(name)
        return "" if place is None else _written(cells, place)

    # --- the sale ----------------------------------------------------------------------------------------------

    def _sale(self, cells: Sequence[str]) -> Line:
        branch = self._branch(self._cell(cells, "branch"))
        when, clock = self._cell(cells, "when"), self._cell(cells, "time")
        if not when:
            raise Refused(gettext_noop("This line has no day."), field="when")
        at, day = _moment(when, clock, self.plan.date_order, branch.zone)
        self._refuse_future(day, "when")
        currency = self._currency(self._cell(cells, "currency"))
        amount = self._cell(cells, "amount")
        if not amount:
            raise Refused(gettext_noop("This line has no amount."), field="amount")
        return Line(
            at=at,
            day=day,
            amount=words.money(amount, currency, self.plan.decimal),
            currency=currency,
            branch=branch.id,
            server=_tidy(self._cell(cells, "served_by"))[:200],
            what=_tidy(self._cell(cells, "what"))[:300],
            receipt=_tidy(self._cell(cells, "receipt"))[:100],
        )

    def _branch(self, name: str) -> Place:
        if not name:
            return self.usual
        found = self.places.get(" ".join(name.casefold().split()))
        if found is None:
            raise Refused(
                gettext_noop("There is no branch called “%(name)s”. Add it in the settings, or correct the line."),
                field="branch",
                name=name[:60],
            )
        return found

    def _currency(self, text: str) -> str:
        code = SYMBOLS.get(text.upper(), text.upper()) or self.currency
        if code not in money.currencies() and code != self.currency:
            raise Refused(
                gettext_noop("“%(text)s” is not a currency. Write it like EUR."), field="currency", text=text[:20]
            )
        return code

    # --- who ---------------------------------------------------------------------------------------------------

    def _who(self, cells: Sequence[str], *, strict: bool, fields: tuple[tuple[str, str], ...] = ()) -> Words:
        """`strict`: a phone that cannot be read sends the line back. A sale is worth more than a phone: it does not,
        where a number or a name says who she is.
        """
        number = _tidy(self._cell(cells, "number"))
        if len(number) > 100:
            raise Refused(gettext_noop("A customer's number has at most 100 letters."), field="number")
        whole = (self._cell(cells, name) for name in ("name", "first_name", "last_name"))
        name = _tidy(" ".join(whole))[:200]
        contacts: list[tuple[str, str, str]] = []
        for kind, read in ((Contact.Kind.PHONE, self._phone), (Contact.Kind.EMAIL, words.email)):
            for written in filter(None, _SEVERAL.split(self._cell(cells, kind.value))):
                try:
                    contacts.append((kind.value, read(written), written[:254]))
                except Refused:
                    if strict or not (number or name):
                        raise
        if not (number or name or contacts):
            raise Refused(gettext_noop("This line names no customer."), field="name")
        return Words(number, name, tuple(dict.fromkeys(contacts)), fields)

    def _phone(self, text: str) -> str:
        return words.phone(text, self.business.country)

    def _customer(self, cells: Sequence[str]) -> Words:
        fields = {
            "source": _tidy(self._cell(cells, "source"))[:100],
            "address_as": _tidy(self._cell(cells, "address_as"))[:100],
            "note": _said(self._cell(cells, "note"))[:500],
            "tags": "\n".join(tag[:60] for tag in map(_tidy, _SEVERAL.split(self._cell(cells, "tags"))) if tag),
            "birthday": self._birthday(self._cell(cells, "birthday")),
        }
        language = self._cell(cells, "language").lower()[:2]
        if language in dict(settings.LANGUAGES):
            fields["language"] = language
        if met := self._cell(cells, "met"):
            fields["met_at"], day = _moment(met, "", self.plan.date_order, self.usual.zone)
            self._refuse_future(day, "met")
        for name in OPT_OUTS:
            fields[name] = "1" if self._says_no(self._cell(cells, name), name) else ""
        for name, place in self.own.items():
            fields[OWN + name] = _said(_written(cells, place))[:300]
        return self._who(cells, strict=True, fields=tuple((name, text) for name, text in fields.items() if text))

    def _birthday(self, text: str) -> str:
        if not text:
            return ""
        day = words.day(text, self.plan.date_order).isoformat()
        self._refuse_future(day, "birthday")
        return day

    def _says_no(self, text: str, name: str) -> bool:
        """Yes, or the day on which she said so."""
        try:
            return words.yes(text)
        except Refused as refusal:
            try:
                words.day(text, self.plan.date_order)
            except Refused:
                raise Refused(refusal.sentence, field=name, **refusal.details) from None
            return True

    def _refuse_future(self, day: str, field: str) -> None:
        if day > self.today.isoformat():
            raise Refused(gettext_noop("%(day)s is still to come."), field=field, day=day)


@lru_cache(maxsize=20_000)
def _moment(when: str, clock: str, order: str, zone: str) -> tuple[str, str]:
    """The moment in UTC and the day on the branch's calendar, as the book writes them."""
    at = words.moment(when, order, zone, clock)
    there = at.astimezone(ZoneInfo(zone)) if at.tzinfo else at
    if there.year < FIRST_YEAR:
        raise Refused(gettext_noop("“%(text)s” is too long ago."), field="when", text=when[:40])
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"), there.date().isoformat()


def _written(cells: Sequence[str], place: int) -> str:
    """What stands there, without the mark of a defused cell."""
    cell = cells[place] if place < len(cells) else ""
    return cell[1:] if cell.startswith(DEFUSED) else cell


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _said(text: str) -> str:
    """Without the dash that stands for nothing."""
    return _tidy(text) if any(map(str.isalnum, text)) else ""
