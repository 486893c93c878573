"""Every address of the program, walked by everybody who has no business there, and by each who has.

A new address needs a line here; a line without its address fails too.
"""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

import pytest
from django.db import connection, models, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from regulars.pages.urls import inside
from regulars.record.owned import OwnedManager
from regulars.record.people import Role
from tests.cast import House
from tests.shape.furnished import furnish
from tests.sqllint import Lint

VIEWER, FRONT_LINE, MANAGER, OWNER = Role.VIEWER, Role.FRONT_LINE, Role.MANAGER, Role.OWNER
GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")


class Line(NamedTuple):
    """The lowest role, the methods, and what stands in the address: rows by their names in `furnished`, or words."""

    role: Role
    methods: tuple[str, ...]
    rows: dict[str, str] = {}
    words: dict[str, str] = {}


ADDRESSES = {
    # today and its calls
    "today": Line(VIEWER, GET),
    "calls": Line(MANAGER, GET),
    "call_history": Line(FRONT_LINE, GET),
    "call": Line(FRONT_LINE, GET, {"pk": "call"}),
    "end_call": Line(FRONT_LINE, POST, {"pk": "call"}),
    "undo_call": Line(FRONT_LINE, POST, {"pk": "call"}),
    "take_call": Line(FRONT_LINE, POST, {"pk": "call"}),
    "hand_on_call": Line(FRONT_LINE, BOTH, {"pk": "call"}),
    "drop_call": Line(MANAGER, POST, {"pk": "call"}),
    "agree_call": Line(FRONT_LINE, BOTH, {"pk": "customer"}),
    # customers, their sales, their tags
    "customers": Line(VIEWER, GET),
    "add_customer": Line(FRONT_LINE, BOTH),
    "tags": Line(MANAGER, GET),
    "rename_tag": Line(MANAGER, POST, {"pk": "tag"}),
    "remove_tag": Line(MANAGER, POST, {"pk": "tag"}),
    "add_field": Line(MANAGER, POST),
    "retire_field": Line(MANAGER, POST, {"pk": "field"}),
    "customer": Line(VIEWER, GET, {"pk": "customer"}),
    "change_customer": Line(FRONT_LINE, BOTH, {"pk": "customer"}),
    "record_sale": Line(FRONT_LINE, BOTH, {"pk": "customer"}),
    "learn_fact": Line(FRONT_LINE, POST, {"pk": "customer"}),
    "hear_wish": Line(FRONT_LINE, POST, {"pk": "customer"}),
    "give_consent": Line(FRONT_LINE, POST, {"pk": "customer"}),
    "hand_on_customer": Line(FRONT_LINE, BOTH, {"pk": "customer"}),
    "customer_opt": Line(FRONT_LINE, POST, {"pk": "customer"}, {"deed": "no-calls"}),
    "withdraw_link": Line(FRONT_LINE, POST, {"pk": "customer"}),
    "merge": Line(MANAGER, GET, {"pk": "customer"}),
    "merge_with": Line(MANAGER, BOTH, {"pk": "customer", "other": "other"}),
    "undo_merge": Line(MANAGER, POST, {"pk": "merge"}),
    "forget_fact": Line(FRONT_LINE, POST, {"pk": "fact"}),
    "remember_fact": Line(FRONT_LINE, POST, {"pk": "fact"}),
    "settle_wish": Line(FRONT_LINE, POST, {"pk": "wish"}, {"deed": "grant"}),
    "take_back_sale": Line(MANAGER, POST, {"pk": "sale"}),
    # the business, its branches and its people
    "settings": Line(MANAGER, GET),
    "business_settings": Line(OWNER, BOTH),
    "journal": Line(OWNER, GET),
    "branches": Line(MANAGER, GET),
    "add_branch": Line(MANAGER, BOTH),
    "branch": Line(MANAGER, BOTH, {"pk": "branch"}),
    "close_branch": Line(MANAGER, POST, {"pk": "branch"}),
    "reopen_branch": Line(MANAGER, POST, {"pk": "branch"}),
    "set_special_day": Line(MANAGER, POST, {"pk": "branch"}),
    "forget_special_day": Line(MANAGER, POST, {"pk": "branch", "day": "day"}),
    "team": Line(MANAGER, GET),
    "invite": Line(MANAGER, BOTH),
    "withdraw_invitation": Line(MANAGER, POST, {"pk": "invitation"}),
    "member": Line(MANAGER, BOTH, {"pk": "member"}),
    "end_seat": Line(MANAGER, POST, {"pk": "member"}),
    "leave": Line(VIEWER, POST),
    # import
    "imports": Line(MANAGER, GET),
    "import_bring": Line(MANAGER, BOTH),
    "import_sample": Line(MANAGER, GET, {}, {"subject": "sales"}),
    "import": Line(MANAGER, GET, {"pk": "import"}),
    "import_plan": Line(MANAGER, POST, {"pk": "import"}),
    "import_check": Line(MANAGER, POST, {"pk": "import"}),
    "import_go": Line(MANAGER, POST, {"pk": "import"}),
    "import_stop": Line(MANAGER, POST, {"pk": "import"}),
    "import_refused": Line(MANAGER, GET, {"pk": "import"}),
    "import_undo": Line(MANAGER, POST, {"pk": "import"}),
    "import_clear": Line(MANAGER, POST, {"pk": "import"}),
    # promises
    "make_promise": Line(FRONT_LINE, BOTH, {"pk": "customer"}),
    "promises": Line(VIEWER, GET),
    "promise": Line(VIEWER, GET, {"pk": "promise"}),
    "keep_promise": Line(FRONT_LINE, POST, {"pk": "promise"}),
    "tell_promise": Line(FRONT_LINE, POST, {"pk": "promise"}),
    "tell_move": Line(FRONT_LINE, POST, {"pk": "promise"}),
    "move_promise": Line(FRONT_LINE, BOTH, {"pk": "promise"}),
    "wait_promise": Line(FRONT_LINE, BOTH, {"pk": "promise"}),
    "go_on_promise": Line(FRONT_LINE, POST, {"pk": "promise"}),
    "miss_promise": Line(FRONT_LINE, BOTH, {"pk": "promise"}),
    "drop_promise": Line(FRONT_LINE, BOTH, {"pk": "promise"}),
    "hand_on_promise": Line(FRONT_LINE, BOTH, {"pk": "promise"}),
    "reopen_promise": Line(FRONT_LINE, POST, {"pk": "promise"}),
    "give_extra": Line(FRONT_LINE, BOTH, {"pk": "promise"}),
    "take_back_extra": Line(FRONT_LINE, POST, {"pk": "extra"}),
    # jobs
    "jobs": Line(VIEWER, GET),
    "job": Line(VIEWER, GET, {"pk": "job"}),
    "promise_more": Line(FRONT_LINE, BOTH, {"pk": "job"}),
    "finish_job": Line(FRONT_LINE, BOTH, {"pk": "job"}),
    "reopen_job": Line(FRONT_LINE, POST, {"pk": "job"}),
    "drop_job": Line(FRONT_LINE, BOTH, {"pk": "job"}),
    "estimate_job": Line(FRONT_LINE, BOTH, {"pk": "job"}),
    "agree_more": Line(FRONT_LINE, BOTH, {"pk": "job"}),
    "bill_job": Line(FRONT_LINE, BOTH, {"pk": "job"}),
    "unbill_job": Line(FRONT_LINE, POST, {"pk": "job"}),
    "come_back": Line(FRONT_LINE, BOTH, {"pk": "job"}),
    "hand_on_job": Line(FRONT_LINE, BOTH, {"pk": "job"}),
    "work_settings": Line(MANAGER, GET),
    "add_kind": Line(MANAGER, POST),
    "rename_kind": Line(MANAGER, POST, {"pk": "kind"}),
    "retire_kind": Line(MANAGER, POST, {"pk": "kind"}),
    "add_idea": Line(MANAGER, POST),
    "retire_idea": Line(MANAGER, POST, {"pk": "idea"}),
    "promise_settings": Line(OWNER, BOTH),
    # promises in figures
    "promise_figures": Line(MANAGER, GET),
    "promise_forecast": Line(MANAGER, GET),
    # what customers ask for, and who looks after it
    "asks": Line(VIEWER, GET),
    "ask_figures": Line(MANAGER, GET),
    "refusals": Line(MANAGER, GET),
    "ask": Line(VIEWER, GET, {"pk": "ask"}),
    "say_yes": Line(FRONT_LINE, BOTH, {"pk": "ask"}),
    "say_no": Line(FRONT_LINE, BOTH, {"pk": "ask"}),
    "hand_on_ask": Line(FRONT_LINE, BOTH, {"pk": "ask"}),
    "look_at_no": Line(OWNER, POST, {"pk": "refusal"}),
    "take_ask": Line(FRONT_LINE, POST, {"pk": "ask"}),
    "unhear_ask": Line(FRONT_LINE, POST, {"pk": "ask"}),
    "do_ask": Line(FRONT_LINE, POST, {"pk": "ask"}),
    "look_after_ask": Line(FRONT_LINE, POST, {"pk": "ask"}),
    "take_back_answer": Line(FRONT_LINE, POST, {"pk": "ask"}),
    "hear_ask": Line(FRONT_LINE, BOTH, {"pk": "customer"}),
    "hear_standard": Line(FRONT_LINE, POST, {"pk": "customer", "standard": "standard"}),
    "yes_standard": Line(FRONT_LINE, POST, {"pk": "customer", "standard": "standard"}),
    "book_partner": Line(FRONT_LINE, BOTH, {"pk": "customer", "partner": "partner"}),
    "partners": Line(VIEWER, GET),
    "add_partner": Line(MANAGER, BOTH),
    "change_partner": Line(MANAGER, BOTH, {"pk": "partner"}),
    "retire_partner": Line(MANAGER, POST, {"pk": "partner"}),
    "bring_back_partner": Line(MANAGER, POST, {"pk": "partner"}),
    "bend_rule_for": Line(FRONT_LINE, BOTH, {"pk": "customer"}),
    "rules": Line(VIEWER, GET),
    "bend_rule": Line(FRONT_LINE, BOTH),
    "decide_rule": Line(OWNER, POST, {"pk": "rule"}),
    "standard_answers": Line(MANAGER, GET),
    "add_standard_answer": Line(MANAGER, BOTH),
    "change_standard_answer": Line(MANAGER, BOTH, {"pk": "standard"}),
    "retire_standard_answer": Line(MANAGER, POST, {"pk": "standard"}),
    "authority": Line(OWNER, BOTH),
    "take_handoff": Line(FRONT_LINE, POST, {"pk": "handoff"}),
    "contact_handoff": Line(FRONT_LINE, POST, {"pk": "handoff"}),
    "check_handoff": Line(FRONT_LINE, POST, {"pk": "handoff"}),
    "withdraw_handoff": Line(FRONT_LINE, POST, {"pk": "handoff"}),
    # complaints
    "complaints": Line(VIEWER, GET),
    "hear_complaint": Line(FRONT_LINE, BOTH),
    "unanswered": Line(VIEWER, GET),
    "complaint_figures": Line(MANAGER, GET),
    "silences": Line(MANAGER, GET),
    "silence": Line(MANAGER, GET, {"pk": "silence"}),
    "look_into_silence": Line(MANAGER, BOTH, {"pk": "silence"}),
    "cause_of": Line(FRONT_LINE, BOTH, {"pk": "complaint"}),
    "untie_cause": Line(FRONT_LINE, POST, {"pk": "complaint"}),
    "tie_cause": Line(FRONT_LINE, POST, {"pk": "complaint", "cause": "cause"}),
    "change_nothing": Line(FRONT_LINE, BOTH, {"pk": "complaint"}),
    "causes": Line(VIEWER, GET),
    "cause": Line(VIEWER, GET, {"pk": "cause"}),
    "describe_cause": Line(FRONT_LINE, BOTH, {"pk": "cause"}),
    "make_change": Line(FRONT_LINE, BOTH, {"pk": "cause"}),
    "answer_all": Line(FRONT_LINE, BOTH, {"pk": "cause"}),
    "do_change": Line(FRONT_LINE, POST, {"pk": "change"}),
    "undo_change": Line(FRONT_LINE, POST, {"pk": "change"}),
    "hand_on_change": Line(FRONT_LINE, BOTH, {"pk": "change"}),
    "drop_change": Line(FRONT_LINE, BOTH, {"pk": "change"}),
    "write_article_of": Line(FRONT_LINE, BOTH, {"pk": "change"}),
    "see_verdict": Line(FRONT_LINE, POST, {"pk": "verdict"}),
    "no_changes": Line(OWNER, GET),
    "let_be": Line(OWNER, POST, {"pk": "complaint"}),
    "should_change": Line(OWNER, POST, {"pk": "complaint"}),
    "playbook": Line(VIEWER, GET),
    "write_article": Line(FRONT_LINE, BOTH),
    "article": Line(VIEWER, GET, {"pk": "article"}),
    "rewrite_article": Line(FRONT_LINE, BOTH, {"pk": "article"}),
    "retire_article": Line(MANAGER, POST, {"pk": "article"}),
    "mailboxes": Line(MANAGER, GET),
    "add_mailbox": Line(OWNER, BOTH),
    "change_mailbox": Line(OWNER, BOTH, {"pk": "mailbox"}),
    "try_mailbox": Line(OWNER, POST, {"pk": "mailbox"}),
    "pause_mailbox": Line(OWNER, POST, {"pk": "mailbox"}),
    "go_on_mailbox": Line(OWNER, POST, {"pk": "mailbox"}),
    "remove_mailbox": Line(OWNER, POST, {"pk": "mailbox"}),
    "remedies": Line(MANAGER, GET),
    "add_remedy": Line(MANAGER, BOTH),
    "change_remedy": Line(MANAGER, BOTH, {"pk": "remedy"}),
    "retire_remedy": Line(MANAGER, POST, {"pk": "remedy"}),
    "complaint_settings": Line(OWNER, BOTH),
    "honesty": Line(OWNER, GET),
    "hear_complaint_of": Line(FRONT_LINE, BOTH, {"pk": "customer"}),
    "complaint": Line(VIEWER, GET, {"pk": "complaint"}),
    "take_complaint": Line(FRONT_LINE, POST, {"pk": "complaint"}),
    "acknowledge_complaint": Line(FRONT_LINE, POST, {"pk": "complaint"}),
    "pass_complaint_on": Line(FRONT_LINE, BOTH, {"pk": "complaint"}),
    "describe_complaint": Line(FRONT_LINE, BOTH, {"pk": "complaint"}),
    "whose_complaint": Line(FRONT_LINE, GET, {"pk": "complaint"}),
    "untie_complaint": Line(FRONT_LINE, POST, {"pk": "complaint"}),
    "tie_complaint": Line(FRONT_LINE, POST, {"pk": "complaint", "customer": "other"}),
    "set_complaint_aside": Line(FRONT_LINE, BOTH, {"pk": "complaint"}),
    "complaint_by_mistake": Line(FRONT_LINE, POST, {"pk": "complaint"}),
    "bring_complaint_back": Line(FRONT_LINE, POST, {"pk": "complaint"}),
    "admit_fault": Line(FRONT_LINE, POST, {"pk": "complaint"}),
    "agree_remedy": Line(FRONT_LINE, POST, {"pk": "complaint"}),
    "use_remedy": Line(FRONT_LINE, POST, {"pk": "complaint", "remedy": "remedy"}),
    "reconsider_remedy": Line(FRONT_LINE, POST, {"pk": "complaint"}),
    "do_remedy": Line(FRONT_LINE, POST, {"pk": "complaint"}),
    "do_more": Line(FRONT_LINE, POST, {"pk": "complaint"}),
    "confirm_right": Line(FRONT_LINE, POST, {"pk": "complaint"}),
    "not_right_yet": Line(FRONT_LINE, BOTH, {"pk": "complaint"}),
    "asked_in_vain": Line(FRONT_LINE, POST, {"pk": "complaint"}),
    "close_complaint": Line(FRONT_LINE, POST, {"pk": "complaint"}),
    "reopen_complaint": Line(FRONT_LINE, POST, {"pk": "complaint"}),
    "doubt_complaint": Line(MANAGER, BOTH, {"pk": "complaint"}),
    "trust_complaint": Line(MANAGER, POST, {"pk": "complaint"}),
    "praise_complaint": Line(FRONT_LINE, BOTH, {"pk": "complaint"}),
    "write_to_her": Line(FRONT_LINE, BOTH, {"pk": "complaint"}),
    "spoken_with_her": Line(FRONT_LINE, BOTH, {"pk": "complaint"}),
    "note_complaint": Line(FRONT_LINE, BOTH, {"pk": "complaint"}),
    "posters": Line(MANAGER, GET),
    "print_poster": Line(MANAGER, GET, {"pk": "branch"}),
    "print_cards": Line(MANAGER, GET, {"pk": "branch"}),
    "complaint_file": Line(VIEWER, GET, {"pk": "complaint", "file": "attachment"}),
    "message_read": Line(FRONT_LINE, POST, {"pk": "message"}),
    "tick_task": Line(FRONT_LINE, POST, {"pk": "task"}),
    "approve": Line(MANAGER, POST, {"pk": "approval"}),
    "refuse_approval": Line(MANAGER, BOTH, {"pk": "approval"}),
    "withdraw_approval": Line(FRONT_LINE, POST, {"pk": "approval"}),
    # the three questions, and what customers wish for
    "surveys": Line(MANAGER, GET),
    "answers": Line(VIEWER, GET),
    "set_answer_aside": Line(MANAGER, POST, {"pk": "rating"}),
    "bring_answer_back": Line(MANAGER, POST, {"pk": "rating"}),
    "ask_three": Line(FRONT_LINE, POST, {"pk": "customer"}),
    "wishes": Line(VIEWER, GET),
    "have_wish": Line(FRONT_LINE, BOTH, {"pk": "wish"}),
    "asking": Line(MANAGER, GET),
    "survey_settings": Line(OWNER, BOTH),
    "question_words": Line(OWNER, BOTH, {}, {"language": "en"}),
    "set_up_till": Line(MANAGER, BOTH),
    "till_of": Line(MANAGER, GET, {"pk": "till"}),
    "renew_till": Line(MANAGER, POST, {"pk": "till"}),
    "put_till_away": Line(MANAGER, POST, {"pk": "till"}),
    # worth
    "worth": Line(MANAGER, GET),
    "worth_ask": Line(MANAGER, POST),
    "worth_people": Line(MANAGER, GET, {}, {"ranking": "top"}),
    "worth_export": Line(MANAGER, GET, {}, {"ranking": "top", "form": "csv"}),
    "worth_back": Line(MANAGER, GET),
    "worth_export_back": Line(MANAGER, GET, {}, {"form": "csv"}),
    "worth_counting": Line(MANAGER, GET),
    "worth_settings": Line(OWNER, BOTH),
    "worth_service": Line(OWNER, BOTH),
    "worth_plan": Line(MANAGER, GET),
}

