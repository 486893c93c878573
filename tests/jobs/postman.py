"""What a mail server of the tests does: it takes letters, and says no where a test wants it."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class Postman:
    """What came in; `answer` is what it says to a reader or to a letter."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.to_reader, self.to_letter = "250 OK", "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if self.to_reader.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_reader

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.to_letter.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return self.to_letter
