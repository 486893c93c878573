"""The table of contents: every table, by subject."""

from regulars.record.branches import Branch, OpenInterval, SpecialDay
from regulars.record.business import Business
from regulars.record.calls import Call
from regulars.record.customers import Contact, Customer
from regulars.record.imports import Brought, Import
from regulars.record.journal import Entry
from regulars.record.knowing import Fact, Wish
from regulars.record.mapping import ColumnMapping
from regulars.record.merging import Merge
from regulars.record.people import Invitation, Member, Person, Seat
from regulars.record.reckonings import Reckoning
from regulars.record.sales import Sale
from regulars.record.search import Finder
from regulars.record.tags import OwnField, OwnValue, Tag, Tagging
from regulars.record.upkeep import JobRun
from regulars.record.worth import Estimate, Fit, ServiceLine

__all__ = [
    "Branch",
    "Brought",
    "Business",
    "Call",
    "ColumnMapping",
    "Contact",
    "Customer",
    "Entry",
    "Estimate",
    "Fact",
    "Finder",
    "Fit",
    "Import",
    "Invitation",
    "JobRun",
    "Member",
    "Merge",
    "OpenInterval",
    "OwnField",
    "OwnValue",
    "Person",
    "Reckoning",
    "Sale",
    "Seat",
    "ServiceLine",
    "SpecialDay",
    "Tag",
    "Tagging",
    "Wish",
]