# Addresses outside of any business, each with the reason why no role guards it.
OUTSIDE = {
    "home": "the front door",
    "set_language": "whoever reads chooses the language",
    "first": "the first owner of a new installation; 404 once there is somebody",
    "demo": "signs in to the demo, where there is one; else 404",
    "businesses": "her own businesses; asks for a sign-in",
    "open_another": "a new business of her own; asks for a sign-in",
    "invitation": "whoever holds the letter; the secret is in the address",
    "yours": "the customer who holds the link; the secret is in the address",
    "yours_message": "the customer who holds the link writes to us",
    "yours_not_right": "the customer who holds the link says that a job of hers is not right",
    "tell": "anybody may complain, without an account",
    "tell_branch": "anybody may complain, without an account",
    "said": "whoever complained and holds the link; the secret is in the address",
    "said_write": "whoever holds the link writes more",
    "said_right": "whoever holds the link says that it is right",
    "said_not_yet": "whoever holds the link says that it is not right yet",
    "said_file": "whoever holds the link sees the pictures that came from there",
    "ask_branch": "anybody may answer the three questions, without an account",
    "ask_branch_thanks": "a page of thanks; it shows nothing",
    "asked": "the customer who was asked and holds the link; the secret is in the address",
    "asked_thanks": "whoever holds the link, after the answer",
    "asked_stop": "whoever holds the link wants no more questions",
    "asked_again": "whoever holds the link wants questions again",
    "asked_stop_now": "the button of a mail program; the secret is in the address",
    "till": "whoever stands at the tablet; the secret is in the address",
    "till_answer": "the tablet sends an answer; the secret is in the address",
    "till_worker": "a script that is the same for all",
    "robots": "what search engines may not open",
    "account": "her own account; asks for a sign-in",
}

