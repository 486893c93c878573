"""A million sales lines come in while people use the pages: how long, how much memory, how long pages take meanwhile.

    .venv/bin/python -m bench.imports [--lines 1000000] [--customers 200000] [--folder FOLDER]

It serves with `regulars start` on SQLite in a folder of its own, as an owner would, and asks for three pages in turn
by one signed-in person, while she enters one new customer after another in a second window. Printed: each step in
seconds, lines a second, peak memory of the server, and p50, p99 and the slowest of pages and entries before and during
the import.
"""

import argparse
import http.client
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

PAGES = ("imports/", "customers/", "today/")
PAUSE = 0.05  # seconds between two requests
TOKEN = "a" * 32  # the cookie and the form say the same
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

MAKE = """
import sys
from pathlib import Path
import django; django.setup()
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
from regulars.intake import imports
from regulars.kernel import clock
from tests.cast import open_garage
garage = open_garage()
client = Client(SERVER_NAME="localhost")
client.force_login(garage.person(40))
with garage.work():
    chunks = iter(lambda: file.read(1 << 20), b"")
    with Path(sys.argv[1]).open("rb") as file:
        brought = imports.bring(
            chunks, business=garage.business, subject="sales", file_name="sales.csv", by=garage.owner, at=clock.now())
print(client.cookies["sessionid"].value, brought.pk.hex)
"""
ASK = """
import sys
import django; django.setup()
from uuid import UUID
from regulars.intake import imports
from regulars.kernel import clock
from regulars.record.business import Business
from regulars.record.imports import Import
from regulars.record.owned import acting_for
with acting_for(Business.objects.get().pk):
    imports.ask(Import.objects.get(pk=UUID(sys.argv[1])), by=None, at=clock.now(), is_dry_run=False)
"""


