"""Files as old shop programs write them, made here so that every byte of them is known."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from regulars.intake import imports as intake
from regulars.record.imports import Import
from tests.cast import MONDAY, House

SALES = """Date,Number,Name,Phone,Amount,What
2026-01-05,17,Mari Oja,5551 2341,45.00,Oil change
2026-01-12,23,Jaan Pärn,5551 2342,120.50,Brakes
2026-02-02,17,Mari Oja,5551 2341,30.00,Wipers
2026-02-09,17,Mari Oja,5551 2341,-30.00,Wipers back
"""
ESTONIAN = "Kuupäev;Klient;Telefon;Töö;Summa\n31.01.2026;Õie Žukova;5551 2341;Õlivahetus;1 045,50\n"
RUSSIAN = "Дата;Клиент;Телефон;Услуга;Сумма\n31.01.2026;Иван Петров;+7 912 345-67-89;Стрижка;1 200,00\n"


def bring(house: House, text: str | bytes, *, subject: str = "sales", name: str = "sales.csv") -> Import:
    """A file that the manager brings; inside `house.work()`."""
    content = text.encode() if isinstance(text, str) else text
    return intake.bring(
        [content], business=house.business, subject=subject, file_name=name, by=house.manager, at=MONDAY
    )


def bring_in(house: House, text: str | bytes, *, is_dry_run: bool = False, **how: Any) -> Import:
    """Brought, asked for and carried out; outside of `house.work()`, as the job is."""
    with house.work():
        brought = bring(house, text, **how)
        intake.ask(brought, by=house.manager, at=MONDAY, is_dry_run=is_dry_run)
    return carry_out(house, brought)


def carry_out(house: House, brought: Import) -> Import:
    intake.carry_out(house.business.pk, brought.pk, now=lambda: MONDAY)
    with house.work():
        brought.refresh_from_db()
    return brought


def workbook(rows: Iterable[Sequence[Any]]) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "dd.mm.yyyy", "remove_timezone": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def write(folder: Path, content: bytes, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


__all__ = ["ESTONIAN", "RUSSIAN", "SALES", "bring", "bring_in", "carry_out", "workbook", "write"]
