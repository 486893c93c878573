"""The poster and the table cards: one page of A4, each letter of our languages drawn, and a code that leads to us."""

import re
import zlib

import pytest
from django.utils import translation

from regulars.desk import posters
from regulars.record.branches import Branch
from tests.cast import House

FULL = "Õõ Ää Öö Üü Šš Žž Åå Жж Щщ Ыы Ёё Юю Ээ 1234"


def fonts(pdf: bytes) -> set[str]:
    return {name.decode() for name in re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([A-Za-z]+)-", pdf)}


def letters(pdf: bytes) -> set[str]:
    """Those that a reader, or a search, finds in the file: each drawn by a letterform that is embedded in it."""
    found: set[str] = set()
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            text = zlib.decompress(stream)
        except zlib.error:
            text = stream
        for listed in re.findall(rb"beginbfchar(.*?)endbfchar", text, re.DOTALL):
            found |= {bytes.fromhex(to.decode()).decode("utf-16-be") for to in re.findall(rb"> <([0-9A-F]+)>", listed)}
    return set("".join(found))


@pytest.mark.parametrize("language", ["en", "ru", "fi", "et"])
@pytest.mark.parametrize("cards", [False, True])
def test_one_page_of_a4_with_every_letter_drawn(garage: House, language: str, cards: bool) -> None:
    with garage.work():
        branch = Branch.objects.get()
        branch.name, branch.phone = FULL, "+372 600 5678"
        pdf = posters.poster(garage.business, branch, language, cards=cards)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1
    assert re.findall(rb"/MediaBox\s*\[([^\]]*)\]", pdf) == [b"0 0 595.2756 841.8898"]
    assert fonts(pdf) == {"LibertinusSerif"}, "no letter had to be borrowed from another font"
    with translation.override(language):
        said = [translation.gettext("Something not right?"), translation.gettext("Tell us: we put it right.")]
    missing = set("".join([*said, FULL, branch.phone, "/tell/garage/"])) - letters(pdf)
    assert not missing


def test_what_is_called_like_source_is_only_said(garage: House) -> None:
    with garage.work():
        branch = Branch.objects.get()
        branch.name = '#panic("run") $x$ *bold* "quoted" \\ [x]'
        pdf = posters.poster(garage.business, branch, "en")
    assert set("#$*[]\\") <= letters(pdf)


def test_the_code_holds_the_address_of_the_branch(garage: House) -> None:
    with garage.work():
        branch = Branch.objects.get()
    address = posters.address(garage.business, branch)
    assert address == f"http://localhost:8000/tell/garage/{branch.pk}/"
    assert f"<title>{address}</title>" in posters.code(address)
