"""The customers' pages: found, listed, written down, remembered; the same few queries at any size."""

from typing import Any

import pytest
from django.test import Client

from regulars.desk import worth
from regulars.record import customers, knowing, search
from regulars.record.branches import Branch
from regulars.record.customers import Customer
from regulars.record.knowing import Fact, Wish
from regulars.record.merging import Merge
from regulars.record.people import Role
from regulars.record.sales import Sale
from regulars.record.tags import OwnField, Tag
from regulars.record.worth import Estimate
from tests.cast import MONDAY, House
from tests.history import a_town, bring

AT = "/at/garage/"


@pytest.fixture
def front(client: Client, garage: House) -> Client:
    client.force_login(garage.person(Role.FRONT_LINE))
    return client


@pytest.fixture
def manager(client: Client, garage: House) -> Client:
    client.force_login(garage.person(Role.MANAGER))
    return client


def add(garage: House, name: str = "Mari Oja", **said: Any) -> Customer:
    with garage.work():
        return customers.add(name=name, by=garage.front_line, at=MONDAY, **said)


def page(client: Client, address: str, status: int = 200, **data: Any) -> str:
    response = client.get(AT + address, data)
    assert response.status_code == status
    return response.content.decode()


def one(garage: House) -> Customer:
    with garage.work():
        return Customer.objects.get()


# --- writing down ------------------------------------------------------------------------------------------------


def test_a_walk_in_is_written_down_with_a_name_only(front: Client, garage: House) -> None:
    """REL-10: whoever dropped in by chance is a customer too."""
    assert "A name is enough" in page(front, "customers/new/")
    response = front.post(AT + "customers/new/", {"name": "Mari Oja"}, follow=True)
    assert "The card is made." in response.content.decode()
    assert one(garage).name == "Mari Oja"


def test_everything_that_was_typed_is_kept(front: Client, garage: House) -> None:
    friend = add(garage, "Kadri", number="7")
    said = {
        "name": "Mari Oja", "phones": "5551 2345\n+358 40 123 4567", "emails": "Mari@Oja.example", "number": "17",
        "address_as": "Mrs Oja", "language": "et", "source": "fair", "referred_by": "7", "tags": "vip, fleet",
    }  # fmt: skip
    front.post(AT + "customers/new/", said)
    with garage.work():
        her = Customer.objects.get(number="17")
        assert [contact.value for contact in her.contacts.all()] == [
            "+37255512345", "+358401234567", "mari@oja.example",
        ]  # fmt: skip
        assert (her.address_as, her.language, her.source, her.referred_by) == ("Mrs Oja", "et", "fair", friend)
    shown = page(front, f"customers/{her.pk}/")
    for words in ("Mrs Oja", "5551 2345", "mari@oja.example", "vip", "fleet", "Kadri"):
        assert words in shown
    assert "Mari Oja" in page(front, f"customers/{friend.pk}/"), "whom she referred stands on the card of her friend"


def test_a_refused_form_keeps_what_was_typed(front: Client, garage: House) -> None:
    said = {"name": "Mari Oja", "phones": "call me", "emails": "no address", "referred_by": "Nobody at all"}
    response = front.post(AT + "customers/new/", said)
    shown = response.content.decode()
    assert response.status_code == 422
    for words in (
        "Mari Oja",
        "call me",
        "is not a phone number",
        "is not an e-mail address",
        "There is no customer of that name",
    ):
        assert words in shown
    with garage.work():
        assert not Customer.objects.exists()


def test_two_of_one_name_cannot_be_told_apart_as_referrers(front: Client, garage: House) -> None:
    add(garage, "Kadri", number="1"), add(garage, "Kadri", number="2")
    response = front.post(AT + "customers/new/", {"name": "Mari", "referred_by": "Kadri"})
    assert "Several customers are called that" in response.content.decode()


def test_somebody_who_may_be_the_same_is_shown_first(front: Client, garage: House) -> None:
    add(garage, phones=[("+37255512345", "5551 2345")])
    said = {"name": "Mari O.", "phones": "55512345"}
    response = front.post(AT + "customers/new/", said)
    assert response.status_code == 422
    assert "Is it one of these?" in response.content.decode()
    front.post(AT + "customers/new/", said | {"anyway": "1"})
    with garage.work():
        assert Customer.objects.count() == 2


