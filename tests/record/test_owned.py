"""No row is read or written without saying whose it is."""

import pytest
from django.db import IntegrityError, connection, transaction

from regulars.kernel.whose import NoBusinessSet, OtherBusiness
from regulars.record import customers, knowing
from regulars.record.branches import Branch
from regulars.record.owned import acting_for
from regulars.record.people import Member, Role
from tests.cast import MONDAY, House


def test_a_query_without_a_business_fails(garage: House) -> None:
    with pytest.raises(NoBusinessSet):
        Branch.objects.count()


def test_each_business_sees_its_own_branches(garage: House, salon: House) -> None:
    with garage.work():
        assert [branch.name for branch in Branch.objects.all()] == ["Tamm's garage"]
    with salon.work():
        assert [branch.name for branch in Branch.objects.all()] == ["Outi's salon"]


def test_work_for_one_business_cannot_turn_into_work_for_another(garage: House, salon: House) -> None:
    with garage.work(), pytest.raises(OtherBusiness), acting_for(salon.business.pk):
        pass


def test_work_inside_work_for_the_same_business_leaves_it_set(garage: House) -> None:
    with garage.work():
        with garage.work():
            assert Branch.objects.count() == 1
        assert Branch.objects.count() == 1


def test_a_neighbours_row_can_be_neither_saved_nor_deleted(garage: House, salon: House) -> None:
    with salon.work():
        branch = Branch.objects.get()
    with garage.work():
        with pytest.raises(OtherBusiness):
            branch.save()
        with pytest.raises(OtherBusiness):
            branch.delete()
        with pytest.raises(OtherBusiness):
            Branch.objects.bulk_create([branch])


def test_the_database_refuses_a_link_to_a_neighbours_row(garage: House, salon: House) -> None:
    with salon.work():
        theirs = Branch.objects.get()
    with garage.work():
        ours = Member.objects.filter(pk=garage.viewer.pk)
        with transaction.atomic():
            ours.update(branch_id=theirs.pk)
            with pytest.raises(IntegrityError):
                connection.check_constraints()
            transaction.set_rollback(True)


def test_a_join_carries_the_business(garage: House) -> None:
    with garage.work():
        query = str(Member.objects.filter(branch__name="x").query)
    assert query.count("business_id") >= 3


def test_a_member_is_seated_once(garage: House) -> None:
    from regulars.record.people import Person, seat

    with garage.work():
        person = Person.objects.get(pk=garage.viewer.person_id)
        assert seat(person, role=Role.MANAGER, at=MONDAY).pk == garage.viewer.pk


def test_leaving_out_by_a_linked_row_carries_the_business_too(garage: House) -> None:
    with garage.work():
        kept = customers.add(name="Mari", by=garage.owner, at=MONDAY)
        gone = customers.add(name="Kadri", by=garage.owner, at=MONDAY)
        knowing.learn(gone, "Moved away", by=garage.owner, at=MONDAY)
        assert list(customers.Customer.objects.exclude(facts__text="Moved away")) == [kept]
        assert list(customers.Customer.objects.exclude(taggings__tag__name="vip", facts__learnt_by__name="Kadri"))
