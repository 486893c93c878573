"""A real mail server to which letters go, and which may refuse them."""

from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from regulars.kernel import clock
from regulars.record.business import Business
from tests.cast import MONDAY, House
from tests.jobs.postman import Postman
from tests.machine import spare_port


@pytest.fixture
def post(settings: Any, monkeypatch: Any, garage: House) -> Iterator[Postman]:
    Business.objects.update(language="en")
    postman, port = Postman(), spare_port()
    server = Controller(postman, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    yield postman
    server.stop()
