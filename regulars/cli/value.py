"""regulars value FILE: what each customer of a sales file is worth; no database needed."""

import json
import sys
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from regulars.kernel.refusal import Refused, gettext_noop

UNITS = {"day": 1.0, "week": 7.0}
HORIZON_DAYS = 1096  # three years
HEADS = ("customer", "frequency", "recency", "age", "mean_spend", "p_alive", "expected_visits", "value", "low", "high")

File = Annotated[
    Path, typer.Argument(help="Sales in CSV, XLSX or Parquet: a customer, a date and an amount on each line.")
]
Top = Annotated[int, typer.Option(help="How many customers to show.", min=0)]
Until = Annotated[str, typer.Option(help="Count sales up to and including this day only: 1997-09-30.")]
Unit = Annotated[str, typer.Option(help="The unit of time: day or week.")]
Model = Annotated[str, typer.Option(help="auto, bgnbd, mbgnbd, paretonbd or averages; auto takes what foretells best.")]
Horizon = Annotated[float, typer.Option(help="How far to look, in units; three years when left out.", min=0)]
Discount = Annotated[float, typer.Option(help="What a year costs: 0.10 is ten percent.", min=0, max=10)]
Out = Annotated[str, typer.Option(help="Write every customer to this file: .csv, .xlsx or .parquet.")]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print parameters, log-likelihood and counts as JSON, nothing else.")
]
Column = Annotated[str, typer.Option(help="The name of the column, when the guess is wrong.")]


def value(
    file: File,
    top: Top = 10,
    until: Until = "",
    unit: Unit = "week",
    model: Model = "auto",
    horizon: Horizon = 0.0,
    discount: Discount = 0.10,
    out: Out = "",
    json_: AsJson = False,
    customer_column: Column = "",
    date_column: Column = "",
    amount_column: Column = "",
) -> None:
    """Tell what each customer is worth, from a file of sales. No database is needed.

    Examples:

      regulars value sales.csv

      regulars value sales.xlsx --until 2025-12-31 --top 20

      regulars value sales.parquet --out customers.csv --json
    """
    _refuse_unknown(unit, model, out)
    from regulars.cli import salesfile
    from regulars.engines import lifetime

    columns = salesfile.Columns(customer_column, date_column, amount_column)
    with _progress() as tell:
        history = salesfile.read(file, until=_day(until), columns=columns, tell=lambda share: tell("Reading", share))
        tell("Fitting", 0.7)
        fitted = lifetime.fit(history.summary, model, UNITS[unit], history.held_out)
        tell("Scoring", 0.9)
        days = horizon * UNITS[unit] or HORIZON_DAYS
        scores = lifetime.score(fitted, history.summary, days, discount)
        if out:
            _write(Path(out), _table(history, scores, UNITS[unit]))
    about = _about(history, fitted, unit, days, discount)
    if json_:
        sys.stdout.write(json.dumps(about, indent=2, ensure_ascii=False) + "\n")
    else:
        _show(about, history, scores, top, days)


def _refuse_unknown(unit: str, model: str, out: str) -> None:
    if unit not in UNITS:
        raise Refused(gettext_noop("There is no unit %(unit)s. Write day or week."), unit=unit)
    if model not in ("auto", "bgnbd", "mbgnbd", "paretonbd", "averages"):
        raise Refused(
            gettext_noop("There is no model %(model)s. Write auto, bgnbd, mbgnbd, paretonbd or averages."), model=model
        )
    if out and Path(out).suffix.lower() not in (".csv", ".xlsx", ".parquet"):
        raise Refused(gettext_noop("%(out)s must end in .csv, .xlsx or .parquet."), out=out)


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date() if text else None  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        raise Refused(gettext_noop("“%(text)s” is not a day. Write it like 1997-09-30."), text=text) from None


