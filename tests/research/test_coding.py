"""Marks, two readers, the codebook, and what marks come to."""

from __future__ import annotations

from typing import Any

import pytest

from handrail.kit.errors import Conflict, RuleBroken
from handrail.research import actions
from handrail.research.models import Code, Codebook, Coding
from handrail.research.queries import coding as queries
from handrail.research.queries import matrix
from handrail.research.queries.sources import agreed_text
from tests.research.made import ARABIC, Made, agreed, place

pytestmark = pytest.mark.django_db


def mark(made: Made, words: str, code: Code, by: Any) -> Coding:
    return actions.mark_passage(text=made.text, code=code, by=by, **place(made.text, words))


def test_a_mark_is_trimmed_and_made_once(made: Made) -> None:
    spot = place(made.text, " autocarro vinha ")
    one = actions.mark_passage(text=made.text, code=made.transport, by=made.hilda, **spot)
    assert made.text.body[one.start : one.end] == "autocarro vinha"
    assert actions.mark_passage(text=made.text, code=made.transport, by=made.hilda, **spot) == one
    assert actions.mark_passage(text=made.text, code=made.transport, by=made.rita, **spot) != one, "another reader's mark is another one"
    actions.remove_mark(coding=one, by=made.hilda)
    assert actions.mark_passage(text=made.text, code=made.transport, by=made.hilda, **spot) != one


def test_positions_count_characters_in_arabic_with_pictograms(made: Made) -> None:
    source = agreed(made.study, partner=made.osby, group=made.refugees, text=ARABIC, language="ar", by=made.rita, second=made.ruben)
    text = agreed_text(source)
    assert text is not None
    actions.mark_passage(text=text, code=made.help, by=made.hilda, **place(text, "😀 وساعدونا"))
    quotes = matrix.with_translations(list(matrix.quotes_of(made.help)), "en")
    assert [one.text for one in quotes] == ["😀 وساعدونا"], "the database cuts where Python does"


def test_what_cannot_be_marked_is_said(made: Made) -> None:
    group = actions.add_code(study=made.study, name={"en": "Group"}, is_codable=False, by=None)
    for code, spot in ((group, (5, 9)), (made.transport, (7, 7)), (made.transport, (9999, 10_010))):
        with pytest.raises(RuleBroken):
            actions.mark_passage(text=made.text, code=code, start=spot[0], end=spot[1], by=made.hilda)


def test_everybody_takes_back_their_own(made: Made) -> None:
    one = mark(made, "autocarro", made.transport, made.hilda)
    for act in (lambda: actions.remove_mark(coding=one, by=made.rita), lambda: actions.note_mark(coding=one, memo="x", by=made.rita)):
        with pytest.raises(RuleBroken):
            act()
    assert actions.note_mark(coding=one, memo=" why ", by=made.hilda).memo == "why"


def test_two_readers_see_only_their_own_until_both_are_done(made: Made) -> None:
    task = actions.give_to_two(text=made.text, coders=[made.hilda, made.rita], by=made.rita)
    theirs, ours = mark(made, "autocarro", made.transport, made.hilda), mark(made, "autocarro", made.transport, made.rita)
    mark(made, "vizinha", made.help, made.hilda)
    with pytest.raises(RuleBroken):
        mark(made, "trabalho", made.work, made.ruben)
    assert list(queries.marks_seen(made.text, made.rita)) == [ours]
    assert not queries.marks_seen(made.text, made.ruben).exists()
    assert not queries.counted_codings(made.study).exists(), "figures and quotes would tell what the other marked"
    actions.finish_part(task=task, by=made.hilda)
    with pytest.raises(RuleBroken):
        mark(made, "Esperei um ano", made.work, made.hilda)
    with pytest.raises(RuleBroken):
        actions.remove_mark(coding=theirs, by=made.hilda)
    assert queries.marks_seen(made.text, made.rita).count() == 1, "the other one is not done"
    task = actions.finish_part(task=task, by=made.rita)
    assert queries.marks_seen(made.text, made.rita).count() == 3
    found = queries.comparison_of(task)
    assert found.whole.counts == (1, 1, 0, 8) and found.paragraphs == 5
    assert [(one.number, [c.pk for c in one.first]) for one in found.differences] == [(3, [made.help.pk])]
    mark(made, "vizinha", made.help, made.rita)
    assert queries.comparison_of(task) == found, "the figures stay as they were when both were done"


def test_a_text_is_given_to_two_who_start_fresh(made: Made) -> None:
    mark(made, "autocarro", made.transport, made.ruben)
    with pytest.raises(RuleBroken):
        actions.give_to_two(text=made.text, coders=[made.hilda, made.rita], by=made.rita)
    with pytest.raises(RuleBroken):
        actions.give_to_two(text=made.text, coders=[made.rita, made.rita], by=made.rita)


def test_the_codebook_has_an_optimistic_lock(made: Made) -> None:
    number = made.study.codebook.number
    made.study.codebook.refresh_from_db()
    seen = made.study.codebook.number
    actions.change_code(code=made.transport, name={"en": "Buses"}, description={}, seen=seen, by=made.rita)
    with pytest.raises(Conflict):
        actions.change_code(code=made.transport, name={"en": "Trains"}, description={}, seen=seen, by=made.hilda)
    assert Code.objects.get(pk=made.transport.pk).name["en"] == "Buses" and seen > number


