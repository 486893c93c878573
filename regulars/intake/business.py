"""Words about a business and its branches: settings, opening hours, special days."""

import re
from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from regulars.intake import places
from regulars.intake.form import Form
from regulars.kernel.days import Hours
from regulars.record.branches import Branch
from regulars.record.business import Business

WEEK = range(7)  # Monday first
_INTERVAL = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")


def read_hours(text: str) -> list[Hours]:
    """'9-12, 13-18.30' -> [(9:00, 12:00), (13:00, 18:30)]; '' is closed; 24 is midnight.

    ValueError when it is unclear.
    """
    found = []
    for part in filter(None, re.split(r"[,;]\s*|\s+(?=\d)", re.sub(r"\s*[-–—]\s*", "-", text.strip()))):
        match = _INTERVAL.fullmatch(part)
        if match is None:
            raise ValueError(part)
        hour, minute, until_hour, until_minute = (int(number or 0) for number in match.groups())
        closes = time(0) if (until_hour, until_minute) == (24, 0) else time(until_hour, until_minute)
        found.append((time(hour, minute), closes))
    return found


def write_hours(intervals: Any) -> str:
    """[(9:00, 12:00), (13:00, 18:30)] -> '9:00–12:00, 13:00–18:30', as read_hours reads it."""

    def clock(moment: time, *, closing: bool = False) -> str:
        return "24:00" if closing and moment == time(0) else f"{moment.hour}:{moment.minute:02}"

    return ", ".join(f"{clock(opens)}–{clock(closes, closing=True)}" for opens, closes in sorted(intervals))


class HoursField(forms.CharField):
    """The hours of one day, as people write them on the door."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=100, **kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            return read_hours(super().to_python(value) or "")
        except ValueError as error:
            raise forms.ValidationError(
                _("Write the hours as 9-18, or 9-12, 13-18. Leave it empty when closed.")
            ) from error

    def prepare_value(self, value: Any) -> Any:
        return write_hours(value) if isinstance(value, list) else value


class BusinessForm(Form):
    """The settings of the whole business."""

    name = forms.CharField(label=_("Name"), max_length=200)
    country = forms.ChoiceField(label=_("Country"), choices=places.countries)
    currency = forms.ChoiceField(label=_("Currency"), choices=places.currencies)
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("Of the letters that we send for you.")
    )
    zone = forms.ChoiceField(label=_("Time zone"), choices=places.zones)
    mission = forms.CharField(
        label=_("What do you help people with?"),
        help_text=_("Your mission in one sentence; it stands on everybody’s Today. Not what you sell: what they get."),
        max_length=200,
        required=False,
    )
    calls_from = forms.TimeField(label=_("Call from"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    calls_until = forms.TimeField(label=_("Call until"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    call_gap_days = forms.IntegerField(label=_("Days between two calls to the same person"), min_value=1, max_value=365)

    BASICS = ("name", "mission", "country", "currency", "language", "zone")
    CALLS = ("calls_from", "calls_until", "call_gap_days")

    @classmethod
    def of(cls, business: Business, words: Any = None) -> "BusinessForm":
        return cls(words, initial={name: getattr(business, name) for name in cls.base_fields})

    def clean(self) -> None:
        begins, ends = self.cleaned_data.get("calls_from"), self.cleaned_data.get("calls_until")
        if begins and ends and begins >= ends:
            self.add_error("calls_until", _("Calls must end later in the day than they begin."))

    def part(self, names: tuple[str, ...]) -> list[forms.BoundField]:
        return [self[name] for name in names]

    @property
    def basics(self) -> list[forms.BoundField]:
        return self.part(self.BASICS)

    @property
    def calls(self) -> list[forms.BoundField]:
        return self.part(self.CALLS)


class NewBusinessForm(Form):
    """A business to open: the rest is as usual in its country until somebody says otherwise."""

    business_name = forms.CharField(
        label=_("What is the business called?"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    country = forms.ChoiceField(label=_("In which country?"), choices=places.countries)
    zone = forms.ChoiceField(
        label=_("Time zone"), required=False, choices=places.or_usual(places.zones, _("As usual there"))
    )
    currency = forms.ChoiceField(
        label=_("Currency"), required=False, choices=places.or_usual(places.currencies, _("As usual there"))
    )

    def clean(self) -> None:
        """What was left as usual is filled in."""
        words = self.cleaned_data
        usual = places.usual(words.get("country", ""))
        words["currency"] = words.get("currency") or usual.currency
        words["language"] = usual.language
        words["zone"] = words.get("zone") or usual.zone
        if "country" in words and not words["zone"]:
            self.add_error("zone", _("This country has several time zones. Choose yours."))

    def described(self) -> dict[str, str]:
        """The words as `open_business` wants them, but for the address."""
        words = self.cleaned_data
        return {"name": words["business_name"]} | {
            name: words[name] for name in ("country", "currency", "language", "zone")
        }


class BranchForm(Form):
    """A place where customers come, and when it is open."""

    name = forms.CharField(label=_("Name"), max_length=200)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel"}))
    country = forms.ChoiceField(label=_("Country"), choices=places.countries)
    zone = forms.ChoiceField(label=_("Time zone"), choices=places.zones)
    currency = forms.ChoiceField(label=_("Currency"), choices=places.currencies)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    keeps_public_holidays = forms.BooleanField(label=_("Closed on public holidays"), required=False)
    promises_an_hour = forms.IntegerField(
        label=_("Promises that may fall due in one hour"),
        help_text=_("Leave it empty for as many as there are."),
        min_value=1,
        max_value=1_000,
        required=False,
    )

    PLACE = ("name", "address", "phone")
    COUNTRY = ("country", "zone", "currency", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in WEEK:
            self.fields[f"day_{day}"] = HoursField(label=WEEKDAYS[day])

    @classmethod
    def of(cls, branch: Branch, week: Any, words: Any = None) -> "BranchForm":
        values = {name: getattr(branch, name) for name in cls.base_fields}
        return cls(words, initial=values | {f"day_{day}": list(week.get(day, [])) for day in WEEK})

    @classmethod
    def like(cls, business: Business, week: Any, words: Any = None) -> "BranchForm":
        """For a new branch: as in the business."""
        values = {name: getattr(business, name) for name in cls.COUNTRY} | {"keeps_public_holidays": True}
        return cls(words, initial=values | {f"day_{day}": list(week.get(day, [])) for day in WEEK})

    def clean(self) -> None:
        self.cleaned_data["week"] = {day: hours for day in WEEK if (hours := self.cleaned_data.pop(f"day_{day}", []))}

    @property
    def place(self) -> list[forms.BoundField]:
        return [self[name] for name in self.PLACE]

    @property
    def where(self) -> list[forms.BoundField]:
        return [self[name] for name in self.COUNTRY]

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[f"day_{day}"] for day in WEEK]


class SpecialDayForm(Form):
    """A date with hours of its own."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    name = forms.CharField(label=_("What is it?"), max_length=100, required=False)
    opens = forms.TimeField(label=_("Opens"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    closes = forms.TimeField(
        label=_("Closes"),
        required=False,
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
        help_text=_("No hours: closed all day."),
    )