@contextmanager
def _progress() -> Any:
    """A bar on the terminal, gone when the work is done; nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda _title, _share: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading", total=1.0)
        yield lambda title, share: bar.update(task, description=title, completed=share)


def _table(history: Any, scores: Any, unit: float) -> dict[str, Any]:
    """Every customer: one column a name of HEADS; times in units."""
    summary = history.summary
    columns = (
        history.names, summary.frequency, summary.recency / unit, summary.age / unit, summary.mean_spend,
        scores.p_alive, scores.expected_visits, scores.value, scores.low, scores.high,
    )  # fmt: skip
    return dict(zip(HEADS, columns, strict=True))


def _about(history: Any, fitted: Any, unit: str, days: float, discount: float) -> dict[str, Any]:
    from regulars.cli.salesquery import EPOCH

    summary = history.summary
    return {
        "model": fitted.model,
        "parameters": fitted.parameters,
        "log_likelihood": fitted.log_likelihood,
        "spend_model": "gamma-gamma" if fitted.spend_parameters else "averages",
        "spend_parameters": fitted.spend_parameters,
        "spend_log_likelihood": fitted.spend_log_likelihood,
        "chosen_how": fitted.chosen_how,
        "chosen_by": fitted.chosen_by,
        "fallback": fitted.fallback,
        "spend_fallback": fitted.spend_fallback,
        "unit": unit,
        "until": str(date.fromordinal(summary.until + EPOCH)) if len(summary) else None,
        "horizon": days / UNITS[unit],
        "yearly_discount": discount,
        "lines": history.lines,
        "customers": len(summary),
        "repeaters": summary.repeaters,
        "repeat_transactions": summary.repeat_visits,
        "refunds": summary.refunds,
        "later_lines": summary.later,
        "refused_lines": history.refused,
    }


NAMES = {
    "bgnbd": "BG/NBD",
    "mbgnbd": "MBG/NBD",
    "paretonbd": "Pareto/NBD",
    "averages": "plain averages",
}
WHY = {
    "empty": "there are no sales",
    "too_few_customers": "there are too few customers for a model",
    "too_few_repeaters": "too few customers came back for a model",
    "one_day": "all sales are of one day",
}
HOW = {
    "held_out": ", which foretold the held-out part best",
    "likelihood": ", the likeliest of three",
    "asked": "",
    "fallback": "",
}


def _show(about: dict[str, Any], history: Any, scores: Any, top: int, days: float) -> None:
    import numpy as np
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    terminal = Console(highlight=False)
    best = np.lexsort((np.arange(len(scores.value)), -scores.value))[:top]
    table = Table(
        title=f"The {len(best)} customers who are worth the most",
        title_justify="left",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    table.add_column("Customer", overflow="ellipsis", no_wrap=True, max_width=30)
    for head in ("Visits", "Silent", "A visit", "With us", "To come", "Worth", "Four in five"):
        table.add_column(head, justify="right", no_wrap=True)
    summary = history.summary
    for place in best.tolist():
        alive = scores.p_alive[place]
        table.add_row(
            _printable(history.names[place]),
            str(int(summary.frequency[place]) + 1),
            f"{int(summary.age[place] - summary.recency[place])} d",
            f"{scores.spend[place]:,.2f}",
            "" if np.isnan(alive) else f"{alive:.0%}",
            f"{scores.expected_visits[place]:,.1f}",
            f"{scores.value[place]:,.0f}",
            f"{scores.low[place]:,.0f}–{scores.high[place]:,.0f}",
        )
    if top and len(best):
        terminal.print(table)
    why = f" because {WHY.get(about['fallback'], about['fallback'])}" if about["fallback"] else ""
    terminal.print(
        f"{about['customers']:,} customers, {about['repeaters']:,} of whom came back; all are worth"
        f" {float(scores.value.sum()):,.2f} over the next {days / 365.25:.1f} years."
    )
    terminal.print(f"Model: {NAMES[about['model']]}{HOW[about['chosen_how']]}{why}.")
    left_out = [f"{count:,} lines {reason}" for reason, count in about["refused_lines"].items()]
    if about["later_lines"]:
        left_out.append(f"{about['later_lines']:,} lines after the last day")
    if left_out:
        terminal.print(f"Left out: {', '.join(left_out)}.")


def _printable(name: object) -> str:
    """A name from a file must not move the cursor or set colours."""
    return "".join(letter if letter.isprintable() else "?" for letter in str(name)).replace("[", "\\[")


def _write(path: Path, table: dict[str, Any]) -> None:
    from regulars.kernel.cells import defuse

    names = [defuse(str(name)) for name in table["customer"]]
    columns = [names, *(column.tolist() for column in list(table.values())[1:])]
    rows = zip(*columns, strict=True)
    match path.suffix.lower():
        case ".csv":
            import csv

            with path.open("w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file)
                writer.writerow(HEADS)
                writer.writerows([_bare(cell) for cell in row] for row in rows)
        case ".xlsx":
            _write_workbook(path, rows)
        case _:
            import duckdb
            import numpy as np

            base = duckdb.connect()
            base.register(
                "scored", {**table, "customer": np.array([str(name) for name in table["customer"]], dtype=object)}
            )
            base.execute(f"COPY (SELECT * FROM scored) TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT parquet)")


def _write_workbook(path: Path, rows: Any) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("customers")
    sheet.write_row(0, 0, HEADS)
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, [_bare(cell) for cell in row])
    book.close()


def _bare(cell: Any) -> Any:
    return "" if isinstance(cell, float) and cell != cell else cell  # NaN: plain averages know no chance