# Addresses that may answer 404 to those who may open them, because what they show need not be there.
MAY_BE_MISSING = {
    "import_refused": "no line came back",
    "reopen_branch": "it is open",
    "worth_export_back": "nothing has been worked out yet",
}

WORD = "Heron"


class Answer(NamedTuple):
    status: int
    text: str
    location: str


class Walk:
    """Two furnished businesses, and somebody who walks from address to address without leaving a trace."""

    def __init__(self, ours: House, theirs: House) -> None:
        self.ours, self.theirs = ours, theirs
        self.our_rows, self.their_rows = furnish(ours, "Swallow"), furnish(theirs, WORD)

    def open(self, client: Client, name: str, method: str, slug: str, rows: dict[str, UUID]) -> Answer:
        line = ADDRESSES[name]
        named = {where: rows[which] for where, which in line.rows.items()}
        address = reverse(name, kwargs={"slug": slug, **named, **line.words})
        with transaction.atomic():
            response = client.generic(method, address)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            transaction.set_rollback(True)
        return Answer(response.status_code, body.decode("utf-8", "replace"), response.get("Location", ""))


@pytest.fixture
def walk(garage: House, salon: House) -> Walk:
    return Walk(garage, salon)


def client_of(house: House, role: Role) -> Client:
    client = Client()
    client.force_login(house.person(role))
    return client


