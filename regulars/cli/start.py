"""`regulars start`: the pages and the jobs, in one process."""

import os
import socket
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from regulars.cli import database
from regulars.cli.database import Failed

SECONDS_TO_FINISH = 2  # what a request that is under way gets when the program is stopped

Port = Annotated[int, typer.Option(help="The port to serve on.", min=1, max=65535)]
Host = Annotated[str, typer.Option(help="The address to serve on. 0.0.0.0 lets other machines in.")]
Demo = Annotated[bool, typer.Option("--demo", help="Make the demo business first, where there is no business yet.")]
Jobs = Annotated[bool, typer.Option(help="Run the jobs too. On PostgreSQL `regulars work` may run them elsewhere.")]


def start(port: Port = 8000, host: Host = "127.0.0.1", demo: Demo = False, jobs: Jobs = True) -> None:
    """Serve Regulars, by default on http://localhost:8000, until Ctrl-C.

    The data lie in the folder REGULARS_DATA (SQLite), or in the PostgreSQL of DATABASE_URL. All settings are in
    docs/settings.md.

    Examples:

      regulars start

      regulars start --port 80 --host 0.0.0.0

      DATABASE_URL=postgresql://regulars@db/regulars regulars start --no-jobs
    """
    os.environ.setdefault("REGULARS_URL", f"http://localhost:{port}")
    os.environ["REGULARS_JOBS"] = "1" if jobs else ""
    terminal = Console(highlight=False)
    settings = database.set_up()
    if database.is_sqlite() and not jobs:
        raise Failed("On SQLite the process that serves runs the jobs. Leave out --no-jobs.")
    with database.only_process(settings):
        _refuse_taken_port(host, port)
        if database.migrate(settings):
            terminal.print("The database is up to date.")
        _gather_statics(settings.STATIC_ROOT)
        if demo:
            _make_demo_where_empty(terminal)
        _say_where(terminal, settings.SITE_URL)
        _serve(host, port, settings.THREADS)
    os._exit(0)  # what is still under way ends here: requests had their time, jobs begin anew at the next start


def _gather_statics(root: Path) -> None:
    """The files for the browser, named by their content; quick where nothing has changed since the last start."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    files = sorted(Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([]))
    now = "\n".join(f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in files)
    gathered = root / "gathered"
    if not gathered.exists() or gathered.read_text() != now:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        gathered.write_text(now)


def _refuse_taken_port(host: str, port: int) -> None:
    """The server itself would only say so in a log."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Failed(
                f"Port {port} of {host} cannot be used: {error.strerror}. Choose another with --port."
            ) from error


def _make_demo_where_empty(terminal: Console) -> None:
    """Also where somebody stopped us half-way."""
    from regulars.cli.demo import make
    from regulars.record.business import Business
    from regulars.record.demo import demo_business

    if demo_business() is not None or not Business.objects.exists():
        make(terminal)


def _say_where(terminal: Console, url: str) -> None:
    from regulars.record.demo import DEMO_EMAIL, DEMO_PASSWORD, demo_business
    from regulars.record.people import Person

    terminal.print(f"\n  Regulars is at [bold]{url}[/]")
    if demo_business() is not None:
        terminal.print(f"  Sign in to the demo as [bold]{DEMO_EMAIL}[/], password [bold]{DEMO_PASSWORD}[/]")
    elif not Person.objects.exists():
        terminal.print(f"  Nobody is here yet. Begin at [bold]{url}/first/[/]")
    terminal.print("  Ctrl-C stops it.\n")


def _serve(host: str, port: int, threads: int) -> None:
    """Answer requests until Ctrl-C or SIGTERM.

    Granian's server of threads is meant for a Python without the global lock and refuses to start under one. We
    want it for another reason: there is one process, so the writers wait in one queue, the jobs hear the bell, and
    a kill leaves nobody behind. Its server of processes calls the very same worker.
    """
    from granian.constants import Interfaces
    from granian.server.mt import MTServer

    class OneProcess(MTServer):
        def _check_gil(self) -> Any:
            """It may be on."""

    OneProcess(
        "regulars.site.server:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=threads,
        workers_kill_timeout=SECONDS_TO_FINISH,
        log_enabled=False,
    ).serve()
