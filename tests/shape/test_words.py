"""Whatever a person reads is marked for translation: nothing stands bare in a template, no sentence is said bare."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

REGULARS = Path(__file__).parents[2] / "regulars"
TEMPLATES = sorted((REGULARS / "pages" / "templates").rglob("*.html"))
READ = {"alt", "aria-label", "aria-description", "placeholder", "title", "content", "label"}

# Words that are the same in every language.
SAME = {"Regulars", "CSV", "XLSX", "Excel", "Google Authenticator", "Aegis", "BG/NBD", "E-mail"}

# Sentences are raised and told through these; their text must be marked where it is written.
SAID = {"Refused": 0, "done": 1}


def bare(text: str) -> list[str]:
    """What is left of a template's text when everything that Django fills in is taken out."""
    text = re.sub(r"{%\s*comment.*?{%\s*endcomment\s*%}", "", text, flags=re.DOTALL)
    text = re.sub(r"{%-?\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", "", text, flags=re.DOTALL)
    text = re.sub(r"{% block (?:width|body_class) %}.*?{% endblock %}", "", text)  # the name of a class
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)
    reader = Reader()
    reader.feed(text)
    return [word for word in reader.found if word.strip(" ·:,.") not in SAME]


class Reader(HTMLParser):
    """Collects what a person would see or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        if tag != "meta":
            self.found += [value for name, value in attrs if name in READ and value and has_words(value)]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self.inside) and has_words(data):
            self.found.append(" ".join(data.split()))


def has_words(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", re.sub(r"&\w+;", "", text)))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(REGULARS / "pages" / "templates")))
def test_no_word_stands_bare_in_a_template(path: Path) -> None:
    assert bare(path.read_text()) == []


def test_the_lint_sees_bare_words() -> None:
    assert bare("<p>Hello</p>") == ["Hello"]
    assert bare('<a aria-label="Close">{% icon "x" %}</a>') == ["Close"]
    assert bare("<p>{% translate 'Hello' %}, {{ name }} &middot; 5</p>") == []
    assert bare("{% blocktranslate trimmed %}Hello <b>{{ name }}</b>{% endblocktranslate %}") == []
    assert bare("<style>a { color: red }</style><script>let a</script>") == []


def test_no_sentence_is_said_bare() -> None:
    wrong = []
    for path in (path for path in REGULARS.rglob("*.py") if path.parent.name != "cli"):  # a terminal speaks English
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            place = SAID.get(name)
            if (
                place is not None
                and len(call.args) > place
                and isinstance(call.args[place], ast.Constant | ast.JoinedStr)
            ):
                wrong.append(f"{path.relative_to(REGULARS)}:{call.lineno}")
    assert wrong == []
