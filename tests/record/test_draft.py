"""A draft keeps what was understood of a file, however many different people it names."""

from pathlib import Path

import pytest

from regulars.record import draft
from regulars.record.draft import Line, Words, new_draft


def line(server: str) -> Line:
    return Line("2026-01-05 08:00:00", "2026-01-05", 100, "EUR", "0" * 32, server, "", "")


def test_people_are_known_again_beyond_what_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft, "REMEMBERED", 2)
    with new_draft(tmp_path / "draft") as one:
        one.write_lines((number, Words(name=str(number % 3)), line("Liis")) for number in range(9))
        assert one.count("who") == 3
        assert one.count("sale") == 9
        assert one.count("server") == 1
        assert one.count("sale WHERE server = ?", 1) == 9
    assert not (tmp_path / "draft").exists()


def test_what_a_killed_worker_left_goes(tmp_path: Path) -> None:
    (tmp_path / "draft").write_bytes(b"half a file")
    with new_draft(tmp_path / "draft") as one:
        assert one.count("sale") == 0
