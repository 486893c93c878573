"""A letter is read as far as it can be: what she wrote, what she quotes, what came with it; and nothing breaks it.

The letters stand in tests/published/letters, each named by what is odd about it.
"""

import dataclasses
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from regulars.intake import charsets, hypertext, mailbox, quotations
from regulars.intake.mailbox import Letter

LETTERS = {path.stem: path.read_bytes() for path in (Path(__file__).parent.parent / "published/letters").glob("*.eml")}
RUSSIAN = "Колесо опять шатается."

SAID = {
    "automatic_bounce": "Your letter could not be delivered.",
    "automatic_newsletter": "Tyres, cheap.",
    "automatic_out_of_office": "I am away until Monday.",
    "base64_cut_off": "Here is the wheel.",
    "boundary_that_never_comes": "The wheel is loose.",
    "calendar_invitation": "What: The wheel again\nFrom: 2026-03-05 08:00 UTC\nUntil: 2026-03-05 09:00 UTC\n"
    "Where: Tamm's garage, Pikk 1\nWho invites: kaja@oja.example",
    "charset_nobody_knows": "Ratas logiseb jälle, pidurid kiunuvad, õli tilgub.",
    "cyrillic_cp1251_called_latin1": "Колесо опять шатается, и тормоза скрипят.",
    "cyrillic_koi8_called_cp1251": "Колесо опять шатается, и тормоза скрипят.",
    "form_of_a_website": "The wheel is loose.",
    "forwarded_without_a_word": "---------- Forwarded message ---------\nFrom: Old Oja <old@oja.example>\n"
    "Date: Sun, 1 Mar 2026\nSubject: Wheel\nTo: Kaja\n\nThe wheel came loose on the road.",
    "header_with_raw_bytes": "wheel",
    "letter_within_a_letter": "Nobody answered this.",
    "no_headers_at_all": "The wheel is loose.",
    "no_subject_date_or_id": "The wheel is loose.",
    "nothing_but_a_picture": "",
    "nul_bytes": "The wheel is loose.",
    "page_with_a_script": "The wheel\nis loose.\nA picture (https://oja.example/wheel)\nhere",
    "quoted_apple_en_iphone": "The wheel is loose again.",
    "quoted_apple_ru": RUSSIAN,
    "quoted_below_the_quotation": "The wheel is loose again.\n\n\nNot soon, I hope.",
    "quoted_gmail_en": "The wheel is loose again.",
    "quoted_gmail_et": "Ratas logiseb jälle.",
    "quoted_gmail_fi": "Pyörä on taas löysä.",
    "quoted_gmail_ru": RUSSIAN,
    "quoted_mailru": RUSSIAN,
    "quoted_outlook_en": "The wheel is loose again.\n\nKind regards\nKaja",
    "quoted_outlook_et": "Ratas logiseb jälle.",
    "quoted_outlook_fi": "Pyörä on taas löysä.",
    "quoted_outlook_ru": RUSSIAN,
    "quoted_yandex_ru": RUSSIAN,
    "winmail_dat": "See the letter.",
}


def test_every_letter_of_the_collection_is_asked_about() -> None:
    assert set(SAID) == set(LETTERS)


@pytest.mark.parametrize("name", sorted(SAID))
def test_what_she_wrote_is_read_and_what_she_quotes_is_cut_away(name: str) -> None:
    assert mailbox.read(LETTERS[name]).text == SAID[name]


@pytest.mark.parametrize("name", sorted(name for name in SAID if name.startswith("quoted_")))
def test_what_was_cut_away_stands_in_the_whole(name: str) -> None:
    letter = mailbox.read(LETTERS[name])
    assert "garage" in letter.whole
    assert len(letter.whole) > len(letter.text)


