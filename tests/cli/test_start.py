"""`regulars start`: one process that serves, and comes back after a kill."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.running import Server, regulars


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    started = Server(tmp_path)
    started.wait_until_it_answers()
    yield started
    if started.process.poll() is None:
        started.process.kill()
        started.process.wait()


def test_it_says_where_it_is_and_stops_when_asked(server: Server) -> None:
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(3) == 0
    said = server.process.stdout.read()
    assert "Regulars is at http://localhost:" in said
    assert "Nobody is here yet. Begin at" in said


def test_files_for_the_browser_may_be_kept_for_ever(server: Server) -> None:
    """They are named by their content, and so is what they name."""
    with urlopen(f"{server.url}/account/login/") as page:
        (sheet,) = re.findall(r"/static/css/tokens\.[0-9a-f]{12}\.css", page.read().decode())
    with urlopen(server.url + sheet) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
        (font, *_) = re.findall(r"fonts/[\w.-]+\.[0-9a-f]{12}\.woff2", answer.read().decode())
    with urlopen(f"{server.url}/static/{font}") as answer:
        assert answer.status == 200


def test_ctrl_c_stops_it(server: Server) -> None:
    assert server.end(signal.SIGINT) == 0


def test_a_second_process_on_the_same_data_is_refused(server: Server, tmp_path: Path) -> None:
    for words in (["start", "--port", "1"], ["restore", __file__]):
        second = regulars(*words, folder=tmp_path)
        assert second.returncode == 1
        assert second.stderr.startswith("Regulars is running already with the data in ")
        assert str(server.process.pid) in second.stderr
        assert second.stderr.count("\n") == 1


def test_after_a_kill_it_starts_again(server: Server, tmp_path: Path) -> None:
    assert server.end(signal.SIGKILL) == -signal.SIGKILL
    again = Server(tmp_path)
    again.wait_until_it_answers()
    assert again.end(signal.SIGTERM) == 0


def test_a_port_that_is_taken_is_said(server: Server, tmp_path: Path) -> None:
    other = tmp_path / "other"
    done = regulars("start", "--port", server.url.rsplit(":", 1)[1], folder=other)
    assert done.returncode == 1
    assert "Choose another with --port." in done.stderr


def test_on_sqlite_the_jobs_cannot_be_left_to_others(tmp_path: Path) -> None:
    for words in (["start", "--no-jobs"], ["work"]):
        done = regulars(*words, folder=tmp_path)
        assert (done.returncode, "On SQLite" in done.stderr) == (1, True)


def test_a_database_that_does_not_answer_is_said_in_one_sentence(tmp_path: Path) -> None:
    done = regulars("start", folder=tmp_path, DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert done.returncode == 1
    assert "The database does not answer" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nonsense"], "No such command"),
        (["start", "--port", "90000"], "--port"),
        (["restore", "nowhere.tar.gz"], "does not exist"),
        (["start"], "REGULARS_THREADS"),
    ],
)
def test_what_makes_no_sense_ends_with_two(tmp_path: Path, words: list[str], sentence: str) -> None:
    done = regulars(*words, folder=tmp_path, REGULARS_THREADS="many")
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_help_and_version(tmp_path: Path) -> None:
    assert "start" in regulars("--help", folder=tmp_path).stdout
    assert "--port" in regulars("start", "--help", folder=tmp_path).stdout
    assert regulars("--version", folder=tmp_path).stdout.startswith("regulars 0.")
