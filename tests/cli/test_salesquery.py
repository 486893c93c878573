"""However a Parquet file is written, it is counted alike: as it streams by, grouped by SQL, or line by line."""

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from regulars.cli import salesfile, salesquery

LINES = """
SELECT 1 + i % 97 AS customer, DATE '2020-01-01' + CAST(i * 37 % 500 AS INTEGER) AS date,
       round(1 + i * 31 % 100 / 7, 2) AS amount FROM range(3000) _(i)
"""
PLAIN = "customer, date, amount"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path


def written(folder: Path, columns: str, more: str = "") -> Path:
    path = folder / f"{len(list(folder.iterdir()))}.parquet"
    base = duckdb.connect()
    base.execute("SET TimeZone = 'UTC'")
    base.execute(f"COPY (SELECT {columns} FROM ({LINES}) {more}) TO '{path}' (FORMAT parquet)")
    return path


def told(history: salesfile.History) -> dict[str, tuple[float, ...]]:
    summary = history.summary
    columns = (summary.frequency, summary.recency, summary.age, summary.mean_spend.round(6), summary.first_day)
    return dict(
        zip([str(name) for name in history.names], zip(*(c.tolist() for c in columns), strict=True), strict=True)
    )


@pytest.mark.parametrize(
    ("columns", "more"),
    [
        (PLAIN, "ORDER BY date"),
        ("CAST(customer AS VARCHAR) AS customer, date, amount", ""),
        ("customer, (date + INTERVAL 13 HOUR)::TIMESTAMPTZ AS date, amount", ""),
        ("customer * 1000000007 AS customer, date, amount", ""),
        (
            "customer::UTINYINT AS customer, date::TIMESTAMP AS date, amount::DECIMAL(9, 2) AS amount",
            "",
        ),
        ("customer, date, amount", "UNION ALL SELECT NULL, DATE '2020-05-05', 3.0"),
        ("customer, date, amount", "UNION ALL SELECT 5, NULL, 3.0 UNION ALL SELECT 5, DATE '2020-05-05', 'nan'"),
        ("customer, date, amount", "UNION ALL SELECT 5, DATE '2999-01-01', 3.0"),
    ],
    ids=["in order", "texts", "moments", "far apart", "other types", "nobody", "no date, no amount", "in the future"],
)
def test_one_answer(kept: Path, columns: str, more: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salesquery, "LINES_AT_A_TIME", 500)
    expected = told(salesfile.read(written(kept, PLAIN)))
    found = salesfile.read(written(kept, columns, more))
    names = {str(int(name) // 1000000007 or name): columns for name, columns in told(found).items()}
    assert names == expected
    assert found.lines == 3000 + more.count("SELECT")
    assert found.held_out is not None
    assert found.summary.later == more.count("2999")
    assert sum(found.refused.values()) == more.count("SELECT") - more.count("2999")


def test_refunds_and_the_last_day(kept: Path) -> None:
    path = written(kept, PLAIN, "UNION ALL SELECT 5, DATE '2020-05-05', -3.0")
    until = date(2020, 9, 1)
    numbered = salesfile.read(path, until=until)
    texts = salesfile.read(written(kept, "CAST(customer AS VARCHAR) AS customer, date, amount"), until=until)
    assert (numbered.summary.refunds, texts.summary.refunds) == (1, 0)
    assert numbered.summary.later == texts.summary.later > 0
    assert numbered.summary.until == texts.summary.until == until.toordinal() - salesquery.EPOCH
    mine, hers = told(numbered), told(texts)
    assert mine["5"][3] < hers["5"][3]
    assert {name for name in mine if mine[name] != hers[name]} == {"5"}


def test_what_is_held_out_is_the_same_for_both_ways(kept: Path) -> None:
    streamed = salesfile.read(written(kept, PLAIN)).held_out
    grouped = salesfile.read(written(kept, "printf('%04d', customer) AS customer, date, amount")).held_out
    assert streamed is not None
    assert grouped is not None
    assert streamed.days == grouped.days
    np.testing.assert_array_equal(streamed.visits, grouped.visits)
    np.testing.assert_array_equal(streamed.summary.frequency, grouped.summary.frequency)
    np.testing.assert_allclose(streamed.summary.mean_spend, grouped.summary.mean_spend)


def test_an_empty_file_has_an_empty_summary(kept: Path) -> None:
    found = salesfile.read(written(kept, PLAIN, "LIMIT 0"))
    assert (len(found.summary), found.lines, found.held_out) == (0, 0, None)


@pytest.mark.parametrize(
    ("head", "tail", "refused"),
    [
        ("customer,date,amount", "", {}),
        ("customer,date,amount", '5,"1 May 2020",7\n5,never,7\n', {"not a date": 1}),
        ("customer,date,amount,amount", "", {}),
    ],
    ids=["plain", "written otherwise further down", "two of one name"],
)
def test_a_plain_csv_goes_through_duckdb_and_any_other_line_by_line(
    kept: Path, head: str, tail: str, refused: dict[str, int]
) -> None:
    path = kept / "sales.csv"
    lines = duckdb.connect().execute(f"SELECT customer, date, amount FROM ({LINES})").fetchall()
    more = ",0" * (head.count(",") - 2)
    path.write_text(f"{head}\n" + "".join(f"{who},{day},{sum_:.2f}{more}\n" for who, day, sum_ in lines) + tail)
    found = salesfile.read(path)
    assert found.refused == refused
    assert len(found.summary) == 97
    assert found.summary.repeat_visits + 97 == len(
        {line[:2] for line in lines} | ({(5, date(2020, 5, 1))} if tail else set())
    )
