"""What the pages of Worth show an owner: the stored story, the method's arithmetic, and how the two differ."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from regulars.desk import pictures, plan
from regulars.desk.charts import Bars, Heat, Line
from regulars.desk.export import Cell
from regulars.desk.pen import Pen
from regulars.desk.story import YEAR
from regulars.engines.lifetime import MONTH
from regulars.record.business import Business
from regulars.record.worth import Fit, Stage

MODELS = {
    "bgnbd": "BG/NBD",
    "mbgnbd": "MBG/NBD",
    "paretonbd": "Pareto/NBD",
    "averages": gettext_noop("Plain averages"),
}
WHY_AVERAGES = {
    "empty": gettext_noop("There are no sales yet."),
    "too_few_customers": gettext_noop("There are too few customers for a model: it needs thirty."),
    "too_few_repeaters": gettext_noop("Too few customers came back for a model: it needs ten of them."),
    "one_day": gettext_noop("All sales are of one day. A model needs a longer history."),
    "no_maximum": gettext_noop("No model fits this history well."),
}
WHY_CHOSEN = {
    "held_out": gettext_noop("Of three models it foretold best what happened in weeks that it had not seen."),
    "likelihood": gettext_noop("Of three models it fits your history best; it is too short to hold weeks back."),
    "asked": gettext_noop("It was asked for by name."),
    "fallback": gettext_noop("Each customer is expected to go on as before, and newcomers as the others did."),
}


@dataclass(frozen=True)
class Share:
    """A group of customers and its part of the money, as written."""

    who: str
    words: str
    customers: str
    money: str
    share: str


class Owner:
    """Everything comes from one row: the latest fit with its story."""

    def __init__(self, business: Business, fit: Fit | None, language: str) -> None:
        self.business, self.fit = business, fit
        self.pen = Pen(business.currency, language)
        self.story: dict[str, Any] = fit.story if fit else {}

    @property
    def has_numbers(self) -> bool:
        """Whether anybody has bought anything."""
        return bool(self.story.get("customers"))

    @property
    def model_name(self) -> str:
        return _(MODELS[self.fit.model]) if self.fit else ""

    @property
    def why_model(self) -> str:
        return _(WHY_CHOSEN[self.fit.chosen_by["how"]]) if self.fit else ""

    @property
    def why_averages(self) -> str:
        """Why no model could be used; empty when one was."""
        return _(WHY_AVERAGES[self.fit.fallback]) if self.fit and self.fit.fallback else ""

    def told(self, name: str) -> str:
        """An amount of the story, written."""
        return self.pen.money(self.story[name])

    @property
    def value(self) -> str:
        return self.told("value")

    @property
    def low(self) -> str:
        return self.told("low")

    @property
    def high(self) -> str:
        return self.told("high")

    @property
    def customers(self) -> str:
        return self.pen.count(self.story["customers"])

    @property
    def months(self) -> int:
        """How far the latest fit looked ahead."""
        return round((self.fit.horizon_days if self.fit else 0) / MONTH)

    @cached_property
    def shares(self) -> list[Share]:
        """Whose money it was, over the whole history."""
        revenue = self.story["revenue"]
        whole = revenue["spent"]
        return [
            Share(
                who=who,
                words=words,
                customers=self.pen.count(revenue[key]["customers"]),
                money=self.pen.money(revenue[key]["spent"]),
                share=self.pen.percent(revenue[key]["spent"] / whole if whole > 0 else 0),
            )
            for key, who, words in (
                ("once", _("Came once"), _("of the money came from one-time buyers")),
                ("repeat", _("Came two or three times"), _("from those who came two or three times")),
                ("regular", _("Came more often"), _("from those who come regularly")),
            )
        ]

    @property
    def stayed(self) -> str:
        """The share of those who came in one span who came in the next; empty when nobody could have."""
        found = self.story.get("stayed", {"before": 0})
        return self.pen.percent(found["again"] / found["before"]) if found["before"] else ""

    @property
    def stayed_words(self) -> str:
        found = self.story["stayed"]
        if found["span"] == YEAR:
            return _("of those who came the year before came again in the last twelve months")
        return ngettext(
            "of those who came in the %(days)s day before came again in the last %(days)s",
            "of those who came in the %(days)s days before came again in the last %(days)s",
            found["span"],
        ) % {"days": found["span"]}

    @property
    def month(self) -> dict[str, Any]:
        """This month's leavers."""
        found: dict[str, Any] = self.story["leavers"][0]
        named = self.pen.month(date.fromisoformat(found["month"]))
        return found | {"name": named, "many": self.pen.count(found["customers"])}

    @property
    def purchases(self) -> str:
        return self.pen.number(self.business.purchases)

    @property
    def service_rate(self) -> str:
        return self.pen.exact_percent(self.business.service_rate)

    @property
    def discount(self) -> str:
        return self.pen.exact_percent(self.business.yearly_discount)

    @property
    def scores(self) -> list[tuple[str, str]]:
        """The models that were compared, the best first."""
        found = self.fit.chosen_by["scores"] if self.fit else {}
        best_first = sorted(found.items(), key=lambda item: -item[1])
        return [(_(MODELS[name]), self.pen.number(round(score, 4))) for name, score in best_first]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """What was learnt from the visits, then from the spending."""
        found = self.fit.parameters | self.fit.spend_parameters if self.fit else {}
        return [(name, self.pen.number(round(value, 4))) for name, value in found.items()]

    @cached_property
    def spread(self) -> Bars:
        return pictures.spread(self.pen, self.story["spread"])

    @cached_property
    def tops(self) -> Line:
        return pictures.tops(self.pen, self.story["spread"])

    @cached_property
    def leavers(self) -> Bars:
        return pictures.leavers(self.pen, self.story["leavers"])

    @cached_property
    def back(self) -> Heat | None:
        return pictures.back(self.pen, self.story["cohorts"])

    @property
    def average_sale(self) -> int:
        return int(self.story.get("average_sale", 0))

    @property
    def slipping(self) -> int:
        """How many are slipping away."""
        return int(self._slipping["customers"])

    @property
    def slipping_count(self) -> str:
        return self.pen.count(self.slipping)

    @property
    def slipping_stake(self) -> str:
        return self.pen.money(self._slipping["at_stake"])

    @property
    def _slipping(self) -> dict[str, int]:
        found: dict[str, int] = self.story.get("stages", {}).get(Stage.SLIPPING, {"customers": 0, "at_stake": 0})
        return found

    def cohort_rows(self) -> tuple[list[str], list[list[Cell]]]:
        """The cohorts for a file: counts, not shares, so that they can be summed."""
        rows = self.story["cohorts"]["rows"] if self.story else []
        longest = max((len(row["came"]) for row in rows), default=0)
        heads = [_("First visit"), _("Customers"), *(str(i + 1) for i in range(longest))]
        return heads, [[date.fromisoformat(row["start"]), row["size"], *row["came"]] for row in rows]

    def earn_back_guess(self) -> dict[str, Any]:
        """What stands in the form before anybody typed: the method's own numbers."""
        found = plan.method(self.business, self.average_sale)
        return {"lost": found.lost, "sale": found.price} if found else {}

    def budget_guess(self) -> dict[str, Any]:
        kept, won = self._at_stake_each(), int(self.story.get("average_spent", 0))
        return {"keep": 50, "keep_worth": kept or None, "win_worth": won or None}

    def growth_guess(self) -> dict[str, Any]:
        return {"begins": self.story.get("last_year") or None, "years": 10}

    def _at_stake_each(self) -> int:
        """What is at stake with one of those slipping away, on average."""
        return round(self._slipping["at_stake"] / self.slipping) if self.slipping else 0

    @property
    def by_month(self) -> bool:
        """Whether cohorts are told by months; else by quarters."""
        return bool(self.story["cohorts"]["by"] == "month")

    @cached_property
    def check(self) -> Bars | None:
        told = self.story.get("check")
        return pictures.check(self.pen, told) if told else None
