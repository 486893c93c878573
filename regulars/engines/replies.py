"""Replies: does an answer begin with a bare no? "Yes, what I can do is …" does not. Words in, a hint out; no rule."""

import re

# A no that stands alone or goes on with whoever refuses. "No problem" and "Ei hätää" are no refusals.
_BEGINS = {
    "en": r"(?:(?:sorry|unfortunately|regrettably|i['’]?m afraid)[,;: ]+)*"
    r"(?:(?:no|nope)(?=$|[^\w\s]|\s+(?:we|i|you|it|this|that|there|sorry)\b)"
    r"|(?:we|i|you)\s+(?:can['’]?t|cannot|can not|don['’]?t|won['’]?t|do not|will not)\b"
    r"|(?:(?:it|this|that)(?:['’]?s| is)\s+)?(?:not possible|impossible|out of the question)\b)",
    "ru": r"(?:(?:извините|простите|к сожалению|увы)[,;: ]+)*"
    r"(?:нет(?=$|[^\w\s]|\s+(?:мы|я|вы|это|так)\b)|(?:мы |я )?не (?:можем|могу|делаем|занимаемся|получится)\b"
    r"|(?:это )?(?:невозможно|нельзя)\b)",
    "et": r"(?:(?:vabandust|kahjuks)[,;: ]+)*"
    r"(?:ei(?=$|[^\w\s]|\s+(?:me|ma|meie|mina|see)\b)|(?:me |ma |see )?ei (?:saa|tee|ole võimalik)\b"
    r"|(?:see on )?võimatu\b)",
    "fi": r"(?:(?:valitettavasti|anteeksi|pahoittelut)[,;: ]+)*"
    r"(?:ei(?=$|[^\w\s]|\s+(?:me|minä|se|tämä)\b)|(?:se |tämä )?ei (?:onnistu|käy|ole mahdollista)\b"
    r"|(?:me )?emme (?:voi|tee|pysty)\b|(?:minä )?en (?:voi|tee|pysty)\b|(?:se on )?mahdotonta\b)",
}
_PATTERNS = {language: re.compile(r"\W*" + pattern, re.IGNORECASE) for language, pattern in _BEGINS.items()}


def flat_no(text: str, language: str) -> bool:
    """Whether the reply begins with a no. A language that nobody has tabled here is read as English."""
    return bool(_PATTERNS.get(language.split("-")[0], _PATTERNS["en"]).match(text))
