"""Cells that a spreadsheet might run."""

import pytest

from regulars.kernel.cells import defuse


@pytest.mark.parametrize("text", ["=1+1", "+372", "-5", "@cmd", "\t=1", "\r=1", "\n=1"])
def test_what_would_be_run_is_shown(text: str) -> None:
    assert defuse(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Mari", "5 - 3", "a@b.example", "'=1"])
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert defuse(text) == text
