"""Two cards become one, and two again, with nothing lost and nothing mixed up."""

from datetime import date

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import bends, calls, customers, extras, knowing, links, merging, sales, tags
from regulars.record.branches import Branch
from regulars.record.calls import Call
from regulars.record.customers import Customer
from regulars.record.merging import Merge
from regulars.record.worth import Estimate
from tests import shop
from tests.cast import MONDAY, House

PHONE = ("+37255512345", "5551 2345")


def card(garage: House, name: str, **said: object) -> Customer:
    """A card with one of everything that can go over."""
    her = customers.add(name=name, by=garage.owner, at=MONDAY, phones=[PHONE], **said)  # type: ignore[arg-type]
    branch = Branch.objects.get()
    sales.record(her, at=MONDAY, amount=10_00, branch=branch, by=garage.owner, now=MONDAY)
    knowing.learn(her, f"{name} likes tea", by=garage.owner, at=MONDAY)
    knowing.hear(her, "A loan car", source="call", by=garage.owner, at=MONDAY)
    tags.put(her, ["vip", name.lower()], by=garage.owner, at=MONDAY)
    return her


def call(her: Customer) -> Call:
    made: Call = Call.objects.create(
        customer=her, play="slipping", planned_at=MONDAY, not_before=MONDAY.date(), due_on=MONDAY.date()
    )
    return made


def counts(her: Customer) -> tuple[int, ...]:
    return tuple(
        related.count() for related in (her.sales, her.contacts, her.facts, her.wishes, her.taggings, her.own_values)
    )


def test_everything_goes_over_and_comes_back(garage: House) -> None:
    with garage.work():
        plate = tags.add_field("Plate", by=garage.owner, at=MONDAY)
        kept, gone = card(garage, "Mari"), card(garage, "Marie", number="9")
        friend = customers.add(name="Kadri", by=garage.owner, at=MONDAY, referred_by=gone)
        for her, text in ((kept, "111 AAA"), (gone, "222 BBB")):
            tags.fill_in(her, {plate.pk: text}, by=garage.owner, at=MONDAY)
        before = counts(kept), counts(gone)

        done = merging.merge(kept, gone, by=garage.manager, at=MONDAY)
        assert counts(kept) == (2, 1, 2, 2, 3, 1), "what both have stays once: the phone, the tag, the plate"
        assert kept.own_values.get().text == "111 AAA"
        assert Customer.objects.get(pk=gone.pk).merged_into == kept
        assert Customer.objects.get(pk=friend.pk).referred_by == kept
        assert Estimate.objects.get(customer=kept).spent == 20_00

        merging.undo(done, by=garage.manager, at=MONDAY)
        assert (counts(kept), counts(gone)) == before
        assert Customer.objects.get(pk=gone.pk).merged_at is None
        assert Customer.objects.get(pk=friend.pk).referred_by == gone
        assert Estimate.objects.get(customer=kept).spent == Estimate.objects.get(customer=gone).spent == 10_00
        with pytest.raises(Refused, match="undone already"):
            merging.undo(done, by=garage.manager, at=MONDAY)


def test_what_came_after_the_merge_stays_with_the_card_that_was_kept(garage: House) -> None:
    with garage.work():
        kept, gone = card(garage, "Mari"), card(garage, "Marie")
        done = merging.merge(kept, gone, by=garage.manager, at=MONDAY)
        knowing.learn(kept, "Moved to Tartu", by=garage.owner, at=MONDAY)
        merging.undo(done, by=garage.manager, at=MONDAY)
        assert kept.facts.filter(text="Moved to Tartu").exists()


def test_a_card_cannot_become_one_with_itself_or_with_one_that_is_gone(garage: House) -> None:
    with garage.work():
        kept, gone, third = (card(garage, name) for name in ("Mari", "Marie", "Maria"))
        with pytest.raises(Refused, match="one card already"):
            merging.merge(kept, kept, by=garage.manager, at=MONDAY)
        merging.merge(kept, gone, by=garage.manager, at=MONDAY)
        gone.refresh_from_db()
        with pytest.raises(Refused, match="merged already"):
            merging.merge(third, gone, by=garage.manager, at=MONDAY)
        with pytest.raises(Refused, match="merged already"):
            merging.merge(gone, third, by=garage.manager, at=MONDAY)
        assert Merge.objects.count() == 1


def test_merges_are_undone_in_the_order_in_which_they_were_made(garage: House) -> None:
    with garage.work():
        first, second, third = (card(garage, name) for name in ("Mari", "Marie", "Maria"))
        inner = merging.merge(second, third, by=garage.manager, at=MONDAY)
        second.refresh_from_db()
        outer = merging.merge(first, second, by=garage.manager, at=MONDAY)
        with pytest.raises(Refused, match="Undo that first"):
            merging.undo(inner, by=garage.manager, at=MONDAY)
        merging.undo(outer, by=garage.manager, at=MONDAY)
        merging.undo(inner, by=garage.manager, at=MONDAY)
        assert {her.sales.count() for her in (first, second, third)} == {1}


def test_of_two_open_calls_one_is_left(garage: House) -> None:
    with garage.work():
        kept, gone = card(garage, "Mari"), card(garage, "Marie")
        hers, other = call(kept), call(gone)
        merging.merge(kept, gone, by=garage.manager, at=MONDAY)
        assert list(calls.open_calls()) == [hers]
        assert Call.objects.get(pk=other.pk).dropped_at == MONDAY


def test_the_call_of_the_card_that_goes_is_made_to_the_one_that_stays(garage: House) -> None:
    with garage.work():
        kept, gone = card(garage, "Mari"), card(garage, "Marie")
        call(gone)
        merging.merge(kept, gone, by=garage.manager, at=MONDAY)
        assert calls.open_calls().get().customer == kept
        assert date(2026, 3, 2) == calls.open_calls().get().due_on


def test_whoever_was_referred_by_her_own_other_card_was_referred_by_nobody(garage: House) -> None:
    with garage.work():
        gone = card(garage, "Marie")
        kept = card(garage, "Mari", referred_by=gone)
        done = merging.merge(kept, gone, by=garage.manager, at=MONDAY)
        assert Customer.objects.get(pk=kept.pk).referred_by is None
        merging.undo(done, by=garage.manager, at=MONDAY)
        assert Customer.objects.get(pk=kept.pk).referred_by == gone


def test_what_is_between_her_and_us_goes_with_her_and_comes_back(garage: House) -> None:
    liis = garage.front_line
    with garage.work():
        kept, gone = shop.customer(garage), shop.customer(garage, "Kaja Oja-Kask")
        promise, job, ask = shop.promise(garage, gone), shop.job(garage, gone), shop.ask(garage, gone)
        extra = extras.give(gone, what="Washed", by=liis, at=MONDAY)
        bend = bends.bend(rule="No credit", why="Rain", good="A smile", by=liis, at=MONDAY, customer=gone)
        rows = [promise, job, ask, extra, bend]
        done = merging.merge(kept, gone, by=garage.owner, at=MONDAY)
        assert {type(row).objects.get(pk=row.pk).customer_id for row in rows} == {kept.pk}
        ends = {link.customer_id: link.expires_at for link in links.Link.objects.all()}
        assert ends[kept.pk] == ends[gone.pk], "the card that stays has a page for as long"
        merging.undo(done, by=garage.owner, at=MONDAY)
        assert {type(row).objects.get(pk=row.pk).customer_id for row in rows} == {gone.pk}
