"""Worth on the page: for managers and owners, the same few queries at any size, files that open in a spreadsheet."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from regulars.desk import worth
from regulars.kernel import clock
from regulars.record import reckonings
from regulars.record.business import Business
from regulars.record.people import Role
from regulars.record.worth import Estimate, ServiceLine, Stage
from tests.cast import MONDAY, House
from tests.history import Bought, a_town, bring

HERE = "/at/garage/worth/"
LISTS = ["customers/top/", "customers/earners/", "customers/at-risk/", "customers/left/", "customers/once/"]
FILES = ["customers/top/csv/", "customers/top/xlsx/", "back/csv/", "back/xlsx/"]
PAGES = ["", *LISTS, "back/", "counting/", "plan/", *FILES]
NUMBERS: dict[str, Any] = {
    "price": "25000", "purchases": "10", "service_rate": "33", "horizon_months": "36", "yearly_discount": "10",
}  # fmt: skip


@pytest.fixture(autouse=True)
def on_that_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


@pytest.fixture
def owner(client: Client, garage: House) -> Client:
    client.force_login(garage.person(Role.OWNER))
    client.cookies["django_language"] = "en"
    return client


def text(client: Client, address: str, **asked: Any) -> str:
    answer = client.get(HERE + address, asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def worked_out(house: House, bought: dict[str, Bought]) -> None:
    bring(house, bought)
    worth.work_out(house.business, at=MONDAY)


def test_one_number_comes_first(owner: Client, garage: House) -> None:
    worked_out(garage, a_town())
    page = text(owner, "")
    assert 'class="figure"><b>€' in page
    assert "likely to come from your 60 customers in the next 36 months; four times in five, between €" in page
    assert "of the money came from one-time buyers" in page
    assert "The top 10% bring" in page


def test_before_anything_is_worked_out_the_page_says_what_will_appear(owner: Client) -> None:
    for address in PAGES:
        assert owner.get(HERE + address).status_code == 200
    assert "Nothing is worked out yet" in text(owner, "")


@pytest.mark.parametrize(
    "history",
    [
        {},
        {"Mrs Oja": [(10, 4_500)]},
        {f"Customer {i}": [(5, 1_000)] for i in range(40)},
        {"only brought things back": [(30, -1_000)]},
        {"buys in the future": [(-30, 1_000)]},
        {"paid nothing": [(20, 0), (10, 0)]},
        {"paid a fortune": [(20, 2**52), (10, 2**52)]},
        {"long ago": [(45_000, 100)]},
        {"today": [(0, 100)]},
    ],
)
def test_odd_histories_never_break_a_page(owner: Client, garage: House, history: dict[str, Bought]) -> None:
    worked_out(garage, history)
    for address in PAGES:
        assert owner.get(HERE + address).status_code == 200


def test_rough_numbers_are_called_rough(owner: Client, garage: House) -> None:
    worked_out(garage, {f"Customer {i}": [(i, 1_000)] for i in range(12)})
    assert "There are too few customers for a model" in text(owner, "")
    assert "Plain averages" in text(owner, "counting/")


def test_the_model_is_named_with_its_reason_and_checked_against_what_came(owner: Client, garage: House) -> None:
    worked_out(garage, a_town(200))
    page = text(owner, "counting/")
    assert "/NBD" in page
    assert "Of three models it foretold best what happened in weeks that it had not seen." in page
    assert "How sure is this?" in page
    assert "visits were expected and" in page


@pytest.mark.parametrize("address", PAGES)
def test_a_page_makes_the_same_queries_at_any_size(owner: Client, garage: House, address: str) -> None:
    worked_out(garage, a_town(30))
    owner.get(HERE + address)  # what is looked up once for ever
    with CaptureQueriesContext(
        connection,
    ) as few:
        owner.get(HERE + address)
    bring(garage, {f"B {name}": bought for name, bought in a_town(180).items()})
    worth.work_out(garage.business, at=MONDAY + timedelta(hours=1))
    with CaptureQueriesContext(connection) as many:
        owner.get(HERE + address)
    assert len(many) == len(few) <= 12


@pytest.mark.parametrize("role", [Role.VIEWER, Role.FRONT_LINE])
@pytest.mark.parametrize("address", [*PAGES, "counting/numbers/", "counting/service/"])
def test_worth_is_for_managers_and_owners(client: Client, garage: House, role: Role, address: str) -> None:
    client.force_login(garage.person(role))
    assert client.get(HERE + address).status_code == 403


def test_the_numbers_are_the_owners(client: Client, garage: House) -> None:
    client.force_login(garage.person(Role.MANAGER))
    assert client.get(HERE).status_code == 200
    assert client.get(HERE + "counting/numbers/").status_code == 403
    assert client.post(HERE + "counting/service/", {}).status_code == 403


@pytest.mark.parametrize("address", PAGES)
def test_the_neighbours_owner_finds_nothing_here(client: Client, garage: House, salon: House, address: str) -> None:
    worked_out(garage, a_town())
    client.force_login(salon.person(Role.OWNER))
    assert client.get(HERE + address).status_code == 404


def test_the_neighbours_customers_are_on_no_list_of_ours(owner: Client, garage: House, salon: House) -> None:
    worked_out(salon, {"Rouva Virta": [(10, 4_500)]})
    worked_out(garage, {"Mrs Oja": [(10, 4_500)]})
    page = text(owner, "customers/top/")
    assert "Mrs Oja" in page
    assert "Rouva Virta" not in page


def test_a_list_that_does_not_exist_is_not_found(owner: Client) -> None:
    assert owner.get(HERE + "customers/richest/").status_code == 404
    assert owner.get(HERE + "customers/top/pdf/").status_code == 404
    assert owner.get(HERE + "back/pdf/").status_code == 404


def test_ties_stand_in_the_same_order_every_time(owner: Client, garage: House) -> None:
    worked_out(garage, {f"Customer {i}": [(10, 5_000)] for i in range(30)})
    first = re.findall(r"Customer \d+", text(owner, "customers/earners/"))
    worth.work_out(garage.business, at=MONDAY)
    assert len(first) == 30
    assert re.findall(r"Customer \d+", text(owner, "customers/earners/")) == first


def test_who_is_slipping_away_comes_by_what_is_at_stake(owner: Client, garage: House) -> None:
    worked_out(garage, a_town(200))
    with garage.work():
        slipping = Estimate.objects.filter(stage=Stage.SLIPPING).order_by("-at_stake").select_related("customer")
        names = [each.customer.name for each in slipping[:5]]
    page = text(owner, "customers/at-risk/")
    assert len(names) == 5
    assert [page.index(name) for name in names] == sorted(page.index(name) for name in names)
    assert all(name in text(owner, "") for name in names)


def test_what_a_lost_customer_costs_by_the_method_stands_above_those_at_risk(owner: Client, garage: House) -> None:
    owner.post(HERE + "counting/numbers/", NUMBERS)
    worked_out(garage, a_town(200))
    assert "costs you €307,500.00 of revenue" in text(owner, "customers/at-risk/")
    assert "307,500" not in text(owner, "customers/top/")


def test_one_time_buyers_come_the_latest_first(owner: Client, garage: House) -> None:
    worked_out(garage, {"Mrs Oja": [(10, 100)], "Mr Sepp": [(3, 100)], "Mrs Kask": [(3, 100), (2, 100)]})
    page = text(owner, "customers/once/")
    assert page.index("Mr Sepp") < page.index("Mrs Oja")
    assert "Mrs Kask" not in page


def test_a_list_is_sent_as_a_file(owner: Client, garage: House) -> None:
    worked_out(garage, {"=cmd()": [(10, 4_550)]})
    answer = owner.get(HERE + "customers/top/csv/")
    assert answer["Content-Disposition"] == 'attachment; filename="garage-top-2026-03-02.csv"'
    sent = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert sent.splitlines()[0].startswith("Number,Name,Stage,Since,Visits,First visit,Last visit,Days since")
    assert sent.splitlines()[1].startswith(",'=cmd(),First-time,2026-02-20,1,2026-02-20,2026-02-20,10,45.50,45.50,,")


def test_the_cohorts_are_sent_as_a_file(owner: Client, garage: House) -> None:
    worked_out(garage, {"Mrs Oja": [(60, 100), (20, 100)]})
    sent = b"".join(owner.get(HERE + "back/csv/").streaming_content)  # type: ignore[attr-defined]
    assert sent.decode("utf-8-sig").splitlines() == ["First visit,Customers,1", "2026-01-01,1,1"]


def test_it_is_worked_out_anew_when_somebody_asks_and_the_page_says_how_far_it_is(owner: Client, garage: House) -> None:
    worked_out(garage, a_town())
    owner.post(HERE + "anew/")
    assert "as soon as its turn comes" in text(owner, "")
    with garage.work():
        running = reckonings.begin(at=MONDAY)
        assert running is not None
        for step, words in (("read", "Reading"), ("fit", "Finding"), ("score", "Working out"), ("store", "Writing")):
            reckonings.is_at(running, step, 0.5)
            page = text(owner, "")
            assert words in page
            assert "50%" in page
        part = owner.get(HERE, headers={"HX-Request": "true", "HX-Target": "progress"}).content.decode()
        assert 'hx-trigger="every 2s"' in part
        assert "<html" not in part
        reckonings.finish(running, at=MONDAY)
    part = owner.get(HERE, headers={"HX-Request": "true", "HX-Target": "progress"}).content.decode()
    assert "Show the new numbers" in part
    assert "hx-trigger" not in part


def test_when_it_broke_the_page_says_so(owner: Client, garage: House) -> None:
    with garage.work():
        reckonings.ask(at=MONDAY)
        running = reckonings.begin(at=MONDAY)
        assert running is not None
        reckonings.fail(running, at=MONDAY)
    assert "It could not be worked out." in text(owner, "")


def test_asking_is_no_link(owner: Client) -> None:
    assert owner.get(HERE + "anew/").status_code == 405


def test_an_owner_changes_the_numbers(owner: Client, garage: House) -> None:
    owner.post(HERE + "counting/numbers/", NUMBERS)
    assert Business.objects.get(pk=garage.business.pk).price == 2_500_000
    assert "€332,500.00" in text(owner, "counting/")
    assert owner.get("/at/garage/settings/journal/").status_code == 200


def test_wrong_numbers_are_refused_and_kept(owner: Client, garage: House) -> None:
    page = owner.post(HERE + "counting/numbers/", NUMBERS | {"purchases": "a dozen"}).content.decode()
    assert "Write a number, such as 10." in page
    assert 'value="a dozen"' in page
    assert Business.objects.get(pk=garage.business.pk).price is None


def lines(*rows: tuple[str, str], known: int = 0) -> dict[str, str]:
    data = {"lines-TOTAL_FORMS": str(len(rows)), "lines-INITIAL_FORMS": str(known)}
    for i, (name, percent) in enumerate(rows):
        data |= {f"lines-{i}-name": name, f"lines-{i}-percent": percent}
    return data


def test_the_kinds_of_service_add_up_on_the_page(owner: Client, garage: House) -> None:
    owner.post(HERE + "counting/numbers/", NUMBERS)
    owner.post(HERE + "counting/service/", lines(("Oil change", "40"), ("Dented fenders", "60")))
    page = text(owner, "counting/")
    assert "€33,000.00" in page
    assert "€49,500.00" in page
    owner.post(HERE + "counting/service/", lines(("Oil change", "40"), ("", ""), known=2))
    assert "Everything else" in text(owner, "counting/")
    assert 'value="Oil change"' in text(owner, "counting/service/")


def test_kinds_of_service_over_the_whole_are_refused_and_kept(owner: Client, garage: House) -> None:
    page = owner.post(HERE + "counting/service/", lines(("Oil", "60"), ("Tyres", "50"))).content.decode()
    assert "Together the parts make more than 100 percent." in page
    assert 'value="Tyres"' in page
    with garage.work():
        assert not ServiceLine.objects.exists()


def test_the_plan_answers_three_questions(owner: Client, garage: House) -> None:
    worked_out(garage, a_town(200))
    assert "It takes 13 new sales to earn €307,500 back. Or 308 adverts." in text(
        owner, "plan/", ask="earn", lost="307500", sale="25000", advert="1000"
    )
    asked = {
        "budget": "1000",
        "keep": "0",
        "keep_cost": "10",
        "win_cost": "50",
        "keep_worth": "300",
        "win_worth": "200",
    }
    assert "This way you keep 0, win 20, and they bring €4,000." in text(owner, "plan/", ask="budget", **asked)
    assert "11.33% more each year leads from" in text(
        owner, "plan/", ask="growth", begins="10000000", ends="250000000", years="30"
    )


def test_the_plan_refuses_and_keeps_what_was_typed(owner: Client) -> None:
    page = text(owner, "plan/", ask="growth", begins="nothing", ends="5", years="0")
    assert 'value="nothing"' in page
    assert "Write a number, such as 25." in page
