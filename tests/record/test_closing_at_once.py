"""Two people close the same promise in the same moment: one has closed it, the other is told who."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from regulars.kernel.refusal import Refused
from regulars.record import promises
from regulars.record.journal import Entry
from regulars.record.people import Member
from regulars.record.promises import Promise
from tests import shop
from tests.cast import MONDAY, House


@pytest.mark.django_db(transaction=True)
def test_one_of_two_has_closed_it_and_the_other_is_told_who(garage: House) -> None:
    with garage.work():
        shop.promise(garage, shop.customer(garage))
    both = Barrier(2, timeout=10)

    def close(member: Member) -> str:
        try:
            with garage.work():
                seen = Promise.objects.get()
                both.wait()
                promises.keep(seen, by=member, at=MONDAY + shop.HOUR, told=True)
                return "closed"
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()

    if connection.vendor == "sqlite":  # one writes at a time there: the second begins when the first has ended
        both = Barrier(1)
        said = [close(garage.front_line), close(garage.manager)]
    else:
        with ThreadPoolExecutor(2) as people:
            said = list(people.map(close, [garage.front_line, garage.manager]))
    with garage.work():
        first = Promise.objects.select_related("kept_by").get().kept_by
        assert Entry.objects.filter(verb="promise kept").count() == 1
    assert sorted(said)[1] == "closed"
    assert sorted(said)[0].startswith(f"{first} has closed this promise already")
