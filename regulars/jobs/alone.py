"""One process, one SQLite file: a second one is refused, because waiting in turn and the reaper rely on it."""

import fcntl
from pathlib import Path
from typing import IO

from django.db import connection

_held: list[IO[str]] = []


def refuse_second_process(folder: Path) -> None:
    """Raises SystemExit with a sentence when another process serves this folder; takes nothing."""
    if connection.vendor == "sqlite" and not _held:
        _lock(folder).close()


def be_the_only_one(folder: Path) -> None:
    """Hold the folder for the life of this process."""
    if connection.vendor == "sqlite" and not _held:
        _held.append(_lock(folder))


def _lock(folder: Path) -> IO[str]:
    file = (folder / "lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise SystemExit(f"Regulars is running on {folder} already. Stop it first, or use PostgreSQL.") from None
    return file
