"""Who came back."""

from regulars.engines.cohorts import cohorts, kept


def test_each_customer_belongs_to_the_period_of_her_first_visit() -> None:
    # 1 comes in periods 0, 1 and 2; 2 in 0 and 2; 3 in 1 only, twice
    codes = [1, 1, 1, 2, 2, 3, 3]
    days = [5, 15, 25, 1, 29, 11, 12]
    found = cohorts(codes, days, [0, 10, 20])
    assert found.sizes == [2, 1, 0]
    assert found.came == [[2, 1, 2], [1, 0], [0]]


def test_the_order_of_visits_is_of_no_matter() -> None:
    codes, days = [1, 2, 1, 3, 2], [25, 1, 5, 11, 29]
    assert cohorts(codes, days, [0, 10, 20]) == cohorts(codes[::-1], days[::-1], [0, 10, 20])


def test_visits_before_the_first_period_are_left_out() -> None:
    assert cohorts([1, 1, 2], [-5, 3, 4], [0, 10]).came == [[2, 0], [0]]


def test_no_visits_and_no_periods_are_answered() -> None:
    assert cohorts([], [], [0, 10]).came == [[0, 0], [0]]
    assert cohorts([], [], []).came == []
    assert cohorts([1], [1], []).sizes == []


def test_two_of_three_came_again() -> None:
    codes = [1, 1, 2, 2, 3, 4]
    days = [1, 101, 50, 200, 100, 150]
    found = kept(codes, days, until=200, span=100)
    assert (found.before, found.again, found.share) == (3, 2, 2 / 3)


def test_the_last_day_counts_and_the_day_before_the_first_does_not() -> None:
    assert kept([1, 1], [0, 200], until=200, span=100).before == 0
    assert kept([1, 1], [1, 201], until=200, span=100).again == 0
    assert kept([1, 1], [1, 200], until=200, span=100).again == 1


def test_nobody_came_before() -> None:
    assert kept([], [], until=10, span=5).share is None
