"""The database, for the commands that need one: Django set up, its tables up to date, one process on SQLite."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from regulars.kernel.refusal import Refused, gettext_noop

MIGRATE = 7_214_003  # the number of the lock on PostgreSQL that keeps two processes from migrating at once


class Failed(Exception):  # noqa: N818 (it is told to a person, who does not read "Error")
    """The command cannot do its work; the message is one sentence that says what to do."""


def set_up() -> Any:
    """Load the settings and the tables; returns the settings. After this the rest of the program can be imported."""
    import django
    from django.conf import settings

    django.setup()
    return settings


def is_sqlite() -> bool:
    from django.db import connection

    return connection.vendor == "sqlite"


@contextmanager
def only_process(settings: Any) -> Iterator[None]:
    """On SQLite nobody else serves from this data folder, or restores it, meanwhile.

    The order of writers and the restart of interrupted jobs both rely on it. The system gives the lock back when
    the process ends, however it ends.
    """
    if not is_sqlite():
        yield
        return
    with (settings.DATA / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise Failed(
                f"Regulars is running already with the data in {settings.DATA} (process {file.read()})."
                " Stop it first, or set REGULARS_DATA to another folder."
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def migrations_missing() -> list[str]:
    """The migrations that this version of the program has and the database has not."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def migrations_known() -> list[str]:
    """Every migration of this version of the program."""
    from django.db.migrations.loader import MigrationLoader

    return sorted(".".join(key) for key in MigrationLoader(None).disk_migrations)


def migrations_applied() -> list[str]:
    """Every migration that the database has had."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())


def migrate(settings: Any) -> bool:
    """Bring the tables up to date, as the role that owns them. Whether anything had to be done."""
    if not migrations_missing():
        return False
    if settings.DATABASE_OWNER_URL:
        _migrate_as_owner(settings.DATABASE_OWNER_URL)
    else:
        _migrate_ourselves()
    return True


def _migrate_ourselves() -> None:
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        if not is_sqlite():
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATE])
        try:
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            if not is_sqlite():
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATE])


def _migrate_as_owner(owner_url: str) -> None:
    """The tables are the owner's. The role of DATABASE_URL reads and writes rows and can do no more."""
    import psycopg

    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [MIGRATE])
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "0"],
            check=True,
            env={**os.environ, "DATABASE_URL": owner_url, "DATABASE_OWNER_URL": ""},
        )
        _grant(owner)


def grant_rows(settings: Any) -> None:
    """Let the role of DATABASE_URL read and write the rows of tables that the owner has just put there."""
    import psycopg

    if settings.DATABASE_OWNER_URL:
        with psycopg.connect(settings.DATABASE_OWNER_URL, autocommit=True) as owner:
            _grant(owner)


def _grant(owner: Any) -> None:
    from django.db import connection
    from psycopg import sql

    role = sql.Identifier(str(connection.settings_dict["USER"]))
    for grant in (
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}",
    ):
        owner.execute(sql.SQL(grant).format(role))


def the_business(slug: str) -> Any:
    """The business of that name in its address, or the only one there is. Raises Refused."""
    from regulars.record.business import Business

    found = list(Business.objects.filter(slug=slug) if slug else Business.objects.order_by("slug")[:20])
    if len(found) == 1:
        return found[0]
    if slug:
        raise Refused(gettext_noop("There is no business called “%(slug)s” here."), slug=slug)
    if not found:
        raise Refused(gettext_noop("There is no business here yet. Begin with `regulars start`."))
    raise Refused(
        gettext_noop("There are several businesses. Say which with --business: %(slugs)s."),
        slugs=", ".join(business.slug for business in found),
    )
