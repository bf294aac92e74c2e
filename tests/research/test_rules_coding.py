"""Turns, redaction, passages and agreement, without a database."""

from __future__ import annotations

import pytest

from handrail.research import rules
from handrail.research.rules import agreement


def readers(text: str) -> list[list[float | None]]:
    return [[None if one == "*" else float(one) for one in line.split()] for line in text.strip().splitlines()]


# domain.md 6.4: published test data of the coefficient, 4 readers x 12 units and 3 readers x 15 units.
FIRST = readers("1 2 3 3 2 1 4 1 2 * * *\n1 2 3 3 2 2 4 1 2 5 * 3\n* 3 3 3 2 3 4 2 2 5 1 *\n1 2 3 3 2 4 4 1 2 5 1 *")
SECOND = readers("* * * * * 3 4 1 2 1 1 3 3 * 3\n1 * 2 1 3 3 4 3 * * * * * * *\n* * 2 1 3 4 4 * 2 1 1 3 3 * 4")


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)])
def test_alpha_of_the_first_reference_data(level: str, alpha: float) -> None:
    assert rules.krippendorff_alpha(FIRST, level) == pytest.approx(alpha, abs=5e-4)


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.691358), ("ordinal", 0.806721), ("interval", 0.810845), ("ratio", 0.808944)])
def test_alpha_of_the_second_reference_data(level: str, alpha: float) -> None:
    assert rules.krippendorff_alpha(SECOND, level) == pytest.approx(alpha, abs=1e-6)


def test_alpha_and_kappa_of_two_readers_are_those_of_the_general_formulas() -> None:
    counts = (7, 3, 2, 18)
    first = [1.0] * 10 + [0.0] * 20
    second = [1.0] * 7 + [0.0] * 3 + [1.0] * 2 + [0.0] * 18
    assert agreement.alpha_of_two(counts) == pytest.approx(rules.krippendorff_alpha([first, second]))
    assert agreement.kappa_of_two(counts) == pytest.approx(rules.cohen_kappa(first, second))


def test_cohens_kappa_of_a_worked_example() -> None:
    """20 both yes, 5 and 10 apart, 15 both no: observed .7, by chance .5, kappa .4."""
    assert agreement.kappa_of_two((20, 5, 10, 15)) == pytest.approx(0.4)


def test_nothing_can_be_said_where_nothing_varies() -> None:
    assert agreement.alpha_of_two((4, 0, 0, 0)) is None and agreement.kappa_of_two((0, 0, 0, 9)) is None
    assert rules.krippendorff_alpha([[1, 2], [None, None]]) is None
    assert rules.band(None) == "none"


def test_bands_are_those_of_the_source() -> None:
    assert [rules.band(value) for value in (0.8, 0.79, 0.667, 0.66)] == ["reliable", "tentative", "tentative", "weak"]


def test_the_interval_is_the_same_every_time_and_holds_the_figure() -> None:
    whole, by_code = rules.compare({"a": {0, 1, 2, 5}, "b": {3}}, {"a": {0, 1, 4, 5}, "b": {3, 6}}, paragraphs=12, codes=["a", "b", "unused"])
    again, _rest = rules.compare({"a": {0, 1, 2, 5}, "b": {3}}, {"a": {0, 1, 4, 5}, "b": {3, 6}}, paragraphs=12, codes=["a", "b", "unused"])
    assert whole == again
    assert whole.counts == (4, 1, 2, 17) and whole.units == 24 and set(by_code) == {"a", "b"}
    assert whole.alpha is not None and whole.alpha_interval is not None
    assert whole.alpha_interval.low < whole.alpha < whole.alpha_interval.high


def test_turns_are_found_by_letters_words_and_names() -> None:
    body, turns = rules.read_turns("Interviewer: How are you?\r\n\r\nR: Well.\nStill here.\n  Intervjuare:Good. Note: it rains.")
    assert body == "I: How are you?\nR: Well.\nStill here.\nI: Good. Note: it rains."
    assert [(one.who, body[one.start : one.end]) for one in turns] == [("I", "How are you?"), ("R", "Well."), ("R", "Still here."), ("I", "Good. Note: it rains.")]


