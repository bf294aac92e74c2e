"""Every reason is one sentence that is true of its numbers and tells nobody's level."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from handrail.planning.rules import explain
from handrail.planning.rules.contradictions import RULES
from handrail.planning.rules.sentences import conflict_sentence, listed, refusal_sentence, seat_sentence, session_sentence

NAMES = {"u1": "Sleep", "u2": "Referral", "u3": "Interpreting"}


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def seat(**facts: object) -> str:
    gaps = [{"competence": "u1", "now": 1, "target": 4, "adds": 2}]
    return seat_sentence({"code": "gap", "gaps": gaps, "gain": 2, "second_gain": 0} | facts, competences=NAMES)


def test_a_seat_says_what_it_trains_and_compares_truly() -> None:
    assert seat() == "Trains Sleep, which the role asks for. No other seat was left that would help."
    assert seat(second_gain=1).endswith("The next best seat would have closed less.")
    assert seat(second_gain=2).endswith("Another seat was left that closes as much.")
    assert "Another seat closes more here" in seat(second_gain=3)
    assert seat(code="pin") == "Somebody decided this seat by hand."
    assert seat(gaps=[]) == "Closes a gap to what the role asks for."


def test_a_seat_tells_no_level() -> None:
    for second in (0, 1, 2, 3):
        assert not any(character.isdigit() for character in seat(second_gain=second))


@pytest.mark.parametrize("code", [*explain.ORDER, explain.NO_SESSION, explain.POSSIBLE])
def test_every_refusal_has_a_sentence_of_its_own(code: str) -> None:
    sentence = refusal_sentence(code, {"yours": 3, "theirs": 2, "cause": ""})
    assert sentence.endswith(".")
    assert "%(" not in sentence
    if code != explain.NOT_HELD:
        assert sentence != refusal_sentence("unheard of", {})


def test_refusals_tell_their_numbers() -> None:
    assert refusal_sentence("unit_limit", {"yours": 3, "theirs": 2}) == "The unit would have 3 away that half day, and 2 may be."
    assert refusal_sentence("hours", {"yours": 17.5, "theirs": 16}) == "Would make it 17.5 hours, and 16 are left in this period."
    assert refusal_sentence("travel_money", {"yours": 150, "theirs": 20.4}) == "The journey costs 150\u00a0kr, and 20\u00a0kr are left of the budget."
    assert "at least as much" in refusal_sentence("full", {"yours": 1, "theirs": 2})
    assert "slightly less" in refusal_sentence("full", {"yours": 2, "theirs": 1})


@pytest.mark.parametrize("cause", [explain.PINNED_OUT, explain.OCCUPIED, explain.ATTENDANCE, explain.BUDGET, explain.LITTLE_WORTH, "no_need"])
def test_a_session_not_held_says_why(cause: str) -> None:
    sentence = session_sentence({"cause": cause, "yours": 4, "theirs": 8}, is_held=False)
    assert sentence.startswith("Not held: ")
    assert (sentence == session_sentence({}, is_held=False)) is (cause == explain.LITTLE_WORTH)
    assert refusal_sentence("not_held", {"cause": cause, "yours": 4, "theirs": 8}) == sentence


def test_a_held_session_tells_no_figure_of_fewer_than_five() -> None:
    assert session_sentence({"people": 6, "levels": 9}, is_held=True) == "Held because it closes 9 steps for 6 people."
    assert session_sentence({"people": 4, "levels": 9}, is_held=True) == "Held for 4 people."


@pytest.mark.parametrize("kind", [*RULES, "pin_seat", "pin_held", "pin_not_held", "occupied", "not_found", "check"])
def test_every_part_of_a_contradiction_has_words(kind: str) -> None:
    sentence = conflict_sentence(kind, session="Sleep, 4 Sep", number="LFI-0007")
    assert sentence.endswith(".")
    assert "%(" not in sentence
    assert ("LFI-0007" in sentence) is (kind == "pin_seat")


def test_names_in_a_row() -> None:
    assert [listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B and C"]
