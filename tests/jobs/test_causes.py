"""Every night it is counted whether causes came back; each day of watch once."""

from regulars.jobs import causes as job
from regulars.record import causes, changes
from regulars.record.changes import Change, Verdict
from tests import shop
from tests.cast import MONDAY, House
from tests.pages.test_causes import caused, work_done
from tests.shop import DAY


def story(house: House, *, complaints: int, jobs: int) -> Change:
    """So many complaints of so many jobs in so many days, and then the change."""
    her = shop.customer(house)
    for place in range(jobs):
        at = MONDAY - (jobs - place) * DAY
        work_done(house, her, at)
        if place < complaints:
            caused(house, f"Loose {place}", "Bolts", at=at)
    cause = causes.find(name="Bolts", by=house.owner, at=MONDAY)
    said = {"by": house.owner, "at": MONDAY}
    change = changes.make(cause, what="A wrench", keeper=house.owner, due_on=MONDAY.date(), **said)
    changes.do(change, **said)
    change.refresh_from_db()
    return change


def held(house: House) -> list[tuple[int, str]]:
    with house.work():
        return list(Verdict.objects.order_by("days").values_list("days", "held"))


def test_a_change_of_four_months_is_judged_three_times_and_the_cause_comes_back(garage: House) -> None:
    with garage.work():
        change = story(garage, complaints=9, jobs=60)
        her = shop.customer(garage)
        for day in range(1, 120):
            if day % 5 == 0:
                work_done(garage, her, MONDAY + day * DAY)
    job.judge(MONDAY + 29 * DAY)
    assert held(garage) == []
    job.judge(MONDAY + 30 * DAY)
    job.judge(MONDAY + 31 * DAY)
    assert held(garage) == [(30, "no_proof")]
    job.judge(MONDAY + 95 * DAY)
    assert held(garage) == [(30, "no_proof"), (60, "no_proof"), (90, "no_proof")]
    with garage.work():
        for day in range(120, 130):
            for _job in range(4):
                work_done(garage, her, MONDAY + day * DAY)
        from regulars.desk import recurrence

        assert recurrence.counted(change, at=MONDAY + 131 * DAY).told.verdict == "gone"
        late = caused(garage, "Loose, but from before", "Bolts", at=MONDAY - DAY)
        assert late.happened_at < MONDAY
        change.refresh_from_db()
        assert change.done_at is not None, "what was heard about older work is no return"
        caused(garage, "Loose again", "Bolts", at=MONDAY + 131 * DAY)
        change.refresh_from_db()
        assert (change.done_at, change.times_back) == (None, 1)
        assert recurrence.counted(change, at=MONDAY + 132 * DAY).told.verdict == "back"


def test_without_jobs_visits_are_what_could_bring_it(garage: House) -> None:
    from regulars.desk import recurrence
    from regulars.record import sales
    from regulars.record.branches import Branch

    with garage.work():
        her, branch = shop.customer(garage), Branch.objects.get()
        for day in range(1, 20):
            said = {"branch": branch, "by": garage.owner, "now": MONDAY}
            sales.record(her, at=MONDAY - day * DAY, amount=1000 + day, **said)
        caused(garage, "Cold", "Heating", at=MONDAY - 10 * DAY)
        cause = causes.find(name="Heating", by=garage.owner, at=MONDAY)
        said_by = {"by": garage.owner, "at": MONDAY - 5 * DAY}
        change = changes.make(cause, what="A stove", keeper=garage.owner, due_on=MONDAY.date(), **said_by)
        changes.do(change, **said_by)
        change.refresh_from_db()
        found = recurrence.counted(change, at=MONDAY)
    assert (found.are_jobs, found.before, found.work_before, found.after, found.work_after) == (False, 1, 15, 0, 4)
    assert found.days_to_go is not None


def test_nothing_was_worked_and_nothing_is_known(garage: House) -> None:
    from regulars.desk import recurrence

    with garage.work():
        caused(garage, "Cold", "Heating", at=MONDAY - 10 * DAY)
        cause = causes.find(name="Heating", by=garage.owner, at=MONDAY)
        change = changes.make(cause, what="x", keeper=garage.owner, due_on=MONDAY.date(), by=garage.owner, at=MONDAY)
        changes.do(change, by=garage.owner, at=MONDAY)
        change.refresh_from_db()
        found = recurrence.counted(change, at=MONDAY + DAY)
    assert (found.told.verdict, found.days_to_go) == ("no_proof", None)
