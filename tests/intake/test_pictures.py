"""Pictures from strangers: drawn anew, upright and bare; bombs and things that only look like one are refused."""

import zlib
from collections.abc import Callable
from io import BytesIO
from struct import pack
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from regulars.intake import pictures
from regulars.intake.pictures import PicturesField, picture
from regulars.kernel.refusal import Refused


def drawn(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **how: Any) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "red").save(out, kind, **how)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def chunk(kind: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_phones_take_is_kept_as_a_jpeg(kind: str) -> None:
    file = picture(drawn(kind), f"wheel.{kind.lower()}")
    assert (file.name, file.media_type, file.is_picture) == ("wheel.jpg", "image/jpeg", True)
    assert opened(file.content).format == "JPEG"
    assert opened(file.content).size == (60, 40)


def test_where_and_with_what_it_was_taken_is_gone_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Secret Phone"  # turned by a quarter; the maker
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    taken = drawn(exif=exif)
    assert b"Secret Phone" in taken
    file = picture(taken, "wheel.jpg")
    assert opened(file.content).size == (40, 60)
    assert not opened(file.content).getexif()
    assert b"Secret Phone" not in file.content
    assert b"Exif" not in file.content


def test_a_large_one_is_made_smaller_and_what_is_seen_through_is_white() -> None:
    assert max(opened(picture(drawn(size=(5000, 2500)), "a").content).size) == 2000
    clear = BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(clear, "PNG")
    assert opened(picture(clear.getvalue(), "a").content).getpixel((5, 5)) == (255, 255, 255)


def test_nothing_that_was_packed_behind_a_picture_comes_along() -> None:
    script = b"<html><script>alert(1)</script></html>"
    for whole in (drawn() + script, drawn("GIF") + b";" + script, drawn(comment=script)):
        assert b"script" in whole
        assert b"script" not in picture(whole, "both.jpg").content


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<html><script>alert(1)</script></html>", "not a picture"),
        (SVG, "not a picture"),
        (b"", "not a picture"),
        (b"%PDF-1.7", "not a picture"),
        (b"GIF89a<script>alert(1)</script>", "not a picture"),
        (drawn("TIFF"), "not a picture"),
        (drawn()[:300], "not a picture"),
        (HEIC, "Send it as JPEG"),
    ],
)
def test_what_only_looks_like_one_is_refused_in_words(content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        picture(content, "wheel.jpg")


def test_a_small_file_that_unpacks_to_a_huge_picture_is_refused_before_it_is_unpacked() -> None:
    header = pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    inside = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 999)), (b"IEND", b"")]
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, body) for kind, body in inside)
    with pytest.raises(Refused, match="not a picture"):
        picture(bomb, "bomb.png")
    with pytest.raises(Refused, match="too many pixels"):
        picture(drawn("GIF", size=(8001, 8000), mode="P"), "wide.gif")


def sent(*files: bytes) -> list[Any]:
    return [SimpleUploadedFile(f"{number}.jpg", content) for number, content in enumerate(files)]


def test_several_come_at_once_or_none() -> None:
    field = PicturesField()
    assert [file.name for file in field.clean(sent(drawn(), drawn("PNG")))] == ["0.jpg", "1.jpg"]
    assert field.clean([]) == field.clean(None) == []


@pytest.mark.parametrize(
    ("files", "why"),
    [
        (lambda: sent(*[drawn()] * 7), "at most 6 pictures"),
        (lambda: sent(b"x" * (pictures.LARGEST + 1)), "“0.jpg” is larger than 10 MB"),
        (lambda: sent(*[drawn() + b"x" * 9_000_000] * 3), "larger than 25 MB"),
        (lambda: sent(SVG), "“0.jpg” is not a picture"),
    ],
)
def test_too_many_too_large_and_none_at_all_are_refused(files: Callable[[], list[Any]], why: str) -> None:
    with pytest.raises(forms.ValidationError, match=why):
        PicturesField().clean(files())
