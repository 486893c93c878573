"""Set up .venv beside this folder from a lock file: every library in the version and with the hash that it names.

Needs nothing but Python's standard library. Nothing is built: the program itself is put on the path by a .pth file.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
LAUNCHER = """#!{python}
import sys

from regulars.cli.main import run

sys.exit(run())
"""


def main(lock: Path) -> None:
    if sys.version_info < OLDEST:
        sys.exit("Regulars needs Python 3.11 or newer. On Debian 12: apt-get install python3 python3-venv")
    if not (VENV / "bin" / "pip").exists():
        make_environment()
    install(lock)
    put_on_path()


def make_environment() -> None:
    print("Making a place for the libraries (.venv) ...", flush=True)
    if not can_make_one():
        if os.geteuid() != 0:
            sys.exit("Python cannot make virtual environments yet. Install Debian's package: python3-venv")
        print("Installing Debian's package python3-venv ...", flush=True)
        apt("python3-venv")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def can_make_one() -> bool:
    return subprocess.run([sys.executable, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL).returncode == 0


def apt(*packages: str) -> None:
    """Install Debian packages; quiet unless it fails."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(command, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            sys.exit(f"{done.stdout}\n{' '.join(command)} failed.")


def install(lock: Path) -> None:
    wanted = len(re.findall(r"^\S+==", lock.read_text(), re.MULTILINE))
    print(f"Installing the {wanted} libraries of {lock.name}; the first time takes about a minute ...", flush=True)
    began, seen, said = time.monotonic(), 0, []
    command = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-input",
               "--disable-pip-version-check", "--progress-bar", "off", "-r", str(lock)]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout:
            said.append(line)
            found = re.match(r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)", line)
            if found:
                seen += 1
                tell(f"  {seen} of {wanted}: {found[1]}")
            elif line.startswith("Installing collected"):
                tell("  all here; unpacking")
    if pip.returncode != 0:
        sys.exit("\n" + "".join(said[-25:]) + "\nThe libraries could not be installed; see the lines above.")
    tell(f"  {wanted} libraries are ready, after {time.monotonic() - began:.0f} seconds\n")


def tell(words: str) -> None:
    """One line that is written over, where there is a terminal; else only what ends a step."""
    if sys.stdout.isatty():
        print("\r" + words.rstrip("\n")[: shutil.get_terminal_size().columns - 1].ljust(60), end="", flush=True)
        if words.endswith("\n"):
            print(flush=True)
    elif words.endswith("\n"):
        print(words, end="", flush=True)


def put_on_path() -> None:
    """The program is read from where it stands: a change is there at once, and nothing is built."""
    python = VENV / "bin" / "python"
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run([python, "-c", asked], check=True, capture_output=True, text=True).stdout.strip()
    Path(site, "regulars.pth").write_text(f"{ROOT}\n")
    launcher = VENV / "bin" / "regulars"
    launcher.write_text(LAUNCHER.format(python=python))
    launcher.chmod(0o755)


if __name__ == "__main__":
    main(ROOT / sys.argv[1])
