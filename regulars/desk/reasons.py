"""Why somebody is on the list: a sentence that follows the name, made of the numbers stored with the call."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from regulars.desk import words
from regulars.kernel import money
from regulars.record import questions
from regulars.record.business import Business
from regulars.record.calls import Call


def reason(call: Call, business: Business, *, today: date) -> str:
    """And what the customer wished for, where we have it now."""
    said = _reason(call, business, today)
    if "granted" not in call.why:
        return said
    have = gettext("you have now what the customer wished for: %(what)s.") % {"what": call.why["granted"]}
    return have if call.play == Call.Play.GRANTED else f"{said} {have[:1].upper()}{have[1:]}"


def _reason(call: Call, business: Business, today: date) -> str:
    why = call.why
    if call.play == Call.Play.GRANTED:
        return ""
    if call.play == Call.Play.LOW_ANSWER:
        return _low_answer(why)
    if call.play == Call.Play.TOP_TEN:
        return _top_ten(why, business, today)
    if call.play == Call.Play.SLIPPING:
        return gettext("%(often)s, silent for %(silent)s; worth %(worth)s over the next %(horizon)s.") % {
            "often": words.how_often(why["gap"]),
            "silent": _since(why["last_on"], today),
            "worth": _whole(why["value"], business),
            "horizon": words.horizon(business.horizon_months),
        }
    if call.play == Call.Play.SECOND_VISIT:
        return gettext("came once, %(ago)s ago, and spent %(spent)s. A second visit is how a regular begins.") % {
            "ago": _since(why["last_on"], today),
            "spent": _whole(why["spent"], business),
        }
    agreed = gettext("a call was agreed for %(day)s.") % {"day": date_format(call.due_on, "MONTH_DAY_FORMAT")}
    return f"{agreed} {call.note}".strip()


def _low_answer(why: dict[str, Any]) -> str:
    asked = questions.usual(get_language() or "en")
    scores = ", ".join(f"“{asked[key]}” {score}/5" for key, score in why["low"].items())
    said = {"day": date_format(date.fromisoformat(why["on"]), "MONTH_DAY_FORMAT"), "scores": scores}
    return gettext("answered on %(day)s: %(scores)s. Ask what was not right, and listen.") % said


def _top_ten(why: dict[str, Any], business: Business, today: date) -> str:
    """The day of the last visit is stored only of who is gone; then a mere thank-you would sound odd."""
    visits = ngettext("%(number)d visit", "%(number)d visits", why["visits"]) % {"number": why["visits"]}
    said = {"place": why["place"], "spent": _whole(why["spent"], business), "visits": visits}
    is_first = why["place"] == 1
    if "last_on" in why:
        said["silent"] = _since(why["last_on"], today)
        if is_first:
            return (
                gettext(
                    "brought the most of all: %(spent)s in %(visits)s; silent for %(silent)s. "
                    "Say thank you, and ask what has changed."
                )
                % said
            )
        return (
            gettext(
                "was number %(place)d of all: %(spent)s in %(visits)s; silent for %(silent)s. "
                "Say thank you, and ask what has changed."
            )
            % said
        )
    if is_first:
        return gettext("has brought the most of all: %(spent)s in %(visits)s. Say thank you.") % said
    return gettext("is number %(place)d of all: %(spent)s in %(visits)s. Say thank you.") % said


def _since(day: str, today: date) -> str:
    return words.span((today - date.fromisoformat(day)).days)


def _whole(amount: int, business: Business) -> str:
    return money.written(amount, business.currency, get_language() or "en", whole=True)
