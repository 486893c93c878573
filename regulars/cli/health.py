"""What `regulars check` looks at: each function one thing, each answer what to do about it."""

import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from regulars.cli import database
from regulars.cli.backup import LAST

BACKUP_AGE = timedelta(days=2)
JOBS_SILENT = timedelta(minutes=10)
ROOM = 500_000_000  # bytes: less than that left on the disk is too little


class Finding(NamedTuple):
    """`state`: ok, warn or fail. `words`: what was found, and what to do about it."""

    name: str
    state: str
    words: str


def findings(settings: Any) -> list[Finding]:
    """Everything, in order; without a database, only what can be said without one."""
    found = [check(settings) for check in OUTSIDE]
    found.append(_database_answers())
    for inside in INSIDE:
        if found[-1].state == "fail":  # without a database, or its tables, there is no more to see
            break
        found += inside(settings)
    return found


def _says(name: str, wrong: bool, words_if_wrong: str, words: str, state: str = "fail") -> Finding:
    return Finding(name, state if wrong else "ok", words_if_wrong if wrong else words)


# --- settings and machine -------------------------------------------------------------------------------------


def _debug(settings: Any) -> Finding:
    return _says(
        "Errors", settings.DEBUG, "Strangers see the program's insides. Unset REGULARS_DEBUG.", "shown to nobody"
    )


def _https(settings: Any) -> Finding:
    is_ours = settings.ALLOWED_HOSTS[0] in ("localhost", "127.0.0.1", "::1")
    words = f"{settings.SITE_URL} is not encrypted. Put a proxy with a certificate before it, and write REGULARS_URL=https://..."
    if is_ours and not settings.IS_HTTPS:
        return Finding(
            "Address", "warn", f"{settings.SITE_URL} is for this machine only; before you expose it: {words}"
        )
    return _says("Address", not settings.IS_HTTPS, words, settings.SITE_URL)


