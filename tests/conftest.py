"""Fixtures that every test may use."""

import pytest
from django.core.cache import cache

from tests import cast


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    """Nobody is refused for the tries of another test."""
    cache.clear()


@pytest.fixture
def garage(db: None) -> cast.House:
    """Tamm's garage in Tallinn, with an owner, a manager, a front line and a viewer."""
    return cast.open_garage()


@pytest.fixture
def salon(db: None) -> cast.House:
    """The business next door, whose rows nobody of the garage may ever see."""
    return cast.open_salon()