def test_who_wrote_what_when_and_to_whom() -> None:
    letter = mailbox.read(LETTERS["quoted_gmail_ru"])
    assert (letter.sender_name, letter.sender) == ("Kaja Oja", "kaja@oja.example")
    assert letter.recipients == ("garage@tamm.example",)
    assert letter.subject == "Re: Машина"
    assert letter.sent_at is not None
    assert letter.sent_at.isoformat() == "2026-03-02T08:30:00+00:00"
    assert letter.message_id == "<g2@oja.example>"


def test_a_letter_without_an_id_gets_one_of_its_bytes() -> None:
    one, other = (mailbox.read(LETTERS[name]) for name in ("no_headers_at_all", "no_subject_date_or_id"))
    assert one.message_id != other.message_id
    assert one.message_id == mailbox.read(LETTERS["no_headers_at_all"]).message_id
    assert (one.sender, one.is_muted, one.sent_at, one.subject) == ("", True, None, "")


def test_letters_of_machines_are_known_and_people_are_not_taken_for_machines() -> None:
    machines = {name for name in LETTERS if mailbox.read(LETTERS[name]).is_automatic}
    assert machines == {name for name in LETTERS if name.startswith("automatic_")}


@pytest.mark.parametrize(
    ("headers", "is_automatic", "is_muted"),
    [
        ("Auto-Submitted: no", False, False),
        ("Auto-Submitted: auto-generated; x=y", True, True),
        ("Precedence: bulk", True, True),
        ("Precedence: list", False, True),
        ("X-Autoreply: yes", True, True),
        ("X-Auto-Response-Suppress: All", False, True),
        ("List-Unsubscribe: <x>", True, True),
        ("List-Unsubscribe: <x>\nList-Post: <mailto:us@groups.example>", False, True),
        ("Return-Path: <>", True, True),
        ("Return-Path: <kaja@oja.example>", False, False),
    ],
)
def test_a_machine_says_so_in_its_headers(headers: str, is_automatic: bool, is_muted: bool) -> None:
    letter = mailbox.read(f"From: kaja@oja.example\n{headers}\n\nwheel".encode())
    assert (letter.is_automatic, letter.is_muted) == (is_automatic, is_muted)


@pytest.mark.parametrize(
    "sender", ["mailer-daemon@mx", "POSTMASTER@mx", "no-reply@shop", "noreply+7@shop", "bounce-1@x"]
)
def test_a_machine_has_a_machines_address(sender: str) -> None:
    assert mailbox.read(f"From: <{sender}>\n\nwheel".encode()).is_automatic


def test_a_form_of_a_website_writes_for_somebody() -> None:
    letter = mailbox.read(LETTERS["form_of_a_website"])
    assert (letter.sender, letter.sender_name) == ("kaja@oja.example", "Kaja Oja")


def test_what_a_bounce_says_did_not_arrive() -> None:
    letter = mailbox.read(LETTERS["automatic_bounce"])
    assert letter.bounced == ("<ours-1@regulars.example>",)
    assert letter.bounce == "smtp; 550 5.1.1 no such mailbox"
    delayed = mailbox.read(LETTERS["automatic_bounce"].replace(b"Action: failed", b"Action: delayed"))
    assert delayed.bounce == ""


def test_what_could_not_be_read_is_said() -> None:
    odd = {name: " ".join(mailbox.read(raw).oddities) for name, raw in LETTERS.items()}
    assert "wheel.jpg came damaged" in odd["base64_cut_off"]
    assert "only Outlook" in odd["winmail_dat"]
    assert "alphabet" in odd["cyrillic_koi8_called_cp1251"]
    assert odd["quoted_gmail_en"] == ""


def test_a_files_name_is_only_a_name() -> None:
    (wheel,) = mailbox.read(LETTERS["nothing_but_a_picture"]).attachments
    assert (wheel.name, wheel.media_type, wheel.content[:2]) == ("wheel.jpg", "image/jpeg", b"\xff\xd8")
    (within,) = mailbox.read(LETTERS["letter_within_a_letter"]).attachments
    assert (within.name, within.media_type) == ("letter.eml", "message/rfc822")
    assert "The wheel is loose." in mailbox.read(LETTERS["letter_within_a_letter"]).whole


