"""Collect every marked sentence of the program into the catalogues: new ones come in empty, lost ones go.

Needs Debian's gettext. After this, translate what is empty or fuzzy; tests/shape/test_messages.py says what is left.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ru", "fi", "et")


def main() -> None:
    if shutil.which("xgettext") is None:
        sys.exit("gettext is not installed. Install Debian's package: gettext")
    locales = [word for language in LANGUAGES for word in ("--locale", language)]
    make = [sys.executable, ROOT / "manage.py", "makemessages"]
    with tempfile.TemporaryDirectory() as data:
        subprocess.run(
            [*make, *locales, "--no-obsolete", "--no-location", "--no-wrap"],
            cwd=ROOT / "regulars",
            env={**os.environ, "REGULARS_DATA": data},
            check=True,
        )


if __name__ == "__main__":
    main()
