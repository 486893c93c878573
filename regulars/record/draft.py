"""A draft of an import: what was understood of a file, in a private SQLite file, until it goes into the book whole.

A million lines do not fit into memory beside the pages, and reading them may not hold the database's one write lock.
`landing` writes the finished draft into the book in one short transaction.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

TABLES = """
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    customer TEXT NOT NULL,     -- her id in the book: found there, or given out here
    card TEXT NOT NULL,         -- the card that was found; after a merge not the customer
    is_new INTEGER NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    fields TEXT NOT NULL,       -- JSON: what the file adds to her card
    was TEXT NOT NULL,          -- JSON: what stood there
    first_at TEXT               -- her first sale in the file
);
CREATE INDEX person_number ON person (number);
CREATE INDEX person_name ON person (name);
CREATE UNIQUE INDEX person_card ON person (card);
CREATE TABLE contact (
    id TEXT NOT NULL, person INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, written TEXT NOT NULL,
    position INTEGER NOT NULL, is_new INTEGER NOT NULL,
    PRIMARY KEY (person, value)
);
CREATE INDEX contact_value ON contact (value);
CREATE TABLE who (
    id INTEGER PRIMARY KEY,
    words TEXT NOT NULL UNIQUE, -- all that the line says of her: lines that say the same mean the same person
    first_line INTEGER NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    contacts TEXT NOT NULL,     -- JSON: [[kind, value, written], ...]
    fields TEXT NOT NULL,       -- JSON
    person INTEGER,
    refusal TEXT                -- JSON: [sentence, details]
);
CREATE TABLE server (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, member TEXT);
CREATE TABLE sale (
    line INTEGER PRIMARY KEY,
    who INTEGER NOT NULL,
    at TEXT NOT NULL,           -- UTC, as SQLite's Django writes it
    day TEXT NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    branch TEXT NOT NULL,
    server INTEGER,
    what TEXT NOT NULL,
    receipt TEXT NOT NULL,
    fingerprint TEXT,
    is_known INTEGER
);
CREATE TABLE particular (customer TEXT NOT NULL, id TEXT NOT NULL); -- what was written of her into other tables
CREATE INDEX particular_hers ON particular (customer);
CREATE TABLE refusal (line INTEGER PRIMARY KEY, cells TEXT NOT NULL, sentence TEXT NOT NULL, details TEXT NOT NULL);
"""


REMEMBERED = 20_000  # who came lately, so that most lines need not ask the table


class Words(NamedTuple):
    """What one line says of a customer. Contacts are (kind, value, as written)."""

    number: str = ""
    name: str = ""
    contacts: tuple[tuple[str, str, str], ...] = ()
    fields: tuple[tuple[str, Any], ...] = ()


class Line(NamedTuple):
    """One sale as understood. `at` and `day` are text, the amount is in minor units, the branch an id in hex."""

    at: str
    day: str
    amount: int
    currency: str
    branch: str
    server: str
    what: str
    receipt: str


class Draft:
    """The tables above, and the few ways in which they are filled and read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-24000; PRAGMA temp_store=FILE;"
        )
        self._who: dict[Words, int] = {}
        self._servers: dict[str, int] = {}

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Many small writes in one go."""
        self.db.execute("BEGIN")
        yield
        self.db.execute("COMMIT")

    def write_lines(self, rows: Iterable[tuple[int, Words, Line | None]]) -> None:
        """A batch of understood lines, each with its number; without a sale it only names a customer."""
        sales = []
        with self.writing():
            for line, words, sale in rows:
                who = self._who.get(words) or self._find_who(words, line)
                if sale:
                    at, day, amount, currency, branch, server, what, receipt = sale
                    by = self._find_server(server) if server else None
                    sales.append((line, who, at, day, amount, currency, branch, by, what, receipt))
            self.db.executemany(
                "INSERT INTO sale (line, who, at, day, amount, currency, branch, server, what, receipt)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                sales,
            )

    def _find_who(self, words: Words, line: int) -> int:
        contacts, fields = json.dumps(words.contacts), json.dumps(dict(words.fields))
        whole = "\x1f".join((words.number, words.name, contacts, fields))
        self.db.execute(
            "INSERT OR IGNORE INTO who (words, first_line, number, name, contacts, fields) VALUES (?, ?, ?, ?, ?, ?)",
            (whole, line, words.number, words.name, contacts, fields),
        )
        found: int = self.db.execute("SELECT id FROM who WHERE words = ?", (whole,)).fetchone()[0]
        if len(self._who) >= REMEMBERED:  # a small memory of who came lately; the table knows the rest
            self._who.clear()
        self._who[words] = found
        return found

    def _find_server(self, name: str) -> int:
        found = self._servers.get(name)
        if found is None:
            found = self.db.execute("INSERT INTO server (name) VALUES (?)", (name,)).lastrowid or 0
            self._servers[name] = found
        return found

    def refuse(self, rows: Iterable[tuple[int, list[str], str, dict[str, Any]]]) -> None:
        """Lines that go back: number, cells, the sentence of the refusal and its details."""
        self.db.executemany(
            "INSERT OR IGNORE INTO refusal VALUES (?, ?, ?, ?)",
            [(line, json.dumps(cells), sentence, json.dumps(details)) for line, cells, sentence, details in rows],
        )

    def forget_people(self) -> None:
        """Who is meant is found out anew; what the lines say stands."""
        self.db.executescript(
            "DELETE FROM contact; DELETE FROM person; DELETE FROM particular;"
            "UPDATE who SET person = NULL, refusal = NULL;"
            "DELETE FROM refusal WHERE line IN (SELECT line FROM sale UNION SELECT first_line FROM who);"
        )

    def count(self, what: str, *values: Any) -> int:
        """SELECT count(*) FROM `what`."""
        found: int = self.db.execute(f"SELECT count(*) FROM {what}", values).fetchone()[0]
        return found

    def rows(self, query: str, *values: Any) -> Iterator[Any]:
        return iter(self.db.execute(query, values))

    def close(self) -> None:
        self.db.close()


@contextmanager
def new_draft(path: Path) -> Iterator[Draft]:
    """An empty draft; whatever a killed worker left there goes. The file is gone at the end."""
    path.unlink(missing_ok=True)
    draft = Draft(path)
    try:
        draft.db.executescript(TABLES)
        yield draft
    finally:
        draft.close()
        path.unlink(missing_ok=True)
