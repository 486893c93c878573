"""What the night has learnt of how long work takes: one of each branch, the last one."""

from regulars.record import forecasts
from regulars.record.branches import Branch
from regulars.record.forecasts import Forecast
from tests.cast import MONDAY, House
from tests.shop import DAY


def test_what_is_learnt_anew_stands_in_place_of_what_was_learnt_before(garage: House, salon: House) -> None:
    with salon.work():
        forecasts.keep(Branch.objects.get(), jobs=3, learnt={"days": 1}, at=MONDAY)
    with garage.work():
        first = forecasts.keep(Branch.objects.get(), jobs=40, learnt={"days": 2}, at=MONDAY)
        again = forecasts.keep(Branch.objects.get(), jobs=50, learnt={"days": 4}, at=MONDAY + DAY)
        found = Forecast.objects.get()
    assert first.pk == again.pk
    assert (found.jobs, found.learnt, found.learnt_at) == (50, {"days": 4}, MONDAY + DAY)
    with salon.work():
        assert Forecast.objects.get().jobs == 3
