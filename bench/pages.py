"""How long a page takes as customers grow, beside a bare Django list and beside django-helpdesk, on PostgreSQL.

    .venv/bin/python -m bench.pages [--rows 10000 100000] [--visits 60] [--helpdesk PYTHON]

PYTHON is one that has `django-helpdesk`, `granian` and `psycopg[binary]`; left out, it is not measured. Every program
is served by one process of four threads and asked by one client, in turn; the customers come in through `regulars
import`. Printed: the median in milliseconds, the 95th percentile, and how many times the yardstick (a bare list of 50
rows) that is.
"""

import argparse
import http.client
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

from faker import Faker

from tests.machine import spare_port, start_postgres

ROOT = Path(__file__).parents[1]
SERVE = "from granian import Granian; Granian('bench.{name}:application', port={port}, interface='wsgi', workers=1, blocking_threads=4, log_enabled=False).serve()"  # noqa: E501
MAKE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.cast import open_garage
open_garage()
"""
WORK = """
import django; django.setup()
from django.db import connection
from django.test import Client
from regulars.jobs import runner
from regulars.kernel import clock
from regulars.record.business import Business
from regulars.record.owned import acting_for
from regulars.record.customers import Customer
from regulars.record.people import Member, Person
from regulars.record.worth import Estimate
runner.turn(clock.now())
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
client = Client(SERVER_NAME="localhost")
client.force_login(Person.objects.get(email="mari.tamm@garage.example"))
with acting_for(Business.objects.get().pk):
    mine = list(Customer.objects.order_by("met_at").values_list("pk", flat=True)[:3])
    Customer.objects.filter(pk__in=mine).update(keeper=Member.objects.get(email="mari.tamm@garage.example"))
    print(client.cookies["sessionid"].value, Estimate.objects.order_by("-value").first().customer_id)
