"""People, their roles, invitations, and the way out."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from regulars.kernel.refusal import Refused
from regulars.record import calls, customers, people
from regulars.record.branches import Branch
from regulars.record.journal import Entry
from regulars.record.people import Invitation, Member, Person, Role, Seat
from tests.cast import MONDAY, PASSWORD, House

TOMORROW = MONDAY + timedelta(days=1)


def test_a_person_registers_with_an_address_that_is_known_to_be_hers(db: None) -> None:
    person = people.register(email="Kadri@Example.EE", name="Kadri", password=PASSWORD, language="et")
    assert (person.email, str(person), person.language) == ("kadri@example.ee", "Kadri", "et")
    assert person.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=person).verified


def test_an_address_registers_once(db: None) -> None:
    people.register(email="kadri@example.ee", name="Kadri", password=PASSWORD)
    with pytest.raises(Refused, match="is known here already") as refused:
        people.register(email="KADRI@example.ee", name="Another", password=PASSWORD)
    assert refused.value.field == "email"


def test_a_person_without_a_name_is_called_by_her_address(db: None) -> None:
    assert str(Person.objects.create_user("kadri@example.ee", None)) == "kadri@example.ee"
    assert Person.objects.get_by_natural_key("Kadri@example.ee").email == "kadri@example.ee"
    with pytest.raises(Person.DoesNotExist):
        Person.objects.get_by_natural_key(None)


def test_a_person_changes_what_she_told_about_herself(garage: House) -> None:
    person = garage.person(Role.OWNER)
    people.change_person(person, name="Mari Mägi", language="fi", theme="dark")
    person.refresh_from_db()
    assert (person.name, person.language, person.theme) == ("Mari Mägi", "fi", "dark")


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_the_ones_below_it_may(garage: House, role: Role) -> None:
    member = garage.member(role)
    assert [member.may(other) for other in sorted(Role)] == [other <= role for other in sorted(Role)]


def test_an_invitation_is_taken_once(garage: House, salon: House) -> None:
    reader = salon.person(Role.OWNER)
    with garage.work():
        invitation, secret = people.invite(
            email="Outi@Salon.example", name="Outi", role=Role.FRONT_LINE, by=garage.owner, at=MONDAY
        )
        assert secret not in invitation.secret_hash
        assert people.open_invitation(secret, at=MONDAY) == invitation
        member = people.take_invitation(invitation, reader, at=MONDAY)
        assert (member.role, member.person_id, str(member)) == (Role.FRONT_LINE, reader.pk, "Outi Laine")
        assert people.member_of(reader.pk) == member
        with pytest.raises(Refused, match="has ended"):
            people.open_invitation(secret, at=MONDAY)
        with pytest.raises(Refused, match="has ended"):
            people.take_invitation(invitation, reader, at=MONDAY)
    assert Seat.objects.filter(person=reader).count() == 2


def test_an_invitation_ends_after_seven_days(garage: House) -> None:
    with garage.work():
        _, secret = people.invite(email="kadri@example.ee", name="Kadri", role=Role.VIEWER, by=garage.owner, at=MONDAY)
        nearly = MONDAY + people.INVITATION_LASTS - timedelta(seconds=1)
        assert people.open_invitation(secret, at=nearly)
        assert Invitation.waiting(nearly).count() == 1
        with pytest.raises(Refused, match="has ended"):
            people.open_invitation(secret, at=MONDAY + people.INVITATION_LASTS)
        assert not Invitation.waiting(MONDAY + people.INVITATION_LASTS).exists()


def test_a_made_up_secret_opens_nothing(garage: House) -> None:
    with garage.work(), pytest.raises(Refused, match="has ended"):
        people.open_invitation("guess", at=MONDAY)


def test_a_secret_opens_nothing_next_door(garage: House, salon: House) -> None:
    with garage.work():
        _, secret = people.invite(email="kadri@example.ee", name="Kadri", role=Role.VIEWER, by=garage.owner, at=MONDAY)
    with salon.work(), pytest.raises(Refused, match="has ended"):
        people.open_invitation(secret, at=MONDAY)


def test_a_second_letter_ends_the_first(garage: House) -> None:
    with garage.work():
        secrets = [
            people.invite(email="kadri@example.ee", name="Kadri", role=Role.VIEWER, by=garage.owner, at=MONDAY)[1]
            for _ in range(2)
        ]
        with pytest.raises(Refused):
            people.open_invitation(secrets[0], at=MONDAY)
        assert people.open_invitation(secrets[1], at=MONDAY)


def test_a_withdrawn_letter_opens_nothing(garage: House) -> None:
    with garage.work():
        invitation, secret = people.invite(
            email="kadri@example.ee", name="Kadri", role=Role.VIEWER, by=garage.owner, at=MONDAY
        )
        people.withdraw_invitation(invitation, by=garage.owner, at=MONDAY)
        with pytest.raises(Refused, match="has ended"):
            people.open_invitation(secret, at=MONDAY)
        assert Entry.objects.order_by("-at", "-id")[0].verb == "invitation withdrawn"


def test_nobody_invites_above_her_own_role(garage: House) -> None:
    with garage.work(), pytest.raises(Refused, match="up to your own role") as refused:
        people.invite(email="a@b.ee", name="A", role=Role.OWNER, by=garage.manager, at=MONDAY)
    assert refused.value.field == "role"


def test_a_colleague_is_not_invited_again(garage: House) -> None:
    with garage.work(), pytest.raises(Refused, match="works here already"):
        people.invite(email=garage.viewer.email.upper(), name="Peeter", role=Role.VIEWER, by=garage.owner, at=MONDAY)


def test_a_role_changes_and_the_journal_keeps_the_old_one(garage: House) -> None:
    with garage.work():
        people.change_role(garage.viewer, role=Role.MANAGER, by=garage.owner, at=TOMORROW)
        garage.viewer.refresh_from_db()
        assert garage.viewer.role == Role.MANAGER
        assert Entry.objects.get(verb="role changed").what == {"was": "VIEWER", "now": "MANAGER"}


@pytest.mark.parametrize(
    ("whose", "role"), [(Role.OWNER, Role.VIEWER), (Role.FRONT_LINE, Role.OWNER), (Role.VIEWER, Role.OWNER)]
)
def test_a_manager_reaches_no_owner(garage: House, whose: Role, role: Role) -> None:
    with garage.work(), pytest.raises(Refused, match="up to your own role"):
        people.change_role(garage.member(whose), role=role, by=garage.manager, at=MONDAY)


def test_the_last_owner_stays_one(garage: House) -> None:
    with garage.work():
        with pytest.raises(Refused, match="needs an owner"):
            people.change_role(garage.owner, role=Role.MANAGER, by=garage.owner, at=MONDAY)
        with pytest.raises(Refused, match="needs an owner"):
            people.leave(garage.owner, by=garage.owner, at=MONDAY)
        people.change_role(garage.manager, role=Role.OWNER, by=garage.owner, at=MONDAY)
        people.leave(garage.owner, by=garage.owner, at=MONDAY)
        assert people.member_of(garage.person(Role.MANAGER).pk) == garage.manager


def test_an_owner_stays_owner_when_nothing_changes(garage: House) -> None:
    with garage.work():
        people.change_role(garage.owner, role=Role.OWNER, by=garage.owner, at=MONDAY)


def test_duties_change_with_the_role_or_without(garage: House) -> None:
    with garage.work():
        branch, member = Branch.objects.get(), garage.front_line
        change: Any = {"by": garage.manager, "at": MONDAY}
        people.change_member(member, role=Role.FRONT_LINE, makes_calls=True, branch=None, **change)
        assert not Entry.objects.filter(verb__in=["role changed", "duties changed"]).exists()
        people.change_member(member, role=Role.FRONT_LINE, makes_calls=False, branch=branch, **change)
        people.change_member(member, role=Role.VIEWER, makes_calls=False, branch=None, **change)
        member.refresh_from_db()
        assert (member.role, member.makes_calls, member.branch) == (Role.VIEWER, False, None)
        people.change_member(member, role=Role.VIEWER, makes_calls=True, branch=None, **change)
        assert Entry.objects.filter(verb="duties changed").count() == 3
        with pytest.raises(Refused, match="up to your own role"):
            people.change_duties(garage.owner, makes_calls=False, branch=None, **change)


def test_whoever_leaves_loses_her_seat_at_once_and_keeps_her_name(garage: House) -> None:
    with garage.work():
        people.leave(garage.front_line, by=garage.manager, at=TOMORROW)
        gone = Member.objects.get(pk=garage.front_line.pk)
        assert (gone.name, gone.left_at, gone.may(Role.VIEWER)) == ("Liis Saar", TOMORROW, False)
        assert people.member_of(gone.person_id) is None
    assert not Seat.objects.filter(person_id=gone.person_id).exists()


def test_a_worker_named_on_sales_can_leave_too(garage: House) -> None:
    with garage.work():
        worker = people.name_worker("Old Hand", at=MONDAY)
        people.leave(worker, by=garage.manager, at=TOMORROW)
        assert Member.objects.get(pk=worker.pk).left_at == TOMORROW


def test_her_customers_and_open_calls_become_everybodys(garage: House) -> None:
    liis, day = garage.front_line, MONDAY.date()
    with garage.work():
        anu = customers.add(name="Anu", by=liis, at=MONDAY, keeper=liis)
        call = calls.agree(anu, on=day, today=day, caller=liis, by=liis, at=MONDAY)
        people.leave(liis, by=garage.manager, at=TOMORROW)
        call.refresh_from_db()
        anu.refresh_from_db()
        assert (call.caller, call.ended_at, anu.keeper) == (None, None, None)
        assert Entry.objects.get(verb="left").what["calls"] == 1


def test_whoever_makes_no_calls_any_more_gives_hers_back_and_keeps_her_customers(garage: House) -> None:
    liis, day = garage.front_line, MONDAY.date()
    with garage.work():
        anu = customers.add(name="Anu", by=liis, at=MONDAY, keeper=liis)
        call = calls.agree(anu, on=day, today=day, caller=liis, by=liis, at=MONDAY)
        people.change_duties(liis, makes_calls=False, branch=None, by=garage.manager, at=TOMORROW)
        call.refresh_from_db()
        anu.refresh_from_db()
        assert (call.caller, anu.keeper) == (None, liis)


def test_nobody_sends_away_somebody_above_her(garage: House) -> None:
    with garage.work(), pytest.raises(Refused, match="up to your own role"):
        people.leave(garage.owner, by=garage.manager, at=MONDAY)


def test_a_colleague_comes_back_to_the_same_name(garage: House) -> None:
    with garage.work():
        people.leave(garage.front_line, by=garage.owner, at=MONDAY)
        person = Person.objects.get(pk=garage.front_line.person_id)
        back = people.seat(person, role=Role.MANAGER, by=garage.owner, at=TOMORROW)
        assert (back.pk, back.role, back.left_at) == (garage.front_line.pk, Role.MANAGER, None)


def test_a_worker_named_on_sales_has_no_sign_in(garage: House) -> None:
    with garage.work():
        worker = people.name_worker("Old Hand", at=MONDAY)
        assert (worker.person_id, worker.makes_calls) == (None, False)
