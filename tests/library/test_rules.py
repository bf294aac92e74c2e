"""Words and limits, stems, reviews and the way to publication: no database."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.library import rules
from handrail.library.rules import Verdict


@pytest.mark.parametrize(("text", "words"), [("", 0), ("one two", 2), ("well-known – fact", 2), ("  a\n b ", 2), ("مرحبا بكم", 2), ("100 000 €", 2)])
def test_words_are_what_stands_between_spaces(text: str, words: int) -> None:
    assert rules.count_words(text) == words


def test_the_templates_limits_are_the_european_ones() -> None:
    """[V49]: title 15, summary 100, issue 150, how it works 100, results 100, evaluation 100, who benefits 40, funding 100."""
    limits = {one.code: one.words for one in rules.card_parts("card")}
    assert limits == {"title": 15, "summary": 100, "issue": 150, "how": 100, "benefit": 40, "results": 100, "evaluation": 100, "funding": 100}


def test_a_part_may_have_its_limit_and_no_word_more() -> None:
    assert rules.too_long({"title": "word " * 15}) == {}
    assert rules.too_long({"title": "word " * 16}) == {"title": 16}


def test_only_the_evaluation_may_be_missing() -> None:
    assert [one.code for one in rules.card_parts() if one.code not in rules.missing_parts({})] == ["evaluation"]


def test_a_practice_has_run_for_a_year() -> None:
    assert rules.is_old_enough(date(2017, 4, 18), date(2018, 4, 18))
    assert not rules.is_old_enough(date(2017, 4, 19), date(2018, 4, 18))


def test_a_translation_is_old_when_a_later_version_changed_the_meaning() -> None:
    versions = [(1, True), (2, False), (3, True)]
    assert rules.is_outdated_text(2, versions)
    assert not rules.is_outdated_text(3, versions)
    assert not rules.is_outdated_text(1, [(1, True), (2, False)]), "a corrected comma makes nothing old"


def _said(who: int, recommends: str, **answers: str) -> Verdict:
    return Verdict(who, recommends, answers)


def test_two_different_people_who_did_not_write_it_recommend_it() -> None:
    assert rules.is_recommended([_said(1, "yes"), _said(2, "yes")], {3})
    assert not rules.is_recommended([_said(1, "yes"), _said(2, "yes")], {2}), "an author's word does not count"
    assert not rules.is_recommended([_said(1, "yes"), _said(1, "yes")], set()), "one person is one person"
    assert not rules.is_recommended([_said(1, "yes"), _said(2, "partly")], set())


def test_disagreement_is_a_yes_beside_a_no() -> None:
    assert rules.disagreements([_said(1, "yes", need="yes", effect="partly"), _said(2, "no", need="no", effect="no")]) == ["need", "recommends"]
    assert rules.disagreements([_said(1, "yes", need="yes")]) == []


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("pt", "Formação", "formações"), ("pt", "formação", "formacao"), ("sv", "Språkcaféer", "sprakcafe"), ("it", "vicini", "vicino"), ("bg", "съседите", "съседи"),
        ("en", "neighbours", "neighbour"), ("da", "naboerne", "nabo"), ("ar", "المتطوعون", "متطوعون"),
    ],
)  # fmt: skip
def test_a_word_is_found_without_accents_and_endings(language: str, written: str, typed: str) -> None:
    assert rules.stems_of(written, language) & rules.stems_of(typed, language), (rules.stems_of(written, language), rules.stems_of(typed, language))


def test_folding_takes_dress_away_and_nothing_else() -> None:
    assert [rules.fold(word) for word in ("Åre", "ÇAĞ", "Straße", "Łódź", "Ørsted", "أمل")] == ["are", "cag", "strasse", "lodz", "orsted", "امل"]


@given(st.text(max_size=60), st.sampled_from(["en", "sv", "ar", "bg", "pt", "xx"]))
def test_whatever_is_typed_can_be_looked_for(text: str, language: str) -> None:
    for pairs in rules.looked_for(text, [language]):
        assert all(0 < len(stem) <= 40 for _language, stem in pairs)
    assert all(0 < len(stem) <= 40 for stem in rules.index_of([text], language))


def test_states_follow_one_another() -> None:
    assert rules.may_move("draft", "submitted") and not rules.may_move("draft", "published")
    assert not rules.may_move("archived", "draft"), "what is withdrawn stays withdrawn"


def test_every_list_speaks_three_languages() -> None:
    from django.utils import translation

    for language in ("en", "sv", "da"):
        with translation.override(language):
            said = [*rules.work_fields().values(), *rules.checklist_criteria().values(), *rules.checklist_steps(), *(one.questions for one in rules.criteria())]
            said += [one.help for one in rules.card_parts()] + [one.says for one in rules.licences().values()]
            assert all(said)
    with translation.override("sv"):
        assert rules.country_name("BG") == "Bulgarien"
