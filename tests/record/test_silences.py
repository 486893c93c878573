"""An alarm of silence, an article, a remedy, a secret: small things that complaints need, and what they refuse."""

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import playbook, remedies, secrecy, silences
from regulars.record.branches import Branch
from regulars.record.tasks import Planned
from tests.cast import MONDAY, House


def test_a_secret_that_is_none_names_nothing() -> None:
    assert secrecy.named_by("?") is None
    assert secrecy.named_by("") is None


def test_an_alarm_of_silence_sounds_once_until_somebody_looks(garage: House) -> None:
    with garage.work():
        group = {"branch": Branch.objects.get(), "shift": "", "member": None, "side": "quiet"}
        found = {"since": MONDAY.date(), "expected": 5.0, "received": 0, "chance": 0.01}
        first = silences.sound(**group, **found, at=MONDAY)
        again = silences.sound(**group, **{**found, "expected": 6.0}, at=MONDAY)
        assert (again, again.expected) == (first, 6.0)
        with pytest.raises(Refused, match="behind it"):
            silences.look_into(first, found=" ", by=garage.owner, at=MONDAY)
        silences.look_into(first, found="Nobody wrote", by=garage.owner, at=MONDAY)
        with pytest.raises(Refused, match="looked into this already"):
            silences.look_into(first, found="Twice", by=garage.owner, at=MONDAY)
        other = silences.sound(**group, **found, at=MONDAY)
        silences.fall_silent(other, at=MONDAY)
        assert not silences.open_ones().exists()


def test_an_article_wants_a_title_and_words_and_a_remedy_a_name_and_a_deed(garage: House) -> None:
    with garage.work():
        said = {"by": garage.owner, "at": MONDAY}
        for title, text in ((" ", "x"), ("x", " ")):
            with pytest.raises(Refused, match="Write"):
                playbook.write(title=title, text=text, **said)
        for name, tasks in ((" ", [Planned("x")]), ("x", [Planned("x", is_more=True)]), ("x", [Planned(" ")])):
            with pytest.raises(Refused, match="Write"):
                remedies.keep(name, tasks, **said)
        kept = remedies.keep("New", [Planned("Sent")], **said)
        remedies.retire(kept, **said)
        assert remedies.keep("New", [Planned("Sent")], **said) == kept
        assert [task.what for task in remedies.tasks_of(kept)] == ["Sent"]
