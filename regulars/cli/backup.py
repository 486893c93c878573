"""`regulars backup`: everything in one file, while the program goes on serving."""

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import typer
from rich.console import Console

import regulars
from regulars.cli import database
from regulars.cli.database import Failed

DATABASE = {"sqlite": "regulars.sqlite3", "postgresql": "regulars.pgdump"}
LAST = "last-backup"  # in the data folder: its time is the time of the last backup

To = Annotated[Path | None, typer.Argument(help="Where to write it. By default regulars-<time>.tar.gz, here.")]
Secret = Annotated[
    bool, typer.Option("--with-secret", help="Also the key that signs sessions and links. Hide it well.")
]


def backup(file: To = None, with_secret: Secret = False) -> None:
    """Write everything into one file: the database and the files that were brought.

    The pages go on answering meanwhile. Without the secret key nobody who finds the file can sign in with it;
    after a restore on a new machine everybody signs in anew.

    Examples:

      regulars backup

      regulars backup /mnt/safe/monday.tar.gz
    """
    settings = database.set_up()
    from regulars.kernel import clock

    at = clock.now()
    target = file or Path(f"regulars-{at:%Y-%m-%d-%H%M%S}.tar.gz")
    if target.exists():
        raise Failed(f"{target} is there already. Give another name.")
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix="backup-") as folder:
        copy = Path(folder, DATABASE[_vendor()])
        _copy_database(settings, copy)
        manifest = {
            "program": "regulars",
            "version": regulars.__version__,
            "made_at": at.isoformat(),
            "database": copy.name,
            "migrations": database.migrations_applied(),
        }
        part = target.with_name(target.name + ".part")
        with open(part, "xb", opener=_private) as raw, tarfile.open(fileobj=raw, mode="w:gz") as tar:
            about = Path(folder, "manifest.json")
            about.write_text(json.dumps(manifest, indent=1))
            tar.add(about, about.name)
            tar.add(copy, copy.name)
            if settings.UPLOADS.exists():
                tar.add(settings.UPLOADS, "imports")
            if with_secret:
                tar.add(settings.DATA / "secret", "secret")
        part.rename(target)
    (settings.DATA / LAST).touch()
    Console(highlight=False, soft_wrap=True).print(f"Everything is in {target} ({target.stat().st_size / 1e6:.1f} MB).")


def _private(name: str, flags: int) -> int:
    """Other people's names and numbers: for nobody else's eyes."""
    return os.open(name, flags, 0o600)


def _vendor() -> str:
    from django.db import connection

    return connection.vendor


def _copy_database(settings: Any, to: Path) -> None:
    if not database.is_sqlite():
        url = url_of_database(settings.DATABASE_BACKUP_URL, settings.DATABASE_OWNER_URL)
        pg_tool("pg_dump", url, "--format=custom", "--no-owner", f"--file={to}")
        return
    with sqlite3.connect(f"file:{settings.SQLITE_FILE}?mode=ro", uri=True) as book:
        book.execute("VACUUM INTO ?", [str(to)])  # one moment of the book, however long it takes; writers go on
    book.close()


def pg_tool(tool: str, url: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs on our database."""
    if shutil.which(tool) is None:
        raise Failed(f"{tool} is not installed. Install Debian's package: postgresql-client")
    command = [tool, *arguments, f"--dbname={url}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (no shell; our own words)
    if "row-level security" in done.stderr:
        raise Failed(
            "Row-level security hides the rows from this role. Make one that reads all: CREATE ROLE backup LOGIN"
            " BYPASSRLS IN ROLE pg_read_all_data; and name it in DATABASE_BACKUP_URL."
        )
    if done.returncode != 0:
        raise Failed(f"{tool} could not do it: {done.stderr.strip()}")


def url_of_database(*given: str) -> str:
    """The first of these that is set, else that of Django's own connection."""
    from django.db import connection

    ours: dict[str, Any] = connection.settings_dict
    who = ":".join(quote(str(ours[part])) for part in ("USER", "PASSWORD") if ours[part])
    usual = f"postgresql://{who}@{ours['HOST'] or 'localhost'}:{ours['PORT'] or 5432}/{ours['NAME']}"
    return next((url for url in given if url), usual)
