"""Fixtures that every test may use."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.backends.signals import connection_created
from django.utils import translation

from regulars.record.owned import owned_models
from tests import cast
from tests.mailserver import MailServer
from tests.sqllint import INDEXES, Lint


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    """Nobody is refused for the tries of another test."""
    cache.clear()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page leaves its reader's language on in the thread; no test is to read in that of another."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def sql_lint() -> Iterator[Lint]:
    """Every statement of every test says whose rows it wants, whoever sends it and in which thread."""
    owned = {model._meta.db_table for model in owned_models()} | INDEXES
    lint = Lint(frozenset(owned))

    def watch(connection: Any, **_: Any) -> None:
        connection.execute_wrappers.append(lint)

    connection_created.connect(watch)
    with connection.execute_wrapper(lint):
        yield lint
    connection_created.disconnect(watch)
    assert not lint.found, lint.found


@pytest.fixture
def garage(db: None) -> cast.House:
    """Tamm's garage in Tallinn, with an owner, a manager, a front line and a viewer."""
    return cast.open_garage()


@pytest.fixture
def salon(db: None) -> cast.House:
    """The business next door, whose rows nobody of the garage may ever see."""
    return cast.open_salon()


@pytest.fixture(scope="session")
def started_mail_server() -> Iterator[MailServer]:
    if shutil.which("dovecot", path="/usr/sbin:/usr/bin") is None:
        pytest.skip("Debian's dovecot-imapd is not installed")
    running = MailServer()
    yield running
    running.remove()


@pytest.fixture
def server(started_mail_server: MailServer) -> MailServer:
    """A real mail server, running, whatever the last test did to it."""
    if started_mail_server.running is None:
        started_mail_server.start()
    return started_mail_server
