"""A letter that came as a web page, read aloud: nothing is run, fetched or shown; links stay as text.

The standard library's parser takes minutes for a hostile page (quadratic on a tag that never ends); this one goes
through it once, and understands no more than it needs.
"""

import re
from html import unescape

_SILENT = ("script", "style", "title", "template", "noscript", "svg", "math", "iframe", "object")
_BLOCKS = {"p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "section",
           "article", "header", "footer", "pre", "blockquote", "center", "dd", "dt"}  # fmt: skip
_NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9]{0,20}")
_VALUE = r"""\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
_HREF, _ALT = (re.compile(rf"\b{name}{_VALUE}", re.I) for name in ("href", "alt"))
_TAG = 5000  # letters of a tag that are looked at


def as_text(page: str) -> str:
    """Paragraphs as lines, a quotation marked by ">"."""
    reader, at, low = _Reader(), 0, page.lower()
    endless: set[str] = set()  # looked for once: a page of a million of them takes no longer
    while (opens := page.find("<", at)) >= 0:
        reader.say(page[at:opens])
        if page.startswith("<!--", opens):
            closes, after = page.find("-->", opens), 3
        else:
            closes, after = page.find(">", opens), 1
        if closes < 0:
            return reader.text()  # it never ends: nothing of it is words
        tag = page[opens + 1 : closes]
        at = closes + after
        name = _NAME.match(tag)
        if name is None:
            if not tag.startswith(("!", "?", "/")):
                reader.say("<")  # "2 < 3"
                at = opens + 1
        elif name[0].lower() in _SILENT:
            ends = -1 if name[0].lower() in endless else low.find(f"</{name[0].lower()}", at)
            at = ends if ends >= 0 else at
            if ends < 0:
                endless.add(name[0].lower())
        else:
            reader.meet(name[0].lower(), tag[:_TAG])
    reader.say(page[at:])
    return reader.text()


class _Reader:
    def __init__(self) -> None:
        self.lines: list[tuple[int, list[str]]] = [(0, [])]
        self.quoted = 0
        self.link = ""

    def meet(self, name: str, tag: str) -> None:
        opens = name[0] != "/"
        name = name.lstrip("/")
        if name == "blockquote":
            self.quoted = min(5, self.quoted + 1) if opens else max(0, self.quoted - 1)
        if name in _BLOCKS:
            self.lines.append((self.quoted, ["- "] if name == "li" and opens else []))
        if name == "a":
            self._end_link()
            self.link = _value(_HREF, tag) if opens else ""
        if name == "img":
            self.say(_value(_ALT, tag))

    def say(self, words: str) -> None:
        self.lines[-1][1].append(unescape(words))

    def _end_link(self) -> None:
        said = "".join(self.lines[-1][1][-3:])
        if self.link.startswith(("http://", "https://")) and self.link.rstrip("/") not in said:
            self.say(f" ({self.link[:500]})")

    def text(self) -> str:
        lines = ((quoted, " ".join("".join(said).split())) for quoted, said in self.lines)
        return "\n".join("> " * quoted + words for quoted, words in lines if words not in ("", "-"))


def _value(attribute: re.Pattern[str], tag: str) -> str:
    found = attribute.search(tag)
    return unescape(next(filter(None, found.groups()), "")) if found else ""