def write_file(path: Path, lines: int, customers: int) -> None:
    """Six years of sales in date order, as a till writes them."""
    chance, first = random.Random(2), date(2019, 1, 1)
    with path.open("w", encoding="cp1257", errors="replace") as file:
        file.write("Kuupäev;Kellaaeg;Kliendi nr;Klient;Telefon;Kaup;Teenindaja;Summa\n")
        for line in range(lines):
            day = first + timedelta(days=line * 2190 // lines)
            who = min(int(chance.expovariate(4 / customers)), customers - 1)
            file.write(
                f"{day:%d.%m.%Y};{8 + line % 12:02}:{line % 60:02};K{who};Õie Tamm {who};5{who:07};Õlivahetus;"
                f"Müüja {who % 20};{chance.randint(5, 900)},{chance.randint(0, 99):02}\n"
            )


class Visitor(threading.Thread):
    """One signed-in person who opens one page after another."""

    def __init__(self, port: int, session: str) -> None:
        super().__init__(daemon=True)
        self.port, self.session, self.took, self.wrong, self.goes_on = port, session, [], 0, True

    def run(self) -> None:
        while self.goes_on:
            for page in PAGES:
                self.ask("GET", page, "", 200)

    def ask(self, method: str, page: str, body: str, wanted: int) -> None:
        began = time.perf_counter()
        connection = http.client.HTTPConnection("localhost", self.port, timeout=300)
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={TOKEN}"}
        connection.request(method, f"/at/garage/{page}", body, headers | FORM if body else headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        self.took.append(time.perf_counter() - began)
        self.wrong += answer.status != wanted
        time.sleep(PAUSE)

    def told(self) -> str:
        took = sorted(self.took)
        at = lambda share: took[min(int(len(took) * share), len(took) - 1)] * 1000  # noqa: E731
        return (
            f"p50 {at(0.5):.0f} ms, p99 {at(0.99):.0f} ms, slowest {took[-1] * 1000:.0f} ms"
            f" ({len(took)}, {self.wrong} not answered)"
        )


class Writer(Visitor):
    """She enters one customer after another."""

    def run(self) -> None:
        while self.goes_on:
            body = {"csrfmiddlewaretoken": TOKEN, "name": f"Visitor {len(self.took)}", "anyway": "1"}
            self.ask("POST", "customers/new/", urlencode(body), 302)
            time.sleep(PAUSE)


class Memory(threading.Thread):
    """The peak of a process and its children, in MB: all that is resident, and what of it is its own (not the file)."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.resident, self.own = process, 0, 0

    def run(self) -> None:
        while True:
            self.look()
            time.sleep(0.2)

    def look(self) -> None:
        children = subprocess.run(["pgrep", "-P", str(self.process)], capture_output=True, text=True, check=False)
        resident = own = 0
        for one in (self.process, *map(int, children.stdout.split())):
            try:
                status = dict(line.split(":", 1) for line in Path(f"/proc/{one}/status").read_text().splitlines())
            except (FileNotFoundError, ProcessLookupError):
                continue  # it has just ended
            resident += int(status.get("VmRSS", "0").split()[0]) // 1024
            own += int(status.get("RssAnon", "0").split()[0]) // 1024
        self.resident, self.own = max(self.resident, resident), max(self.own, own)

    def told(self) -> str:
        return f"{self.resident} MB, of them {self.own} MB its own and the rest the program and the database file"


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--lines", type=int, default=1_000_000)
    options.add_argument("--customers", type=int, default=200_000)
    options.add_argument("--folder", type=Path)
    wanted = options.parse_args()
    folder = wanted.folder or Path(tempfile.mkdtemp(prefix="regulars-bench-"))
    folder.mkdir(exist_ok=True)
    with socket.socket() as spare:
        spare.bind(("127.0.0.1", 0))
        port = spare.getsockname()[1]
    environment = {
        **os.environ,
        "REGULARS_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "regulars.site.settings",
        "DATABASE_URL": "",
    }
    write_file(folder / "sales.csv", wanted.lines, wanted.customers)
    print(f"{wanted.lines:,} lines, {(folder / 'sales.csv').stat().st_size / 1e6:.0f} MB")

    def python(code: str, *words: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", code, *words], env=environment, check=True, capture_output=True, text=True
        ).stdout

    session, brought = python(MAKE, str(folder / "sales.csv")).split()
    server = subprocess.Popen(
        [sys.executable, "-m", "regulars.cli.main", "start", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        first = Visitor(port, session)  # the first pages load templates
        first.start()
        time.sleep(3)
        first.goes_on = False
        first.join()
        print_times("before", port, session, lambda: time.sleep(5))
        memory = Memory(server.pid)
        memory.look()
        print("memory before:", memory.told())
        memory.start()
        python(ASK, brought)
        steps: dict[str, float] = {}
        print_times("during", port, session, lambda: steps.update(watch(folder / "regulars.sqlite3", brought)))
        print("peak memory:  ", memory.told())
        total = sum(steps.values())
        for step, seconds in steps.items():
            print(f"  {step:<10} {seconds:7.1f} s")
        print(f"all of it:     {total / 60:.1f} minutes, {wanted.lines / total:,.0f} lines a second")
    finally:
        server.terminate()
        server.wait()
        if wanted.folder is None:
            shutil.rmtree(folder, ignore_errors=True)


def print_times(when: str, port: int, session: str, work: Callable[[], None]) -> None:
    """How long pages and entries took while `work` went on."""
    people = {"pages": Visitor(port, session), "entries": Writer(port, session)}
    for one in people.values():
        one.start()
    work()
    for name, one in people.items():
        one.goes_on = False
        one.join()
        print(f"{name} {when}:".ljust(15), one.told(), flush=True)


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("localhost", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("the server did not start")


def watch(database: Path, brought: str) -> dict[str, float]:
    """Seconds in each step, until nothing is left to do."""
    book = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    steps: dict[str, float] = {}
    while True:
        began = time.perf_counter()
        time.sleep(0.2)
        step, finished, failed = book.execute(
            "SELECT step, finished_at, failed_at FROM record_import WHERE id = ?", (brought,)
        ).fetchone()
        if failed:
            sys.exit("the import failed")
        if finished and not step:
            return steps
        name = step or "waiting"
        steps[name] = steps.get(name, 0) + time.perf_counter() - began


if __name__ == "__main__":
    main()
