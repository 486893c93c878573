"""Every test: on SQLite with a real browser, then on a real PostgreSQL; then what each room's coverage must be.

Where we are root, Debian's packages that are missing are installed; where not, one sentence says which, and the
rest is run. Under CI=true whatever was left out is a failure.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from setup import apt

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
CI = os.environ.get("CI") == "true"
# What each of Debian's packages is for, and how to see that it is here.
PACKAGES = {
    "chromium": ("the tests in a browser", lambda: shutil.which("chromium")),
    "postgresql": ("the tests on PostgreSQL", lambda: any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))),
    "dovecot-imapd": ("the tests of fetching mail", lambda: shutil.which("dovecot", path="/usr/sbin:/usr/bin")),
    "gettext": ("collecting the words", lambda: shutil.which("xgettext")),
}
# Rooms that know no database: once is enough.
PURE = ("tests/engines", "tests/kernel", "tests/published/test_promising.py")
# Rooms and files whose every branch is tested.
WHOLE = ("regulars/kernel/*", "regulars/engines/*", "regulars/record/*", "regulars/pages/access.py")


def main() -> int:
    missing = get_packages()
    for old in ROOT.glob(".coverage*"):
        old.unlink()
    passed, counts = [], {"passed": 0, "failed": 0, "skipped": 0, "errors": 0}
    pytest = ["pytest", "-n", "2", "-q", "--cov", "--cov-append", "--cov-report="]
    if "chromium" in missing:
        passed.append(tell("SQLite", counts, *pytest, "-m", "not browser"))
    else:
        passed.append(tell("SQLite and a browser", counts, *pytest))
    if "postgresql" not in missing:
        pure = [f"--ignore={path}" for path in PURE]
        passed.append(tell("PostgreSQL", counts, *pytest, "-m", "not browser", *pure, REGULARS_TEST_POSTGRES="1"))
    if not missing:
        passed += [
            tell(f"every branch of {room}", {}, "coverage", "report", f"--include={room}", "--fail-under=100")
            for room in WHOLE
        ]
    tell("coverage of the whole, in percent", {}, "coverage", "report", "--format=total")
    if missing:
        left_out = " and ".join(PACKAGES[package][0] for package in missing)
        print(f"\nLeft out: {left_out}. Install Debian's {' and '.join(missing)}, and run this again.")
    failed = counts["failed"] + counts["errors"]
    print(f"\ntests: {counts['passed']} passed, {failed} failed, {counts['skipped']} skipped", flush=True)
    return 0 if all(passed) and not (missing and CI) else 1


def get_packages() -> list[str]:
    """Install what is missing, where we may; returns what is missing still."""
    missing = [package for package, (_what_for, is_here) in PACKAGES.items() if not is_here()]
    if missing and os.geteuid() == 0:
        print(f"Installing Debian's {' and '.join(missing)} ...", flush=True)
        apt(*missing)
        missing = [package for package in missing if not PACKAGES[package][1]()]
    return missing


def tell(title: str, counts: dict[str, int], *arguments: str, **environment: str) -> bool:
    """Run it, showing what it says; add what its closing line counts to `counts`."""
    print(f"\n--- {title}", flush=True)
    began, last = time.monotonic(), ""
    command = [PYTHON, "-m", *arguments]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as running:
        for line in running.stdout or ():
            print(line, end="", flush=True)
            last = line if line.strip() else last
    for number, what in re.findall(r"(\d+) (passed|failed|skipped|errors?)\b", last):
        what = "errors" if what == "error" else what
        counts[what] = counts.get(what, 0) + int(number)
    well = running.returncode == 0
    print(f"--- {title}: {'well' if well else 'NOT WELL'}, {time.monotonic() - began:.0f} s", flush=True)
    return well


if __name__ == "__main__":
    sys.exit(main())