def test_of_a_letter_of_which_the_beginning_was_fetched_the_files_are_named_and_left() -> None:
    raw = LETTERS["base64_cut_off"]
    letter = mailbox.read(raw, is_whole=False)
    assert letter.attachments == ()
    assert letter.text == "Here is the wheel."
    assert "Left in your mailbox: wheel.jpg." in letter.oddities


def nested(depth: int) -> bytes:
    opened = "".join(f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(depth))
    return f"From: kaja@oja.example\nSubject: Wheel\n{opened}Content-Type: text/plain\n\nloose\n".encode()


@pytest.mark.parametrize(
    "bomb",
    [
        nested(5000),
        b"From: kaja@oja.example\nSubject: Wheel\nContent-Type: multipart/mixed; boundary=b\n\n"
        + b"--b\nContent-Type: text/plain; name=x\n\nx\n" * 5000,
        b"From: kaja@oja.example\nSubject: Wheel\n" + b"Content-Type: message/rfc822\n\n" * 3000 + b"loose",
    ],
)
def test_a_bomb_of_parts_is_shown_as_it_begins(bomb: bytes) -> None:
    letter = mailbox.read(bomb)
    assert (letter.sender, letter.subject) == ("kaja@oja.example", "Wheel")
    assert "cannot be read" in letter.oddities[0]
    assert letter.text


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n",
        b"\x00" * 1000,
        b"From: " + b"(" * 5000 + b"\n\nx",
        b"Subject: =?utf-8?b?4pi\n\nx",
        b"Subject: =?utf-8?q?=ED=A0=80?=\n\nx",
        b"Subject: " + b"x" * 1_000_000 + b"\n\nwheel",
        b"X: y\n" * 200_000 + b"\nwheel",
        b"Content-Type: text/plain; charset*1*=x; charset*=utf-8'\n\n\xff",
        b'Content-Type: text/plain; charset="utf\x00-8"\n\n\xff',
        b"Content-Type: text/plain; charset=rot13\n\n\xff",
        b"Content-Type: text/html\n\n" + b"<a " * 60_000,
        b"Content-Type: text/html\n\n" + b"<!--" * 60_000,
        b"Content-Type: text/html\n\n" + b"<![x" * 60_000,
        b"Content-Type: text/html\n\n" + b"<div>" * 60_000,
        b"Content-Type: text/html\n\n" + b"<script>" * 60_000,
        b"Content-Type: text/plain\n\n" + b"On 2.3.2026 x@y " * 20_000,
        b"Content-Type: text/plain\n\n" + b">" * 200_000,
        b"Date: Mon, 99 Foo 99999 99:99:99 +9999\n\nx",
        b"Content-Type: message/delivery-status\n\nx",
        b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n\xff\n",
    ],
)
def test_nothing_breaks_the_reader(raw: bytes) -> None:
    is_readable(mailbox.read(raw))


def test_a_letter_of_twenty_megabytes_is_read() -> None:
    line = b"QUJD" * 19 + b"\n"
    raw = LETTERS["base64_cut_off"] + b"\n" + line * (20_000_000 // len(line)) + b"--b1--\n"
    (wheel,) = mailbox.read(raw).attachments
    assert len(wheel.content) > 14_000_000


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2000))
@example(b"From: a@b\nContent-Type: text/html\n\n<p")
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    is_readable(mailbox.read(raw))


