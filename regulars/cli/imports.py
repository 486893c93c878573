"""regulars import sales, regulars import customers: a file goes into the book by the same door as on the page."""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from regulars.cli import database

File = Annotated[Path, typer.Argument(help="A CSV or XLSX file.", exists=True, dir_okay=False, readable=True)]
Slug = Annotated[str, typer.Option("--business", help="Which business, by its name in the address.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Say what would come of it, and write nothing.")]
Order = Annotated[str, typer.Option("--dates", help="How dates are written: dmy, mdy or ymd. Found out when left out.")]
Mark = Annotated[str, typer.Option("--decimal", help="What parts the cents: , or . Found out when left out.")]
Back = Annotated[Path | None, typer.Option("--refused", help="Where to write the lines that come back.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print what came of it as JSON.")]

CHUNK = 1024 * 1024
STEPS = {
    "reading": "Reading",
    "people": "Who is who",
    "comparing": "What is known already",
    "writing": "Writing",
    "counting": "Counting",
}
LOOK_EVERY = 0.5  # seconds, where another process does the work


def sales(
    file: File,
    slug: Slug = "",
    dry_run: Dry = False,
    dates: Order = "",
    decimal: Mark = "",
    refused: Back = None,
    as_json: AsJson = False,
) -> int:
    """Bring sales into the book: all of them or none. What is known already is not written twice."""
    return _bring("sales", file, slug, dry_run, {"date_order": dates, "decimal": decimal}, refused, as_json)


def customers(
    file: File,
    slug: Slug = "",
    dry_run: Dry = False,
    dates: Order = "",
    refused: Back = None,
    as_json: AsJson = False,
) -> int:
    """Bring customers into the book; those who are known get what their cards lack."""
    return _bring("customers", file, slug, dry_run, {"date_order": dates}, refused, as_json)


def _bring(
    subject: str, file: Path, slug: str, dry_run: bool, how: dict[str, str], refused: Path | None, as_json: bool
) -> int:
    _refuse_nonsense(how)
    settings = database.set_up()
    from regulars.intake import imports as intake
    from regulars.kernel import clock
    from regulars.kernel.refusal import Refused
    from regulars.record import imports
    from regulars.record.owned import acting_for

    with database.only_process(settings):
        database.migrate(settings)
        business = database.the_business(slug)
        with acting_for(business.pk):
            brought = intake.bring(
                _chunks(file), business=business, subject=subject, file_name=file.name, by=None, at=clock.now()
            )
            _say_what_is_assumed(brought.plan, how)
            brought.plan |= {name: value for name, value in how.items() if value} | {"doubt": ""}
            imports.plan(brought, brought.plan, by=None, at=clock.now())
            intake.ask(brought, by=None, at=clock.now(), is_dry_run=dry_run)
        _carry_out(business, brought)
        with acting_for(business.pk):
            brought.refresh_from_db()
            if refused and brought.outcome.get("refused"):
                _write_refused(brought, refused)
            if dry_run or brought.failed_at:
                imports.clear(brought, by=None, at=clock.now())
    if brought.failed_at:
        _say_reasons(Console(stderr=True), brought.outcome)
        raise Refused(brought.failure["sentence"], **brought.failure["details"])
    _say(subject, brought.outcome, dry_run, as_json)
    return 0


def _carry_out(business: Any, brought: Any) -> None:
    """Do it here; or, where a worker runs on the same PostgreSQL, watch it do it."""
    from regulars.intake import imports as intake
    from regulars.kernel import clock
    from regulars.record.alone import Alone
    from regulars.record.owned import acting_for

    alone = Alone()
    with _progress() as bar:
        task = bar.add_task(STEPS["reading"], total=1.0)

        def tell(step: str, share: float) -> None:
            bar.update(task, completed=share, description=STEPS.get(step, STEPS["reading"]))

        if alone.is_mine():
            intake.carry_out(business.pk, brought.pk, now=clock.now, tell=tell)
            alone.give_up()
            return
        while brought.is_working:
            time.sleep(LOOK_EVERY)
            with acting_for(business.pk):
                brought.refresh_from_db()
            tell(brought.step, brought.share)


def _say_what_is_assumed(plan: dict[str, Any], how: dict[str, str]) -> None:
    if plan["doubt"] and not how["date_order"]:
        order = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}[plan["date_order"]]
        said = f"“{plan['doubt']}” can be read in two ways; it is read {order}. If that is wrong, use --dates."
        Console(stderr=True).print(said, highlight=False)


def _refuse_nonsense(how: dict[str, str]) -> None:
    if how["date_order"] not in ("", "dmy", "mdy", "ymd"):
        raise typer.BadParameter("write dmy, mdy or ymd", param_hint="--dates")
    if how.get("decimal", "") not in ("", ",", "."):
        raise typer.BadParameter("write , or .", param_hint="--decimal")


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as source:
        while chunk := source.read(CHUNK):
            yield chunk


def _progress() -> Any:
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<22}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    return Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True)


def _write_refused(brought: Any, to: Path) -> None:
    from regulars.desk import export
    from regulars.intake import refusals

    _kind, file = export.like(brought.plan["delimiter"], *refusals.table(brought, str))
    with file, to.open("wb") as out:
        shutil.copyfileobj(file, out)


def _say(subject: str, outcome: dict[str, Any], dry_run: bool, as_json: bool) -> None:
    terminal = Console()
    if as_json:
        terminal.print_json(json.dumps(outcome))
        return
    from rich.table import Table

    from regulars.kernel import money

    table = Table(show_header=False, box=None, title="What would come of it" if dry_run else None, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    if subject == "sales":
        table.add_row("New sales", f"{outcome['added']:,}")
        table.add_row("Known already", f"{outcome['known']:,}")
    table.add_row("New customers", f"{outcome['customers']:,}")
    table.add_row("Cards completed", f"{outcome['completed']:,}")
    table.add_row("Lines that come back", f"{outcome['refused']:,}")
    if outcome["first_on"]:
        table.add_row("First sale", outcome["first_on"])
        table.add_row("Last sale", outcome["last_on"])
        largest, currency = outcome["largest"]
        table.add_row("Largest sale", money.written(largest, currency, "en"))
        for currency, total in outcome["sums"].items():
            table.add_row("All together", money.written(total, currency, "en"))
    terminal.print(table)
    _say_reasons(terminal, outcome)


def _say_reasons(terminal: Console, outcome: dict[str, Any]) -> None:
    for sentence, details, line, count in outcome.get("reasons", []):
        reason = sentence % details if details else sentence
        terminal.print(
            f"  line {line}: {reason}" + (f" (and {count - 1:,} more)" if count > 1 else ""), highlight=False
        )
