"""The quick checks, each by its name: what a change must pass before anybody reads it. No browser, no PostgreSQL,
no replay of a whole log.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
TEMPLATES = [str(path) for path in sorted((ROOT / "regulars" / "pages" / "templates").rglob("*.html"))]

CHECKS: dict[str, list[str]] = {
    "types": ["mypy", "regulars"],
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "imports": ["lint-imports"],
    "template style": ["djade", "--check", "--target-version", "5.2", *TEMPLATES],
    "template lint": ["djlint", "--lint", "--quiet", "regulars/pages/templates"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "safe to deploy": ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
}
TESTS = ["python", "-m", "pytest", "-q", "-n", "2", "-m", "not browser and not replay"]


def main() -> int:
    began = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        well = [tell(*done) for done in pool.map(run, CHECKS, CHECKS.values())]
    well.append(tell(*run("tests", TESTS)))
    print(f"{'All is well' if all(well) else 'Not yet'}, after {time.monotonic() - began:.0f} s")
    return 0 if all(well) else 1


def run(name: str, command: list[str]) -> tuple[str, bool, float, str]:
    began = time.monotonic()
    program, *arguments = command
    with tempfile.TemporaryDirectory() as data:
        done = subprocess.run(
            [BIN / program, *arguments],
            cwd=ROOT,
            env={**os.environ, "REGULARS_URL": "https://regulars.example", "REGULARS_DATA": data, "DATABASE_URL": ""},
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    return name, done.returncode == 0, time.monotonic() - began, done.stdout


def tell(name: str, well: bool, seconds: float, said: str) -> bool:
    print(f"{'ok    ' if well else 'FAILED'} {name} ({seconds:.0f} s)", flush=True)
    if not well:
        print("\n".join("       " + line for line in said.splitlines()[-40:]), flush=True)
    return well


if __name__ == "__main__":
    sys.exit(main())
