"""How a file is to be understood: which column is what, how dates and numbers are written. As guessed, or as chosen."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regulars.intake import mapping, places, words
from regulars.intake.form import Form
from regulars.intake.tablefile import DELIMITERS, ENCODINGS, TableFile, example
from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record.branches import Branch
from regulars.record.imports import LARGEST_FILE, Import, refuse_too_large

SALES, CUSTOMERS = Import.Subject.SALES, Import.Subject.CUSTOMERS
NOT_TAKEN = ""

COLUMNS = {
    "when": _("Day of the sale"),
    "time": _("Time of the sale"),
    "amount": _("Amount"),
    "currency": _("Currency"),
    "number": _("Customer's number"),
    "name": _("Customer's name"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "branch": _("Branch"),
    "served_by": _("Who served"),
    "what": _("What was bought"),
    "receipt": _("Receipt"),
    "language": _("Language"),
    "source": _("How they found us"),
    "met": _("Customer since"),
    "birthday": _("Birthday"),
    "address_as": _("How we address them"),
    "note": _("Note"),
    "tags": _("Tags"),
    "no_calls_at": _("Does not want calls (yes or no)"),
    "no_mail_at": _("Does not want letters (yes or no)"),
}
OWN_FIELD = "own"  # the column becomes a field of this business, called as its heading
WHO = ("number", "name", "first_name", "last_name", "phone", "email")


@dataclass
class Plan:
    """`columns`: what a column is, to its place from 0; `own`: the same for fields of the business, by their names.

    Empty words mean: find out, or as in the business. `doubt`: a day of the file that can be read in two ways; a person
    has to say in which.
    """

    columns: dict[str, int] = field(default_factory=dict)
    own: dict[str, int] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    date_order: str = "dmy"
    decimal: str = "."
    currency: str = ""
    branch: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    doubt: str = ""

    def open(self, path: Path) -> TableFile:
        """The file, as this plan reads it."""
        return TableFile(path, encoding=self.encoding, delimiter=self.delimiter, sheet=self.sheet, decimal=self.decimal)

    def refuse_unless_complete(self, subject: str) -> None:
        """Raises Refused when a column is missing without which no line can be understood."""
        if subject == SALES and "when" not in self.columns:
            raise Refused(gettext_noop("Choose the column that holds the day of the sale."))
        if self.doubt:
            raise Refused(gettext_noop("“%(day)s” can be read in two ways. Say how dates are written."), day=self.doubt)
        if subject == SALES and "amount" not in self.columns:
            raise Refused(gettext_noop("Choose the column that holds the amount."))
        if not any(name in self.columns for name in WHO):
            raise Refused(gettext_noop("Choose a column that says who the customer is: a number, a name or a phone."))


class BringForm(Form):
    """A file, and what is in it."""

    subject = forms.ChoiceField(
        label=_("What is in the file?"),
        choices=[
            (SALES.value, _("Sales: who bought, when and for how much")),
            (CUSTOMERS.value, _("Customers: names, phones, e-mails")),
        ],
        initial=SALES.value,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("The file"),
        help_text=_("CSV or XLSX, as your till or shop program writes it; at most %(megabytes)s MB.")
        % {"megabytes": LARGEST_FILE // 1024**2},
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty. Choose another.")},
        widget=forms.FileInput({"accept": ".csv,.txt,.tsv,.xlsx"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        self.does(lambda: refuse_too_large(file.size))
        return file

    def what(self) -> dict[str, Any]:
        """The words as `intake.imports.bring` wants them."""
        file = self.cleaned_data["file"]
        return {"subject": self.cleaned_data["subject"], "file_name": file.name, "chunks": file.chunks()}


class PlanForm(Form):
    """What each column is, and how its words are written. `column_3` is the fourth column of the file."""

    date_order = forms.ChoiceField(
        label=_("How are dates written?"),
        choices=[
            ("dmy", _("Day first: 31.12.2025")),
            ("mdy", _("Month first: 12/31/2025")),
            ("ymd", _("Year first: 2025-12-31")),
        ],
    )
    decimal = forms.ChoiceField(
        label=_("How are amounts written?"),
        choices=[(",", _("1 234,56: the comma parts the cents")), (".", _("1,234.56: the point parts the cents"))],
    )
    currency = forms.ChoiceField(label=_("Currency, where no column says it"), choices=places.currencies)
    branch = forms.ChoiceField(label=_("Branch, where no column says it"))
    encoding = forms.ChoiceField(label=_("Letters"), required=False)
    delimiter = forms.ChoiceField(label=_("Columns are parted by"), required=False)
    sheet = forms.ChoiceField(label=_("Sheet"), required=False)

    FILE = ("encoding", "delimiter", "sheet")

    def __init__(self, typed: Any = None, *, subject: str, plan: Plan, sample: Any, branches: Sequence[Branch]) -> None:
        super().__init__(typed, initial=asdict(plan))
        self.subject, self.plan, self.sample = subject, plan, sample
        choices = [
            (NOT_TAKEN, _("Not needed")),
            *((name, COLUMNS[name]) for name in mapping.OF[Import.Subject(subject)]),
        ]
        taken = {place: name for name, place in plan.columns.items()} | dict.fromkeys(plan.own.values(), OWN_FIELD)
        for place, heading in enumerate(sample.headings):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading or _("Column %(number)s") % {"number": place + 1},
                required=False,
                choices=[
                    *choices,
                    (OWN_FIELD, _("A field of ours: “%(name)s”") % {"name": heading[: mapping.LONGEST_NAME]}),
                ]
                if heading and subject == CUSTOMERS
                else choices,
                initial=taken.get(place, NOT_TAKEN),
            )
        for name, choices_here in {
            "branch": [(branch.pk.hex, branch.name) for branch in branches],
            "encoding": ENCODINGS.items(),
            "delimiter": DELIMITERS.items(),
            "sheet": [(name, name) for name in sample.sheets],
        }.items():
            self.fields[name] = forms.ChoiceField(
                label=self.base_fields[name].label, required=name == "branch", choices=list(choices_here)
            )
        for name in ("encoding", "delimiter") if sample.sheets else ("sheet",):
            del self.fields[name]
        if plan.doubt:
            self.initial["date_order"] = ""
            self.fields["date_order"].choices = [("", _("Choose")), *_readings(plan.doubt)]  # type: ignore[attr-defined]
        if subject == CUSTOMERS:
            del self.fields["decimal"], self.fields["currency"], self.fields["branch"]

    def clean(self) -> None:
        """No two columns are the same thing."""
        columns: dict[str, int] = {}
        own: dict[str, int] = {}
        for place, heading in enumerate(self.sample.headings):
            name = self.cleaned_data.pop(f"column_{place}", NOT_TAKEN)
            taken = own if name == OWN_FIELD else columns
            name = heading[: mapping.LONGEST_NAME] if name == OWN_FIELD else name
            if name in taken:
                self.add_error(f"column_{place}", _("Another column is that already. Choose one of them."))
            elif name:
                taken[name] = place
        self.cleaned_data |= {"columns": columns, "own": own}

    @property
    def columns(self) -> list[tuple[forms.BoundField, list[str]]]:
        """The field of each column, and examples of what stands in it."""
        places = range(len(self.sample.headings))
        return [(self[f"column_{place}"], example(self.sample.cells, place)) for place in places]

    @property
    def ways(self) -> list[forms.BoundField]:
        """How words are written."""
        return [self[name] for name in ("date_order", "decimal", "currency", "branch") if name in self.fields]

    @property
    def letters(self) -> list[forms.BoundField]:
        """How the file is opened."""
        return [self[name] for name in self.FILE if name in self.fields]

    def chosen(self) -> Plan:
        """The plan as she wants it."""
        return Plan(**(asdict(self.plan) | self.cleaned_data | {"doubt": ""}))


def _readings(text: str) -> Iterator[tuple[str, str]]:
    """The ways in which this day can be read, each written out."""
    for order in words.ORDERS:
        try:
            day = date_format(words.day(text, order), "DATE_FORMAT")
        except Refused:
            continue
        yield order, gettext("%(text)s is %(day)s") % {"text": text, "day": day}
