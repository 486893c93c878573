"""A real mail server for the tests: Debian's Dovecot on spare ports, as root or not, and what a customer does to it."""

import atexit
import contextlib
import imaplib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from tests.machine import spare_port

PASSWORD = "correct-horse"
ME = "nobody" if os.geteuid() == 0 else ""  # the server refuses to serve a mailbox as root

CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
log_path = {folder}/log
default_internal_user = {me}
default_login_user = {me}
default_internal_group = {group}
mail_location = maildir:{folder}/mail/%u
disable_plaintext_auth = no
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
first_valid_uid = 1
first_valid_gid = 0
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={me} gid={group} home={folder}/mail/%u
}}
"""


class MailServer:
    """`port` speaks plain and STARTTLS, `tls_port` TLS, with a certificate that nobody knows."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="regulars-mail-"))
        self.port, self.tls_port = spare_port(), spare_port()
        me = ME or _run("id", "-un")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
             "-keyout", self.folder / "key.pem", "-out", self.folder / "cert.pem"],
            check=True, capture_output=True,
        )  # fmt: skip
        (self.folder / "mail").mkdir()
        group = _run("id", "-gn", me)
        said = {"folder": self.folder, "me": me, "group": group, "port": self.port, "tls_port": self.tls_port}
        (self.folder / "conf").write_text(CONFIG.format(password=PASSWORD, **said))
        if ME:
            for path in (self.folder, *self.folder.iterdir()):
                shutil.chown(path, ME)
        self.running: subprocess.Popen[bytes] | None = None
        atexit.register(self.remove)
        self.start()

    @property
    def certificate(self) -> str:
        return str(self.folder / "cert.pem")

    def start(self) -> None:
        dovecot = shutil.which("dovecot", path="/usr/sbin:/usr/bin")
        assert dovecot, "Install Debian's dovecot-imapd."
        as_whom = {"user": ME, "group": _run("id", "-gn", ME), "extra_groups": []} if ME else {}
        self.running = subprocess.Popen(
            [dovecot, "-F", "-c", self.folder / "conf"],
            cwd="/",
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **as_whom,
        )
        for _try in range(100):
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                imaplib.IMAP4("127.0.0.1", self.port, 5).logout()
                return
            time.sleep(0.1)
        raise AssertionError((self.folder / "log").read_text())

    def stop(self) -> None:
        if self.running is not None:
            os.killpg(self.running.pid, signal.SIGKILL)  # with every connection that is open
            self.running.wait(20)
            self.running = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def put(self, user: str, *letters: bytes, at: datetime) -> None:
        """They have come to the mailbox of `user`."""
        with self._client(user) as client:
            for letter in letters:
                kind, said = client.append("INBOX", "", imaplib.Time2Internaldate(at.timestamp()), letter)
                assert kind == "OK", said

    def empty(self, user: str) -> None:
        """Its letters are gone, and its UIDs begin anew."""
        shutil.rmtree(self.folder / "mail" / user)
        time.sleep(1.1)  # UIDVALIDITY is a time in seconds

    def flags(self, user: str) -> bytes:
        with self._client(user) as client:
            client.select("INBOX", readonly=True)
            return b" ".join(part for part in client.fetch("1:*", "(FLAGS)")[1] if isinstance(part, bytes))

    @contextlib.contextmanager
    def _client(self, user: str) -> Iterator[imaplib.IMAP4]:
        client = imaplib.IMAP4("127.0.0.1", self.port, 20)
        client.login(user, PASSWORD)
        yield client
        client.logout()


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
