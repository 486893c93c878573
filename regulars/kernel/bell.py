"""A bell that wakes the jobs of this process: whoever asks for work rings it, so that nobody has to look often."""

import threading

_bell = threading.Event()


def ring() -> None:
    """There is something to do."""
    _bell.set()


def wait(seconds: float) -> None:
    """Until the bell rings, or so many seconds at most."""
    _bell.wait(seconds)
    _bell.clear()
