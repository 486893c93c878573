"""The table of contents: every table, by subject."""

from regulars.record.answers import StandardAnswer
from regulars.record.asks import Ask
from regulars.record.authority import Authority
from regulars.record.bends import Bend, Rule
from regulars.record.branches import Branch, OpenInterval, SpecialDay
from regulars.record.business import Business
from regulars.record.calls import Call
from regulars.record.customers import Contact, Customer
from regulars.record.extras import Extra, ExtraIdea
from regulars.record.forecasts import Forecast
from regulars.record.handoffs import HandOff
from regulars.record.imports import Brought, Import
from regulars.record.journal import Entry
from regulars.record.knowing import Fact, Wish
from regulars.record.links import Link
from regulars.record.mapping import ColumnMapping
from regulars.record.merging import Merge
from regulars.record.moves import Move, Pause
from regulars.record.partners import Partner
from regulars.record.people import Invitation, Member, Person, Seat
from regulars.record.promises import Promise
from regulars.record.reckonings import Reckoning
from regulars.record.sales import Sale
from regulars.record.search import Finder
from regulars.record.tags import OwnField, OwnValue, Tag, Tagging
from regulars.record.upkeep import JobRun
from regulars.record.work import Job, JobKind
from regulars.record.worth import Estimate, Fit, ServiceLine

__all__ = [
    "Ask",
    "Authority",
    "Bend",
    "Branch",
    "Brought",
    "Business",
    "Call",
    "ColumnMapping",
    "Contact",
    "Customer",
    "Entry",
    "Estimate",
    "Extra",
    "ExtraIdea",
    "Fact",
    "Finder",
    "Fit",
    "Forecast",
    "HandOff",
    "Import",
    "Invitation",
    "Job",
    "JobKind",
    "JobRun",
    "Link",
    "Member",
    "Merge",
    "Move",
    "OpenInterval",
    "OwnField",
    "OwnValue",
    "Partner",
    "Pause",
    "Person",
    "Promise",
    "Reckoning",
    "Rule",
    "Sale",
    "Seat",
    "ServiceLine",
    "SpecialDay",
    "StandardAnswer",
    "Tag",
    "Tagging",
    "Wish",
]
