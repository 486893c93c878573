"""Spans of time as people say them: 9 months, 3 weeks, 4 times a year."""

from django.utils.translation import gettext, ngettext

MONTH, YEAR = 30.4375, 365.25


def span(days: float) -> str:
    """ "10 days", "3 weeks", "9 months", "3 years": in the unit in which one would say it."""
    days = max(days, 0)
    if round(days) < 14:
        number = round(days)
        return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}
    if days < 2 * MONTH:
        number = round(days / 7)
        return ngettext("%(number)d week", "%(number)d weeks", number) % {"number": number}
    if days < 2 * YEAR:
        number = round(days / MONTH)
        return ngettext("%(number)d month", "%(number)d months", number) % {"number": number}
    number = round(days / YEAR)
    return ngettext("%(number)d year", "%(number)d years", number) % {"number": number}


def horizon(months: int) -> str:
    """36 -> "3 years", 18 -> "18 months"."""
    if months % 12 == 0:
        return ngettext("%(number)d year", "%(number)d years", months // 12) % {"number": months // 12}
    return ngettext("%(number)d month", "%(number)d months", months) % {"number": months}


def how_often(gap_days: float) -> str:
    """A rhythm: "came every 3 weeks", "came 4 times a year", "came every 9 months", "came once in 2 years"."""
    if gap_days < 60:
        number = max(round(gap_days / 7), 1)
        return ngettext("came every week", "came every %(number)d weeks", number) % {"number": number}
    a_year, months, years = round(YEAR / gap_days), round(gap_days / MONTH), round(gap_days / YEAR)
    if a_year > 1 or 11 <= months <= 13:
        return ngettext("came once a year", "came %(number)d times a year", a_year) % {"number": a_year}
    if gap_days < 1.5 * YEAR:
        return ngettext("came every %(number)d month", "came every %(number)d months", months) % {"number": months}
    return ngettext("came once in %(number)d year", "came once in %(number)d years", years) % {"number": years}


def open_time(minutes: float) -> str:
    """Minutes in which it was open, as one would say them: "45 minutes", "3 h 20 min", "26 hours"."""
    whole = round(minutes)
    if whole < 60:
        return ngettext("%(number)d minute", "%(number)d minutes", whole) % {"number": whole}
    hours, rest = divmod(whole, 60)
    if whole < 10 * 60 and rest:
        return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
    hours = round(minutes / 60)
    return ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours}
