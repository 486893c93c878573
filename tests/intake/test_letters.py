"""Files in the letters of old shop programs read right, in the languages of the people who bring them."""

from pathlib import Path

import pytest

from regulars.intake import letters
from regulars.intake.tablefile import TableFile
from regulars.kernel.refusal import Refused

ESTONIAN = "Kuupäev;Klient;Teenus\n01.02.2003;Jüri Šmidt;Õlivahetus\n02.02.2003;Žanna Põder;Pidurid, žiklöör\n"
ESTONIAN_PLAIN = "Nimi;Märkus\nTõnu Öövel;Jäääär, õööbik\nÜlle Jõeäär;süüteküünal\n"
FINNISH = "Päivä;Asiakas;Tuote\n1.2.2003;Väinö Öhman;Värjäys\n2.2.2003;Päivi Mäkelä;Hiustenleikkuu ja šampoopesu\n"
LATVIAN = "Datums;Klients;Prece\n01.02.2003;Jānis Bērziņš;Eļļas maiņa\n02.02.2003;Ģirts Ķēniņš;Bremžu kluči\n"
LITHUANIAN = (
    "Data;Klientas;Prekė\n2003-02-01;Jūratė Žukauskaitė;Šukuosena\n2003-02-02;Eglė Ąžuolienė;Dažymas, kirpimų paketas\n"
)
GERMAN = "Datum;Kunde;Leistung\n01.02.2003;Jürgen Groß;Ölwechsel\n02.02.2003;Käthe Weiß;Bremsklötze für vorn\n"
SWEDISH = "Datum;Kund;Vara\n2003-02-01;Åsa Öberg;Hårklippning\n2003-02-02;Håkan Sjöström;Färg, två påsar\n"
DANISH = "Dato;Kunde;Vare\n01.02.2003;Søren Kjær;Olieskift\n02.02.2003;Åse Nygård;Bremseklodser, to sæt, rød\n"
FRENCH = "Date;Client;Objet\n01/02/2003;François Lefèvre;Révision complète\n02/02/2003;Hélène Bérenger;Mèches à 20 €\n"
RUSSIAN = "Дата;Покупатель;Товар\n01.02.2003;Иванова Анна;Стрижка\n02.02.2003;Пётр Ёлкин;Масло моторное 5W-40\n"
SHOUTED = "ДАТА;ПОКУПАТЕЛЬ\n01.02.2003;ИВАНОВА АННА\n"
MIXED = "Date;Customer;Item\n2003-02-01;Toyota Финанс;oil change\n2003-02-02;Anna Ivanova;масло Shell\n"

WRITTEN = [
    *((text, "cp1257") for text in (ESTONIAN, LATVIAN, LITHUANIAN)),
    *((text, "cp1252") for text in (ESTONIAN, ESTONIAN_PLAIN, FINNISH, GERMAN, SWEDISH, DANISH, FRENCH)),
    *((text, "iso8859-15") for text in (ESTONIAN, FINNISH)),
    *((text, "cp1251") for text in (RUSSIAN, SHOUTED, MIXED)),
    *((text, "cp866") for text in (RUSSIAN, SHOUTED)),
    *((text, name) for text in (ESTONIAN, LATVIAN, RUSSIAN) for name in ("utf-8", "utf-8-sig", "utf-16")),
    *((text, name) for text in (ESTONIAN, LATVIAN, RUSSIAN) for name in ("utf-16-le", "utf-16-be")),
]


def file(folder: Path, content: bytes) -> Path:
    path = folder / "sales.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("text", "encoding"), WRITTEN)
def test_every_letter_comes_out_as_it_was_written(tmp_path: Path, text: str, encoding: str) -> None:
    path = file(tmp_path, text.encode(encoding))
    assert path.read_bytes().decode(letters.guess(path)) == text


@pytest.mark.parametrize(("text", "encoding"), WRITTEN)
def test_one_line_is_enough_to_tell(tmp_path: Path, text: str, encoding: str) -> None:
    """Short files are the hardest: the headings and a single sale."""
    short = "\n".join(text.splitlines()[:2]) + "\n"
    path = file(tmp_path, short.encode(encoding))
    assert path.read_bytes().decode(letters.guess(path)) == short


def test_an_estonian_garages_export_from_2003_in_windows_1257_reads_right(tmp_path: Path) -> None:
    with TableFile(file(tmp_path, ESTONIAN.encode("cp1257"))) as table:
        assert table.encoding == "cp1257"
        assert [cells[1] for _line, cells in table.rows()] == ["Jüri Šmidt", "Žanna Põder"]


def test_the_euro_tells_latin_9_from_windows(tmp_path: Path) -> None:
    path = file(tmp_path, "Päivä;Summa\n1.2.2003;5,00 €\n".encode("iso8859-15"))
    assert letters.guess(path) == "iso8859-15"


def test_one_name_in_the_last_line_of_a_large_file_decides(tmp_path: Path) -> None:
    many = b"2003-02-01;Tamm;5.00\n" * 100_000
    with TableFile(file(tmp_path, b"day;name;sum\n" + many + "2003-02-02;Kļaviņš;5.00\n".encode("cp1257"))) as table:
        assert table.encoding == "cp1257"
        assert [cells for _line, cells in table.rows()][-1] == ["2003-02-02", "Kļaviņš", "5.00"]


def test_a_letter_in_the_last_line_that_is_wide_is_utf_8(tmp_path: Path) -> None:
    path = file(tmp_path, b"a;b\n" + b"1;2\n" * 400_000 + "3;Õ\n".encode())
    assert letters.guess(path) == "utf-8-sig"


def test_a_letter_cut_off_at_the_end_is_no_utf_8(tmp_path: Path) -> None:
    assert letters.guess(file(tmp_path, "nimi\nÕie\nTõnu Mäe\nÄ".encode()[:-1])) != "utf-8-sig"


def test_one_long_cyrillic_line_is_enough(tmp_path: Path) -> None:
    assert letters.guess(file(tmp_path, ("масло " * 100_000).encode("cp1251"))) == "cp1251"


@pytest.mark.parametrize("line", [1, 2, 150_000])
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: int) -> None:
    lines = [b"3;Mari\n"] * 200_000
    lines[line - 1] = "3;Õie\n".encode("cp1257")
    path = file(tmp_path, b"".join(lines))
    with pytest.raises(Refused, match=f"Line {line} has letters that are not UTF-8"), \
            TableFile(path, encoding="utf-8-sig") as table:  # fmt: skip
        list(table.rows())


def test_a_line_of_wide_letters_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    content = "a;b\n1;2\n".encode("utf-16-le") + b"\x00\xdc" + "\n3;4\n".encode("utf-16-le")
    assert letters.line_of_error(file(tmp_path, content), "utf-16-le") == 3


def test_a_file_that_can_be_read_ends_at_its_last_line(tmp_path: Path) -> None:
    assert letters.line_of_error(file(tmp_path, b"a\nb\n"), "utf-8") == 3
