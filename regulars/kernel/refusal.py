"""Refused: the one error that a rule raises. Its sentence says what to do."""

from datetime import datetime
from typing import Any


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation where it is written; it is translated where it is shown."""
    return sentence


class Refused(Exception):
    """A rule said no. `sentence` is marked for translation and may name `details` as %(name)s.

    A detail that is a moment stands on the clock on which it is meant; whoever shows it writes it for the reader.
    """

    def __init__(self, sentence: str, *, field: str = "", **details: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.details = details

    def __reduce__(self) -> tuple[Any, ...]:  # a refusal crosses processes whole
        return (_rebuilt, (self.sentence, self.field, self.details))

    def said(self, translate: Any = str, write: Any = str) -> str:
        """The sentence in the language of `translate`, with its details filled in; moments as `write` writes them."""
        words: str = translate(self.sentence)
        details = {name: write(it) if isinstance(it, datetime) else it for name, it in self.details.items()}
        return words % details if details else words

    def __str__(self) -> str:
        return self.said()


def _rebuilt(sentence: str, field: str, details: dict[str, Any]) -> Refused:
    return Refused(sentence, field=field, **details)
