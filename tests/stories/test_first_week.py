"""A garage brings its history: ten are to be called this week; the week goes by, and nobody is called twice."""

from datetime import date, timedelta

from regulars.desk import plays, worth
from regulars.record import calls, customers, ending
from regulars.record.calls import Call, open_calls
from regulars.record.customers import Contact, Customer
from tests.cast import MONDAY, House
from tests.history import bring

TODAY = MONDAY.date()


def a_garage_with_history(garage: House) -> dict[str, Customer]:
    """Forty customers of whom the first brought the most; two brought exactly the same."""
    bought = {f"Customer {i:02}": [(30 + 60 * v, 10_000 - 100 * min(i, 12)) for v in range(6)] for i in range(40)}
    people = bring(garage, bought)
    with garage.work():
        Contact.objects.bulk_create(
            Contact(customer=her, kind="phone", value=f"+3725551{i:04}", written=f"5551 {i:04}")
            for i, her in enumerate(people.values())
        )
    worth.work_out(garage.business, at=MONDAY)
    return people


def end(garage: House, call: Call, outcome: str, at_day: date, **said: object) -> None:
    at = MONDAY + (at_day - TODAY) + timedelta(hours=2)
    if outcome == Call.Outcome.REACHED:
        said = {"nothing_new": True, "answer": "Open on Saturdays", **said}
    ending.end(call, outcome=outcome, by=call.caller, at=at, today=at_day, **said)  # type: ignore[arg-type]


def test_the_first_week(garage: House) -> None:
    people = a_garage_with_history(garage)
    with garage.work():
        first = plays.plan(garage.business, today=TODAY, at=MONDAY)
        assert plays.plan(garage.business, today=TODAY, at=MONDAY) == [], "planning twice plans nothing twice"

        ten = list(open_calls().filter(play=Call.Play.TOP_TEN).order_by("-stake", "customer_id"))
        names = [f"Customer {i:02}" for i in range(10)]
        assert sorted(str(call.customer) for call in ten) == names, "TOP-01: the ten who brought the most"
        assert all(TODAY <= call.due_on < TODAY + timedelta(days=7) for call in ten)
        assert all(call.due_on.weekday() < 5 for call in ten), "on days when somebody is there"
        by_caller = [
            sum(call.caller_id == who.pk for call in ten) for who in (garage.owner, garage.manager, garage.front_line)
        ]
        assert sorted(by_caller) == [3, 3, 4], "shared out among those who make calls; the viewer has none"
        assert len(first) == len({call.customer_id for call in first})

        reached, refused, silent, *_rest = ten
        end(garage, reached, Call.Outcome.REACHED, TODAY)
        end(garage, refused, Call.Outcome.NEVER_CALL, TODAY)
        end(garage, silent, Call.Outcome.NO_ANSWER, TODAY)
        again = open_calls().get(customer=silent.customer)
        assert (again.play, again.due_on) == (Call.Play.TOP_TEN, TODAY + timedelta(days=1))

        for days in range(1, 30):
            now = MONDAY + timedelta(days=days)
            for call in plays.plan(garage.business, today=now.date(), at=now):
                assert call.customer_id not in (reached.customer_id, refused.customer_id)

        year_later = MONDAY + timedelta(days=366)
        calls.open_calls().update(dropped_at=year_later)
        renewed = {str(call.customer) for call in plays.plan(garage.business, today=year_later.date(), at=year_later)}
        assert str(reached.customer) in renewed, "after a year it is time to say thank you again"
        assert str(refused.customer) not in renewed, "do not call me is for good"
        assert people["Customer 00"].pk


def test_what_is_mine_stays_mine(garage: House) -> None:
    people = a_garage_with_history(garage)
    with garage.work():
        for name in ("Customer 01", "Customer 02", "Customer 03", "Customer 04", "Customer 05"):
            customers.hand_on(people[name], to=garage.manager, by=garage.owner, at=MONDAY)
        plays.plan(garage.business, today=TODAY, at=MONDAY)
        hers = open_calls().filter(customer__keeper=garage.manager, play=Call.Play.TOP_TEN)
        assert {call.caller for call in hers} == {garage.manager}
        others = open_calls().filter(play=Call.Play.TOP_TEN).exclude(customer__keeper=garage.manager)
        assert garage.manager.pk not in {call.caller_id for call in others}, "the rest goes to those who have fewer"


def test_ties_give_the_same_ten_every_time(garage: House) -> None:
    bring(garage, {f"Customer {i:02}": [(10, 5_000), (50, 5_000)] for i in range(30)})
    worth.work_out(garage.business, at=MONDAY)
    with garage.work():
        chosen = [estimate.customer_id for estimate in plays.top_customers()]
        assert chosen == [estimate.customer_id for estimate in plays.top_customers()]
        assert chosen == sorted(chosen), "of two who brought the same, always the same one"
