"""The quick checks, each by its name: what a change must pass before anybody reads it."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
HTTPS = {"REGULARS_URL": "https://regulars.example", "REGULARS_DATA": str(ROOT / "var-check")}
TEMPLATES = [str(path) for path in sorted((ROOT / "regulars" / "pages" / "templates").rglob("*.html"))]

CHECKS: dict[str, list[str]] = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy", "regulars"],
    "imports": ["lint-imports"],
    "template style": ["djade", "--check", "--target-version", "5.2", *TEMPLATES],
    "template lint": ["djlint", "--lint", "--quiet", "regulars/pages/templates"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "safe to deploy": ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    "tests without a browser": ["python", "-m", "pytest", "-q", "-x", "-n", "2", "-m", "not browser"],
}


def run(name: str) -> tuple[str, bool, float, str]:
    began = time.monotonic()
    program, *arguments = CHECKS[name]
    done = subprocess.run(
        [BIN / program, *arguments],
        cwd=ROOT,
        env={**os.environ, **(HTTPS if "manage.py" in arguments else {})},
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return name, done.returncode == 0, time.monotonic() - began, done.stdout


def main() -> int:
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        for name, passed, seconds, output in pool.map(run, CHECKS):
            print(f"{'ok    ' if passed else 'FAILED'} {name} ({seconds:.0f} s)", flush=True)
            if not passed:
                failed += 1
                print("\n".join("       " + line for line in output.splitlines()[-40:]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
