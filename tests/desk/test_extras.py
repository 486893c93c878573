"""Two customers of different lives are suggested different extras; what one has had is not the first again."""

from regulars.desk.extras import suitable
from regulars.record import extras, knowing, tags, work
from tests import shop
from tests.cast import MONDAY, House


def test_what_suits_follows_from_what_we_know(garage: House) -> None:
    said = {"by": garage.owner, "at": MONDAY}
    with garage.work():
        brakes, tyres = (work.add_kind(name, **said) for name in ("Brakes that hold", "Grip in winter"))
        treat = extras.add_idea(what="A bone for the dog", suits="dog, dogs", **said)
        drink = extras.add_idea(what="A flat white", suits="coffee", cost=150, **said)
        bags = extras.add_idea(what="Bags for the wheels", kind=tyres, **said)
        with_dog, with_cup, unknown = (shop.customer(garage, name) for name in ("Kaja Oja", "Mari Kuusk", "Tiit Pihl"))
        knowing.learn(with_dog, "Her dogs are called Muki and Polla", **said)
        tags.put(with_cup, ["Coffee lover"], **said)
        knowing.hear(unknown, "Better coffees", source="visit", **said)
        assert suitable(with_dog, brakes.pk)[0] == treat
        assert suitable(with_cup, brakes.pk)[0] == drink
        assert suitable(unknown, None)[0] == drink, "a wish counts"
        assert suitable(with_cup, tyres.pk) == [drink, bags, treat]
        assert bags not in suitable(with_cup, brakes.pk), "it is for other work"
        extras.give(with_cup, what="A flat white", idea=drink, **said)
        assert suitable(with_cup, tyres.pk) == [bags, treat, drink], "she has had it"
        extras.retire_idea(treat, **said)
        assert treat not in suitable(with_dog, None)
