"""A refusal: a sentence that says what to do, in the reader's language, whole wherever it goes."""

import pickle

from regulars.kernel.refusal import Refused, gettext_noop


def test_it_is_said_in_the_reader_s_language_with_its_details() -> None:
    refused = Refused(gettext_noop("Ask %(who)s."), field="who", who="Mari")
    assert str(refused) == "Ask Mari."
    assert refused.said({"Ask %(who)s.": "Küsi, %(who)s teab."}.__getitem__) == "Küsi, Mari teab."


def test_a_sentence_without_details_may_hold_a_percent_sign() -> None:
    assert str(Refused("At most 100 % of it.")) == "At most 100 % of it."


def test_it_crosses_processes_whole() -> None:
    other = pickle.loads(pickle.dumps(Refused("Ask %(who)s.", field="who", who="Mari")))
    assert (other.sentence, other.field, other.details) == ("Ask %(who)s.", "who", {"who": "Mari"})
