"""What hangs on the wall and stands on the table: a QR code that leads to the page for complaints, to be printed."""

import json
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from regulars.record.branches import Branch
from regulars.record.business import Business

TEMPLATE = Path(__file__).parent / "posters" / "tell.typ"


def address(house: Business, branch: Branch) -> str:
    """Of the page of this branch."""
    return f"{settings.SITE_URL}/tell/{house.slug}/{branch.pk}/"


def code(written: str, *, scale: int = 4) -> str:
    """The QR code as SVG, dark on light on every screen. A quarter of it may be dirty, and it still reads."""
    import segno  # an eighth of a second at every start, and hardly ever needed

    return str(segno.make(written, error="q", micro=False).svg_inline(scale=scale, light="#fff", title=written))


def poster(house: Business, branch: Branch, language: str, *, cards: bool = False) -> bytes:
    """A PDF of one page: the poster, or four cards to cut apart. What is typed by hand is the shorter address."""
    with translation.override(language):
        said = {
            "cards": cards,
            "language": language,
            "title": f"{branch.name}: {gettext('Something not right?')}",
            "question": gettext("Something not right?"),
            "promise": gettext("Tell us: we put it right."),
            "how": gettext("Point your phone’s camera here."),
            "free": gettext("No app, no account."),
            "address": f"{settings.SITE_URL.split('://')[-1]}/tell/{house.slug}/",
            "qr": code(address(house, branch)),
            "name": branch.name,
            "phone": branch.phone,
        }
    import typst

    data = {"data": json.dumps(said, ensure_ascii=False)}
    # its own letterforms: so it looks the same on every server
    drawn: bytes = typst.compile(TEMPLATE, format="pdf", sys_inputs=data, ignore_system_fonts=True)
    return drawn
