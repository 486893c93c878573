"""Reads every SQL statement of the test suite: each owned table in it must be tied to a business.

What Citus would say of a statement that has to visit every machine, said on one. For each table that belongs to a
business a statement must demand `business_id = something`: a value, or the business_id of a table that is tied to
one already; and each new row must say whose it is.
"""

import re
from functools import cache
from traceback import extract_stack
from typing import Any

from sqlglot import exp, parse_one

DIALECTS = {"sqlite": "sqlite", "postgresql": "postgres"}
READS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "REPLACE")

# Statements that look at the rows of every business, on purpose.
ALLOWED = {
    r"FROM \"record_\w+\" WHERE rowid = %s": "Django's check_constraints looks up, on SQLite, which row broke a key",
    r"SELECT count\(\*\) FROM record_\w+ AS child LEFT JOIN": "`regulars check` looks for rows that are lost",
}


class Unscoped(AssertionError):  # noqa: N818 (reads as what it is)
    """A statement touches rows without saying whose."""


# Owned tables without a model: PostgreSQL's words behind search, made by migration 0005.
INDEXES = {"record_finder_word", "record_finder_variant"}


class Lint:
    """An `execute_wrapper` that refuses unscoped statements."""

    def __init__(self, tables: frozenset[str]) -> None:
        self.tables = tables
        self.found: list[str] = []

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        text = sql if isinstance(sql, str) else sql.as_string(context["connection"].connection)
        wrong = untied(text, self.tables, DIALECTS[context["connection"].vendor])
        if wrong and not _is_djangos_own():
            sentence = f"{', '.join(wrong)} without a business in: {text[:2000]}"
            self.found.append(sentence)
            raise Unscoped(sentence)
        return execute(sql, params, many, context)


def _is_djangos_own() -> bool:
    """Between two tests Django empties every table."""
    return any(frame.name in ("sql_flush", "execute_sql_flush") for frame in extract_stack())


@cache
def untied(sql: str, tables: frozenset[str], dialect: str) -> tuple[str, ...]:
    """The owned tables in this statement that are tied to no business."""
    if not sql.lstrip(" (\n").upper().startswith(READS) or not any(table in sql for table in tables):
        return ()
    if any(re.search(pattern, sql) for pattern in ALLOWED):
        return ()
    statement = parse_one(re.sub(r"%s|%\(\w+\)s", "'p'", sql).replace("%%", "%"), dialect=dialect)
    return tuple(sorted({table for part in statement.walk() for table in _wrong_in(part, tables)}))


def _wrong_in(part: exp.Expression, tables: frozenset[str]) -> list[str]:
    if isinstance(part, exp.Insert):
        target = part.this
        table, columns = (target.this, target.expressions) if isinstance(target, exp.Schema) else (target, [])
        says_whose = any(column.name == "business_id" for column in columns)
        return [table.name] if table.name in tables and not says_whose else []
    if isinstance(part, exp.Select | exp.Update | exp.Delete):
        tied = _tied(part)
        return [table.name for table in _sources(part) if table.name in tables and table.alias_or_name not in tied]
    return []


def _sources(part: exp.Expression) -> list[exp.Table]:
    """The tables that this one SELECT, UPDATE or DELETE reads or changes, without those of queries inside it."""
    heads = [part.this] if isinstance(part, exp.Update | exp.Delete) else []
    source = part.args.get("from_") or part.args.get("from")
    if source is not None:
        heads.append(source.this)
    heads += [join.this for join in part.args.get("joins") or []]
    for head in list(heads):
        heads += [join.this for join in (head.args.get("joins") or [])] if head is not None else []
    return [head for head in heads if isinstance(head, exp.Table)]


def _tied(part: exp.Expression | None) -> set[str]:
    """The aliases that are tied to a business, here or in a query around this one."""
    if part is None:
        return set()
    outer = _tied(part.parent_select if part.parent else None) | _tied_by_parent_change(part)
    ties = [pair for condition in _conditions(part) for pair in _ties(condition, part)]
    tied, before = set(outer), -1
    while before != len(tied):
        before = len(tied)
        for left, right in ties:
            if right is None or right in tied:
                tied.add(left)
            if right is not None and left in tied:
                tied.add(right)
    return tied


def _tied_by_parent_change(part: exp.Expression) -> set[str]:
    """A query inside an UPDATE or DELETE may lean on the row that is changed."""
    around = part.find_ancestor(exp.Update, exp.Delete) if part.parent else None
    return _tied(around) if around is not None else set()


def _conditions(part: exp.Expression) -> list[exp.Expression]:
    """What must be true of every row: the parts of WHERE and ON that are joined by AND."""
    whole = [part.args["where"].this] if part.args.get("where") else []
    heads = [part, *(head for head in (part.args.get("from_") or part.args.get("from"), part.this) if head is not None)]
    for head in heads:
        source = head.this if isinstance(head, exp.From) else head
        joins = source.args.get("joins") if isinstance(source, exp.Expression) else None
        whole += [join.args["on"] for join in joins or [] if join.args.get("on")]
    return [one for condition in whole for one in _and(condition)]


def _and(condition: exp.Expression) -> list[exp.Expression]:
    bare = condition.unnest()
    return [*_and(bare.left), *_and(bare.right)] if isinstance(bare, exp.And) else [bare]


def _ties(condition: exp.Expression, part: exp.Expression) -> list[tuple[str, str | None]]:
    """business_id = something: (alias, None) for a value, (alias, alias) for another table's business."""
    if not isinstance(condition, exp.EQ):
        return []
    left, right = condition.left.unnest(), condition.right.unnest()
    ours, theirs = _whose(left, part), _whose(right, part)
    if ours and theirs:
        return [(ours, theirs)]
    if ours or theirs:
        other = right if ours else left
        return [] if isinstance(other, exp.Column) else [(ours or theirs or "", None)]
    return []


def _whose(side: exp.Expression, part: exp.Expression) -> str:
    """The alias whose business_id this is; an unnamed one is that of the only table."""
    while isinstance(side, exp.Cast):
        side = side.this
    if not isinstance(side, exp.Column) or side.name != "business_id":
        return ""
    if side.table:
        return side.table
    sources = _sources(part)
    return sources[0].alias_or_name if len(sources) == 1 else ""
