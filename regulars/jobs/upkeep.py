"""What the program does for itself at night."""

from datetime import datetime

from django.core.management import call_command

from regulars.jobs import each
from regulars.record import imports


def throw_away(now: datetime) -> None:
    """Sessions that have run out, and files that were brought long ago: what came of them stays in the book."""
    call_command("clearsessions")
    for _business in each.business():
        for brought in imports.old_ones(at=now):
            imports.clear(brought, by=None, at=now)
