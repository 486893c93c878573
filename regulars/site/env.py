"""Every setting that comes from outside: read once, documented here, refused loudly when it makes no sense."""

import os
import secrets
from pathlib import Path
from typing import NamedTuple


class Setting(NamedTuple):
    default: str
    meaning: str


SETTINGS = {
    "REGULARS_DATA": Setting("var", "The folder that holds the SQLite file, uploaded files and the secret key."),
    "DATABASE_URL": Setting("", "postgresql://user:password@host/name. Empty: SQLite in REGULARS_DATA."),
    "DATABASE_OWNER_URL": Setting("", "The role that owns the tables and migrates them. Empty: DATABASE_URL's."),
    "DATABASE_BACKUP_URL": Setting(
        "", "A role with BYPASSRLS that reads every row, for `regulars backup`. Empty: DATABASE_OWNER_URL's."
    ),
    "REGULARS_SECRET": Setting("", "Signs sessions and links. Empty: made once and kept in REGULARS_DATA/secret."),
    "REGULARS_URL": Setting("http://localhost:8000", "The address that people type; it stands in the mail we send."),
    "REGULARS_MAIL": Setting("", "smtp://user:password@host:587?tls=1. Empty: mail is written to REGULARS_DATA/mail."),
    "REGULARS_MAIL_FROM": Setting("Regulars <regulars@localhost>", "The sender of the mail we send."),
    "REGULARS_MAIL_INSIDE": Setting(
        "", "1 lets a mailbox be on this machine or in its network. Never where strangers may add mailboxes."
    ),
    "REGULARS_THREADS": Setting("6", "How many requests are answered at a time."),
    "REGULARS_DEBUG": Setting("", "1 shows errors in the browser. Never where strangers can reach it."),
}


class BadSetting(SystemExit):
    """A setting makes no sense; the message says which and what to write instead."""


def read(name: str) -> str:
    return os.environ.get(name, SETTINGS[name].default)


def read_flag(name: str) -> bool:
    value = read(name)
    if value not in ("", "0", "1"):
        raise BadSetting(f"{name} is {value!r}. Write 1 for yes, or leave it empty for no.")
    return value == "1"


def read_count(name: str) -> int:
    value = read(name)
    if not value.isdigit() or int(value) < 1:
        raise BadSetting(f"{name} is {value!r}. Write a whole number above zero.")
    return int(value)


def data_folder() -> Path:
    folder = Path(read("REGULARS_DATA")).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadSetting(f"REGULARS_DATA is {folder}, which cannot be made: {error.strerror}.") from error
    return folder


def secret(folder: Path) -> str:
    """The secret of this installation: given, or made once. There is no default that two installations share."""
    given = read("REGULARS_SECRET")
    if given:
        if len(given) < 50:
            raise BadSetting("REGULARS_SECRET is too short. Write at least 50 random characters.")
        return given
    path = folder / "secret"
    try:
        with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text()
