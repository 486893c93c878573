"""Complaints at the counter: written down, put right in four steps, asked about, changed, closed; and by whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from regulars.kernel import clock
from regulars.record import approvals, causes, changes, closing, complaints, remedies, sales
from regulars.record.approvals import Approval
from regulars.record.complaints import Complaint
from regulars.record.messages import Message
from regulars.record.people import Role
from regulars.record.recoveries import Recovery
from regulars.record.tasks import Planned
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY

AT = "/at/garage/"


def signed_in(house: House, role: Role) -> Client:
    client = Client()
    client.force_login(house.person(role))
    return client


@pytest.fixture(autouse=True)
def monday(monkeypatch: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


@pytest.fixture
def front(garage: House) -> Client:
    return signed_in(garage, Role.FRONT_LINE)


@pytest.fixture
def boss(garage: House) -> Client:
    return signed_in(garage, Role.OWNER)


def sent(client: Client, where: str, /, **words: Any) -> tuple[int, str]:
    """The page that follows a form, or the form that came back."""
    response = client.post(AT + where, words, follow=True)
    return response.status_code, response.content.decode()


def shown(client: Client, address: str) -> str:
    return client.get(AT + address).content.decode()


def its(house: House) -> Complaint:
    with house.work():
        found: Complaint = Complaint.objects.latest("number")
        return found


def test_from_the_first_word_to_the_end_on_one_page(garage: House, front: Client, boss: Client) -> None:
    with garage.work():
        her = shop.customer(garage)
        job = shop.job(garage, her)
    page = sent(front, f"customers/{her.pk}/complaint/", text="It squeaks", source="counter", job=job.pk)[1]
    complaint = its(garage)
    assert "It is written down. Now put it right." in page
    assert (complaint.job_id, complaint.about_id, complaint.owner_id) == (
        job.pk,
        garage.front_line.pk,
        garage.front_line.pk,
    )
    where = f"complaints/{complaint.pk}/"
    assert sent(front, f"{where}our-fault/", erred="")[0] == 422
    assert "Now decide with the customer" in sent(front, f"{where}our-fault/", erred="We forgot the grease")[1]
    status, page = sent(front, f"{where}agree/", remedy="Greased at once", due_at="", cost="5")
    assert (status, "Without a time it is no promise" in page, "Greased at once" in page) == (422, True, True)
    page = sent(front, f"{where}agree/", remedy="Greased at once", on_the_spot="on", cost="5")[1]
    assert "Agreed with the customer." in page
    assert sent(front, f"{where}more/", what="", no_more="")[0] == 422
    assert "Now ask whether it is right" in sent(front, f"{where}more/", what="The car was washed", cost="2")[1]
    assert "Silence is not yes" in sent(front, f"{where}close/")[1]
    assert "The customer says that it is right." in sent(front, f"{where}right/")[1]
    assert "Write the cause and what changes" in sent(front, f"{where}close/")[1]
    with garage.work():
        cause = causes.find(name="No grease on the list", by=garage.manager, at=MONDAY)
        causes.tie(complaint, cause, by=garage.manager, at=MONDAY)
        said = {"keeper": garage.manager, "due_on": MONDAY.date(), "by": garage.manager, "at": MONDAY}
        changes.make(cause, what="Grease stands on the list", **said)
    assert "something has changed" in sent(front, f"{where}close/")[1]
    assert "cost so far" in shown(front, where)
    assert "It is open again." in sent(front, f"{where}reopen/")[1]


def test_afterwards_it_says_whether_she_came_back_and_what_she_has_spent(garage: House, front: Client) -> None:
    with garage.work():
        her = shop.customer(garage)
        complaint = shop.complaint(garage, customer=her, at=MONDAY - 9 * DAY)
        shop.recovery(garage, complaint, cost=12_00, at=MONDAY - 9 * DAY)
        closing.confirm(complaint, by=None, at=MONDAY - 9 * DAY)
    where = f"complaints/{complaint.pk}/"
    assert "Has not come back yet." in shown(front, where)
    with garage.work():
        said = {"branch": complaint.branch, "by": garage.front_line, "now": MONDAY}
        sales.record(her, at=MONDAY - 7 * DAY, amount=80_00, **said)
        sales.record(her, at=MONDAY - DAY, amount=-5_00, **said)
    assert "Came back after 2 days, and has spent €75.00 since; it cost us €12.00." in shown(front, where)


def test_what_defends_us_is_asked_about_once_and_kept_when_one_insists(garage: House, front: Client) -> None:
    with garage.work():
        complaint = shop.complaint(garage)
    where = f"complaints/{complaint.pk}/our-fault/"
    status, page = sent(front, where, erred="We did everything correctly")
    assert (status, "defends us" in page, "We did everything correctly" in page) == (422, True, True)
    assert "Now decide with the customer" in sent(front, where, erred="We did everything correctly", keep="on")[1]


def test_the_first_letter_admits_and_the_second_need_not(garage: House, front: Client) -> None:
    with garage.work():
        complaint = shop.complaint(garage, sender="kaja@example.ee", by=None, source="form")
    where = f"complaints/{complaint.pk}/write/"
    assert "kaja@example.ee" in shown(front, where)
    status, page = sent(front, where, text="Come on Thursday.")
    assert (status, "It does not say that we are sorry" in page) == (422, True)
    assert sent(front, where, text="Ei, me ei saa. Vabandame.")[0] == 422
    assert "on its way" in sent(front, where, text="Yes. We are sorry: it was our mistake.")[1]
    assert "on its way" in sent(front, where, text="Come on Thursday.")[1]
    with garage.work():
        letter = Message.objects.earliest("at")
        assert (letter.to, letter.send_at, letter.by) == ("kaja@example.ee", MONDAY, garage.front_line)
        assert letter.subject == f"Re: {complaint.branch.name} [#{complaint.number}]"


def test_without_an_address_it_stands_on_her_page(garage: House, front: Client) -> None:
    with garage.work():
        complaint = shop.complaint(garage)
    sent(front, f"complaints/{complaint.pk}/write/", text="Sorry. We call you.")
    with garage.work():
        assert Message.objects.get().send_at is None


def test_above_her_authority_a_colleague_is_asked_in_one_tap_and_the_clock_runs(garage: House, front: Client) -> None:
    manager = signed_in(garage, Role.MANAGER)
    with garage.work():
        complaint = shop.complaint(garage, customer=shop.customer(garage))
        shop.recovery(garage, complaint, until="admitted")
    where = f"complaints/{complaint.pk}/"
    words = {"remedy": "A new engine", "due_at": "2026-03-02T14:30", "cost": "400"}
    status, page = sent(front, f"{where}agree/", **words)
    assert (status, "Ask whoever may" in page) == (422, True)
    page = sent(front, f"{where}agree/", ask="1", **words)[1]
    assert "A colleague is asked." in page
    assert "Jaan Kask is asked whether it may cost €400.00" in page
    page = shown(manager, "today/")
    assert "may it cost €400? A new engine" in page
    with garage.work():
        approval = Approval.objects.get()
    assert approval.of_id == garage.manager.pk
    status, page = sent(manager, f"approvals/{approval.pk}/no/", why="")
    assert status == 422
    sent(manager, f"approvals/{approval.pk}/no/", why="A used engine")
    assert "not this way, but so: A used engine" in shown(front, where)
    sent(front, f"{where}agree/", ask="1", **words)
    with garage.work():
        again = approvals.open_ones().get()
    assert "it is agreed" in sent(manager, f"approvals/{again.pk}/yes/")[1]
    with garage.work():
        recovery = Recovery.objects.get()
        assert (recovery.agreed_by, recovery.promise.what) == (garage.manager, "A new engine")
    assert "Somebody has decided this already" in sent(manager, f"approvals/{again.pk}/yes/")[1]


def test_a_remedy_of_the_catalogue_is_agreed_in_one_tap_and_its_tasks_are_ticked(garage: House, front: Client) -> None:
    with garage.work():
        tasks = [
            Planned("The wheel mended"),
            Planned("Tyres filled", 100),
            Planned("Washed", 300, is_more=True),
            Planned("Vacuumed", is_more=True),
            Planned("Flowers in the cabin", 900, is_more=True),
        ]
        remedy = remedies.keep("Wheel", tasks, by=garage.owner, at=MONDAY)
        complaint = shop.complaint(garage, customer=shop.customer(garage))
        shop.recovery(garage, complaint, until="admitted")
    where = f"complaints/{complaint.pk}/"
    assert "Wheel</button>" in shown(front, where)
    assert "Agreed: Wheel." in sent(front, f"{where}remedy/{remedy.pk}/")[1]
    with garage.work():
        recovery = Recovery.objects.get()
        every = list(recovery.tasks.all())
        assert recovery.promise is not None
    assert [str(task) for task in every] == [task.what for task in tasks]
    page = ""
    for task in every[:2]:
        page = sent(front, f"tasks/{task.pk}/done/")[1]
    assert "Planned: Flowers in the cabin" in page
    sent(front, f"{where}more/", what="", cost="", no_more="")
    page = shown(front, where)
    assert "cost so far" in page
    assert "€13.00" in page


def test_agreed_by_mistake_is_agreed_anew(garage: House, front: Client) -> None:
    with garage.work():
        complaint = shop.complaint(garage, customer=shop.customer(garage))
        shop.recovery(garage, complaint, due=MONDAY + timedelta(hours=4), until="agreed")
    where = f"complaints/{complaint.pk}/"
    assert "Agree anew." in sent(front, f"{where}agree-anew/")[1]
    with garage.work():
        recovery = Recovery.objects.get()
        assert (recovery.step, recovery.promise) == (2, None)
    assert "nothing was agreed yet" in sent(front, f"{where}done/")[1]


def test_a_closed_hour_is_refused_and_the_next_open_one_offered(garage: House, front: Client) -> None:
    with garage.work():
        complaint = shop.complaint(garage, customer=shop.customer(garage))
        shop.recovery(garage, complaint, until="admitted")
    status, page = sent(front, f"complaints/{complaint.pk}/agree/", remedy="Mended", due_at="2026-03-02T23:00")
    assert (status, "Take the time that is offered" in page, 'value="2026-03-03T09:00"' in page) == (422, True, True)


def test_not_right_yet_begins_anew_and_says_what_was_tried(garage: House, front: Client) -> None:
    with garage.work():
        complaint = shop.complaint(garage)
        shop.recovery(garage, complaint)
    where = f"complaints/{complaint.pk}/"
    assert "The four steps begin again" in shown(front, f"{where}not-right/")
    page = sent(front, f"{where}not-right/", say="It squeaks louder")[1]
    assert "It squeaks louder" in page
    assert "Where did we err?" in page
    assert "There is nothing to ask" in sent(front, f"{where}no-answer/")[1]


def test_nobody_answers_three_times_and_it_may_be_closed_without_a_yes(garage: House, front: Client) -> None:
    with garage.work():
        complaint = shop.complaint(garage)
        shop.recovery(garage, complaint)
        closing.change_nothing(complaint, why="It was a misprint", by=garage.manager, at=MONDAY)
    where = f"complaints/{complaint.pk}/"
    for _call in range(closing.GIVE_UP):
        assert "comes again on the next open day" in sent(front, f"{where}no-answer/")[1]
    assert "It is over" in sent(front, f"{where}close/")[1]
    assert its(garage).right_at is None


def test_it_is_taken_passed_on_and_described(garage: House, front: Client) -> None:
    with garage.work():
        complaint = shop.complaint(garage, by=None, source="form")
    where = f"complaints/{complaint.pk}/"
    assert "The customer knows that we have it." in sent(front, f"{where}acknowledged/")[1]
    assert "It is yours now" in sent(front, f"{where}take/")[1]
    assert "A colleague owns this complaint already" in sent(front, f"{where}take/")[1]
    assert "meets one person more" in shown(front, f"{where}pass-on/")
    assert sent(front, f"{where}pass-on/", to="", say="")[0] == 422
    page = sent(front, f"{where}pass-on/", to=garage.manager.pk, say="She waits in the car")[1]
    assert "Liis Saar passed it on to Jaan Kask." in page
    assert "She waits in the car" in page
    branch = complaint.branch_id
    page = sent(front, f"{where}where/", branch=branch, job="", about=garage.manager.pk)[1]
    assert "work of Jaan Kask" in page


def test_whose_complaint_it_is_is_found_by_her_address_or_by_a_name(garage: House, front: Client) -> None:
    with garage.work():
        her = shop.customer(garage, emails=[("kaja@example.ee", "kaja@example.ee")])
        complaint = shop.complaint(garage, sender="kaja@example.ee", by=None, source="form")
        nameless = shop.complaint(garage)
    where = f"complaints/{complaint.pk}/who/"
    assert "It is Kaja Oja" in shown(front, where)
    assert "It is Kaja Oja" in shown(front, f"{where}?q=kaja")
    assert "Nobody found" in shown(front, f"{where}?q=zzzz")
    assert "Search by whatever you know" in shown(front, f"complaints/{nameless.pk}/who/")
    assert "It stands on the customer’s card." in sent(front, f"{where}{her.pk}/")[1]
    assert "The wheel came loose" in shown(front, f"customers/{her.pk}/")
    assert "nobody" in sent(front, f"{where}nobody/")[1]
    assert its(garage).customer is None


def test_what_is_no_complaint_is_set_aside_and_comes_back(garage: House, front: Client) -> None:
    with garage.work():
        first, second = shop.complaint(garage), shop.complaint(garage)
        known = shop.complaint(garage, "Do you sell wipers?", customer=shop.customer(garage))
    where = f"complaints/{second.pk}/"
    assert sent(front, f"{where}aside/", as_what="same", number="99")[0] == 422
    assert "ask" not in shown(front, f"{where}aside/").split("What is it then?")[1].split("number")[0]
    assert "See no. 1" in sent(front, f"{where}aside/", as_what="same", number=str(first.number))[1]
    assert "It is a complaint again." in sent(front, f"{where}back/")[1]
    sent(front, f"complaints/{known.pk}/aside/", as_what="ask")
    assert "Do you sell wipers?" in shown(front, "asks/")
    assert "nobody complained" in sent(front, f"complaints/{first.pk}/mistake/")[1]
    page = shown(front, "complaints/?show=aside")
    assert "written down by mistake" in page


def test_somebody_whom_we_do_not_know_complains_with_or_without_a_name(garage: House, front: Client) -> None:
    assert sent(front, "complaints/new/", text="", source="counter")[0] == 422
    page = sent(front, "complaints/new/", text="The floor was wet", source="phone")[1]
    assert "no name given, on the phone" in page
    page = sent(front, "complaints/new/", text="So was the door", source="counter", sender_name="Mr Kask", sender="55")[
        1
    ]
    assert "Mr Kask, at the counter" in page


def test_a_picture_is_taken_at_the_counter_and_shown_to_colleagues_alone(garage: House, front: Client) -> None:
    from tests.intake.test_pictures import drawn

    photo = SimpleUploadedFile("scratch.jpg", drawn(), "image/jpeg")
    page = sent(front, "complaints/new/", text="It is scratched", source="counter", photos=photo)[1]
    assert 'alt="scratch.jpg"' in page
    words = {"text": "Here too", "photos": SimpleUploadedFile("other.jpg", drawn(), "image/jpeg")}
    complaint = its(garage)
    assert 'alt="other.jpg"' in sent(front, f"complaints/{complaint.pk}/note/", **words)[1]
    wrong = {"text": "x", "source": "counter", "photos": SimpleUploadedFile("a.jpg", b"<script>", "image/jpeg")}
    status, page = sent(front, "complaints/new/", **wrong)
    assert (status, "not a picture that we can open" in page) == (422, True)
    her_page = Client().get(f"/said/{garage.business.pk}/{complaint.secret}/").content.decode()
    assert "<img" not in her_page


def test_the_list_is_searched_narrowed_and_empty(garage: House, front: Client) -> None:
    assert "Nobody complains" in shown(front, "complaints/")
    with garage.work():
        shop.complaint(garage, "The wheel came loose", customer=shop.customer(garage))
        shop.complaint(garage, "Cold coffee", by=garage.manager)
    page = shown(front, "complaints/")
    assert ("The wheel came loose" in page, "Cold coffee" in page) == (True, True)
    for query, found in (("q=wheel", 1), ("q=kaja", 1), ("q=2", 2), ("mine=on", 1), ("q=zzz", 0), ("show=closed", 0)):
        page = shown(front, f"complaints/?{query}")
        here = {"The wheel came loose" in page: 1, "Cold coffee" in page: 2}.get(True, 0)
        assert here == found, query
    assert "No complaint is as you asked" in shown(front, "complaints/?q=zzz")
    assert "Cold coffee" in shown(front, "complaints/?show=nonsense")


def test_what_she_wrote_waits_until_it_is_answered_or_needs_none(garage: House, front: Client) -> None:
    from regulars.record import messages

    assert "Every letter is answered" in shown(front, "complaints/unanswered/")
    with garage.work():
        complaint = shop.complaint(garage)
        thanks = messages.receive(complaint, text="Thank you!", at=MONDAY)
        messages.receive(complaint, text="When?", at=MONDAY)
    page = shown(front, "complaints/unanswered/")
    assert ("Thank you!" in page, "When?" in page) == (True, True)
    assert "needs no answer" in sent(front, f"messages/{thanks.pk}/read/")[1]
    assert "answered already" in sent(front, f"messages/{thanks.pk}/read/")[1]
    page = sent(front, f"complaints/{complaint.pk}/said/", text="Called: on Thursday.")[1]
    assert "Liis Saar spoke with the customer" in page
    assert "Every letter is answered" in shown(front, "complaints/unanswered/")
    assert "among us" in sent(front, f"complaints/{complaint.pk}/note/", text="Nice lady")[1]


def test_one_that_looks_like_abuse_changes_nothing_for_the_others(garage: House, boss: Client) -> None:
    with garage.work():
        doubtful = shop.complaint(garage)
        for _each in range(99):
            shop.complaint(garage)
    assert "99 of 100 are honest" in shown(boss, f"complaints/{doubtful.pk}/doubt/")
    sent(boss, f"complaints/{doubtful.pk}/doubt/", why="The third broken cup")
    page = shown(boss, "complaints/honesty/")
    assert "of 100 complaints of a year look like abuse" in page
    assert "99 of 100 are honest" in page
    less = {"case_20": "1", "month_20": "1", "case_30": "1", "month_30": "1"}
    status, page = sent(boss, "settings/authority/", **less)
    assert (status, "Who pays for this are the other 99" in page) == (422, True)
    assert "theirs to spend" in sent(boss, "settings/authority/", anyway="on", **less)[1]
    sent(boss, f"complaints/{doubtful.pk}/trust/")
    assert its(garage).doubted_at is None


def test_praise_in_public_is_written_down(garage: House, front: Client) -> None:
    with garage.work():
        complaint = shop.complaint(garage)
    page = sent(front, f"complaints/{complaint.pk}/praise/", why="Five stars on the map: they made it right")[1]
    assert "praised in public" in page


def test_the_catalogue_of_remedies_is_kept(garage: House, boss: Client) -> None:
    assert "No remedies yet" in shown(boss, "settings/remedies/")
    assert sent(boss, "settings/remedies/new/", name="New one", what1="")[0] == 422
    page = sent(boss, "settings/remedies/new/", name="New one", what1="Sent anew", cost1="12", what4="A card")[1]
    assert ("Sent anew" in page, "+ A card" in page) == (True, True)
    with garage.work():
        remedy = remedies.Remedy.objects.get()
        remedies.keep("Other", [Planned("x")], by=garage.owner, at=MONDAY)
    assert 'value="Sent anew"' in shown(boss, f"settings/remedies/{remedy.pk}/")
    assert sent(boss, f"settings/remedies/{remedy.pk}/", name="Other", what1="Sent anew")[0] == 422
    assert "Sent by hand" in sent(boss, f"settings/remedies/{remedy.pk}/", name="New", what1="Sent by hand")[1]
    assert "Sent by hand" not in sent(boss, f"settings/remedies/{remedy.pk}/retire/")[1].split("<ul")[1]


def test_the_owner_says_how_soon_she_hears_and_the_journal_says_so(garage: House, boss: Client) -> None:
    assert sent(boss, "settings/complaints/", hear_within="0", false_alarms="1")[0] == 422
    page = sent(boss, "settings/complaints/", hear_within="1.5", false_alarms="2")[1]
    assert "within 1 h 30 min" in page
    with garage.work():
        complaint = shop.complaint(garage)
    assert complaint.hears_by == MONDAY + timedelta(minutes=90)
    sent(boss, "settings/promises/", promise_share="95", warn_share="25", estimate_buffer="10", comeback_days="90")
    page = shown(boss, "settings/journal/")
    assert ("1 h 30 min" in page, "95 %" in page) == (True, True)


def test_the_neighbours_complaint_is_not_there(garage: House, salon: House, front: Client) -> None:
    with salon.work():
        theirs = shop.complaint(salon)
    assert front.get(f"{AT}complaints/{theirs.pk}/").status_code == 404
    assert front.post(f"{AT}complaints/{theirs.pk}/right/").status_code == 404


@pytest.mark.parametrize("size", [1, 12])
def test_the_page_asks_the_same_however_long_the_story(
    garage: House, size: int, django_assert_max_num_queries: Any, front: Client
) -> None:
    from regulars.record import messages

    with garage.work():
        complaint = shop.complaint(garage, customer=shop.customer(garage))
        for _try in range(size):
            shop.recovery(garage, complaint)
            closing.not_right(complaint, say="Still", by=garage.front_line, at=MONDAY)
            complaint.refresh_from_db()
            messages.receive(complaint, text="And?", at=MONDAY)
            complaints.pass_on(complaint, to=garage.manager, by=garage.front_line, at=MONDAY)
            complaint.refresh_from_db()
            complaints.pass_on(complaint, to=garage.front_line, by=garage.manager, at=MONDAY)
            complaint.refresh_from_db()
    with django_assert_max_num_queries(28):
        front.get(f"{AT}complaints/{complaint.pk}/")
    with django_assert_max_num_queries(14):
        front.get(f"{AT}complaints/?show=all")