def test_a_name_before_the_colon_is_a_speaker_without_the_name() -> None:
    body, turns = rules.read_turns("Maria: One.\nI: Two?\nMaria: Three.\nMaria: Four.\nNote: five")
    assert "Maria" not in body
    assert [one.who for one in turns] == ["P1", "I", "P1", "P1", "P1"]
    assert rules.read_turns(body) == (body, turns)


def test_turns_of_an_arabic_text_count_characters() -> None:
    body, turns = rules.read_turns("المحاور: كيف حالك؟\nج: بخير 😀 شكراً")
    assert [body[one.start : one.end] for one in turns] == ["كيف حالك؟", "بخير 😀 شكراً"]
    assert [one.who for one in turns] == ["I", "R"]


def test_what_names_somebody_is_suggested() -> None:
    body = "Call +351 912 345 678 or ana@ex.pt, born 12.03.1987, number 850312-1234, card 1234567. Amal lives in Osby with amal."
    found = rules.suggest(body, {"Amal": "name", "Osby": "place"})
    assert rules.redact(body, found) == "Call [phone] or [e-mail], born [date], number [number], card [number]. [name] lives in [place] with [name]."


def test_years_prices_and_ages_stay() -> None:
    assert rules.suggest("In 2015 I paid 300 euro, I was 34, room 12, 10 of 20, 1.500 kr.") == []


def test_capital_words_inside_sentences_are_offered() -> None:
    assert rules.capitals("R: Then Maria came. Maria went to Lisboa with Maria. Yes.") == [("Maria", 2), ("Lisboa", 1)]


def test_differences_stand_side_by_side() -> None:
    rows = rules.differences("I: Hello\nR: I am Amal here", "I: Hello\nR: I am [name] here")
    assert [row.is_changed for row in rows] == [False, True]
    assert "".join(part.text for part in rows[1].before) == "R: I am Amal here"
    assert [part.text for part in rows[1].before if part.kind == "out"] == ["Amal"]
    assert "".join(part.text for part in rows[1].after if part.kind == "in") == "[name]"


def test_paragraphs_are_cut_where_marks_begin_and_end() -> None:
    body = "One two three.\nFour five."
    turns = rules.turns_of([], body)
    marks = [rules.Mark(4, 13, "a"), rules.Mark(8, 19, "b")]
    found = rules.paragraphs(body, turns, marks)
    assert [[(piece.text, [m.row for m in piece.marks], [m.row for m in piece.ends]) for piece in one.pieces] for one in found] == [
        [("One ", [], []), ("two ", ["a"], []), ("three", ["a", "b"], ["a"]), (".", ["b"], [])],
        [("Four", ["b"], ["b"]), (" five.", [], [])],
    ]


def test_sentences_can_be_chosen() -> None:
    body = "Yes. It was hard! كيف؟ Good"
    assert [(one.key, body[one.start : one.end]) for one in rules.sentences(body, rules.turns_of([], body))] == [
        ("1.1", "Yes."), ("1.2", "It was hard!"), ("1.3", "كيف؟"), ("1.4", "Good"),
    ]  # fmt: skip


def test_a_translation_runs_beside_turn_by_turn() -> None:
    one, other = rules.turns_of([], "Um dois.\nTrês."), rules.turns_of([], "One two.\nThree.")
    assert rules.aligned(one, other, 3, 7) == (0, 8)
    assert rules.aligned(one, other, 3, 11) == (0, 15)
    assert rules.aligned(one, other[:1], 3, 7) is None


def test_every_colour_has_a_tone() -> None:
    assert {rules.tone(f"#{value:06x}") for value in range(0, 0xFFFFFF, 9973)} == set(range(1, rules.TONES + 1))
    assert rules.tone("nonsense") == 1


def test_passages_move_with_a_changed_text() -> None:
    before, after = "R: Amal came by bus. It was late.", "R: [name] came by bus. It was late."
    place = (before.index("came"), before.index("bus") + 3)
    assert [after[a:b] for a, b in rules.moved(before, after, [place, (3, 12), (21, 33)]) if (a, b)] == ["came by bus", "[name] came", "It was late."]
    assert rules.moved("abc", "c", [(0, 1)]) == [None]


def test_a_text_that_may_not_change_has_turns_too() -> None:
    body = "I:  How?\n\nR: Well\n  so."
    assert [(one.who, body[one.start : one.end]) for one in rules.find_turns(body)] == [("I", "How?"), ("R", "Well"), ("R", "  so.")]
