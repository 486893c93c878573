"""The demo's answers: what customers said to the three questions in the last months, at a till, by letter and by name.

Made up, and written by the product's own verbs. Somewhat fewer are content with the price than with the work.
"""

import random
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

SEED = 1997
DAY = timedelta(days=1)
WEEKS = 16
A_WEEK = 9  # answers at the till in an ordinary week
# how likely a score of 1 to 5 is, for each question
LIKELY = {
    "expectations": (1, 2, 5, 42, 50),
    "value": (2, 5, 14, 45, 34),
    "efficiency": (1, 2, 7, 40, 50),
}
WISHES = (
    "More jazz on vinyl", "Jazz on vinyl, please, more of it", "Coffee", "A coffee machine", "Coffee while I listen",
    "Open on Sunday evenings", "Second-hand CDs", "A list of what came in", "Sheet music", "Second hand CDs",
)  # fmt: skip
WORDS = ("Marcus knows everything!", "As always.", "I found what I looked for.", "Nice place.", "The stairs are steep.")
LOW = ("I waited for twenty minutes and nobody looked up.", "It was cheaper elsewhere, by half.")


def furnish(business: Any, customers: list[Any], *, at: datetime) -> None:
    """A history up to now; the last two low answers wait for somebody today. `customers`: the best come first."""
    from regulars.record import tills
    from regulars.record.branches import Branch
    from regulars.record.people import Member, Role

    owner = Member.objects.get(role=Role.OWNER)
    members = list(Member.objects.filter(role__in=(Role.FRONT_LINE, Role.MANAGER)).order_by("name"))
    branch = Branch.objects.get()
    rng = random.Random(SEED)  # noqa: S311 (nothing secret is drawn)
    till = tills.set_up(branch, "Front desk", by=owner, at=at - WEEKS * 7 * DAY)
    shop = _Shop(business, branch, till, members, rng)
    for week in range(WEEKS, 0, -1):
        shop.week(at - week * 7 * DAY, customers[40 + week * 4 :][:4])
    shop.today(customers[30:32], at=at)


class _Shop:
    """One branch with its tablet, and a die."""

    def __init__(self, business: Any, branch: Any, till: Any, members: list[Any], rng: random.Random) -> None:
        self.business, self.branch, self.till, self.members, self.rng = business, branch, till, members, rng

    def week(self, begins: datetime, customers: list[Any]) -> None:
        """Some at the tablet, who are nobody; and four who were written to, of whom three in five answer."""
        for _ in range(A_WEEK + self.rng.randrange(-3, 4)):
            moment = begins + timedelta(minutes=self.rng.randrange(7 * 24 * 60))
            self.give(self.scores(lowest=3), at=moment, way="till", till=self.till, seconds=self.rng.randrange(9, 50))
        for her in customers:
            moment = begins + timedelta(minutes=self.rng.randrange(6 * 24 * 60))
            survey = self.asked(her, moment)
            if self.rng.random() < 0.6:
                said = self.scores(lowest=3) | {"wish": self.one_of(WISHES, 0.5), "comment": self.one_of(WORDS, 0.4)}
                self.give(said, at=moment + DAY, way="letter", survey=survey, seconds=self.rng.randrange(20, 90))

    def today(self, customers: list[Any], *, at: datetime) -> None:
        for her, words in zip(customers, LOW, strict=True):
            survey = self.asked(her, at - 2 * DAY)
            self.give(
                {"expectations": 2, "value": 3, "efficiency": 2, "comment": words}, at=at, way="letter", survey=survey
            )

    def asked(self, her: Any, moment: datetime) -> Any:
        from regulars.record import surveys

        survey = surveys.ask(
            her, branch=self.branch, day=date.fromordinal(moment.toordinal()), member=self.rng.choice(self.members),
            send_at=moment, to="nobody@example.com", at=moment,
        )  # fmt: skip
        surveys.sent(survey, remind_days=0, at=moment)
        return survey

    def give(self, said: dict[str, Any], *, at: datetime, **how: Any) -> None:
        from regulars.record import ratings

        key = UUID(int=self.rng.getrandbits(128), version=4)
        how |= {"key": key, "branch": self.branch, "language": "en", "landed_at": at}
        ratings.give(ratings.Said(**said), at=at, **how)

    def scores(self, *, lowest: int) -> dict[str, Any]:
        """As likely as they are; those that would start something are left to today."""
        return {key: max(self.rng.choices(range(1, 6), weights)[0], lowest) for key, weights in LIKELY.items()}

    def one_of(self, texts: tuple[str, ...], chance: float) -> str:
        return self.rng.choice(texts) if self.rng.random() < chance else ""
