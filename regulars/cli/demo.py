"""`regulars demo`: a business that never was, with a sales history that is real."""

import csv
import io
import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

from regulars.cli import database

HISTORY = Path(__file__).parent / "data" / "cdnow_sales.csv"
SEED = 1997
LOCALES = ["en_US", "en_GB", "fi_FI", "et_EE", "es_ES", "de_DE", "it_IT", "pl_PL", "pt_BR"]
# Of each area 555-0100 to 555-0199 are kept free for stories: nobody real is ever called.
AREAS = [
    "617",
    "857",
    "508",
    "774",
    "781",
    "339",
    "978",
    "351",
    "413",
    "401",
    "203",
    "475",
    "860",
    "959",
    "603",
    "802",
    "207",
    "212",
    "646",
    "917",
    "718",
    "347",
    "929",
    "516",
    "631",
    "914",
]
COLLEAGUES = {"Tom Okafor": "MANAGER", "Ines Duarte": "FRONT_LINE", "Marcus Lind": "FRONT_LINE", "Ada Brooks": "VIEWER"}
SELLERS = ["Ruth Harbour", "Tom Okafor", "Ines Duarte", "Marcus Lind"]
KNOWN = (
    "Collects first pressings of Blue Note.",
    "Her son plays the cello; looks for Bach before Christmas.",
    "Comes by the ferry on Fridays and has little time.",
    "Prefers to be called after five.",
    "Sings in the cathedral choir.",
)
WISHED = (
    "Set new jazz aside for her before it goes on the shelf.",
    "A list of what came in, every month, on paper.",
    "A chair by the listening post.",
)


def demo() -> None:
    """Make the demo business: Harbour Records, a record shop in Boston.

    Its history is real: the CDNOW records, 6,919 sales to 2,357 customers in 78 weeks, moved by whole weeks so that
    the last one is a few days old. Every name, telephone number and address is made up. A second call leaves
    everything as it is.
    """
    database.migrate(database.set_up())
    make(Console(highlight=False))


def make(terminal: Console) -> None:
    """Make it, or what of it is missing because somebody stopped us half-way."""
    from regulars.kernel import clock
    from regulars.record.calls import Call
    from regulars.record.demo import DEMO_EMAIL, DEMO_PASSWORD, demo_business
    from regulars.record.owned import acting_for
    from regulars.record.sales import Sale
    from regulars.record.worth import latest

    at = clock.now()
    business = demo_business()
    if business is None:
        terminal.print("Making the demo business, Harbour Records: 6,919 sales that are real, moved to this year ...")
        business = _open(at)
    with acting_for(business.pk):
        has_sales, has_worth, has_calls = Sale.objects.exists(), latest() is not None, Call.objects.exists()
    if not has_sales:
        _bring_history(business, at)
    if not has_worth:
        _work_out_worth(business)
    if not has_calls:
        _fill_today(business, at)
        terminal.print(f"It is ready. Sign in as {DEMO_EMAIL}, password: {DEMO_PASSWORD}")


def _open(at: datetime) -> Any:
    from django.db import transaction

    from regulars.record import people
    from regulars.record.branches import Branch, change_branch
    from regulars.record.business import open_business
    from regulars.record.demo import DEMO_EMAIL, DEMO_PASSWORD
    from regulars.record.owned import acting_for
    from regulars.record.people import Person, Role

    with transaction.atomic():
        business = open_business(
            name="Harbour Records",
            slug="harbour-records",
            country="US",
            currency="USD",
            language="en",
            zone="America/New_York",
            at=at,
            is_demo=True,
        )
        with acting_for(business.pk):
            ruth = people.register(email=DEMO_EMAIL, name="Ruth Harbour", password=DEMO_PASSWORD)
            owner = people.seat(ruth, role=Role.OWNER, at=at)
            for name, role in COLLEAGUES.items():
                address = name.lower().replace(" ", ".") + "@regulars.example"
                people.seat(Person.objects.create_user(address, name=name), role=Role[role], at=at, by=owner)
            week = {day: [(time(10), time(19))] for day in range(6)} | {6: [(time(12), time(17))]}
            change_branch(Branch.objects.get(), name="Harbour Street", week=week, by=owner, at=at)
    return business


