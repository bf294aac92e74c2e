"""Projects and codebooks in and out of a study; open answers of a survey."""

from __future__ import annotations

from typing import Any

import pytest

from handrail.instruments import actions as instruments
from handrail.instruments.models import Response
from handrail.instruments.queries.forms import form_of
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.research import actions, formats
from handrail.research.models import Code, Coding, Source, SourceText
from handrail.research.queries import answers, exchange
from handrail.research.queries import sources as queries
from tests.instruments.forms import mapping
from tests.research.archives import SHAPES
from tests.research.made import Made, make_study, place

pytestmark = pytest.mark.django_db


def bring(made: Made, name: str) -> dict[str, Any]:
    found: dict[str, Any] = actions.bring_project(study=made.study, partner=made.osby, content=SHAPES[name]().data, language="en", by=made.rita)
    return found


@pytest.mark.parametrize("name", SHAPES)
def test_a_tools_project_comes_in_and_waits_for_a_second_reader(made: Made, name: str) -> None:
    found = bring(made, name)
    assert found["codings"] == 2 and found["problems"]
    source = Source.objects.filter(study=made.study, kind="document").order_by("pk")[0]
    assert queries.state_of(source) == queries.ASKED
    assert tuple(one.text.body[one.start : one.end] for one in Coding.objects.filter(text__source=source).order_by("start")) == SHAPES[name]().says
    with pytest.raises(RuleBroken):
        actions.agree_redaction(source=source, by=made.rita)
    actions.agree_redaction(source=source, by=made.ruben)
    with pytest.raises(RuleBroken, match="already"):
        bring(made, name)


def test_marks_move_when_an_imported_text_is_redacted(made: Made) -> None:
    bring(made, "qualcoder")
    source = Source.objects.get(study=made.study, kind="document")
    actions.save_redaction(source=source, marked={"course": "something", "neighbour": "name"}, by=made.rita)
    assert [one.text.body[one.start : one.end] for one in Coding.objects.filter(text__source=source).order_by("start")] == ["The bus came once a day", "My [name] drove me"]


def test_cases_become_group_and_country_as_far_as_they_are_known(made: Made) -> None:
    bring(made, "nvivo")
    source = Source.objects.get(study=made.study, sign="talk")
    assert source.attributes == {"Case": "Person 7", "Country": "Portugal"} and source.partner == made.osby


def test_a_study_goes_out_and_comes_back_exactly(cast: Any, made: Made) -> None:
    actions.mark_passage(text=made.text, code=made.work, by=made.hilda, memo="Why", **place(made.text, "Esperei um ano"))
    actions.mark_passage(text=made.text, code=made.transport, by=made.rita, **place(made.text, "autocarro"))
    taken = actions.take_project(study=made.study, language="en", by=made.hilda)
    other = make_study(cast.programme, cast.osby)
    partner = actions.add_study_partner(study=other, organisation=cast.osby, country="PT", by=None)
    actions.bring_project(study=other, partner=partner, content=taken, language="en", by=made.rita)
    for source in other.sources.all():
        actions.agree_redaction(source=source, by=made.ruben)
        assert (source.group and source.group.code, source.language) == ("R", "pt")
    assert formats.read_project(actions.take_project(study=other, language="en", by=made.hilda)) == formats.read_project(taken)
    assert formats.read_project(taken).problems == ()


def test_only_agreed_texts_go_out_and_no_names_of_readers(made: Made) -> None:
    actions.mark_passage(text=made.text, code=made.work, by=made.hilda, **place(made.text, "ano"))
    project = exchange.project_of(made.study, "en")
    assert [one.name for one in project.sources] == ["PT-R-01"]
    assert "Hilda" not in str(project) and "Amal" not in str(project)


def test_a_codebook_goes_out_as_a_table_and_comes_back(cast: Any, made: Made) -> None:
    rows = formats.to_rows(exchange.table_of(made.study, "en"), ["en", "pt"])
    assert [row[0] for row in rows] == ["code", "Transport", "What helped", "What helped > Looking for work"]
    table = "\n".join(";".join(row) for row in rows).encode()
    other = make_study(cast.programme, cast.osby)
    assert actions.bring_codebook(study=other, name="c.csv", content=table, language="en", by=None) == 3
    assert actions.bring_codebook(study=other, name="c.csv", content=table, language="en", by=None) == 0
    assert exchange.table_of(other, "en") == exchange.table_of(made.study, "en")
    third = make_study(cast.programme, cast.osby)
    qdc = formats.write_codebook(exchange.codes_of(made.study, "en"))
    assert actions.bring_codebook(study=third, name="c.qdc", content=qdc, language="en", by=None) == 3
    assert Code.objects.get(codebook__study=third, name__en="Looking for work").parent.name["en"] == "What helped"  # type: ignore[union-attr]
    with pytest.raises(RuleBroken):
        actions.bring_codebook(study=third, name="c.qdc", content=b"<x/>", language="en", by=None)


@pytest.fixture
def asked(cast: Any, made: Made) -> Any:
    """A survey of workers, collected by both partners; two free answers in Hörby, one in Osby."""
    version = instruments.publish_questionnaire(programme=cast.programme, file_name="k.xlsx", content=mapping(), by=None)
    survey = actions.choose_survey(study=made.study, group=made.workers, questionnaire=version.questionnaire, by=None)
    round = actions.open_study_round(study=made.study, title={"en": "One"}, opens_on=clock.today(), closes_on=clock.today(), by=None)
    name = next(one.name for one in form_of(version).questions() if one.kind == "text")
    for partner, texts in ((made.horby, ["Ring 0413-123 45: bussen", "Bra", " "]), (made.osby, ["Mer tid"])):
        found = actions.gather(survey=survey, partner=partner, round=round, by=None)
        for text in texts:
            Response.objects.create(collection=found.collection, version=version, answers={name: text}, language="sv", received_on=clock.today())
    return version.questionnaire, name


def test_open_answers_become_sources_and_are_agreed_many_at_once(made: Made, asked: Any) -> None:
    questionnaire, name = asked
    assert [one.name for one in answers.open_questions_of(made.study)].count(name) == 1
    assert actions.bring_open_answers(study=made.study, questionnaire=questionnaire, question=name, by=made.hilda) == 2
    assert list(Source.objects.filter(kind="answer").values_list("sign", "consent", "round__number")) == [("SE-W-a001", "form", 1), ("SE-W-a002", "form", 1)]
    with pytest.raises(RuleBroken):
        actions.bring_open_answers(study=made.study, questionnaire=questionnaire, question=name, by=made.hilda)
    assert actions.bring_open_answers(study=made.study, questionnaire=questionnaire, question=name, by=made.rita) == 1
    assert not answers.answers_waiting(made.hilda, made.study).exists()
    actions.name_reader(source=Source.objects.get(sign="SE-W-a001"), reader=made.rita, by=made.rita)
    waiting = list(answers.answers_waiting(made.rita, made.study))
    assert [(one.raw, one.body) for one in waiting] == [("Ring 0413-123 45: bussen", "Ring [phone]: bussen")]
    assert actions.agree_answers(texts={waiting[0].uid: "Ring [phone]: [something]"}, study=made.study, by=made.rita) == 1
    text = SourceText.objects.get(source__sign="SE-W-a001")
    assert (text.body, text.agreed_by, text.made_by) == ("Ring [phone]: [something]", made.rita, made.hilda)
    assert [one["who"] for one in text.turns] == [""]