"""


@dataclass
class Page:
    """One page of a program: a GET, or a form that is filled in anew each time."""

    name: str
    path: str
    form: dict[str, str] | None = None
    took: list[float] = field(default_factory=list)


class Program:
    """A served program and the client that asks it, over one connection that stays open."""

    def __init__(self, name: str, port: int, cookie: str, pages: list[Page]) -> None:
        self.name, self.pages, self.cookie = name, pages, cookie
        self.to = http.client.HTTPConnection("localhost", port, timeout=300)

    def ask(self, page: Page, number: int) -> float:
        method, body, headers = "GET", None, {"Cookie": self.cookie}
        if page.form is not None:
            token = "t" * 32  # the cookie and the form say the same: that is what is checked
            words = {key: value.format(number) for key, value in page.form.items()}
            body = urlencode({**words, "csrfmiddlewaretoken": token})
            headers |= {"Cookie": f"{self.cookie}; csrftoken={token}"}
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
            method = "POST"
        began = time.perf_counter()
        self.to.request(method, page.path, body=body, headers=headers)
        answer = self.to.getresponse()
        said = answer.read()
        took = (time.perf_counter() - began) * 1000
        if answer.status != (200 if method == "GET" else 302):
            sys.exit(f"{self.name} {page.name}: {answer.status} {answer.getheader('Location')} {said[:2000]!r}")
        return took


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    options.add_argument("--visits", type=int, default=60)
    options.add_argument("--helpdesk", type=Path)
    options.add_argument("--helpdesk-most", type=int, default=100_000, help="beyond so many rows it is left out")
    wanted = options.parse_args()
    server = start_postgres().rsplit("/", 1)[0]
    for rows in wanted.rows:
        with ExitStack() as stack:
            programs = [stack.enter_context(yardstick(server, rows)), stack.enter_context(ours(server, rows))]
            if wanted.helpdesk and rows <= wanted.helpdesk_most:
                programs.append(stack.enter_context(helpdesk(server, rows, wanted.helpdesk)))
            visit(programs, wanted.visits)
            show(programs, rows)


def visit(programs: list[Program], times: int) -> None:
    """Page after page of one program after the other; the first five visits only warm it up."""
    for number in range(times + 5):
        for program in programs:
            for page in program.pages:
                if len(page.took) > 5 and sum(page.took) > 60_000:  # a minute of one page is enough
                    continue
                took = program.ask(page, number)
                if number >= 5 or took > 5000:
                    page.took.append(took)


def show(programs: list[Program], rows: int) -> None:
    yard = statistics.median(programs[0].pages[0].took)
    print(f"\n{rows:,} rows{'':24} p50 ms   p95 ms   x yardstick   (load {os.getloadavg()[0]:.1f})")
    for program in programs:
        for page in program.pages:
            half, most = statistics.median(page.took), sorted(page.took)[int(len(page.took) * 0.95)]
            print(f"{program.name:<10} {page.name:<22} {half:7.1f}  {most:7.1f}  {half / yard:7.1f}", flush=True)


# --- the programs -----------------------------------------------------------------------------------------------


@contextmanager
def yardstick(server: str, rows: int) -> Iterator[Program]:
    environment = {**os.environ, "DATABASE_URL": database(server, f"yardstick{rows}")}
    subprocess.run([sys.executable, "bench/yardstick.py", "fill", str(rows)], cwd=ROOT, env=environment, check=True)
    with served([sys.executable, "-c"], "yardstick", environment) as port:
        yield Program("yardstick", port, "", [Page("50 rows, HTML", "/html"), Page("50 rows, JSON", "/json")])


@contextmanager
def helpdesk(server: str, rows: int, python: Path) -> Iterator[Program]:
    environment = {**os.environ, "DATABASE_URL": database(server, f"helpdesk{rows}")}
    said = subprocess.run(
        [python, "bench/peer_helpdesk.py", "fill", str(rows)],
        cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip

    def listed(words: str) -> str:
        query = {"filtering": {}, "sorting": "created", "search_string": words}
        return f"/datatables_ticket_list/{b64encode(json.dumps(query).encode()).decode()}?draw=1&start=0&length=50"

    form = {"queue": "1", "title": "New {}", "body": "It is broken.", "priority": "3", "submitter_email": "a@b.example"}
    pages = [
        Page("dashboard", "/dashboard/"),
        Page("list", listed("")),
        Page("search, rare word", listed("zanzibar")),
        Page("ticket", "/tickets/17/"),
        Page("create", "/tickets/submit/", form),
    ]
    with served([python, "-c"], "peer_helpdesk", environment) as port:
        yield Program("helpdesk", port, f"sessionid={said.stdout.strip()}", pages)


@contextmanager
def ours(server: str, rows: int) -> Iterator[Program]:
    folder = Path(tempfile.mkdtemp(prefix="regulars-bench-"))
    environment = {
        **os.environ,
        "DATABASE_URL": database(server, f"regulars{rows}"),
        "REGULARS_DATA": str(folder),
        "REGULARS_THREADS": "4",
        "DJANGO_SETTINGS_MODULE": "regulars.site.settings",
    }
    name = write_sales(folder / "sales.csv", rows)
    command = [sys.executable, "-m", "regulars.cli.main"]
    python = [sys.executable, "-c"]
    subprocess.run([*python, MAKE], cwd=ROOT, env=environment, check=True)
    began = time.perf_counter()
    said = subprocess.run(
        [*command, "import", "sales", str(folder / "sales.csv")],
        cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    print(f"{rows:,} customers imported in {time.perf_counter() - began:.0f} s", said.stderr, flush=True)
    began = time.perf_counter()
    said = subprocess.run([*python, WORK], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    print(f"their worth and the calls worked out in {time.perf_counter() - began:.0f} s", flush=True)
    session, her = said.stdout.split()
    inside = "/at/garage"
    find = f"{inside}/customers/?" + urlencode({"q": name})
    pages = [
        Page("today", f"{inside}/today/"),
        Page("card", f"{inside}/customers/{her}/"),
        Page("search, a full name", find),
        Page("search, a typing error", find[:-2] + find[-1]),
        Page("search, a first name", find.split("+")[0]),
        Page("list by worth", f"{inside}/customers/"),
        Page("list by name", f"{inside}/customers/?sort=name"),
        Page("list, slipping away", f"{inside}/customers/?stage=slipping"),
        Page("list, three of mine", f"{inside}/customers/?mine=1"),
        Page("worth", f"{inside}/worth/"),
        Page("create", f"{inside}/customers/new/", {"name": "Newcomer Number{}", "anyway": "1"}),
    ]
    port = spare_port()
    with running([*command, "start", "--port", str(port), "--no-jobs"], port, environment):
        yield Program("regulars", port, f"sessionid={session}", pages)
    shutil.rmtree(folder, ignore_errors=True)


def write_sales(path: Path, customers: int) -> str:
    """Three sales for two customers, over three years, by name and phone. The name of one in the middle."""
    chance, faker, today = random.Random(3), Faker("fi_FI"), date(2026, 11, 1)
    faker.seed_instance(3)
    firsts = [faker.first_name() for _ in range(2000)]
    lasts = [faker.last_name() for _ in range(5000)]
    names = [f"{chance.choice(firsts)} {chance.choice(lasts)}" for _ in range(customers)]
    with path.open("w") as file:
        file.write("Date;Customer no;Customer;Phone;Amount\n")
        for line in range(customers * 3 // 2):
            who = line if line < customers else chance.randrange(customers)
            day = today - timedelta(days=chance.randrange(1096))
            file.write(f"{day:%d.%m.%Y};K{who};{names[who]};+358 40 {who:07};{chance.randint(5, 900)},00\n")
    return names[customers // 2]


# --- serving ----------------------------------------------------------------------------------------------------


def database(server: str, name: str) -> str:
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server}/{name}"


@contextmanager
def served(python: list[str | Path], name: str, environment: dict[str, str]) -> Iterator[int]:
    port = spare_port()
    with running([*python, SERVE.format(name=name, port=port)], port, environment):
        yield port


@contextmanager
def running(command: list[str | Path], port: int, environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                socket.create_connection(("localhost", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
