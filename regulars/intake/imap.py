"""A look into a mailbox on a mail server: which letters are new, and their bytes. Nothing there is changed.

Whatever fails is refused in words that say what to do. A name of a server may lead into our own network, so the
address is looked at before anything is sent there, and it is that very address that is called.
"""

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from threading import Timer
from typing import Any

import imap_tools
from django.conf import settings
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError, MailboxStarttlsError

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record.mailboxes import Mailbox

CONNECT, READ = 10, 60  # seconds that a server may be silent
LONGEST = 300  # seconds of one look, however the server dawdles
LARGEST = 25_000_000  # bytes; of a larger letter its beginning is fetched
BEGINNING = 2_000_000
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_LOCAL = "127.0.0.1", "::1"


class Folder:
    """A folder that is open for reading."""

    def __init__(self, box: Any, name: str) -> None:
        self._client = box.client
        self.name = name
        self.uidvalidity = int(_last(self._client.response("UIDVALIDITY")[1]))
        self.count = int(_last(self._client.untagged_responses.get("EXISTS")))

    def new(self, mailbox: Mailbox) -> list[int]:
        """The UIDs of letters that are not in the book; where UIDs begin anew, of all that came since it is fetched."""
        if mailbox.uidvalidity == self.uidvalidity:
            found = self._search(f"UID {mailbox.last_uid + 1}:*")
            return [uid for uid in found if uid > mailbox.last_uid]  # "9:*" names the last one, whatever it is
        day = mailbox.added_at - timedelta(days=1)
        return self._search(f"SINCE {day.day}-{_MONTHS[day.month - 1]}-{day.year}")

    def letter(self, uid: int) -> tuple[bytes, bool, datetime | None]:
        """Its bytes, whether they are all of them, and when it came there. b"" when it is gone meanwhile."""
        _kind, head = self._client.uid("FETCH", str(uid), "(RFC822.SIZE INTERNALDATE)")
        said = b" ".join(part for part in head if isinstance(part, bytes))
        size = re.search(rb"RFC822\.SIZE (\d+)", said)
        is_whole = size is None or int(size[1]) <= LARGEST
        wanted = "(BODY.PEEK[])" if is_whole else f"(BODY.PEEK[]<0.{BEGINNING}>)"
        _kind, body = self._client.uid("FETCH", str(uid), wanted)
        raw = next((part[1] for part in body if isinstance(part, tuple)), b"")
        return raw, is_whole, _came(said)

    def _search(self, which: str) -> list[int]:
        kind, data = self._client.uid("SEARCH", which)
        if kind != "OK":
            raise imaplib.IMAP4.error(str(data))
        return sorted(int(uid) for part in data if part for uid in part.split())


@contextmanager
def open_mailbox(mailbox: Mailbox, *, patience: int = READ) -> Iterator[Folder]:
    """The mailbox's folder, for reading alone; refuses in words. `patience`: seconds that the server may think."""
    host, said = mailbox.host, {"host": mailbox.host, "port": mailbox.port}
    box = None
    try:
        box = _Box(mailbox, patience)
        _log_in(box, mailbox)
        box.folder.set(mailbox.folder, readonly=True)
        yield Folder(box, mailbox.folder)
    except MailboxLoginError as error:
        raise Refused(gettext_noop("The password was refused."), field="password") from error
    except MailboxFolderSelectError as error:
        raise Refused(gettext_noop("There is no folder %(folder)s."), field="folder", folder=mailbox.folder) from error
    except MailboxStarttlsError as error:
        raise Refused(gettext_noop("%(host)s knows no STARTTLS on port %(port)s."), field="security", **said) from error
    except ssl.SSLCertVerificationError as error:
        why = error.verify_message
        raise Refused(
            gettext_noop("The certificate of %(host)s cannot be trusted: %(why)s."), field="host", host=host, why=why
        ) from error
    except ssl.SSLError as error:
        raise Refused(gettext_noop("%(host)s speaks no TLS on port %(port)s."), field="security", **said) from error
    except socket.gaierror as error:
        raise Refused(gettext_noop("There is no server named %(host)s."), field="host", **said) from error
    except (OSError, EOFError) as error:
        raise Refused(gettext_noop("%(host)s does not answer on port %(port)s."), field="host", **said) from error
    except (imaplib.IMAP4.error, ImapToolsError) as error:
        raise Refused(gettext_noop("%(host)s broke off: it is tried again."), field="host", **said) from error
    finally:
        if box is not None:
            with suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
                box.client.shutdown()


