"""`regulars restore`: puts back what `regulars backup` wrote."""

import json
import shutil
import sqlite3
import tarfile
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from regulars.cli import database
from regulars.cli.backup import DATABASE, pg_tool, url_of_database
from regulars.cli.database import Failed
from regulars.kernel.refusal import Refused, gettext_noop

File = Annotated[Path, typer.Argument(help="What `regulars backup` wrote.", exists=True, dir_okay=False)]
Force = Annotated[bool, typer.Option("--force", help="Overwrite what is here now. It cannot be brought back.")]


def restore(file: File, force: Force = False) -> None:
    """Put a backup back: the database, and the files that were brought.

    The server must be stopped. The file is checked first; what is here now is touched only when it is whole, and
    only with --force. A backup of an older version is brought up to date.

    Example:

      regulars restore regulars-2026-03-02-083000.tar.gz
    """
    settings = database.set_up()
    with database.only_process(settings), tempfile.TemporaryDirectory(dir=settings.DATA, prefix="restore-") as folder:
        found = Path(folder)
        manifest = _unpack(file, found)
        copy = found / manifest["database"]
        _refuse_unless_whole(copy, manifest)
        if _is_something_here(settings) and not force:
            raise Failed("There is data here already. To overwrite it with the backup, add --force.")
        _put_database_back(settings, copy)
        _put_files_back(settings, found)
        database.migrate(settings)
    Console(highlight=False, soft_wrap=True).print(f"Everything is as it was at {manifest['made_at'][:16]}.")


def _unpack(file: Path, to: Path) -> dict[str, Any]:
    try:
        with tarfile.open(file) as tar:
            tar.extractall(to, filter="data")  # nothing outside of the folder, no links, no devices
        manifest: dict[str, Any] = json.loads((to / "manifest.json").read_text())
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise Refused(gettext_noop("%(file)s is no backup of Regulars, or is damaged."), file=file) from error
    if manifest.get("program") != "regulars" or manifest.get("database") not in DATABASE.values():
        raise Refused(gettext_noop("%(file)s is no backup of Regulars."), file=file)
    return manifest


def _refuse_unless_whole(copy: Path, manifest: dict[str, Any]) -> None:
    if (copy.name == DATABASE["sqlite"]) != database.is_sqlite():
        raise Refused(gettext_noop("The backup is of the other kind of database. Set DATABASE_URL as it was then."))
    unknown = set(manifest["migrations"]) - set(database.migrations_known())
    if unknown:
        raise Refused(
            gettext_noop("The backup is of a newer version (%(version)s). Update Regulars first."),
            version=manifest["version"],
        )
    if database.is_sqlite() and _integrity(copy) != "ok":
        raise Refused(gettext_noop("The database in the backup is damaged."))


def _integrity(copy: Path) -> str:
    book = sqlite3.connect(copy)
    try:
        return str(book.execute("PRAGMA integrity_check").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)
    finally:
        book.close()


def _is_something_here(settings: Any) -> bool:
    if database.is_sqlite():
        return bool(settings.SQLITE_FILE.exists() and settings.SQLITE_FILE.stat().st_size > 0)
    from django.db import connection

    return "record_business" in connection.introspection.table_names()


def _put_database_back(settings: Any, copy: Path) -> None:
    from django.db import connection

    if not database.is_sqlite():
        url = url_of_database(settings.DATABASE_OWNER_URL)
        how = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction")
        pg_tool("pg_restore", url, *how, str(copy))
        database.grant_rows(settings)
        return
    connection.close()
    for left in ("-wal", "-shm"):  # of the old file: they would be played into the new one
        settings.SQLITE_FILE.with_name(settings.SQLITE_FILE.name + left).unlink(missing_ok=True)
    copy.replace(settings.SQLITE_FILE)


def _put_files_back(settings: Any, found: Path) -> None:
    shutil.rmtree(settings.UPLOADS, ignore_errors=True)
    if (found / "imports").exists():
        (found / "imports").rename(settings.UPLOADS)
    if (found / "secret").exists():
        (found / "secret").replace(settings.DATA / "secret")
