"""The `regulars` command, run as people run it: in a process of its own, with a data folder of its own."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]


def environment(folder: Path, settings: dict[str, str]) -> dict[str, str]:
    ours = ("REGULARS_", "DATABASE_", "DJANGO_")
    bare = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**bare, "REGULARS_DATA": str(folder), "COLUMNS": "200", **settings}


def regulars(*words: object, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run it to its end."""
    return subprocess.run(
        [sys.executable, "-m", "regulars.cli.main", *map(str, words)],
        env=environment(folder, settings),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


class Server:
    """`regulars start` on a spare port, until it is stopped or killed."""

    def __init__(self, folder: Path, *words: str, **settings: str) -> None:
        with socket.socket() as spare:
            spare.bind(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{spare.getsockname()[1]}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "regulars.cli.main", "start", "--port", self.url.rsplit(":", 1)[1], *words],
            env=environment(folder, settings),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait_until_it_answers(self, seconds: float = 30) -> float:
        """How long that took, in seconds."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            try:
                with urlopen(self.url) as answer:
                    assert answer.status == 200
                return time.monotonic() - began
            except URLError:
                assert self.process.poll() is None, self.process.stdout.read()
                time.sleep(0.05)
        raise AssertionError("it does not answer")

    def end(self, how: int) -> int:
        """Send it that signal; its exit code. It has three seconds."""
        self.process.send_signal(how)
        code = self.process.wait(3)
        self.process.stdout.close()
        return code
