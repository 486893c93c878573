"""Two kinds of secret: an address that only we can make, and words that only we can read."""

import base64
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from regulars.kernel.refusal import Refused, gettext_noop


def seal(salt: str, pk: UUID, number: int) -> str:
    """What stands in an address: which row it is, and 128 bits that only we can make. Nothing of it is stored.

    With another `number` it is another secret, and the old one opens nothing.
    """
    mac = salted_hmac(salt, f"{pk}:{number}", algorithm="sha256").digest()[:16]
    return base64.urlsafe_b64encode(pk.bytes + mac).decode().rstrip("=")


def named_by(secret: str) -> UUID | None:
    """The row that a secret claims to open; `is_seal` says whether it does."""
    try:
        return UUID(bytes=base64.urlsafe_b64decode(secret + "=" * (-len(secret) % 4))[:16])
    except ValueError:
        return None


def is_seal(secret: str, salt: str, pk: UUID, number: int) -> bool:
    return constant_time_compare(seal(salt, pk, number), secret)


def lock(words: str) -> str:
    """Words that have to be read again, such as the password of a mailbox, for whoever has REGULARS_SECRET."""
    return _key().encrypt(words.encode()).decode()


def unlock(locked: str) -> str:
    try:
        return _key().decrypt(locked.encode()).decode()
    except InvalidToken as error:
        raise Refused(
            gettext_noop("The password cannot be read: it was kept with another secret key. Write it again.")
        ) from error


def _key() -> Fernet:
    key = salted_hmac("regulars.lock", "", secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