def _log_in(box: Any, mailbox: Mailbox) -> None:
    password = mailbox.password
    if (mailbox.user + password).isascii():
        box.login(mailbox.user, password, None)
        return
    try:
        box.login_utf8(mailbox.user, password, None)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise MailboxLoginError(("NO", [b""]), "OK") from error


class _Box(imap_tools.BaseMailBox):
    def __init__(self, mailbox: Mailbox, patience: int) -> None:
        self._mailbox, self._patience = mailbox, patience
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        client = _Client(self._mailbox, self._patience)
        if self._mailbox.security == Mailbox.Security.STARTTLS:
            if "STARTTLS" not in client.capabilities:
                client.shutdown()
                raise MailboxStarttlsError(("NO", []), "OK")
            client.starttls(ssl.create_default_context())
        return client


class _Client(imaplib.IMAP4):
    def __init__(self, mailbox: Mailbox, patience: int) -> None:
        self._security, self._patience = mailbox.security, patience
        super().__init__(mailbox.host, mailbox.port, CONNECT)

    def read(self, size: int) -> bytes:
        """No server may send more than was asked for: what it says here is how much memory we take."""
        if size > 2 * LARGEST:
            raise self.abort(f"{size} bytes at once")
        return super().read(size)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        address = allowed(self.host, self.port, is_plain=self._security == Mailbox.Security.NONE)
        called = socket.create_connection((address, self.port), CONNECT)
        self._leash = _Leash(called)
        if self._security == Mailbox.Security.TLS:
            try:
                called = ssl.create_default_context().wrap_socket(called, server_hostname=self.host)
            except OSError:
                self._leash.let_go()
                raise
        called.settimeout(self._patience)
        return called

    def shutdown(self) -> None:
        self._leash.let_go()
        super().shutdown()


class _Leash:
    """Hangs up after a time: a server that says one byte a minute is never silent, and would be heard for ever."""

    def __init__(self, called: socket.socket) -> None:
        self._line = called.dup()  # of its own: TLS takes the other away
        self._timer = Timer(LONGEST, self._hang_up)
        self._timer.daemon = True
        self._timer.start()

    def let_go(self) -> None:
        self._timer.cancel()
        self._line.close()

    def _hang_up(self) -> None:
        with suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)


def allowed(host: str, port: int, *, is_plain: bool) -> str:
    """The address of that server. Our own network is nobody's business, and a password goes nowhere in the clear."""
    address = str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])
    if is_plain and address not in _LOCAL:
        raise Refused(
            gettext_noop("Without TLS the password can be read on the way. Choose TLS or STARTTLS."), field="security"
        )
    if not settings.MAIL_INSIDE and not _is_outside(address):
        raise Refused(
            gettext_noop(
                "%(host)s is inside our own network. Whoever runs this program may set REGULARS_MAIL_INSIDE=1."
            ),
            field="host",
            host=host,
        )
    return address


def _is_outside(address: str) -> bool:
    found = ip_address(address.partition("%")[0])
    found = getattr(found, "ipv4_mapped", None) or found
    return found.is_global and not found.is_multicast


def _came(said: bytes) -> datetime | None:
    found = re.search(rb'INTERNALDATE "([^"]+)"', said)
    try:
        return parsedate_to_datetime(found[1].decode().strip().replace("-", " ", 2)) if found else None
    except ValueError:
        return None


def _last(data: Any) -> bytes:
    return next((part for part in reversed(data or []) if part), b"0")
