"""Django, for the commands that need a database: set up once, and brought up to date."""

from typing import Any


def set_up() -> None:
    """Load the settings and the tables. After this the rest of the program can be imported."""
    import django

    django.setup()


def migrate() -> bool:
    """Bring the database up to date, as the role that owns the tables. Whether anything had to be done."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", verbosity=0, interactive=False)
    return True


def the_business(slug: str) -> Any:
    """The business of that name in its address, or the only one there is. Raises Refused."""
    from regulars.kernel.refusal import Refused, gettext_noop
    from regulars.record.business import Business

    found = list(Business.objects.filter(slug=slug) if slug else Business.objects.order_by("slug")[:20])
    if len(found) == 1:
        return found[0]
    if slug or not found:
        raise Refused(gettext_noop("There is no business called “%(slug)s” here."), slug=slug)
    raise Refused(
        gettext_noop("There are several businesses. Say which with --business: %(slugs)s."),
        slugs=", ".join(business.slug for business in found),
    )
