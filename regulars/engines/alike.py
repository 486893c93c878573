"""Alike: which of many short texts say the same thing in other words. Words in, groups of places out.

Each text joins the first group whose oldest text shares enough words with it, whatever their order: the token set
ratio of rapidfuzz (https://rapidfuzz.github.io/RapidFuzz/Usage/fuzz.html#token-set-ratio), 0 to 100.
"""

from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

ENOUGH = 75.0


def alike(texts: Sequence[str], *, enough: float = ENOUGH) -> list[list[int]]:
    """The places of the texts, group by group; the largest group first, of two as large the one that came first."""
    groups: list[list[int]] = []
    leaders: list[str] = []
    for place, text in enumerate(utils.default_process(text) for text in texts):
        if not text:
            continue
        found = process.extractOne(text, leaders, scorer=fuzz.token_set_ratio, score_cutoff=enough)
        if found is None:
            leaders.append(text)
            groups.append([place])
        else:
            groups[found[2]].append(place)
    return sorted(groups, key=lambda group: -len(group))


def nearest(text: str, texts: Sequence[str]) -> list[int]:
    """The places of `texts`, the one that says most nearly the same first; of two alike the one that came first."""
    wanted = utils.default_process(text)
    scores = [fuzz.token_set_ratio(wanted, utils.default_process(other)) for other in texts]
    return sorted(range(len(texts)), key=lambda place: -scores[place])
