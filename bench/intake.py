"""How fast a million lines of sales are read: as a table, as facts; against the bare csv module and DuckDB.

    python bench/intake.py [--lines 1000000] [--rounds 3]

Each way is a process of its own, so that its peak memory is its own; rounds are interleaved. Prints rows a second (the
best round), the ratio to the bare csv module, and peak memory.
"""

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HEADINGS = "Kuupäev;Kliendi nr;Klient;Telefon;Töö;Arve;Summa"


def write(path: Path, lines: int) -> None:
    """Sales of an Estonian garage, in Windows-1257, with decimal commas and days first."""
    with path.open("w", encoding="cp1257", newline="\r\n") as file:
        file.write(HEADINGS + "\n")
        for number in range(lines):
            who = number * 7919 % 60_000
            day = f"{number % 28 + 1:02d}.{number % 12 + 1:02d}.{2003 + number % 22}"
            file.write(
                f"{day} {number % 12 + 8:02d}:{number % 60:02d};{who};Õie Žukova {who};"
                f"+3725{who:06d};Õlivahetus;A{number};{number % 900},{number % 100:02d}\n"
            )


def bare_csv(path: Path) -> int:
    with path.open(encoding="cp1257", newline="") as file:
        return sum(1 for _row in csv.reader(file, delimiter=";")) - 1


def duckdb_scan(path: Path) -> int:
    import duckdb  # it reads no Windows-1257: the same lines in UTF-8, which were written before the clock started

    columns = 'count(*), max("Kuupäev"), max("Klient"), max("Arve"), max("Summa")'
    found = duckdb.sql(f"SELECT {columns} FROM read_csv('{path}.utf8', delim=';', header=true, all_varchar=true)")
    return int(found.fetchall()[0][0])


def as_table(path: Path) -> int:
    from regulars.intake.tablefile import TableFile

    with TableFile(path) as table:
        return sum(1 for _row in table.rows())


def as_facts(path: Path) -> int:
    from regulars.intake import words
    from regulars.intake.tablefile import TableFile

    count = 0
    with TableFile(path) as table:
        for _line, cells in table.rows():
            words.moment(cells[0], "dmy", "Europe/Tallinn")
            words.phone(cells[3], "EE")
            words.money(cells[6], "EUR", ",")
            count += 1
    return count


WAYS: dict[str, Callable[[Path], int]] = {
    "csv module, rows only": bare_csv,
    "DuckDB, rows only": duckdb_scan,
    "a table (letters, delimiter, headings found out)": as_table,
    "facts (moment, phone, amount)": as_facts,
}


def measure(way: str, path: Path) -> tuple[float, int, int]:
    """Seconds, rows and peak memory in MB of one way in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--way", way, str(path)], check=True, capture_output=True, text=True
    )
    seconds, rows, memory = done.stdout.split()
    return float(seconds), int(rows), int(memory)


def run_one(way: str, path: Path) -> None:
    began = time.perf_counter()
    rows = WAYS[way](path)
    seconds = time.perf_counter() - began
    status = Path("/proc/self/status").read_text(encoding="ascii")  # ru_maxrss would be the parent's
    print(seconds, rows, int(status.split("VmHWM:")[1].split()[0]) // 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--way", nargs=2, metavar=("WAY", "FILE"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.way:
        run_one(chosen.way[0], Path(chosen.way[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sales.csv"
        write(path, chosen.lines)
        Path(f"{path}.utf8").write_text(path.read_text(encoding="cp1257"), encoding="utf-8")  # for DuckDB
        print(f"{chosen.lines:,} lines, {path.stat().st_size / 1e6:.0f} MB, best of {chosen.rounds}")
        rounds = [{way: measure(way, path) for way in WAYS} for _ in range(chosen.rounds)]
    best = {way: min(one[way] for one in rounds) for way in WAYS}
    bare = best["csv module, rows only"][0]
    for way, (seconds, rows, memory) in best.items():
        assert rows == chosen.lines, way
        print(f"{way:50} {rows / seconds:12,.0f} rows/s {seconds:7.2f} s {seconds / bare:6.2f} x csv {memory:5} MB")


if __name__ == "__main__":
    main()
