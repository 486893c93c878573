"""`regulars value`: a sales file in, the worth of each customer out, without a database."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from regulars.cli.main import run

CDNOW = Path(__file__).parent.parent / "published" / "cdnow_sales.csv"


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert run(["value", *arguments, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def write(path: Path, text: str, encoding: str = "utf-8") -> str:
    path.write_text(text, encoding)
    return str(path)


def test_the_printed_answers_come_out_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, str(CDNOW), "--until", "1997-09-30")
    assert (found["customers"], found["repeaters"], found["repeat_transactions"], found["lines"]) == (
        2357,
        946,
        2457,
        6919,
    )
    assert round(float(found["log_likelihood"]), 4) == -9582.4292  # type: ignore[arg-type]
    assert {name: round(value, 3) for name, value in found["parameters"].items()} == {  # type: ignore[attr-defined]
        "r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426,
    }  # fmt: skip
    assert {name: round(value, 2) for name, value in found["spend_parameters"].items()} == {  # type: ignore[attr-defined]
        "p": 6.25, "q": 3.74, "gamma": 15.44,
    }  # fmt: skip
    assert (found["model"], found["chosen_how"], found["unit"], found["until"]) == (
        "bgnbd", "held_out", "week", "1997-09-30",
    )  # fmt: skip
    assert found["later_lines"] == 1959


@pytest.mark.parametrize(
    ("model", "alpha"), [("bgnbd", 4.4136), ("mbgnbd", 6.1831), ("paretonbd", 10.5777), ("averages", None)]
)
def test_the_model_that_is_asked_for(capsys: pytest.CaptureFixture[str], model: str, alpha: float | None) -> None:
    found = told(capsys, str(CDNOW), "--until", "1997-09-30", "--model", model)
    assert found["model"] == model
    assert found["parameters"] == {} if alpha is None else round(found["parameters"]["alpha"], 4) == alpha  # type: ignore[index]


def test_days_are_a_unit_too(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, str(CDNOW), "--until", "1997-09-30", "--unit", "day", "--model", "bgnbd", "--horizon", "30")
    assert found["parameters"]["alpha"] == pytest.approx(7 * 4.4136, abs=1e-3)  # type: ignore[index]
    assert found["horizon"] == 30


def test_three_kinds_of_file_give_one_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with CDNOW.open() as file:
        lines = list(csv.reader(file))
    parquet, workbook = str(tmp_path / "sales.parquet"), str(tmp_path / "sales.xlsx")
    finnish = write(
        tmp_path / "myynti.csv",
        "Asiakas;Päivä;Summa\n"
        + "\n".join(
            f"{who};{day[8:]}.{day[5:7]}.{day[:4]};{paid.replace('.', ',')}" for who, day, _, paid in lines[1:]
        ),
        "cp1252",
    )
    duckdb.sql(f"COPY (FROM read_csv('{CDNOW}', all_varchar=true)) TO '{parquet}' (FORMAT parquet)")
    book = xlsxwriter.Workbook(workbook)
    sheet = book.add_worksheet()
    for number, cells in enumerate(lines):
        sheet.write_row(number, 0, cells if number == 0 else [*cells[:2], int(cells[2]), float(cells[3])])
    book.close()
    plain = told(capsys, str(CDNOW))
    for other in (parquet, workbook, finnish):
        found = told(capsys, other)
        assert found["parameters"] == pytest.approx(plain["parameters"], rel=1e-6), other
        for name in ("customers", "repeaters", "repeat_transactions", "lines", "until"):
            assert found[name] == plain[name], other


def test_every_customer_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heads = [
        "customer",
        "frequency",
        "recency",
        "age",
        "mean_spend",
        "p_alive",
        "expected_visits",
        "value",
        "low",
        "high",
    ]
    for kind in ("csv", "xlsx", "parquet"):
        out = tmp_path / f"customers.{kind}"
        told(capsys, str(CDNOW), "--until", "1997-09-30", "--out", str(out))
        if kind == "csv":
            with out.open() as file:
                rows = list(csv.reader(file))
        elif kind == "xlsx":
            rows = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
        else:
            rows = [heads, *duckdb.sql(f"FROM '{out}'").fetchall()]
        assert list(rows[0]) == heads
        assert len(rows) == 2358
        first = next(row for row in rows if row[0] == "0001")
        assert (float(first[1]), round(float(first[2]), 2), round(float(first[3]), 2)) == (2, 30.43, 38.86)
        assert float(first[4]) == pytest.approx(22.345)
        assert round(float(first[5]), 5) == 0.72662


def test_the_best_stand_in_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["value", str(CDNOW), "--top", "3"]) == 0
    shown = capsys.readouterr()
    assert "The 3 customers who are worth the most" in shown.out
    assert "2,357 customers" in shown.out
    assert "which foretold the held-out part best" in " ".join(shown.out.split())


def test_too_little_is_said_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    few = write(
        tmp_path / "few.csv", "customer,date,amount\nMari,2026-01-05,10\nMari,2026-02-05,12\nJüri,2026-01-09,7\n"
    )
    assert run(["value", few]) == 0
    assert "plain averages because there are too few customers" in " ".join(capsys.readouterr().out.split())
    assert told(capsys, few)["fallback"] == "too_few_customers"


def test_bad_lines_are_counted_not_fatal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        "Mari;05.01.2026;10,00",
        "Mari;soon;10,00",
        "Jüri;05.01.2026;much",
        ";05.01.2026;1,00",
        "short",
        "Jüri;06.01.2026;-3,00",
    ]
    found = told(capsys, write(tmp_path / "odd.csv", "Klient;Kuupäev;Summa\n" + "\n".join(lines)))
    assert found["refused_lines"] == {"not a date": 1, "not an amount": 1, "no customer": 1, "too short": 1}
    assert (found["lines"], found["refunds"]) == (6, 1)


def test_names_cannot_play_tricks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tricky = write(
        tmp_path / "tricky.csv",
        "customer,date,amount\n=1+1,2026-01-05,10\n\x1b[31m[red]x,2026-01-06,99\n0001,2026-01-07,5\n",
    )
    out = tmp_path / "out.csv"
    assert run(["value", tricky, "--out", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "\x1b[31m" not in shown
    assert "[red]" in shown
    written = out.read_text()
    assert "\n'=1+1," in written
    assert "\n0001," in written, "an id is text: zeros stay"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.csv"], "There is no file nowhere.csv."),
        ([str(CDNOW), "--unit", "year"], "There is no unit year. Write day or week."),
        ([str(CDNOW), "--model", "magic"], "There is no model magic."),
        ([str(CDNOW), "--until", "30.9.1997"], "is not a day. Write it like 1997-09-30."),
        ([str(CDNOW), "--out", "x.pdf"], "must end in .csv, .xlsx or .parquet"),
        (
            [str(CDNOW), "--amount-column", "price"],
            "There is no column price. The columns are: customer, date, units, amount.",
        ),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_code_two(
    capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert run(["value", *arguments]) == 2
    shown = capsys.readouterr()
    assert sentence in shown.err
    assert shown.out == ""
    assert "Traceback" not in shown.err


def test_an_empty_file_and_one_without_a_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["value", write(tmp_path / "empty.csv", "")]) == 2
    assert "empty" in capsys.readouterr().err
    assert run(["value", write(tmp_path / "names.csv", "customer,colour\nMari,red\n")]) == 2
    assert "--date-column" in capsys.readouterr().err
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 no")
    assert run(["value", str(broken)]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_it_needs_neither_a_database_nor_django(tmp_path: Path) -> None:
    code = (
        "import sys; from regulars.cli.main import run;"
        " run(['value', sys.argv[1], '--top', '1']); print('django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(CDNOW)], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.splitlines()[-1] == "False"
    assert list(tmp_path.iterdir()) == []
