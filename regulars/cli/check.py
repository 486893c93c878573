"""`regulars check`: is this installation healthy, and safe to expose?"""

from typing import Annotated

import typer
from rich.console import Console

from regulars.cli import database, health

SIGNS = {"ok": "[green]ok[/]", "warn": "[yellow]look[/]", "fail": "[red]FAIL[/]"}
AsJson = Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")]


def check(as_json: AsJson = False) -> int:
    """Look at the settings, the database, the jobs and the backups, and say what to do.

    Ends with 0 when nothing failed, else with 1: it can stand in a cron job.
    """
    settings = database.set_up()
    findings = health.findings(settings)
    terminal = Console(highlight=False)
    if as_json:
        terminal.print_json(data=[finding._asdict() for finding in findings])
    else:
        from rich.table import Table

        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        for finding in findings:
            table.add_row(SIGNS[finding.state], finding.name, finding.words)
        terminal.print(table)
        terminal.print(f"\n{_in_short([finding.state for finding in findings])}")
    return 1 if any(finding.state == "fail" for finding in findings) else 0


def _in_short(states: list[str]) -> str:
    if "fail" in states:
        return "Mend what failed before anybody else gets in."
    if "warn" in states:
        return "It works. Look at what is marked before you let others in."
    return "Healthy, and safe to expose."
