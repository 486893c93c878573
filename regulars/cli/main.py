"""The `regulars` command: every command on one screen. Each loads what it needs when it is called."""

import os
import sys
from typing import Annotated, Any

import typer
from rich.console import Console

import regulars
from regulars.cli import backup, check, demo, imports, restore, start, value, work
from regulars.cli.database import Failed
from regulars.kernel.refusal import Refused

app = typer.Typer(
    name="regulars",
    help="Turn one-time customers into customers for life.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
bring = typer.Typer(help="Bring sales or customers from a file.", no_args_is_help=True)

app.command()(start.start)
app.command()(demo.demo)
app.add_typer(bring, name="import")
bring.command("sales")(imports.sales)
bring.command("customers")(imports.customers)
app.command()(value.value)
app.command()(backup.backup)
app.command()(restore.restore)
app.command()(check.check)
app.command()(work.work)

WRONG_INPUT, FAILED, STOPPED = 2, 1, 130


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"regulars {regulars.__version__}")
        raise typer.Exit


@app.callback()
def _every_command(
    _version: Annotated[
        bool, typer.Option("--version", help="Tell the version.", callback=_tell_version, is_eager=True)
    ] = False,
) -> None:
    """Turn one-time customers into customers for life."""


def run(arguments: list[str] | None = None) -> int:
    """Run a command; whatever goes wrong is one sentence and an exit code: 2 for the input, 1 for anything else."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulars.site.settings")
    try:
        result: Any = app(arguments, prog_name="regulars", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except typer.Exit as stop:
        return stop.exit_code
    except typer.Abort:
        return STOPPED
    except KeyboardInterrupt:
        return STOPPED
    except Refused as refusal:
        return _say(str(refusal), WRONG_INPUT)
    except Failed as failure:
        return _say(str(failure), FAILED)
    except typer._click.exceptions.ClickException as error:
        error.show()
        return WRONG_INPUT
    except SystemExit as stop:
        return _say(str(stop.code), WRONG_INPUT) if isinstance(stop.code, str) else int(stop.code or 0)
    except OSError as error:
        return _say(f"{error.filename or 'The system'}: {error.strerror or error}.", FAILED)
    except Exception as error:
        if not _is_a_silent_database(error):
            raise
        return _say(f"The database does not answer: {' '.join(str(error).split())}", FAILED)
    finally:
        _let_go_of_the_database()


def _is_a_silent_database(error: Exception) -> bool:
    """No mistake of the program, so no traceback. Django may not be loaded, and is not loaded for this."""
    django = sys.modules.get("django.db.utils")
    return django is not None and isinstance(error, django.OperationalError)


def _let_go_of_the_database() -> None:
    """PostgreSQL's pool would otherwise be waited for, five seconds, when the process ends."""
    django = sys.modules.get("django")
    if django is None or not django.conf.settings.configured:
        return
    for connection in django.db.connections.all(initialized_only=True):
        connection.close()
        if getattr(connection, "pool", None):
            connection.close_pool()


def _say(sentence: str, code: int) -> int:
    Console(stderr=True).print(sentence, style="red", markup=False, highlight=False, soft_wrap=True)
    return code


if __name__ == "__main__":
    sys.exit(run())