def test_codes_move_merge_and_retire(made: Made) -> None:
    assert [(one.code.pk, one.depth) for one in queries.codebook_of(made.study)] == [(made.transport.pk, 0), (made.help.pk, 0), (made.work.pk, 1)]
    actions.move_code(code=made.transport, up=False, by=made.rita)
    assert [one.code.pk for one in queries.codebook_of(made.study)] == [made.help.pk, made.work.pk, made.transport.pk]
    with pytest.raises(RuleBroken):
        actions.merge_codes(code=made.help, into=made.work, by=made.rita)
    mark(made, "autocarro", made.transport, made.hilda)
    mark(made, "autocarro", made.help, made.hilda)
    mark(made, "vizinha", made.transport, made.hilda)
    actions.merge_codes(code=made.transport, into=made.help, by=made.rita)
    assert Coding.objects.filter(code=made.help, removed_at=None).count() == 2, "the same passage is marked once"
    actions.retire_code(code=made.help, by=made.rita)
    assert [(one.code.pk, one.depth) for one in queries.codebook_of(made.study)] == [(made.work.pk, 0)]


def test_a_code_cannot_stand_under_itself_or_twice_in_one_place(made: Made) -> None:
    seen = Codebook.objects.get(study=made.study).number
    with pytest.raises(RuleBroken, match="itself"):
        actions.change_code(code=made.help, name={"en": "x"}, description={}, parent=made.work, seen=seen, by=made.rita)
    with pytest.raises(RuleBroken, match="name"):
        actions.add_code(study=made.study, name={"en": "TRANSPORT"}, by=made.rita)


def talks(made: Made, count: int, words: str = "R: O autocarro nunca vem.") -> None:
    for _number in range(count):
        text = agreed_text(agreed(made.study, partner=made.horby, group=made.workers, text=words, language="sv", by=made.hilda, second=second(made)))
        assert text is not None
        actions.mark_passage(text=text, code=made.transport, by=made.hilda, **place(text, "autocarro"))
        actions.mark_passage(text=text, code=made.help, by=made.rita, **place(text, "O autocarro"))
        actions.mark_passage(text=text, code=made.help, by=made.hilda, **place(text, "O autocarro"))


def second(made: Made) -> Any:
    from tests.research.made import researcher

    if not hasattr(made, "_second"):
        made._second = researcher("Hugo", made.horby.organisation, made.study.programme)  # type: ignore[attr-defined]
    return made._second  # type: ignore[attr-defined]


def test_the_matrix_counts_sources_and_passages(made: Made) -> None:
    talks(made, 2)
    mark(made, "autocarro", made.transport, made.hilda)
    mark(made, "vizinha", made.transport, made.hilda)
    mark(made, "vizinha", made.transport, made.rita)
    found = matrix.matrix_of(made.study, suppressed=False)
    cells = {row.listed.code.pk: [(cell.sources, cell.passages) for cell in (*row.cells, row.whole)] for row in found.rows}
    assert cells == {made.transport.pk: [(1, 2), (2, 2), (3, 4)], made.help.pk: [(0, 0), (2, 2), (2, 2)], made.work.pk: [(0, 0)] * 3}
    assert [one.sources for one in found.sources] == [1, 2]
    assert [label for _value, label in matrix.matrix_of(made.study, side="country", suppressed=False).columns] == ["Portugal", "Sweden"]


def test_small_groups_are_hidden_from_who_does_not_read_the_texts(made: Made) -> None:
    talks(made, 6)
    mark(made, "autocarro", made.transport, made.hilda)
    found = matrix.matrix_of(made.study, suppressed=True)
    assert [cell.is_hidden for cell in (*found.rows[0].cells, found.rows[0].whole)] == [True, True, True]
    assert found.sources[0].is_hidden and found.sources[1].sources == 6


def test_codes_that_stand_together(made: Made) -> None:
    talks(made, 2)
    found = matrix.codes_together(made.study, suppressed=False)
    assert [(one.one.pk, one.other.pk, one.passages, one.sources) for one in found] == [(made.transport.pk, made.help.pk, 2, 2)]
    assert matrix.codes_together(made.study, suppressed=True)[0].is_hidden


def test_quotes_come_once_with_their_translation(made: Made) -> None:
    lines = ["How was it?", "I came with [name]. The bus came once a day.", "My neighbour drove me. That helped.", "And work?", "I waited."]
    actions.write_translation(source=made.source, language="en", turns=lines, by=made.hilda)
    for reader in (made.hilda, made.rita):
        mark(made, "O autocarro vinha uma vez por dia", made.transport, reader)
    found = matrix.with_translations(list(matrix.quotes_of(made.transport)), "en")
    assert [(one.text, one.translation, one.sign, one.country) for one in found] == [("O autocarro vinha uma vez por dia", lines[1], "PT-R-01", "PT")]
    assert [(one.label, one.count, len(one.quotes)) for one in matrix.side_by_side(made.transport, wanted="en", suppressed=False)] == [("Portugal", 1, 1), ("Sweden", 0, 0)]
    assert not list(matrix.quotes_of(made.transport, country="SE"))


@pytest.mark.parametrize("count", [1, 3])
def test_quotes_cost_the_same_for_one_and_three(made: Made, queries_of: Any, count: int) -> None:
    talks(made, count)
    assert queries_of(lambda: matrix.with_translations(list(matrix.quotes_of(made.transport)), "en")) == 2
    assert queries_of(lambda: matrix.matrix_of(made.study, suppressed=False)) == 4
