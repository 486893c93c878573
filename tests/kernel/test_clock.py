"""The only clock."""

from datetime import UTC, date, datetime

import time_machine

from regulars.kernel import clock


@time_machine.travel(datetime(2026, 3, 1, 22, 30, tzinfo=UTC), tick=False)
def test_now_has_a_zone_and_today_is_that_of_the_place() -> None:
    assert clock.now() == datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
    assert clock.today("Europe/Tallinn") == date(2026, 3, 2)
    assert clock.today("America/New_York") == date(2026, 3, 1)
