"""What customers ask for in other words is the same ask."""

from regulars.engines.alike import alike


def test_other_words_for_the_same_thing_stand_together_the_most_frequent_first() -> None:
    texts = [
        "A lift to the metro",
        "Wash my car",
        "a lift to the metro, please",
        "To the metro: a lift?",
        "wash my car!",
    ]
    assert alike(texts) == [[0, 2, 3], [1, 4]]


def test_things_that_share_a_word_are_not_the_same() -> None:
    assert alike(["Wash my car", "Fetch my car from home"]) == [[0], [1]]


def test_other_alphabets_are_words_too() -> None:
    assert alike(["Довезти до метро", "довезти до метро!", "Помыть машину"]) == [[0, 1], [2]]


def test_nothing_is_like_nothing() -> None:
    assert alike([]) == []
    assert alike(["", "?!", "Tea"]) == [[2]]


def test_the_same_texts_give_the_same_groups() -> None:
    texts = ["Tea", "Coffee", "tea", "Tea with milk"]
    assert alike(texts) == alike(list(texts))
