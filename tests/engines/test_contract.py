"""One contract for engines: same input same output, inputs untouched, rows in any order, nothing in nothing out."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest

from regulars.engines import causes, cohorts, control, priority, promising, proof, rare, rhythm, silence, spread
from regulars.engines.lifetime import fit, hold_out, score, summarise
from tests.engines.test_lifetime import made_up

CODES, DAYS, AMOUNTS = made_up(150)


def _value(codes: Any, days: Any, amounts: Any) -> Any:
    summary = summarise(codes, days, amounts)
    fitted = fit(summary, held_out=hold_out(codes, days, amounts))
    return summary, score(fitted, summary, 365)


def _promise(kind: Any, opened: Any, took: Any) -> Any:
    return promising.learn(promising.Jobs(kind, opened, opened + took, took, kind), 400.0)


# name: the engine, its columns, and whether its answer is a row for a row (and so turns with them)
ENGINES: dict[str, tuple[Callable[..., Any], list[Any], bool]] = {
    "lifetime": (_value, [CODES, DAYS, AMOUNTS], False),
    "rhythm": (
        lambda n, a, b: rhythm.rhythm(n, a, b, 400),
        [np.arange(1, 9), np.zeros(8, int), np.arange(8) * 40],
        True,
    ),
    "cohorts": (lambda c, d: cohorts.cohorts(c, d, [0, 200, 400]), [CODES, DAYS], False),
    "kept": (lambda c, d: cohorts.kept(c, d, 600, 200), [CODES, DAYS], False),
    "spread": (spread.spread, [(AMOUNTS * 100).astype(int)], False),
    "promising": (_promise, [np.arange(80) % 3, np.arange(80) * 5.0, (np.arange(80) * 7 % 11) * 2.0], False),
    "promises kept": (
        promising.scores,
        [np.repeat([0.8, 0.9], 40), np.arange(80.0), np.arange(80)[::-1] * 1.0, np.arange(80) * 3.0],
        False,
    ),
    "control": (control.of_shares, [np.full(12, 50), np.full(12, 40)], True),
    "jobs between": (rare.of_jobs_between, [np.arange(12) * 7 % 12], True),
    "days between": (rare.of_days_between, [np.arange(12) * 7 % 12 + 0.5], True),
    "causes": (
        lambda n, k: causes.recurrence(int(k[n < 6].sum()), 60, int(k[n > 5].sum()), 60),
        [np.arange(12)] * 2,
        False,
    ),
    "pareto": (lambda harm: causes.pareto(harm).shares, [np.arange(12) * 7 % 12], False),
    "silence": (
        lambda jobs, came: sorted(one.chance for one in silence.watch(jobs, came)),
        [np.full((6, 200), 9), (np.arange(1200) * np.arange(1200) % 13 == 0).reshape(6, 200) * 1],
        False,
    ),
    "proof": (
        lambda y, treated, group: proof.compare(y, treated, group, planned=200, share=0.5),
        [np.arange(120) * 7 % 11 > 5, np.arange(120) % 2 == 0, np.arange(120) % 3],
        False,
    ),
    "priority": (
        lambda s, k: priority.order(s, np.ones(len(s)), np.zeros(len(s)), np.zeros(len(s)), k).weight[
            priority.order(s, np.ones(len(s)), np.zeros(len(s)), np.zeros(len(s)), k).places
        ],
        [np.array([5, 1, 5, 9]), np.arange(4)],
        False,
    ),
}


def plain(answer: Any) -> Any:
    """The answer as lists of rounded numbers, to be compared."""
    if is_dataclass(answer):
        return {field.name: plain(getattr(answer, field.name)) for field in fields(answer)}
    if isinstance(answer, tuple | list):
        return [plain(part) for part in answer]
    if isinstance(answer, np.ndarray):
        return np.round(answer, 6).tolist() if answer.dtype.kind == "f" else answer.tolist()
    return answer


@pytest.mark.parametrize("name", ENGINES)
def test_same_input_same_output_and_inputs_are_untouched(name: str) -> None:
    engine, columns, _ = ENGINES[name]
    before = [np.array(column) for column in columns]
    assert plain(engine(*columns)) == plain(engine(*columns))
    for column, was in zip(columns, before, strict=True):
        np.testing.assert_array_equal(column, was)


@pytest.mark.parametrize("name", ENGINES)
def test_the_order_of_rows_does_not_matter(name: str) -> None:
    engine, columns, row_for_row = ENGINES[name]
    turned = plain(engine(*(column[::-1] for column in columns)))
    straight = plain(engine(*columns))
    if row_for_row:
        turned = {key: value[::-1] if isinstance(value, list) else value for key, value in turned.items()}
    assert turned == straight


@pytest.mark.parametrize("name", ENGINES)
def test_nothing_in_is_answered(name: str) -> None:
    engine, columns, _ = ENGINES[name]
    engine(*(column[:0] for column in columns))
