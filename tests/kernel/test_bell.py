"""The bell that wakes the jobs."""

from time import monotonic

from regulars.kernel import bell


def test_whoever_waits_is_woken_once_for_each_ring() -> None:
    bell.ring()
    began = monotonic()
    bell.wait(30)
    assert monotonic() - began < 1
    bell.wait(0.01)  # nobody rang again: it waits its time out
    assert monotonic() - began >= 0.01