def test_a_number_of_somebody_else_is_refused_at_its_field(front: Client, garage: House) -> None:
    add(garage, number="17")
    response = front.post(AT + "customers/new/", {"name": "Jüri", "number": "17", "anyway": "1"})
    assert response.status_code == 422
    assert "already" in response.content.decode()


def test_a_card_is_changed(front: Client, garage: House) -> None:
    her = add(garage, phones=[("+37255512345", "5551 2345")])
    assert "5551 2345" in page(front, f"customers/{her.pk}/change/")
    front.post(f"{AT}customers/{her.pk}/change/", {"name": "Mari Kask", "phones": "", "tags": "vip"})
    with garage.work():
        her.refresh_from_db()
        assert (her.name, her.contacts.count(), her.taggings.count()) == ("Mari Kask", 0, 1)


# --- what we know, wishes, opt-outs ----------------------------------------------------------------------------------


def test_facts_and_wishes_stand_on_the_card_and_leave_it_with_a_way_back(front: Client, garage: House) -> None:
    her = add(garage)
    front.post(f"{AT}customers/{her.pk}/learn/", {"text": "Sings in a choir", "day": "2020-05-01"})
    front.post(f"{AT}customers/{her.pk}/wish/", {"wish": "A loan car", "source": "visit"})
    with garage.work():
        fact, wish = Fact.objects.get(), Wish.objects.get()
    shown = page(front, f"customers/{her.pk}/")
    assert "Sings in a choir" in shown
    assert "A loan car" in shown
    gone = front.post(f"{AT}facts/{fact.pk}/forget/", follow=True).content.decode()
    assert f"{AT}facts/{fact.pk}/remember/" in gone, "there is an Undo"
    front.post(f"{AT}facts/{fact.pk}/remember/")
    for deed in ("grant", "reopen", "drop", "reopen"):
        front.post(f"{AT}wishes/{wish.pk}/{deed}/")
    with garage.work():
        assert Fact.objects.get().forgotten_at is None
        assert Wish.objects.get().is_open
    assert front.post(f"{AT}wishes/{wish.pk}/steal/").status_code == 404


@pytest.mark.parametrize(
    ("address", "said"), [("learn", {"text": ""}), ("wish", {"wish": "", "source": "visit"}), ("consent", {"how": ""})]
)
def test_an_empty_word_is_asked_for_again(front: Client, garage: House, address: str, said: dict[str, str]) -> None:
    her = add(garage)
    assert front.post(f"{AT}customers/{her.pk}/{address}/", said).status_code == 422


def test_opting_out_and_back_in(front: Client, garage: House) -> None:
    her = add(garage, phones=[("+37255512345", "5551 2345")])
    assert "tel:+37255512345" in page(front, f"customers/{her.pk}/")
    front.post(f"{AT}customers/{her.pk}/opt/no-calls/")
    shown = page(front, f"customers/{her.pk}/")
    assert "Asked not to be called" in shown
    assert "tel:+37255512345" not in shown, "nobody taps a number that must not be called"
    for deed in ("calls", "no-mail", "mail"):
        front.post(f"{AT}customers/{her.pk}/opt/{deed}/")
    front.post(f"{AT}customers/{her.pk}/consent/", {"how": "on paper"})
    assert "on paper" in page(front, f"customers/{her.pk}/")
    front.post(f"{AT}customers/{her.pk}/opt/no-consent/")
    with garage.work():
        her.refresh_from_db()
        assert (her.consent_at, bool(her.no_calls_at), bool(her.no_mail_at)) == (None, True, True)
    assert front.post(f"{AT}customers/{her.pk}/opt/fly/").status_code == 404


def test_a_customer_is_handed_on(front: Client, garage: House) -> None:
    her = add(garage)
    page(front, f"customers/{her.pk}/hand-on/")
    front.post(f"{AT}customers/{her.pk}/hand-on/", {"to": str(garage.manager.pk)})
    with garage.work():
        her.refresh_from_db()
        assert her.keeper == garage.manager


# --- sales -------------------------------------------------------------------------------------------------------


