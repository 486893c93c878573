"""Pictures that a customer sends: drawn anew by us, so that nothing is left in them but what one sees.

Where it was taken, by which phone, and whatever else was packed behind the picture is gone; what is no picture is
refused in words. Staff and e-mails may bring any file: it is kept as it is, and never shown, only handed out.
"""

from collections.abc import Sequence
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record.attachments import File

LARGEST = 10 * 1024 * 1024  # bytes of one
LARGEST_TOGETHER = 25 * 1024 * 1024
MOST = 6
SIDE = 2000  # pixels of the longer side, as it is kept
PIXELS = 64_000_000  # the best phones take 50 million; a small file that unpacks to more is a bomb
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
QUALITY = 85
HEIC = (b"heic", b"heix", b"mif1", b"msf1", b"heim", b"heis", b"hevc")


def picture(content: bytes, name: str) -> File:
    """The picture drawn anew as a JPEG, upright; what lies behind its first frame is not taken."""
    from PIL import Image, ImageOps  # a server that only shows pages does not need it

    try:
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > PIXELS:
                raise _refusal(gettext_noop("“%(name)s” has too many pixels. Send a smaller picture."), name)
            opened.thumbnail((SIDE, SIDE))  # before it is turned: a large JPEG is unpacked at half its size at once
            upright = ImageOps.exif_transpose(opened)
            drawn = Image.new("RGB", upright.size, "white")
            clear = upright.convert("RGBA")
            drawn.paste(clear, mask=clear)
    except Refused:
        raise
    except Exception as error:  # a broken file makes Pillow raise nearly anything, and none of it is our fault
        if content[4:8] == b"ftyp" and content[8:12] in HEIC:
            raise _refusal(
                gettext_noop("“%(name)s” is in a format that we cannot open (HEIC). Send it as JPEG, or a screenshot."),
                name,
            ) from error
        raise _refusal(gettext_noop("“%(name)s” is not a picture that we can open. Send JPEG or PNG."), name) from error
    out = BytesIO()
    drawn.save(out, "JPEG", quality=QUALITY, optimize=True)
    return File(f"{PurePath(name).stem[:150] or 'picture'}.jpg", "image/jpeg", out.getvalue(), is_picture=True)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Several pictures, or none; cleaned, they are a list of `File`."""

    def __init__(self) -> None:
        super().__init__(label=_("Photos"), required=False, widget=ManyFiles({"accept": "image/*", "multiple": True}))

    def clean(self, data: Any, initial: Any = None) -> Any:
        sent = [file for file in (data or []) if file]
        try:
            _refuse_too_much(sent)
            return [picture(file.read(), file.name) for file in sent]
        except Refused as refusal:
            raise forms.ValidationError(refusal.said(gettext)) from refusal


def _refuse_too_much(sent: Sequence[Any]) -> None:
    if len(sent) > MOST:
        raise Refused(gettext_noop("Send at most %(most)s pictures at once."), most=MOST)
    for file in sent:
        if file.size > LARGEST:
            raise _refusal(gettext_noop("“%(name)s” is larger than 10 MB. Send a smaller picture."), file.name)
    if sum(file.size for file in sent) > LARGEST_TOGETHER:
        raise Refused(gettext_noop("Together the pictures are larger than 25 MB. Send some of them afterwards."))


def _refusal(sentence: str, name: str) -> Refused:
    return Refused(sentence, name=name[:60])