HEADERS = st.sampled_from(
    ["From", "To", "Subject", "Date", "Message-ID", "References", "Content-Type", "Content-Transfer-Encoding",
     "Content-Disposition", "Reply-To", "Return-Path", "List-Id"]
)  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["multipart/mixed; boundary=b", "multipart/alternative; boundary=b", "multipart/report; boundary=b",
         "text/html; charset=koi8-r", "text/plain; charset=utf-7", "message/rfc822", "message/delivery-status",
         "text/calendar", "base64", "quoted-printable", "x-uuencode", "=?utf-8?q?=D0?=", "attachment; filename*0=a"]
    ),
)  # fmt: skip
BODIES = st.lists(
    st.one_of(st.sampled_from(["--b", "--b--", "", "> x", "begin 644 x"]), st.text(max_size=40)), max_size=20
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(HEADERS, VALUES), max_size=8), BODIES, st.lists(st.tuples(HEADERS, VALUES), max_size=3))
def test_nothing_that_looks_like_a_letter_breaks_the_reader(
    headers: list[tuple[str, str]], body: list[str], inner: list[tuple[str, str]]
) -> None:
    said = [f"{name}: {value}" for name, value in headers] + ["", *body, "--b"]
    said += [f"{name}: {value}" for name, value in inner] + ["", *body]
    is_readable(mailbox.read("\n".join(said).encode("utf-8", "surrogatepass")))


def is_readable(letter: Letter) -> None:
    """All that it says can be kept in any database."""
    for said in dataclasses.astuple(letter):
        if isinstance(said, str):
            assert "\x00" not in said
            said.encode()  # no half characters
    assert letter.message_id


def test_every_alphabet_of_our_customers_is_known_by_what_it_says() -> None:
    for alphabet, said in [
        ("cp1251", "Привет! Верните, пожалуйста, деньги."),
        ("koi8-r", "Привет! Верните, пожалуйста, деньги."),
        ("cp866", "Привет! Верните, пожалуйста, деньги."),
        ("cp1252", "Hyvää päivää, auto ei käynnisty: öljy loppui."),
        ("cp1252", "Tere päevast, õli tilgub ja auto ei käivitu."),
        ("utf-8", "Привет, õli"),
    ]:
        for declared in ("", "us-ascii", "iso-8859-1", "unknown-8bit"):
            assert charsets.decode(said.encode(alphabet), declared)[0] == said, (alphabet, declared)
    assert charsets.decode("õ ja ä, öö".encode("iso-8859-15"), "iso-8859-15") == ("õ ja ä, öö", True)
    assert charsets.decode("日本".encode("shift_jis"), "shift_jis") == ("日本", True)


def test_a_letter_that_is_cut_off_within_a_letter_of_the_alphabet_keeps_the_rest() -> None:
    said = "Колесо опять шатается, и тормоза скрипят"
    assert charsets.decode(said.encode()[:-1], "utf-8") == (f"{said[:-1]}\ufffd", False)
    assert charsets.decode("Ratas logiseb jälle".encode("cp1252"), "utf-8") == ("Ratas logiseb jälle", False)


def test_a_sentence_of_hers_that_ends_in_a_colon_stays() -> None:
    said = "I wrote to you on 12.03.2026 at 10:30:\nno answer came.\nAll my addresses:\nhome@oja.example, 2026"
    assert quotations.spoken(said) == said
    assert quotations.spoken("From: the beginning\nit rattled.") == "From: the beginning\nit rattled."
    assert quotations.spoken("> only\n> quoted") == "> only\n> quoted"


def test_a_page_is_read_aloud_even_when_nothing_is_closed() -> None:
    assert (
        hypertext.as_text("<head><title>x</title><body>2 < 3 <!-- no --> wheel<ul><li>loose</ul>")
        == "2 < 3 wheel\n- loose"
    )
    assert (
        hypertext.as_text("a<blockquote>b<blockquote>c</blockquote></blockquote></blockquote>d") == "a\n> b\n> > c\nd"
    )
    assert hypertext.as_text('<a href="https://x.example/">https://x.example</a>') == "https://x.example"
    assert hypertext.as_text("a<script>b<script>c<p><x") == "abc"
    assert hypertext.as_text('<img alt="a wheel">') == "a wheel"
