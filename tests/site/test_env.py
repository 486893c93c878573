"""Settings from outside: read once, refused loudly, in a process of its own because they are read when it begins."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from regulars.site import env

ROOT = Path(__file__).parents[2]


def django(*command: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """`manage.py command` with these settings and no others of ours."""
    ours = ("REGULARS_", "DATABASE_", "DJANGO_")
    bare = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *command],
        env={**bare, "REGULARS_DATA": str(folder), **settings},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("REGULARS_URL", "regulars.example", "Write the whole address"),
        ("REGULARS_THREADS", "none", "Write a whole number above zero"),
        ("REGULARS_THREADS", "0", "Write a whole number above zero"),
        ("REGULARS_DEBUG", "yes", "Write 1 for yes"),
        ("REGULARS_SECRET", "short", "at least 50 random characters"),
        ("DATABASE_URL", "mysql://x/y", "must begin with postgresql://"),
        ("DATABASE_URL", "nonsense", "Write postgresql://"),
        ("REGULARS_MAIL", "http://x", "Write smtp://"),
    ],
)
def test_a_setting_that_makes_no_sense_ends_the_program_with_a_sentence(
    tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    done = django("check", folder=tmp_path, **{name: value})
    assert done.returncode != 0
    assert sentence in done.stderr
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    done = django("check", folder=file / "data")
    assert "REGULARS_DATA is" in done.stderr
    assert "Traceback" not in done.stderr


def test_under_https_django_finds_nothing_to_warn_of(tmp_path: Path) -> None:
    done = django(
        "check", "--deploy", "--fail-level", "WARNING", folder=tmp_path, REGULARS_URL="https://regulars.example"
    )
    assert done.returncode == 0, done.stderr


def test_mail_goes_out_where_the_setting_says() -> None:
    asked = (
        "from django.conf import settings as s; print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_USER,"
        " s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_TLS)"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked],
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "regulars.site.settings", "REGULARS_MAIL": "smtp://mari:p%40ss@post:587?tls=1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "post 587 mari p@ss True"


def test_each_installation_makes_a_secret_of_its_own_and_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REGULARS_SECRET", raising=False)
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    assert env.secret(one) == env.secret(one) != env.secret(other)
    assert len(env.secret(one)) >= 50
    assert stat.S_IMODE((one / "secret").stat().st_mode) == 0o600


def test_a_secret_that_was_given_is_the_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGULARS_SECRET", "s" * 50)
    assert env.secret(tmp_path) == "s" * 50
    assert not (tmp_path / "secret").exists()