def _secret(settings: Any) -> Finding:
    file = settings.DATA / "secret"
    is_open = file.exists() and bool(file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    return _says(
        "Secret key", is_open, f"Others on this machine can read it. Do: chmod 600 {file}", "nobody else reads it"
    )


def _disk(settings: Any) -> Finding:
    free = shutil.disk_usage(settings.DATA).free
    return _says("Disk", free < ROOM, f"Only {free / 1e6:,.0f} MB are left. Make room.", f"{free / 1e9:,.1f} GB free")


def _mail(settings: Any) -> Finding:
    goes_out = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    words = f"Nothing is sent: letters are written to {settings.DATA / 'mail'}. Set REGULARS_MAIL."
    return _says("Mail", not goes_out, words, "is sent", "warn")


def _backup(settings: Any) -> Finding:
    last = settings.DATA / LAST
    if not last.exists():
        return Finding("Backup", "warn", "There has never been one. Do: regulars backup, every night.")
    age = _now() - datetime.fromtimestamp(last.stat().st_mtime, UTC)
    words = f"the last one is {age.days} days and {age.seconds // 3600} hours old"
    return _says("Backup", age > BACKUP_AGE, f"{words}. Do: regulars backup, every night.", words, "warn")


OUTSIDE: tuple[Callable[[Any], Finding], ...] = (_debug, _https, _secret, _disk, _mail, _backup)

# --- the database ---------------------------------------------------------------------------------------------


def _database_answers() -> Finding:
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
    except DatabaseError as error:
        return Finding("Database", "fail", f"It does not answer: {' '.join(str(error).split())}")
    return Finding("Database", "ok", connection.vendor)


def _tables(_settings: Any) -> Iterator[Finding]:
    missing = database.migrations_missing()
    yield _says(
        "Tables", bool(missing), f"{len(missing)} changes are due. Do: regulars start", "as this version needs them"
    )


def _sound(_settings: Any) -> Iterator[Finding]:
    if database.is_sqlite():
        said = _one("PRAGMA quick_check")
        yield _says(
            "File", said != "ok", f"It is damaged: {said}. Do: regulars restore, with the last backup.", "sound"
        )


def _role(settings: Any) -> Iterator[Finding]:
    """Row-level security binds neither a superuser nor who bypasses it."""
    if not database.is_sqlite():
        sees_all = bool(_one("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"))
        words = "DATABASE_URL's role sees past row-level security. Use one without SUPERUSER and BYPASSRLS."
        yield _says("Role", sees_all, words, "is bound by row-level security")
        yield _says(
            "Owner",
            not settings.DATABASE_OWNER_URL,
            "DATABASE_URL's role owns the tables and could change them. Set DATABASE_OWNER_URL.",
            "the tables belong to another role",
            "warn",
        )


def _row_security(_settings: Any) -> Iterator[Finding]:
    if not database.is_sqlite():
        from regulars.record.owned import owned_models

        wanted = [model._meta.db_table for model in owned_models()]
        found = _one(
            "SELECT count(*) FROM pg_class WHERE relname = ANY(%s) AND relrowsecurity AND relforcerowsecurity", wanted
        )
        words = f"It is missing on {len(wanted) - int(found)} tables. Restore a backup, or ask for help."
        yield _says("Row-level security", found != len(wanted), words, f"on all {len(wanted)} tables")


def _orphans(_settings: Any) -> Iterator[Finding]:
    """Rows that point to a row of another business, or to none: the composite keys forbid them, bit rot does not."""
    if not database.is_sqlite():
        return  # row-level security hides them from us, and the database's own keys are always on
    lost = 0
    for table, column, to in _links():
        lost += int(
            _one(
                f"SELECT count(*) FROM {table} AS child LEFT JOIN {to} AS parent"
                f" ON parent.id = child.{column} AND parent.business_id = child.business_id"
                f" WHERE child.{column} IS NOT NULL AND parent.id IS NULL"
            )
        )
    yield _says(
        "Rows", bool(lost), f"{lost} point to nothing. Restore the last backup, or ask for help.", "all hang together"
    )


def _links() -> Iterator[tuple[str, str, str]]:
    from regulars.record.owned import CompositeKey, owned_models

    for model in owned_models():
        for key in model._meta.constraints:
            if isinstance(key, CompositeKey):
                yield model._meta.db_table, key.column, key.to


def _jobs(_settings: Any) -> Iterator[Finding]:
    from regulars.record import upkeep

    seen = upkeep.last_began(upkeep.HEARTBEAT)
    if seen is None:
        yield Finding("Jobs", "warn", "They have never run. Do: regulars start")
    else:
        words = f"were last seen at {seen:%Y-%m-%d %H:%M} UTC"
        silent = _now() - seen > JOBS_SILENT
        yield _says(
            "Jobs", silent, f"They {words}. Do: regulars start (or regulars work, on PostgreSQL)", words, "warn"
        )
    broke = [f"{run.name} ({run.failure})" for run in upkeep.JobRun.objects.exclude(failure="")]
    yield _says("Last night", bool(broke), f"Broke: {'; '.join(broke)}", "nothing broke", "warn")


def _demo(settings: Any) -> Iterator[Finding]:
    from regulars.record.demo import demo_business

    is_there = demo_business() is not None
    words = "Everybody knows the demo's password. Expose an installation without it (another REGULARS_DATA)."
    is_exposed = settings.ALLOWED_HOSTS[0] not in ("localhost", "127.0.0.1", "::1")
    yield _says("Demo", is_there, words, "is not here", "fail" if is_exposed else "warn")


INSIDE: tuple[Callable[[Any], Iterator[Finding]], ...] = (
    *(_tables, _sound, _role, _row_security, _orphans),
    *(_jobs, _demo),
)


def _one(query: str, *values: Any) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return cursor.fetchone()[0]


def _now() -> datetime:
    from regulars.kernel import clock

    return clock.now()
