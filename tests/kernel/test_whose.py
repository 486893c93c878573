"""Whose rows may be touched now."""

from threading import Thread
from uuid import uuid4

import pytest

from regulars.kernel import whose

OURS, THEIRS = uuid4(), uuid4()


def test_nobody_works_for_anybody_until_it_is_said() -> None:
    assert whose.business_or_none() is None
    with pytest.raises(whose.NoBusinessSet, match="acting_for"):
        whose.business()


def test_work_for_one_business_ends_when_it_ends_even_in_trouble() -> None:
    with whose.working_for(OURS):
        assert whose.business() == whose.business_or_none() == OURS
    with pytest.raises(ZeroDivisionError), whose.working_for(OURS):
        _ = 1 / 0
    assert whose.business_or_none() is None


def test_it_cannot_be_changed_half_way() -> None:
    with whose.working_for(OURS):
        with pytest.raises(whose.OtherBusiness), whose.working_for(THEIRS):
            pass
        with whose.working_for(OURS):
            pass
        assert whose.business() == OURS


def test_another_thread_works_for_nobody() -> None:
    found: list[object] = []
    with whose.working_for(OURS):
        thread = Thread(target=lambda: found.append(whose.business_or_none()))
        thread.start()
        thread.join()
    assert found == [None]