def steps(*, with_rows: bool = False) -> Iterator[tuple[str, str]]:
    for name, line in ADDRESSES.items():
        if line.rows or not with_rows:
            for method in line.methods:
                yield name, method


def test_every_address_inside_a_business_has_a_line_and_every_line_its_address() -> None:
    assert {address.name: address.callback.role for address in inside} == {
        name: line.role for name, line in ADDRESSES.items()
    }


def test_every_address_outside_says_why_no_role_guards_it() -> None:
    ours = {address.name for address in get_resolver().url_patterns if isinstance(address, URLPattern)}
    assert ours == set(OUTSIDE)


def test_a_stranger_is_asked_to_sign_in(walk: Walk) -> None:
    for name, method in steps():
        answer = walk.open(Client(), name, method, "garage", walk.our_rows)
        assert answer.status == 302, (name, method)
        assert answer.location.startswith("/account/login/"), (name, method)


def test_the_owner_of_the_next_business_finds_nothing_here(walk: Walk) -> None:
    neighbour = client_of(walk.ours, OWNER)
    for name, method in steps():
        answer = walk.open(neighbour, name, method, "salon", walk.their_rows)
        assert (answer.status, WORD in answer.text) == (404, False), (name, method)


def test_the_ids_of_the_next_business_name_nothing_in_ours(walk: Walk) -> None:
    owner = client_of(walk.ours, OWNER)
    for name, method in steps(with_rows=True):
        for theirs in ADDRESSES[name].rows.values():
            rows = walk.our_rows | {theirs: walk.their_rows[theirs]}
            answer = walk.open(owner, name, method, "garage", rows)
            assert (answer.status, WORD in answer.text) == (404, False), (name, method, theirs)


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name.lower())
def test_each_role_opens_what_it_may_and_no_more(walk: Walk, role: Role) -> None:
    client = client_of(walk.ours, role)
    for name, method in steps():
        answer = walk.open(client, name, method, "garage", walk.our_rows)
        if role < ADDRESSES[name].role:
            assert answer.status == 403, (name, method)
        else:
            # a form that nobody has filled in yet finds no fault
            allowed = {200, 302, *([422] if method == "POST" else []), *([404] if name in MAY_BE_MISSING else [])}
            assert answer.status in allowed, (name, method, answer.status)
        assert WORD not in answer.text, (name, method)


