"""Bringing in, redacting, agreeing, taking back; open answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry
from handrail.research import access, actions
from handrail.research.models import Coding, Source, SourceText
from handrail.research.queries import sources as queries
from tests.conftest import NOW
from tests.research.made import Made, place
from tests.research.test_formats_coding import docx

pytestmark = pytest.mark.django_db


def bring(made: Made, **more: Any) -> Source:
    facts = {"study": made.study, "partner": made.osby, "group": made.refugees, "language": "pt", "consent": "signed", "text": "I: Olá?\nR: Bem.", "by": made.rita}
    return actions.bring_source(**(facts | more))


def test_a_transcript_gets_a_sign_turns_and_the_words_of_consent(made: Made) -> None:
    source = bring(made, content=docx("Interviewer: Olá?", "Maria: Um.", "Maria: Dois.", "Maria: Três."), text="")
    assert (source.sign, source.consent, source.consent_number, source.kind) == ("PT-R-02", "signed", 1, "interview")
    text = queries.raw_text(source)
    assert text is not None
    assert text.body == "I: Olá?\nP1: Um.\nP1: Dois.\nP1: Três."
    assert [one["who"] for one in text.turns] == ["I", "P1", "P1", "P1"]


@pytest.mark.parametrize(
    ("more", "field"),
    [({"partner": "horby"}, "partner"), ({"consent": ""}, "consent"), ({"text": " \n"}, "text"), ({"sign": "pt-r-01"}, "sign"), ({"content": b"x"}, "text")],
)
def test_what_is_wrong_with_a_source_is_said(made: Made, more: dict[str, Any], field: str) -> None:
    facts = {key: getattr(made, value) if key == "partner" else value for key, value in more.items()}
    with pytest.raises(RuleBroken) as broken:
        bring(made, **facts)
    assert broken.value.field == field


def test_words_as_they_were_said_are_the_own_organisations(cast: Any, made: Made) -> None:
    source = bring(made)
    assert [queries.raw_sources_of(one).filter(pk=source.pk).exists() for one in (made.rita, made.ruben, made.hilda, cast.amal, cast.stranger)] == [True, True, False, False, False]
    assert not queries.sources_read_by(made.hilda).filter(pk=source.pk).exists()
    actions.save_redaction(source=source, by=made.rita)
    actions.ask_second_reader(source=source, by=made.rita)
    for wrong in (made.rita, made.hilda):
        with pytest.raises(RuleBroken):
            actions.agree_redaction(source=source, by=wrong)
    actions.agree_redaction(source=source, by=made.ruben)
    assert queries.sources_read_by(made.hilda).filter(pk=source.pk).exists()
    assert not queries.sources_read_by(cast.amal).exists(), "the project owner reads quotes and tables"
    assert queries.raw_text(source) is None, "what was said before the copy is gone"


def test_who_holds_the_study_together_may_name_a_reader_from_elsewhere(made: Made) -> None:
    actions.save_redaction(source=made.raw, by=made.hilda)
    actions.ask_second_reader(source=made.raw, by=made.hilda)
    assert not queries.waiting_for_second_reader(made.rita, made.study).exists()
    actions.name_reader(source=made.raw, reader=made.rita, by=made.ruben)
    assert [one.source for one in queries.waiting_for_second_reader(made.rita, made.study)] == [made.raw]
    actions.agree_redaction(source=made.raw, by=made.rita)
    text = queries.agreed_text(made.raw)
    assert text is not None and text.body == "I: Hur?\nR: Ring Maria på [phone]."


def test_marked_words_are_replaced_everywhere_and_forgotten_when_agreed(made: Made) -> None:
    source = bring(made, text="R: Amal e amal vivem em Braga com a Amália.")
    draft = actions.save_redaction(source=source, marked={"Amal": "name", "Braga": "place", "x": "nonsense"}, by=made.rita)
    assert draft.body == "R: [name] e [name] vivem em [place] com a Amália."
    assert draft.marked == {"Amal": "name", "Braga": "place"}
    draft = actions.save_redaction(source=source, body=draft.body.replace("Amália", "[name]"), by=made.rita)
    actions.ask_second_reader(source=source, by=made.rita)
    assert actions.agree_redaction(source=source, by=made.ruben).marked == {}
    assert not SourceText.objects.filter(body__contains="Amália").exists()
    with pytest.raises(RuleBroken, match="stays as it is"):
        actions.save_redaction(source=source, body="R: Outra coisa", by=made.rita)


def test_a_second_reader_sends_back_with_words(made: Made) -> None:
    source = bring(made)
    actions.save_redaction(source=source, by=made.rita)
    actions.ask_second_reader(source=source, by=made.rita)
    with pytest.raises(RuleBroken):
        actions.send_redaction_back(source=source, note=" ", by=made.ruben)
    actions.send_redaction_back(source=source, note="A rua ainda está lá", by=made.ruben)
    assert queries.state_of(source) == queries.SENT_BACK
    assert access.may_redact(made.rita, source)
    with pytest.raises(RuleBroken):
        actions.agree_redaction(source=source, by=made.ruben)


def test_words_taken_back_are_gone_with_their_marks(made: Made) -> None:
    actions.mark_passage(text=made.text, code=made.transport, by=made.hilda, **place(made.text, "autocarro"))
    actions.give_to_two(text=made.text, coders=[made.hilda, made.rita], by=made.rita)
    assert actions.withdraw_source(source=made.source, by=made.ruben) == 1
    assert not SourceText.objects.filter(source=made.source).exists() and not Coding.objects.exists()
    source = queries.sources_visible_to(made.hilda).get(pk=made.source.pk)
    assert queries.state_of(source) == queries.WITHDRAWN
    with pytest.raises(RuleBroken):
        actions.withdraw_source(source=source, by=made.ruben)


def test_words_are_not_kept_for_ever(made: Made) -> None:
    source = bring(made)
    actions.save_redaction(source=source, by=made.rita)
    with clock.at(NOW + timedelta(days=actions.raw_days() + 1)):
        assert actions.drop_raw_texts() == 3
    assert queries.state_of(Source.objects.get(pk=source.pk)) == queries.WORDLESS
    assert queries.agreed_text(made.source) is not None, "what was agreed stays"


def test_a_translation_runs_beside_its_text(made: Made) -> None:
    lines = ["How was it to arrive?", "I came with [name] on [date]. The bus came once a day.", "My neighbour drove me. That helped.", "And work?", "Nobody explained. I waited."]
    text = actions.write_translation(source=made.source, language="en", turns=lines, by=made.hilda)
    assert [text.body[one["start"] : one["end"]] for one in text.turns] == lines
    assert text.body.startswith("I: How was it")
    with pytest.raises(RuleBroken):
        actions.write_translation(source=made.source, language="en", turns=lines[:-1], by=made.hilda)
    with pytest.raises(RuleBroken):
        actions.write_translation(source=made.raw, language="en", turns=["a", "b"], by=made.hilda)


def test_no_event_holds_a_word_of_anybody(made: Made) -> None:
    actions.read_raw(source=made.raw, by=made.hilda)
    written = " ".join(str(one.data) for one in JournalEntry.objects.all())
    assert "Maria" not in written and "autocarro" not in written
    assert JournalEntry.objects.filter(name="RawTextRead").exists()
