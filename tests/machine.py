"""What the tests need of the machine: a data folder of their own and, when asked for, a real PostgreSQL.

Loaded before Django's settings (`-p tests.machine`), because the settings read the environment once.
`REGULARS_TEST_POSTGRES=1` starts Debian's server on a spare port for the length of the run.
"""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

WORKER = "PYTEST_XDIST_WORKER" in os.environ


def _postgres_bin() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        sys.exit("PostgreSQL is not installed. Install Debian's postgresql package.")
    return Path(on_path).resolve().parent


def spare_port() -> int:
    with socket.socket() as spare:
        spare.bind(("127.0.0.1", 0))
        return int(spare.getsockname()[1])


def start_postgres() -> str:
    """A server of our own; returns the URL of a role that owns the tables and cannot see past row-level security."""
    programs, port = _postgres_bin(), spare_port()
    folder = Path(tempfile.mkdtemp(prefix="regulars-postgres-"))
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    if user:
        shutil.chown(folder, user)

    def run(*command: str) -> None:
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)

    run(str(programs / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8",
        "--locale=C.UTF-8", "--no-sync")  # fmt: skip
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60"
    run(
        str(programs / "pg_ctl"),
        "-D",
        str(folder / "data"),
        "-o",
        options,
        "-l",
        str(folder / "log"),
        "-w",
        "start",
    )

    def stop() -> None:
        run(str(programs / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    run(str(programs / "psql"), "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-qc",
        "CREATE ROLE regulars LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS", "-c",
        "CREATE DATABASE regulars OWNER regulars")  # fmt: skip
    return f"postgresql://regulars@127.0.0.1:{port}/regulars"


if not WORKER:
    _folder = tempfile.mkdtemp(prefix="regulars-tests-")
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
    os.environ["REGULARS_DATA"] = _folder
    os.environ["REGULARS_URL"] = "http://localhost:8000"
    os.environ.pop("DATABASE_URL", None)
    if os.environ.get("REGULARS_TEST_POSTGRES") == "1":
        os.environ["DATABASE_URL"] = start_postgres()
