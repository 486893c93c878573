"""What search.py asks of the index of either database."""

from dataclasses import dataclass, field

FORGIVEN = 4  # words of at least so many letters may have a typing error
LONGEST = 24  # letters of a word that is worth its deletions


@dataclass(frozen=True)
class Group:
    """One word that was typed: any of these meets it. A query is a list of groups, all of which must be met."""

    words: set[str] = field(default_factory=set)  # the word itself
    beginnings: set[str] = field(default_factory=set)  # a word that begins so
    variants: set[str] = field(default_factory=set)  # a word that is one of these, or is with one letter left out


def deletions(word: str) -> set[str]:
    """The word and, where it is long enough to be forgiven, the word without each of its letters.

    A wrong digit is another number, so digits stay: of abc123 a letter may be wrong.
    """
    if not FORGIVEN <= len(word) <= LONGEST:
        return {word}
    return {word, *(word[:place] + word[place + 1 :] for place, sign in enumerate(word) if not sign.isdigit())}
