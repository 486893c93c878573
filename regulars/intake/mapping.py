"""What the columns of a file are: guessed from their headings in four languages, and from what stands in them."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import product

from regulars.intake import words
from regulars.kernel.refusal import Refused
from regulars.record.imports import Import

# Folded headings, whole or as words in them. The first of two that fit equally well is taken.
HEADINGS = {
    "when": (
        "date day when datetime timestamp purchased ordered sold kuupaev kuup aeg myyntipaiva paivamaara "
        "paivays pvm paiva дата день датавремя"
    ),
    "time": "time hour kellaaeg kell kello kellonaika klo aika время час",
    "amount": (
        "amount total sum price paid revenue value gross turnover summa hind kokku makstud tasutud maksumus "
        "yhteensa hinta myynti loppusumma brutto сумма итого стоимость цена оплачено оплата выручка"
    ),
    "currency": "currency curr valuuta valuutta валюта",
    "number": (
        "customernumber customerid customerno clientid clientno cardnumber id no number customer_id cust "
        "custid kliendinumber kliendinr kliendikood kliendikaart kliendiid asiakasnumero asiakasnro asiakasid "
        "asiakastunnus номерклиента кодклиента idклиента номеркарты код"
    ),
    "name": (
        "name customer client fullname customername clientname buyer nimi klient kliendinimi ostja asiakas "
        "asiakkaannimi имя клиент фио покупатель контрагент заказчик"
    ),
    "first_name": "firstname givenname forename eesnimi etunimi имя",
    "last_name": "lastname surname familyname perenimi perekonnanimi sukunimi фамилия",
    "phone": (
        "phone telephone mobile tel cell telefon mobiil telefoninumber puhelin puhelinnumero gsm matkapuhelin "
        "телефон мобильный тел моб"
    ),
    "email": "email mail emailaddress epost meil eposti sahkoposti почта емейл электроннаяпочта эпочта",
    "branch": (
        "branch shop store location outlet salon department esindus pood kauplus osakond filiaal toimipiste "
        "myymala liike филиал магазин салон точка подразделение склад"
    ),
    "served_by": (
        "servedby staff employee cashier seller salesperson stylist mechanic master teenindaja muuja "
        "kassapidaja tootaja meister myyja kassa tyontekija продавец кассир мастер сотрудник менеджер"
    ),
    "what": (
        "what item product service description goods article toode teenus too kirjeldus kaup nimetus tuote "
        "palvelu kuvaus selite товар услуга наименование описание номенклатура"
    ),
    "receipt": (
        "receipt invoice order document bill transaction tsekk tsekinr tseki arve tellimus dokument kuitti "
        "kuittinumero lasku tilaus tosite чек счет заказ документ накладная номерчека"
    ),
    "language": "language lang keel kieli язык",
    "source": "source channel heardfrom allikas lahde источник",
    "met": (
        "since registered created joined customersince firstvisit registreeritud loodud liitunud rekisteroity "
        "luotu asiakkaana зарегистрирован создан"
    ),
}

OF = {
    Import.Subject.SALES: ("when", "time", "amount", "currency", "number", "name", "first_name", "last_name", "phone",
                           "email", "branch", "served_by", "what", "receipt"),
    Import.Subject.CUSTOMERS: ("number", "name", "first_name", "last_name", "phone", "email", "language", "source",
                               "met"),
}  # fmt: skip

WHOLE, WORD, PART, FITS, MISFIT = 8, 5, 3, 2, -6
ENOUGH = 3  # a guess below that is none


def _fold(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


_WORD = re.compile(r"[^\W_]+")
_KNOWN = {name: [_fold(word) for word in text.split()] for name, text in HEADINGS.items()}


def guess(headings: Sequence[str], rows: Sequence[Sequence[str]], subject: str) -> dict[str, int]:
    """What the columns are: a name of `OF[subject]` to its place from 0, each name and each place once.

    A first and a last name of their own leave no whole name to look for. Days, amounts, phones and e-mails are known
    by what they look like, whatever the heading.
    """
    columns = [[row[place] for row in rows if place < len(row) and row[place]] for place in range(len(headings))]
    scores = sorted(
        (
            (_likeness(name, headings[place]) + _fit(name, columns[place]), -order, -place)
            for (order, name), place in product(enumerate(OF[Import.Subject(subject)]), range(len(headings)))
        ),
        reverse=True,
    )
    found: dict[str, int] = {}
    names = OF[Import.Subject(subject)]
    for score, order, place in scores:
        name = names[-order]
        if score >= ENOUGH and name not in found and -place not in found.values():
            found[name] = -place
    if "first_name" in found and "last_name" in found:
        found.pop("name", None)
    for name in ("when", "email", "amount", "phone"):
        if name in names and name not in found:
            _take_by_looks(name, columns, found)
    return found


def _take_by_looks(name: str, columns: Sequence[Sequence[str]], found: dict[str, int]) -> None:
    """The only column left that can be nothing else; an amount is known by its cents."""
    left = [place for place in range(len(columns)) if place not in found.values()]
    fitting = [place for place in left if _fit(name, columns[place]) == FITS]
    if name == "amount":
        fitting = [place for place in fitting if any(mark in cell for cell in columns[place] for mark in ".,")]
    if len(fitting) == 1:
        found[name] = fitting[0]


def _likeness(name: str, heading: str) -> int:
    """How much the heading sounds like that name."""
    parts = _WORD.findall(_fold(heading))
    whole = "".join(parts)
    if not whole:
        return 0
    known = _KNOWN[name]
    if whole in known:
        return WHOLE
    if any(part in known for part in parts):
        return WORD
    return PART if any(len(word) > 3 and word in whole for word in known) else 0


def _fit(name: str, cells: Sequence[str]) -> int:
    """Whether what stands in the column can be that at all."""
    can_be = FITTING.get(name)
    if not cells:
        return -1
    if can_be is None:
        return 0
    share = sum(map(can_be, cells)) / len(cells)
    return FITS if share > 0.8 else MISFIT if share < 0.3 else 0


def _reads(read: Callable[..., object], *more: str) -> Callable[[str], bool]:
    def can_be(cell: str) -> bool:
        try:
            read(cell, *more)
        except Refused:
            return False
        return True

    return can_be


def _is_day(cell: str) -> bool:
    return len(cell) >= 6 and any(_reads(words.moment, order, "UTC")(cell) for order in words.ORDERS)


FITTING: dict[str, Callable[[str], bool]] = {
    "when": _is_day,
    "met": _is_day,
    "amount": lambda cell: words.is_amount(cell) and not _is_day(cell),
    "time": _reads(words.time_of_day),
    "email": _reads(words.email),
    "phone": lambda cell: 5 <= sum(map(str.isdigit, cell)) <= 16 and not any(map(str.isalpha, cell)),
    "name": lambda cell: any(map(str.isalpha, cell)) and "@" not in cell,
    "first_name": lambda cell: any(map(str.isalpha, cell)) and "@" not in cell,
    "last_name": lambda cell: any(map(str.isalpha, cell)) and "@" not in cell,
    "currency": lambda cell: len(cell) <= 4,
}
