"""Collect every marked sentence of the program into the catalogues: new ones come in empty, lost ones go.

Needs Debian's gettext. After this, translate what is empty or fuzzy; tests/shape/test_messages.py says what is left.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ru", "fi", "et")


def main() -> None:
    if shutil.which("xgettext") is None:
        sys.exit("gettext is not installed. Install Debian's package: gettext")
    locales = [word for language in LANGUAGES for word in ("--locale", language)]
    subprocess.run(
        [sys.executable, ROOT / "manage.py", "makemessages", *locales, "--no-obsolete", "--no-location", "--no-wrap"],
        cwd=ROOT / "regulars",
        check=True,
    )


if __name__ == "__main__":
    main()
