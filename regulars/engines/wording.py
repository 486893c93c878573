"""Does a name help the customer, or sell to her? Only a hint: in English, Estonian, Finnish and Russian.

The method's rule: a kind of job is called by what it is to the customer ("brakes that hold"), not by what it is to us
("brake sale"). The words are whole, or begin or stand inside a longer one, as each language builds its words.
"""

import re

WHOLE = {
    *("sale", "sales", "sold", "promo", "deal", "deals"),
    *("müü", "müüa", "müün", "müüme"),
    *("myy", "myyn", "myydä", "ale"),
    *("акция", "акции", "акцию"),
}
BEGINS = (
    *("sell", "upsell", "promotion", "discount"),
    *("müüja", "allahindlu", "kampaania"),
    *("myymi", "myyjä", "alennu", "kampanj"),
    *("прода", "скидк", "скидок"),
)
INSIDE = ("müük", "müügi", "myynti", "myynni", "продаж", "продав")
_WORD = re.compile(r"[^\W\d_]+")


def sells(name: str) -> bool:
    """Whether the name is about selling."""
    words = _WORD.findall(name.casefold())
    return any(word in WHOLE or word.startswith(BEGINS) or any(part in word for part in INSIDE) for word in words)
