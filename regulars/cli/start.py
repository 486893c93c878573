"""regulars start: serves the product and runs its jobs, in one process."""

import os
import socket
from typing import Annotated

import typer
from rich.console import Console

from regulars.cli import database

Port = Annotated[int, typer.Option(help="The port to serve on.", min=1, max=65535)]
Host = Annotated[str, typer.Option(help="The address to serve on. 0.0.0.0 lets other machines in.")]
Demo = Annotated[bool, typer.Option("--demo", help="Make a demo business first, where there is no business yet.")]
Jobs = Annotated[bool, typer.Option(help="Run the jobs too. On PostgreSQL `regulars work` may run them elsewhere.")]


def start(port: Port = 8000, host: Host = "127.0.0.1", demo: Demo = False, jobs: Jobs = True) -> None:
    """Serve Regulars, by default on http://localhost:8000, until Ctrl-C."""
    os.environ.setdefault("REGULARS_URL", f"http://localhost:{port}")
    os.environ["REGULARS_JOBS"] = "1" if jobs else ""
    terminal = Console()
    _refuse_taken_port(host, port)
    database.set_up()
    from django.conf import settings

    from regulars.jobs.alone import refuse_second_process
    from regulars.record.people import Person
    from regulars.site import env

    refuse_second_process(settings.DATA)
    if database.migrate():
        terminal.print("The database is up to date.")
    if demo:
        from regulars.cli.demo import make_where_empty

        make_where_empty(terminal)
    _say_where(terminal, settings.SITE_URL, has_people=Person.objects.exists())

    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "regulars.site.server:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=env.read_count("REGULARS_THREADS"),
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        websockets=False,
        log_enabled=False,
    ).serve()


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SystemExit(f"Port {port} cannot be used: {error.strerror}. Choose another with --port.") from error


def _say_where(terminal: Console, url: str, *, has_people: bool) -> None:
    from regulars.record.demo import DEMO_EMAIL, DEMO_PASSWORD, demo_business

    terminal.print(f"\n  Regulars is at [bold]{url}[/]", highlight=False)
    if demo_business() is not None:
        terminal.print(f"  Sign in to the demo as [bold]{DEMO_EMAIL}[/], password [bold]{DEMO_PASSWORD}[/]", highlight=False)
    elif not has_people:
        terminal.print(f"  Nobody is here yet. Begin at [bold]{url}/first/[/]", highlight=False)
    terminal.print("  Ctrl-C stops it.\n")
