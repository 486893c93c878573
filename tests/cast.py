"""The people of every test, made with the product's own verbs: Tamm's garage, and the salon next door."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime

from regulars.record.business import Business, open_business
from regulars.record.owned import acting_for
from regulars.record.people import Member, Person, Role, seat

MONDAY = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)  # 10:30 in Tallinn
PASSWORD = "the old oak by the gate"


@dataclass
class House:
    """A business and its people; `work()` is for tests that call verbs themselves."""

    business: Business
    owner: Member
    manager: Member
    front_line: Member
    viewer: Member

    def work(self) -> AbstractContextManager[None]:
        return acting_for(self.business.pk)

    def member(self, role: Role) -> Member:
        return {
            Role.OWNER: self.owner,
            Role.MANAGER: self.manager,
            Role.FRONT_LINE: self.front_line,
            Role.VIEWER: self.viewer,
        }[role]

    def person(self, role: Role) -> Person:
        return Person.objects.get(pk=self.member(role).person_id)


def open_house(slug: str, name: str, people: list[str], **particulars: str) -> House:
    business = open_business(name=name, slug=slug, at=MONDAY, **particulars)
    roles = [Role.OWNER, Role.MANAGER, Role.FRONT_LINE, Role.VIEWER]
    with acting_for(business.pk):
        members = []
        for full_name, role in zip(people, roles, strict=True):
            address = full_name.lower().replace(" ", ".") + f"@{slug}.example"
            person = Person.objects.create_user(address, name=full_name)
            members.append(seat(person, role=role, at=MONDAY))
    return House(business, *members)


def open_garage() -> House:
    return open_house(
        "garage", "Tamm's garage", ["Mari Tamm", "Jaan Kask", "Liis Saar", "Peeter Mets"],
        country="EE", currency="EUR", language="et", zone="Europe/Tallinn",
    )  # fmt: skip


def open_salon() -> House:
    return open_house(
        "salon", "Outi's salon", ["Outi Laine", "Aino Koski", "Elsa Niemi", "Veera Salo"],
        country="FI", currency="EUR", language="fi", zone="Europe/Helsinki",
    )  # fmt: skip