def test_an_act_is_only_done_by_post(walk: Walk) -> None:
    """A GET that wrote would be tripped by whatever follows links: mail scanners, previews, prefetching."""
    owner = client_of(walk.ours, OWNER)
    acts = [name for name, line in ADDRESSES.items() if line.methods == POST]
    answers = {name: walk.open(owner, name, "GET", "garage", walk.our_rows).status for name in acts}
    assert {name: answer for name, answer in answers.items() if answer != 405} == {}


def test_row_level_security_alone_hides_the_next_business(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, sql_lint: Lint
) -> None:
    """The managers forget whose it is; PostgreSQL does not."""
    if connection.vendor != "postgresql":
        return  # SQLite has the managers and the composite keys
    monkeypatch.setattr(OwnedManager, "get_queryset", models.Manager.get_queryset)
    sql_lint.tables = frozenset()
    owner = client_of(walk.ours, OWNER)
    for name, method in steps(with_rows=True):
        answer = walk.open(owner, name, method, "garage", walk.their_rows)
        assert (answer.status, WORD in answer.text) == (404, False), (name, method)


def test_raw_sql_sees_only_the_business_that_is_set(walk: Walk, sql_lint: Lint) -> None:
    if connection.vendor != "postgresql":
        return
    sql_lint.tables = frozenset()
    with walk.ours.work(), connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT business_id), min(business_id::text) FROM record_customer")
        assert cursor.fetchone() == (1, str(walk.ours.business.pk))
        cursor.execute("UPDATE record_customer SET name = name WHERE business_id = %s", [walk.theirs.business.pk])
        assert cursor.rowcount == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM record_customer")
        assert cursor.fetchone() == (0,)
