"""Runs every test: on SQLite with a real browser, then on a real PostgreSQL; then what each room's coverage must be.

A browser or a PostgreSQL that is missing is said at the end, and under CI=true it is a failure.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
CI = os.environ.get("CI") == "true"
WHOLE = ("kernel", "engines", "record")  # rooms whose every branch is tested


def run(title: str, *arguments: str, **environment: str) -> bool:
    print(f"\n--- {title}", flush=True)
    began = time.monotonic()
    command = [PYTHON, "-m", *arguments]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False)
    print(
        f"--- {title}: {'passed' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - began:.0f} s", flush=True
    )
    return done.returncode == 0


def main() -> int:
    for old in ROOT.glob(".coverage*"):
        old.unlink()
    missing = []
    pytest = ["pytest", "-n", "2", "-q", "--cov", "--cov-append", "--cov-report="]
    browser = shutil.which("chromium") is not None
    if not browser:
        missing.append("the browser tests (Debian's chromium)")
    passed = [run("SQLite and a browser", *pytest, *(() if browser else ("-m", "not browser")))]
    if Path("/usr/lib/postgresql").exists() or shutil.which("initdb"):
        passed.append(run("PostgreSQL", *pytest, "-m", "not browser", REGULARS_TEST_POSTGRES="1"))
    else:
        missing.append("the PostgreSQL tests (Debian's postgresql)")
    for room in WHOLE:
        passed.append(
            run(f"every branch of {room}", "coverage", "report", f"--include=regulars/{room}/*", "--fail-under=100")
        )
    run("coverage of the whole", "coverage", "report", "--format=total")
    if missing:
        print(f"\nLeft out: {' and '.join(missing)}. Install what is named and run this again.")
    return 0 if all(passed) and not (missing and CI) else 1


if __name__ == "__main__":
    sys.exit(main())