def test_a_sale_and_a_refund_are_written_down(front: Client, garage: House) -> None:
    her = add(garage)
    form = page(front, f"customers/{her.pk}/sale/")
    with garage.work():
        branch = Branch.objects.get()
    assert "What was bought?" in form
    said = {"amount": "1 234,50", "what": "Tyres", "day": "2026-01-05", "branch": str(branch.pk)}
    after = front.post(f"{AT}customers/{her.pk}/sale/", said, follow=True)
    assert "Did you learn something?" in after.content.decode(), "CMD-10: every contact may teach us something"
    front.post(f"{AT}customers/{her.pk}/sale/", said | {"amount": "-34,50"})
    with garage.work():
        assert Estimate.objects.get(customer=her).spent == 1200_00
        assert Estimate.objects.get(customer=her).visits == 1
    shown = page(front, f"customers/{her.pk}/")
    assert "Tyres" in shown
    assert "Refund" in shown


@pytest.mark.parametrize(
    ("amount", "words"), [("much", "is not an amount"), ("0", "begin it with a minus"), ("", "required")]
)
def test_a_sale_that_makes_no_sense_is_refused(front: Client, garage: House, amount: str, words: str) -> None:
    her = add(garage)
    with garage.work():
        branch = Branch.objects.get()
    said = {"amount": amount, "what": "Tyres", "day": "2026-01-05", "branch": str(branch.pk)}
    response = front.post(f"{AT}customers/{her.pk}/sale/", said)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert "Tyres" in response.content.decode()


def test_a_mistake_is_taken_back_by_a_manager(manager: Client, garage: House) -> None:
    people = bring(garage, {"Mari Oja": [(10, 5_00)]})
    with garage.work():
        sale = Sale.objects.get()
    manager.post(f"{AT}sales/{sale.pk}/take-back/")
    with garage.work():
        assert not Sale.objects.exists()
    assert "was taken back" in page(manager, f"customers/{people['Mari Oja'].pk}/")


# --- lists -------------------------------------------------------------------------------------------------------


def test_the_list_is_sorted_filtered_and_paged(front: Client, garage: House) -> None:
    people = bring(garage, a_town(120))
    with garage.work():
        worth.work_out(garage.business, at=MONDAY)
        best = Estimate.objects.select_related("customer").order_by("-value", "customer").first()
        slipping = Estimate.objects.filter(stage="slipping").count()
    first = page(front, "customers/")
    assert first.index(best.customer.name) < first.index("</tbody>")
    seen: set[str] = set()
    address: dict[str, str] = {"sort": "name"}
    for _turn in range(5):
        shown = page(front, "customers/", **address)
        names = [name for name in people if f">{name}</a>" in shown]
        assert not seen & set(names), "no customer stands on two pages"
        seen |= set(names)
        if 'rel="next"' not in shown:
            break
        address["after"] = shown.split("after=")[-1].split('"')[0]
    assert len(seen) == 120
    assert page(front, "customers/", stage="slipping").count("stage--slipping") >= min(slipping, 1)
    assert page(front, "customers/", sort="name", stage="slipping", branch="nonsense", tag="nonsense")
    assert page(front, "customers/", after="nonsense")
    assert "Nobody here yet" in page(front, "customers/", mine="1")


def test_search_finds_in_spite_of_a_wrong_letter(front: Client, garage: House) -> None:
    add(garage, "Amanda Johnson"), add(garage, "Mari Oja")
    shown = page(front, "customers/", q="jonhson")
    assert "Amanda Johnson" in shown
    assert "Mari Oja" not in shown
    assert "Nobody matches" in page(front, "customers/", q="zzzz")
    part = front.get(
        AT + "customers/", {"q": "oja"}, headers={"HX-Request": "true", "HX-Target": "found"}
    ).content.decode()
    assert part.strip().startswith('<div id="found">')
    assert "<html" not in part


def test_an_empty_business_says_what_will_appear(manager: Client) -> None:
    shown = page(manager, "customers/")
    assert "Nobody here yet" in shown
    assert "Bring a file" in shown


