"""Does an answer to a complaint admit the mistake, or does it defend us? Words in, a hint out; no rule.

The method's rule: say that it was our fault, say where we erred, and begin with "yes". To prove that one was right is a
dead end: what use is it when the customer does not come back? Only what stands in the table is found, in English,
Russian, Estonian and Finnish.
"""

import re
from dataclasses import dataclass

from regulars.engines import replies

# We were right; she was wrong; somebody else did it; that is how it is done.
_DEFENDS = {
    "en": r"we did (?:everything|nothing wrong|it (?:right|correctly))"
    r"|(?:everything|all) (?:was|is|were) (?:done )?(?:right|correct|correctly|fine|in order)"
    r"|(?:not|isn['’]?t|wasn['’]?t) our (?:fault|problem|responsibility)|your own fault"
    r"|you (?:should have|must have|did not|didn['’]?t|forgot|misunderstood|were told)"
    r"|according to (?:our|the) (?:policy|rules|terms)|(?:our|company) policy"
    r"|nobody else (?:has )?complain"
    r"|(?:the|our) (?:supplier|manufacturer|driver|courier)['’]?s? (?:is|was|were)? ?(?:to blame|fault)"
    r"|normal wear",
    "ru": r"мы (?:вс[её] )?(?:сделали|делали) (?:вс[её] )?(?:правильно|верно|как (?:надо|положено))"
    r"|вс[её] было (?:сделано )?(?:правильно|в порядке|нормально)|не (?:по )?наш(?:а|ей) вин"
    r"|не наша (?:проблема|ответственность)|сами виноваты"
    r"|вы (?:сами|должны были|не сказали|неправильно|забыли)"
    r"|по (?:нашим )?(?:правилам|регламенту|договору)|никто (?:больше )?не жаловал"
    r"|виноват(?:ы)? (?:поставщик|производитель|водитель|курьер)|естественный износ",
    "et": r"me tegime (?:kõik|seda)? ?õigesti|kõik (?:oli|on|tehti) (?:õigesti|korras|õige)"
    r"|ei ole (?:meie|me) (?:süü|mure)|pole (?:meie|me) (?:süü|mure)"
    r"|(?:teie|te) (?:ise|enda|oma) (?:olete )?süü"
    r"|te (?:ise|pidite|oleksite pidanud|ei öelnud|unustasite)"
    r"|(?:meie )?(?:reeglite|eeskirjade|tingimuste|lepingu) (?:järgi|kohaselt)"
    r"|keegi teine ei ole kaevanud|(?:tarnija|tootja|juhi|kulleri) süü|tavapärane kulumine",
    "fi": r"(?:me )?teimme (?:kaiken|sen)? ?oikein|kaikki (?:oli|on|tehtiin) (?:oikein|kunnossa)"
    r"|ei ole (?:meidän )?(?:vikamme|syytämme)|ei ole meidän (?:vika|syy|ongelma)"
    r"|oma (?:vikanne|syynne|vikasi)|(?:te|teidän) (?:itse|olisi pitänyt|ette kertonut|unohditte)"
    r"|(?:sääntöjen|ehtojen|käytännön|sopimuksen) (?:mukaan|mukaisesti)|kukaan muu ei ole valittanut"
    r"|(?:toimittajan|valmistajan|kuljettajan|kuriirin) (?:vika|syy)|normaalia kulumista",
}
_ADMITS = {
    "en": r"sorry|apolog|our (?:mistake|fault|error)|my (?:mistake|fault|error)"
    r"|we (?:erred|failed|should have|made a mistake|got it wrong|let you down|forgot|were wrong)"
    r"|you(?:['’]re| are) right|shouldn['’]?t have happened",
    "ru": r"извин|прост[иь]те|(?:наша|моя) (?:ошибка|вина)|по нашей вине"
    r"|мы (?:ошиблись|виноваты|подвели|забыли|не (?:успели|проверили))|вы правы|не должно было",
    "et": r"vabanda|vabandus|palun(?:ime)? andeks|andeks|(?:meie|minu) (?:viga|eksimus|süü)"
    r"|me (?:eksisime|vedasime|unustasime)|eksisime|teil on õigus|poleks tohtinud",
    "fi": r"pahoittel|anteeksi|(?:meidän|minun) (?:virhe|vika|syy|moka)|virheemme|vikamme (?:on|oli)"
    r"|(?:me )?(?:erehdyimme|mokasimme|unohdimme)|olette oikeassa|olet oikeassa|ei olisi saanut",
}
_DEFENCE = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _DEFENDS.items()}
_ADMISSION = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _ADMITS.items()}


@dataclass(frozen=True)
class Reading:
    """What stands out in an answer: the words that defend us, "" when none; is there an admission; a bare no first."""

    defence: str
    admits: bool
    begins_with_no: bool

    @property
    def is_well(self) -> bool:
        return self.admits and not self.defence and not self.begins_with_no


def read(text: str, language: str) -> Reading:
    """How an answer to a complaint reads. People write in whichever language suits: each of the four is looked for.

    Only how it begins is read in `language` alone, because "no" is "well" in Finnish.
    """
    found = [match for pattern in _DEFENCE.values() if (match := pattern.search(text))]
    admits = any(pattern.search(text) for pattern in _ADMISSION.values())
    return Reading(found[0].group(0) if found else "", admits, replies.flat_no(text, language))