def _bring_history(business: Any, at: datetime) -> None:
    """Through the door of every import."""
    from regulars.intake import imports as intake
    from regulars.kernel import clock
    from regulars.record.owned import acting_for
    from regulars.record.people import Member, Role

    today = clock.today(business.zone)
    with acting_for(business.pk):
        owner = Member.objects.get(role=Role.OWNER)
        brought = intake.bring(
            [_as_the_shop_wrote_it(today).encode()],
            business=business,
            subject="sales",
            file_name="sales of the old till.csv",
            by=owner,
            at=at,
        )
        intake.ask(brought, by=owner, at=at, is_dry_run=False)
    intake.carry_out(business.pk, brought.pk, now=clock.now)


def _as_the_shop_wrote_it(today: date) -> str:
    """The history as a file of an old till. The last sale is one to seven days old."""
    with HISTORY.open() as file:
        sales = list(csv.DictReader(file))
    last = max(date.fromisoformat(sale["date"]) for sale in sales)
    moved = timedelta(weeks=(today - last).days // 7)
    if last + moved == today:
        moved -= timedelta(weeks=1)
    people = dict(zip(dict.fromkeys(sale["customer"] for sale in sales), _people(), strict=False))
    rng = random.Random(SEED)  # noqa: S311 (nothing secret is drawn)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Date", "Time", "Amount", "Customer", "Phone", "E-mail", "Served by", "Item", "Receipt"])
    for number, sale in enumerate(sales, 1):
        day = date.fromisoformat(sale["date"]) + moved
        minute = f"{rng.randrange(12, 17)}:{rng.randrange(60):02}"
        item = "1 record" if sale["units"] == "1" else f"{sale['units']} records"
        seller = rng.choice(SELLERS)
        writer.writerow([day, minute, sale["amount"], *people[sale["customer"]], seller, item, f"HR-{number:05}"])
    return out.getvalue()


def _people() -> Iterator[tuple[str, str, str]]:
    """Name, telephone and e-mail of somebody made up, without end."""
    from django.utils.text import slugify
    from faker import Faker

    faker = Faker(LOCALES)
    faker.seed_instance(SEED)
    for number, area in ((number, area) for number in range(100) for area in AREAS):
        name = f"{faker.first_name()} {faker.last_name()}"
        yield name, f"+1 {area} 555 01{number:02}", f"{slugify(name)}.{area}{number:02}@example.com"


def _work_out_worth(business: Any) -> None:
    """What the import asked for; done here, so that Today is full at first sight."""
    from regulars.desk import worth
    from regulars.kernel import clock
    from regulars.record import reckonings
    from regulars.record.owned import acting_for

    with acting_for(business.pk):
        reckoning = reckonings.begin(at=clock.now())
    worth.work_out(business, at=clock.now())
    if reckoning is not None:
        with acting_for(business.pk):
            reckonings.finish(reckoning, at=clock.now())


def _fill_today(business: Any, at: datetime) -> None:
    """Calls for everybody, and something that we know about the ten who bring the most."""
    from django.db import transaction

    from regulars.cli import democomplaints, demosurveys, demowork
    from regulars.desk import plays
    from regulars.kernel import clock
    from regulars.record import knowing, tags
    from regulars.record.owned import acting_for
    from regulars.record.people import Member, Role
    from regulars.record.worth import Estimate

    with acting_for(business.pk):
        owner = Member.objects.get(role=Role.OWNER)
        ten = [estimate.customer for estimate in plays.top_customers()]
        for customer, fact in zip(ten, KNOWN, strict=False):
            knowing.learn(customer, fact, by=owner, at=at)
        for customer, wish in zip(ten[2:], WISHED, strict=False):
            knowing.hear(customer, wish, source="call", by=owner, at=at)
        for customer in ten[:4]:
            tags.put(customer, ["collector"], by=owner, at=at)
        with transaction.atomic():
            most = Estimate.objects.order_by("-value").select_related("customer")[:300]
            best = [estimate.customer for estimate in most]
            demowork.furnish(business, best, at=at)
            democomplaints.furnish(best, at=at)
            demosurveys.furnish(business, best, at=at)
        plays.plan(business, today=clock.today(business.zone), at=at)
