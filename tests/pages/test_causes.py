"""Why it happened, what changes, whether it came back; and what nobody has to learn twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from regulars.kernel import clock
from regulars.record import causes, changes, closing
from regulars.record.causes import Cause
from regulars.record.changes import Change, Verdict
from regulars.record.complaints import Complaint
from regulars.record.messages import Message
from regulars.record.people import Role
from regulars.record.playbook import Article
from tests import shop
from tests.cast import MONDAY, House
from tests.pages.test_complaints import sent, shown, signed_in
from tests.shop import DAY


@pytest.fixture(autouse=True)
def monday(monkeypatch: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


@pytest.fixture
def front(garage: House) -> Client:
    return signed_in(garage, Role.FRONT_LINE)


@pytest.fixture
def boss(garage: House) -> Client:
    return signed_in(garage, Role.OWNER)


def caused(house: House, text: str, cause: str, **more: Any) -> Complaint:
    """A complaint tied to a cause."""
    its = shop.complaint(house, text, **more)
    causes.tie(its, causes.find(name=cause, by=house.manager, at=MONDAY), by=house.manager, at=MONDAY)
    return its


def test_a_new_cause_is_asked_to_the_end_and_something_changes(garage: House, front: Client) -> None:
    with garage.work():
        its = shop.complaint(garage)
    assert sent(front, f"complaints/{its.pk}/cause/", name="")[0] == 422
    page = sent(front, f"complaints/{its.pk}/cause/", name="Bolts are tightened by feel")[1]
    assert "Now ask why" in page
    with garage.work():
        cause = Cause.objects.get()
    where = f"complaints/causes/{cause.pk}/"
    words = {"name": cause.name, "why1": "The bolt was loose", "why2": "There is no wrench", "escape": "Nobody looks"}
    for missing in ("why1", "escape", "of"):
        status, page = sent(front, f"{where}why/", **{**words, "of": "process", "why2": "", missing: ""})
        assert (status, "aria-invalid" in page) == (422, True), missing
    assert "Now write what changes." in sent(front, f"{where}why/", of="process", **words)[1]
    page = shown(front, where)
    assert ("There is no wrench" in page, "Nobody looks" in page, "the way we work" in page) == (True, True, True)
    assert sent(front, f"{where}change/", what="", keeper="", due_on="")[0] == 422
    said = {"what": "A torque wrench", "keeper": garage.front_line.pk, "due_on": "2026-03-09", "where": "Wheels"}
    assert "It stands on the list" in sent(front, f"{where}change/", **said)[1]
    with garage.work():
        change = Change.objects.get()
    assert (change.keeper_id, change.due_on.isoformat()) == (garage.front_line.pk, "2026-03-09")
    page = sent(front, f"complaints/changes/{change.pk}/playbook/", title="Wheels", text="With the wrench, always")[1]
    assert "playbook: Wheels" in page
    with garage.work():
        article = Article.objects.get()
    assert "Bolts are tightened by feel" in shown(front, f"playbook/{article.pk}/")
    assert "counted whether it comes back" in sent(front, f"complaints/changes/{change.pk}/done/")[1]
    assert "This is done already" in sent(front, f"complaints/changes/{change.pk}/done/")[1]
    assert "It is still to be done" in sent(front, f"complaints/changes/{change.pk}/undone/")[1]


def test_a_known_cause_is_one_tap_the_likeliest_first(garage: House, front: Client) -> None:
    with garage.work():
        caused(garage, "The parcel was wet", "Parcels stand in the rain")
        caused(garage, "The wheel came loose", "Bolts are tightened by feel")
        its = shop.complaint(garage, "My wheel was loose again")
        bolts = Cause.objects.get(name__startswith="Bolts")
    page = shown(front, f"complaints/{its.pk}/cause/")
    assert page.index("Bolts are tightened") < page.index("Parcels stand")
    assert "This is why: Bolts are tightened by feel" in sent(front, f"complaints/{its.pk}/cause/{bolts.pk}/")[1]
    assert "It has no cause any more" in sent(front, f"complaints/{its.pk}/cause/none/")[1]
    assert "has no cause, or is over" in sent(front, f"complaints/{its.pk}/cause/none/")[1]


def test_it_can_be_closed_when_something_changes_and_not_before(garage: House, front: Client) -> None:
    with garage.work():
        its = caused(garage, "The wheel came loose", "Bolts")
        shop.recovery(garage, its)
        closing.confirm(its, by=garage.owner, at=MONDAY)
    page = shown(front, f"complaints/{its.pk}/")
    assert "It can be closed when something changes against it." in page
    assert "Close it" not in page
    with garage.work():
        changes.make(its.cause, what="A wrench", keeper=garage.owner, due_on=MONDAY.date(), by=garage.owner, at=MONDAY)
    page = shown(front, f"complaints/{its.pk}/")
    assert "It can be closed when" not in page
    assert "Close it" in page


def test_nothing_changes_needs_a_reason_that_the_owner_reads(garage: House, front: Client, boss: Client) -> None:
    with garage.work():
        its, other = shop.complaint(garage), shop.complaint(garage, "It rained")
    assert sent(front, f"complaints/{its.pk}/no-change/", why="")[0] == 422
    for one in (its, other):
        assert "the owner sees it" in sent(front, f"complaints/{one.pk}/no-change/", why="We cannot stop the rain")[1]
    assert "2 complaints changed nothing" in shown(boss, "today/")
    assert "We cannot stop the rain" in shown(boss, "complaints/no-changes/")
    assert "You let it be" in sent(boss, f"complaints/no-changes/{its.pk}/let-be/")[1]
    assert "looked at this already" in sent(boss, f"complaints/no-changes/{its.pk}/let-be/")[1]
    assert "waits for a cause" in sent(boss, f"complaints/no-changes/{other.pk}/change/")[1]
    assert "Every complaint changed something" in shown(boss, "complaints/no-changes/")


def test_the_few_that_make_most_come_first_by_number_cost_or_worth(garage: House, boss: Client) -> None:
    assert "No causes yet" in shown(boss, "complaints/causes/")
    with garage.work():
        for place in range(8):
            caused(garage, f"Loose wheel {place}", "Bolts")
        dear = caused(garage, "Scratched", "Keys in pockets", by=garage.owner)
        shop.recovery(garage, dear, cost=900_00, by=garage.owner)
        shop.recovery(garage, shop.complaint(garage, "No cause yet"))
        right = Complaint.objects.latest("number")
        closing.confirm(right, by=garage.owner, at=MONDAY)
    page = shown(boss, "complaints/causes/")
    assert page.index("Bolts</a>") < page.index("Keys in pockets</a>")
    assert "1 of 2 causes makes 89% of it." in page
    assert "1 complaint is right and has no cause yet." in page
    page = shown(boss, "complaints/causes/?by=cost")
    assert page.index("Keys in pockets</a>") < page.index("Bolts</a>")
    assert "1 of 2 causes makes 100% of it." in page
    assert "makes" not in shown(boss, "complaints/causes/?by=worth").split("<table")[0]
    assert "Bolts</a>" in shown(boss, "complaints/causes/?by=nonsense")


def test_all_who_complained_of_it_get_a_letter_of_their_own(garage: House, front: Client) -> None:
    with garage.work():
        for name in ("kaja", "mari"):
            caused(garage, f"{name} waits", "Bolts", sender=f"{name}@example.ee", source="form", by=None)
        caused(garage, "Over", "Bolts")
        closing.change_nothing(Complaint.objects.latest("number"), why="x", by=garage.owner, at=MONDAY)
        Complaint.objects.filter(text="Over").update(closed_at=MONDAY)
        cause = Cause.objects.get()
    assert "letter of their own: 2." in shown(front, f"complaints/causes/{cause.pk}/answer/")
    assert sent(front, f"complaints/causes/{cause.pk}/answer/", text="Done.")[0] == 422
    sent(front, f"complaints/causes/{cause.pk}/answer/", text="Sorry: we have a wrench now.")
    with garage.work():
        assert sorted(Message.objects.values_list("to", flat=True)) == ["kaja@example.ee", "mari@example.ee"]


def test_a_change_is_handed_on_or_given_up_with_a_reason(garage: House, front: Client) -> None:
    with garage.work():
        its = caused(garage, "Loose", "Bolts")
        said = {"due_on": MONDAY.date(), "by": garage.owner, "at": MONDAY}
        change = changes.make(its.cause, what="A wrench", keeper=garage.owner, **said)
    page = sent(front, f"complaints/changes/{change.pk}/hand-on/", to=garage.front_line.pk, due_on="2026-03-20")[1]
    assert "Liis Saar" in page
    assert sent(front, f"complaints/changes/{change.pk}/drop/", why="")[0] == 422
    assert "Given up" in sent(front, f"complaints/changes/{change.pk}/drop/", why="Too dear")[1]
    assert "Too dear" in shown(front, f"complaints/causes/{change.cause_id}/")
    assert (
        "This is done already"
        in sent(front, f"complaints/changes/{change.pk}/hand-on/", to=garage.owner.pk, due_on="2026-04-01")[1]
    )


def test_what_was_counted_stands_in_words_and_is_marked_as_read(garage: House, boss: Client) -> None:
    with garage.work():
        her = shop.customer(garage)
        for place in range(30):
            at = MONDAY - (60 - place) * DAY
            work_done(garage, her, at)
            if place % 5 == 0:
                caused(garage, f"Loose {place}", "Bolts", at=at)
        cause = Cause.objects.get()
        said = {"by": garage.owner, "at": MONDAY - 30 * DAY}
        change = changes.make(cause, what="A wrench", keeper=garage.owner, due_on=MONDAY.date(), **said)
        changes.do(change, **said)
        for place in range(29):
            work_done(garage, her, MONDAY - (29 - place) * DAY)
        change.refresh_from_db()
        counted = {"before": 6, "work_before": 30, "after": 0, "work_after": 29}
        verdict = changes.judge(change, days=30, counted=counted, held=Verdict.Held.GONE, at=MONDAY)
    page = shown(boss, f"complaints/causes/{cause.pk}/")
    assert "Before: 6 on 30 jobs. Since: 0 on 29 jobs." in page
    assert "it is gone, and that is hardly chance" in page
    assert "Jobs between each two complaints." in page
    assert "30 days after “A wrench”: gone." in shown(boss, "today/")
    assert "Read." in sent(boss, f"complaints/verdicts/{verdict.pk}/seen/")[1]
    assert "30 days after" not in shown(boss, "today/")
    with garage.work():
        caused(garage, "Loose again", "Bolts", at=MONDAY)
    page = shown(boss, f"complaints/causes/{cause.pk}/")
    assert "It came back. At the old rate 5.8 would have come." in page
    assert "this change did not hold: A wrench" in shown(boss, "today/")


def work_done(house: House, her: Any, at: Any) -> None:
    from regulars.record import work

    job = shop.job(house, her, at=at - timedelta(minutes=1), due=None or _next_open(house, at))
    work.finish(job, by=house.front_line, at=at, told=True)


def _next_open(house: House, at: Any) -> Any:
    from regulars.record import branches
    from regulars.record.branches import Branch

    return branches.hours(Branch.objects.get()).next_open(at + timedelta(minutes=1))


def test_the_playbook_is_searched_rewritten_and_put_away(garage: House, front: Client, boss: Client) -> None:
    assert "Nothing is written down yet" in shown(front, "playbook/")
    assert sent(front, "playbook/new/", title="Wheels", text="")[0] == 422
    sent(front, "playbook/new/", title="Wheels", text="With the wrench")
    sent(front, "playbook/new/", title="Coffee", text="Ask first")
    status, page = sent(front, "playbook/new/", title="Wheels", text="Otherwise")
    assert (status, "of that title already" in page, "Otherwise" in page) == (422, True, True)
    assert "Coffee</a>" not in shown(front, "playbook/?q=the+wrench")
    assert "Nothing found" in shown(front, "playbook/?q=zebra")
    with garage.work():
        article = Article.objects.get(title="Wheels")
    assert sent(front, f"playbook/{article.pk}/rewrite/", title="Coffee", text="x")[0] == 422
    assert "Twice" in sent(front, f"playbook/{article.pk}/rewrite/", title="Wheels", text="Twice")[1]
    assert front.post(f"/at/garage/playbook/{article.pk}/retire/").status_code == 403
    assert "Wheels</a>" not in sent(boss, f"playbook/{article.pk}/retire/")[1]
    assert "put away" in shown(boss, f"playbook/{article.pk}/")
    assert "Thrice" in sent(front, "playbook/new/", title="Wheels", text="Thrice")[1]


@pytest.mark.parametrize("size", [1, 15])
def test_the_list_asks_the_same_however_many_causes(
    garage: House, size: int, boss: Client, django_assert_max_num_queries: Any
) -> None:
    with garage.work():
        for place in range(size):
            its = caused(
                garage, f"Loose {place}", f"Cause {place}", customer=shop.customer(garage, f"Customer {place}")
            )
            changes.make(its.cause, what="x", keeper=garage.owner, due_on=MONDAY.date(), by=garage.owner, at=MONDAY)
    with django_assert_max_num_queries(16):
        boss.get("/at/garage/complaints/causes/")
