"""`regulars demo`: a business that never was, with a sales history that is real."""

from datetime import datetime, time
from typing import Any

from rich.console import Console

from regulars.cli import database

SLUG = "harbour-records"


def demo() -> None:
    """Make the demo business: Harbour Records, a record shop in Boston.

    Its sales are the CDNOW records (6,919 sales to 2,357 customers, January 1997 to June 1998), moved by whole
    weeks so that the last one is a few days old. Every name, telephone number and address is made up. Made
    once: a second call leaves everything as it is.
    """
    database.migrate(database.set_up())
    make(Console(highlight=False))


def make(terminal: Console) -> None:
    """Make it, telling how far it is; nothing happens when it is there."""
    from regulars.kernel import clock
    from regulars.record.demo import DEMO_EMAIL, DEMO_PASSWORD, demo_business

    if demo_business() is not None:
        terminal.print("The demo business is there already.")
        return
    terminal.print("Making the demo business, Harbour Records ...")
    _open(clock.now())
    terminal.print(f"Done. Sign in as {DEMO_EMAIL} with the password: {DEMO_PASSWORD}")


def _open(at: datetime) -> Any:
    from django.db import transaction

    from regulars.record import people
    from regulars.record.business import Branch, change_branch, open_business
    from regulars.record.demo import DEMO_EMAIL, DEMO_PASSWORD
    from regulars.record.owned import acting_for
    from regulars.record.people import Role

    with transaction.atomic():
        business = open_business(
            name="Harbour Records",
            slug=SLUG,
            country="US",
            currency="USD",
            language="en",
            zone="America/New_York",
            at=at,
            is_demo=True,
        )
        with acting_for(business.pk):
            owner = people.seat(
                people.register(email=DEMO_EMAIL, name="Ruth Harbour", password=DEMO_PASSWORD), role=Role.OWNER, at=at
            )
            branch = Branch.objects.get()
            week = {day: [(time(10), time(19))] for day in range(5)} | {5: [(time(10), time(18))]}
            change_branch(branch, name="Harbour Street", week=week, by=owner, at=at)
    return business