def test_a_list_and_a_card_take_the_same_queries_at_any_size(
    front: Client, garage: House, django_assert_max_num_queries: Any
) -> None:
    for size, word in ((3, "Few"), (70, "Many")):
        bought = {f"{word} {number}": [(day, 10_00) for day in range(1, 60, 2)] for number in range(size)}
        people = bring(garage, bought)
        with garage.work():
            search.index([customer.pk for customer in people.values()])
            for customer in people.values():
                knowing.learn(customer, "Sings", by=garage.front_line, at=MONDAY)
        for address, most in (
            (f"customers/{people[f'{word} 1'].pk}/", 31),
            ("customers/", 14),
            ("customers/?q=many", 17),
            ("customers/?sort=name", 14),
        ):
            with django_assert_max_num_queries(most):
                front.get(AT + address)


def test_her_story_goes_back_page_by_page(front: Client, garage: House) -> None:
    people = bring(garage, {"Mari Oja": [(day, 100 + day) for day in range(1, 71)]})
    first = page(front, f"customers/{people['Mari Oja'].pk}/")
    assert "€1.01" in first
    before = first.split("?before=")[1].split("#")[0]
    second = page(front, f"customers/{people['Mari Oja'].pk}/?before={before}")
    assert "€1.01" not in second
    assert "€1.40" in second
    assert page(front, f"customers/{people['Mari Oja'].pk}/", before="yesterday")


# --- merging and tags --------------------------------------------------------------------------------------------


def test_two_cards_become_one_and_two_again(manager: Client, garage: House) -> None:
    kept, gone = add(garage, "Mari Oja"), add(garage, "Oja Mari", number="9")
    assert "Oja Mari" in page(manager, f"customers/{kept.pk}/merge/")
    assert "Oja Mari" in page(manager, f"customers/{kept.pk}/merge/", q="oja")
    page(manager, f"customers/{kept.pk}/merge/{gone.pk}/")
    after = manager.post(f"{AT}customers/{kept.pk}/merge/{gone.pk}/", follow=True).content.decode()
    with garage.work():
        done = Merge.objects.get()
    assert f"{AT}merges/{done.pk}/undo/" in after
    assert manager.get(f"{AT}customers/{gone.pk}/").headers["Location"] == f"{AT}customers/{kept.pk}/"
    assert manager.post(f"{AT}customers/{kept.pk}/merge/{gone.pk}/").status_code == 404
    manager.post(f"{AT}merges/{done.pk}/undo/")
    assert "9" in page(manager, f"customers/{gone.pk}/")
    again = manager.post(f"{AT}merges/{done.pk}/undo/", follow=True).content.decode()
    assert "undone already" in again
    same = manager.post(f"{AT}customers/{kept.pk}/merge/{kept.pk}/", follow=True).content.decode()
    assert "one card already" in same


def test_fields_and_tags_are_kept_in_order(manager: Client, garage: House) -> None:
    her = add(garage)
    manager.post(f"{AT}customers/fields/add/", {"name": "Plate"})
    assert manager.post(f"{AT}customers/fields/add/", {"name": "Plate"}).status_code == 422
    assert "Plate" in page(manager, "customers/tags/")
    with garage.work():
        field = OwnField.objects.get()
    manager.post(
        f"{AT}customers/{her.pk}/change/", {"name": "Mari Oja", f"own_{field.pk.hex}": "123 ABC", "tags": "vip"}
    )
    assert "123 ABC" in page(manager, f"customers/{her.pk}/")
    assert "Mari Oja" in page(manager, "customers/", q="123abc")
    with garage.work():
        tag = Tag.objects.get()
    assert "Mari Oja" in page(manager, "customers/", sort="name", tag=str(tag.pk))
    manager.post(f"{AT}customers/tags/{tag.pk}/rename/", {"name": "dear"})
    assert manager.post(f"{AT}customers/tags/{tag.pk}/rename/", {"name": ""}).status_code == 422
    assert "dear" in page(manager, "customers/tags/")
    manager.post(f"{AT}customers/tags/{tag.pk}/remove/")
    manager.post(f"{AT}customers/fields/{field.pk}/retire/")
    assert "Plate" not in page(manager, "customers/new/")


def test_the_neighbours_customer_is_nowhere(front: Client, garage: House, salon: House) -> None:
    with salon.work():
        hers = customers.add(name="Aino Salo", by=salon.owner, at=MONDAY)
    assert front.get(f"{AT}customers/{hers.pk}/").status_code == 404
    assert "Aino" not in page(front, "customers/", q="aino").replace("“aino”", "")
