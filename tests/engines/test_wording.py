"""A name that sells instead of helps is known in four languages, and a name that helps is left alone."""

import pytest

from regulars.engines.wording import sells


@pytest.mark.parametrize(
    "name",
    [
        *("Tyre sale", "Cross-selling", "UPSELL: wipers", "Brake pads sold", "Spring promotion", "Discount wash"),
        *("Rehvide müük", "Lisamüük", "Müügikõne", "Müüme rehve", "Allahindlus"),
        *("Renkaiden myynti", "Lisämyynti", "Myyntipuhelu", "Myydä renkaat", "Alennusmyynti"),
        *("Продажа шин", "Распродажа", "Допродажи", "Продаём масло", "Скидка на мойку", "Весенняя акция"),
    ],
)
def test_a_name_that_sells(name: str) -> None:
    assert sells(name)


@pytest.mark.parametrize(
    "name",
    [
        *("Brakes that hold", "A car that starts in winter", "Salem street delivery", "Wholesome lunch", ""),
        *("Pidurid, mis peavad", "Müüri parandus", "Auto, mis läheb käima"),
        *("Jarrut jotka pitävät", "Myyrmäen nouto", "Jousitus kuntoon"),
        *("Тормоза, которые держат", "Машина заводится зимой", "Прокладка"),
    ],
)
def test_a_name_that_helps(name: str) -> None:
    assert not sells(name)
