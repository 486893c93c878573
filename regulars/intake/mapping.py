"""What the columns of a file are: guessed from their headings in four languages, and from what stands in them."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from math import ceil

from regulars.intake import words
from regulars.kernel.refusal import Refused

# Headings, folded and without blanks; of one name's words the earlier are the surer: a total before a price.
HEADINGS = {
    "when": (
        "date day when datetime timestamp purchased ordered sold saledate orderdate invoicedate createdat paidat "
        "kuupaev kuup aeg ostukuupaev myyntipaiva paivamaara paivays pvm paiva дата датачека датапродажи "
        "датавремя день datum verkaufsdatum rechnungsdatum tag"
    ),
    "time": "time hour kellaaeg kell kello kellonaika klo aika время час uhrzeit zeit",
    "amount": (
        "total grandtotal gross amount sum paid revenue value turnover sales price kokku makstud tasutud summa "
        "maksumus hind yhteensa loppusumma brutto summa myynti hinta итого всего оплачено сумма выручка оплата "
        "стоимость цена gesamt gesamtbetrag summe betrag umsatz preis"
    ),
    "currency": "currency curr valuuta valuutta валюта wahrung",
    "number": (
        "customernumber customerid customerno clientid clientno cardnumber customer_id cust custid id no number "
        "kliendinumber kliendinr kliendikood kliendikaart kliendiid asiakasnumero asiakasnro asiakasid "
        "asiakastunnus номерклиента кодклиента idклиента номеркарты код kundennummer kundennr kundenid"
    ),
    "name": (
        "customername fullname clientname billingname customer client name buyer kliendinimi klient nimi ostja "
        "asiakkaannimi asiakas фио покупатель клиент контрагент заказчик имя kundenname kunde name"
    ),
    "first_name": "firstname givenname forename eesnimi etunimi имя vorname",
    "last_name": "lastname surname familyname perenimi perekonnanimi sukunimi фамилия nachname",
    "phone": (
        "phone telephone mobile tel cell telefon mobiil telefoninumber puhelin puhelinnumero puh gsm matkapuhelin "
        "телефон мобильный тел моб telefonnummer handy"
    ),
    "email": (
        "email mail emailaddress epost meil eposti epostiaadress meiliaadress emailiaadress sahkoposti "
        "sahkopostiosoite почта емейл электроннаяпочта эпочта адресэлектроннойпочты emailadresse"
    ),
    "branch": (
        "branch shop store location outlet salon department esindus pood kauplus osakond filiaal toimipiste "
        "myymala liike филиал магазин салон точка подразделение склад filiale"
    ),
    "served_by": (
        "servedby staff employee cashier seller salesperson stylist mechanic master teenindaja muuja kassapidaja "
        "tootaja meister myyja kassa tyontekija продавец кассир мастер сотрудник менеджер verkaufer mitarbeiter"
    ),
    "what": (
        "what item product service description goods lineitemname article toode teenus too kirjeldus kaup nimetus "
        "tuote palvelu kuvaus selite товар услуга наименование описание номенклатура artikel leistung"
    ),
    "receipt": (
        "receipt receiptnumber invoice invoiceno orderid order document bill transaction tsekk tsekinr tseki arve "
        "arvenr tellimus dokument kuitti kuittinumero lasku tilaus tosite номерчека чек счет заказ документ "
        "накладная rechnung rechnungsnummer bon beleg"
    ),
    "language": "language lang keel kieli язык sprache",
    "source": "source channel heardfrom allikas lahde источник quelle",
    "met": (
        "customersince since registered created joined firstvisit createdat registreeritud loodud liitunud "
        "klientalates rekisteroity luotu asiakkaana зарегистрирован датарегистрации регистрация создан kundeseit"
    ),
    "birthday": (
        "birthday birthdate dateofbirth dob born sunniaeg sunnipaev sunnikuupaev syntymaaika syntymapaiva "
        "датарождения деньрождения рождения geburtstag geburtsdatum"
    ),
    "address_as": "salutation addressas poordumine puhuttelu обращение anrede",
    "note": (
        "note notes comment comments remark remarks markus markused kommentaar huom huomautus muistiinpano "
        "комментарий примечание заметка bemerkung notiz"
    ),
    "tags": "tags tag labels label silt sildid tunnisteet метка метки теги",
    "no_calls_at": (
        "donotcall nocalls nocall eisoovikonesid arahelista eisoittoa puhelukielto soittokielto незвонить "
        "нежелаетзвонков anrufsperre"
    ),
    "no_mail_at": (
        "optout optedout unsubscribed donotmail donotemail nomail nonewsletter eisoovikirju eisooviposti "
        "markkinointikielto eimarkkinointia отписан отписка неписать werbesperre"
    ),
}  # fmt: skip

# What other columns hold. Nothing is taken from them, but where they are known they are not mistaken for ours.
OTHERS = (
    "isikukood henkilotunnus hetu personalcode инн снилс address street city country aadress linn "
    "riik osoite postinumero адрес город страна adresse ort land quantity qty units kogus tk kpl maara "
    "количество колво menge anzahl unitprice tax vat taxes km kaibemaks alv ндс mwst subtotal shipping "
    "discount allahindlus soodustus alennus скидка rabatt profit cost margin stock stockcode sku ean barcode "
    "status category segment gender sugu sukupuoli пол lastvisit lastpurchase viimanekulastus viimeisinkaynti "
    "последнийвизит"
)  # fmt: skip

# Headings of what a business keeps in a field of its own: it is offered as one.
OWN = (
    "plate licenseplate numberplate registrationplate autonr autonumber reginumber numbrimark rekisterinumero "
    "rekisteri госномер номеравто kennzeichen vin car vehicle auto soiduk ajoneuvo автомобиль марка dog koer koira "
    "pet lemmikloom"
)  # fmt: skip

OF = {
    "sales": (
        "when", "time", "amount", "currency", "number", "name", "first_name", "last_name", "phone", "email", "branch",
        "served_by", "what", "receipt",
    ),
    "customers": (
        "number", "name", "first_name", "last_name", "phone", "email", "language", "source", "met", "birthday",
        "address_as", "note", "tags", "no_calls_at", "no_mail_at",
    ),
}  # fmt: skip

WHOLE, WORD, PART, FITS, MISFIT = 8, 5, 3, 2, -6
LONGEST_NAME = 60  # of a field of our own
ENOUGH = 3  # a guess below that is none
MOST, FEW = 0.8, 0.3  # shares of a column's cells


def _fold(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


_WORD = re.compile(r"[^\W_]+")
_KNOWN = {name: [_fold(word) for word in text.split()] for name, text in HEADINGS.items()}
_OWN = [_fold(word) for word in OWN.split()]
# A file of sales may name them; a sale has no birthday.
_BESIDE_SALES = [
    word for name in ("birthday", "address_as", "note", "tags", "no_calls_at", "no_mail_at") for word in _KNOWN[name]
]
_OTHERS = {
    "sales": [*map(_fold, OTHERS.split()), *_OWN, *_BESIDE_SALES],
    "customers": [*map(_fold, OTHERS.split()), *_OWN],
}


def guess(headings: Sequence[str], rows: Sequence[Sequence[str]], subject: str) -> dict[str, int]:
    """What the columns are: a name of `OF[subject]` to its place from 0, each name and each place once.

    A first and a last name of their own leave no whole name to look for. Days, amounts, phones and e-mails are known
    by what they look like, whatever the heading.
    """
    names = OF[subject]
    columns = [[row[place] for row in rows if place < len(row) and row[place]] for place in range(len(headings))]
    scores = sorted(
        (-_likeness(_KNOWN[name], headings[place]) - _fit(name, columns[place]), order, place, name)
        for (order, name), place in product(enumerate(names), range(len(headings)))
    )
    others = [_likeness(_OTHERS[subject], heading) for heading in headings]
    found: dict[str, int] = {}
    for score, _order, place, name in scores:
        is_ours = others[place] < PART or ceil(_likeness(_KNOWN[name], headings[place])) > ceil(others[place])
        if -score >= ENOUGH and is_ours and name not in found and place not in found.values():
            found[name] = place
    if "first_name" in found and "last_name" in found:
        found.pop("name", None)
    for name in LOOKS:
        if name in names and name not in found:
            _take_by_looks(name, columns, found, {place for place, score in enumerate(others) if score})
    return found


def guess_own(headings: Sequence[str], taken: Iterable[int], fields: Iterable[str]) -> dict[str, int]:
    """Columns that are a field of this business: called as one of its `fields`, or as such things are called."""
    known = {_fold(name) for name in fields}
    own: dict[str, int] = {}
    for place in sorted(set(range(len(headings))) - set(taken)):
        heading = headings[place][:LONGEST_NAME]
        if heading and (_fold(heading) in known or ceil(_likeness(_OWN, heading)) >= WORD):
            own.setdefault(heading, place)
    return own


def _take_by_looks(name: str, columns: Sequence[Sequence[str]], found: dict[str, int], others: set[int]) -> None:
    """The only column left that can be nothing else."""
    left = [place for place in range(len(columns)) if place not in found.values() and place not in others]
    fitting = [place for place in left if _share(columns[place], LOOKS[name]) > MOST]
    if len(fitting) == 1:
        found[name] = fitting[0]


def _likeness(known: Sequence[str], heading: str) -> float:
    """How much the heading sounds like one of these words; a little less for each that comes before it."""
    parts = _WORD.findall(_fold(heading))
    whole = "".join(parts)
    if not whole:
        return 0
    if whole in known:
        return WHOLE - known.index(whole) / 100
    if words_in := [known.index(part) for part in parts if part in known]:
        return WORD - min(words_in) / 100
    return PART if any(len(word) > 3 and word in whole for word in known) else 0


def _fit(name: str, cells: Sequence[str]) -> int:
    """Whether what stands in the column can be that at all."""
    can_be = FITTING.get(name)
    if not cells:
        return -1
    if can_be is None:
        return 0
    share = _share(cells, can_be)
    return FITS if share > MOST else MISFIT if share < FEW else 0


def _share(cells: Sequence[str], can_be: Callable[[str], bool]) -> float:
    return sum(map(can_be, cells)) / max(len(cells), 1)


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


def _is_sum(cell: str) -> bool:
    return words.is_amount(cell) and not _is_day(cell)


def _is_phone(cell: str) -> bool:
    is_long_enough = 5 <= sum(map(str.isdigit, cell)) <= 16 and not any(map(str.isalpha, cell))
    return is_long_enough and not (words.is_amount(cell) and re.search("[.,]", cell))


def _is_name(cell: str) -> bool:
    return any(map(str.isalpha, cell)) and "@" not in cell


FITTING: dict[str, Callable[[str], bool]] = {
    "when": _is_day,
    "met": _is_day,
    "birthday": _is_day,
    "amount": _is_sum,
    "time": _reads(words.time_of_day),
    "email": _reads(words.email),
    "phone": _is_phone,
    "name": _is_name,
    "first_name": _is_name,
    "last_name": _is_name,
    "currency": lambda cell: len(cell) <= 4,
}

# What nothing else looks like: an amount has cents, a phone a plus or parts. Numbers alone may be anything.
LOOKS: dict[str, Callable[[str], bool]] = {
    "when": _is_day,
    "email": _reads(words.email),
    "amount": lambda cell: _is_sum(cell) and any(mark in cell for mark in ".,"),
    "phone": lambda cell: _is_phone(cell) and not _is_day(cell) and bool(re.match(r"\+|00|\(?\d+\)?[ -]\d", cell)),
}
