"""The table of contents: every table, by subject."""

from regulars.record.answers import StandardAnswer
from regulars.record.approvals import Approval
from regulars.record.asks import Ask
from regulars.record.attachments import Attachment, Original
from regulars.record.authority import Authority
from regulars.record.bends import Bend, Rule
from regulars.record.branches import Branch, OpenInterval, SpecialDay
from regulars.record.business import Business
from regulars.record.calls import Call
from regulars.record.causes import Cause
from regulars.record.changes import Change, Verdict
from regulars.record.complaints import Complaint, PassedOn
from regulars.record.customers import Contact, Customer
from regulars.record.extras import Extra, ExtraIdea
from regulars.record.forecasts import Forecast
from regulars.record.handoffs import HandOff
from regulars.record.imports import Brought, Import
from regulars.record.journal import Entry
from regulars.record.knowing import Fact, Wish
from regulars.record.links import Link
from regulars.record.mailboxes import Mailbox
from regulars.record.mapping import ColumnMapping
from regulars.record.merging import Merge
from regulars.record.messages import Message
from regulars.record.moves import Move, Pause
from regulars.record.partners import Partner
from regulars.record.people import Invitation, Member, Person, Seat
from regulars.record.playbook import Article
from regulars.record.promises import Promise
from regulars.record.questions import Question
from regulars.record.ratings import Rating
from regulars.record.reckonings import Reckoning
from regulars.record.recoveries import Recovery
from regulars.record.remedies import Remedy, RemedyTask
from regulars.record.sales import Sale
from regulars.record.search import Finder
from regulars.record.silences import Silence
from regulars.record.surveys import Survey
from regulars.record.tags import OwnField, OwnValue, Tag, Tagging
from regulars.record.tasks import Task
from regulars.record.tills import Till
from regulars.record.upkeep import JobRun
from regulars.record.work import Job, JobKind
from regulars.record.worth import Estimate, Fit, ServiceLine

__all__ = [
    "Approval",
    "Article",
    "Ask",
    "Attachment",
    "Authority",
    "Bend",
    "Branch",
    "Brought",
    "Business",
    "Call",
    "Cause",
    "Change",
    "ColumnMapping",
    "Complaint",
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
    "Mailbox",
    "Member",
    "Merge",
    "Message",
    "Move",
    "OpenInterval",
    "Original",
    "OwnField",
    "OwnValue",
    "Partner",
    "PassedOn",
    "Pause",
    "Person",
    "Promise",
    "Question",
    "Rating",
    "Reckoning",
    "Recovery",
    "Remedy",
    "RemedyTask",
    "Rule",
    "Sale",
    "Seat",
    "ServiceLine",
    "Silence",
    "SpecialDay",
    "StandardAnswer",
    "Survey",
    "Tag",
    "Tagging",
    "Task",
    "Till",
    "Verdict",
    "Wish",
]
