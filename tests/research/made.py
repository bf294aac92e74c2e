"""A study of two partners: researchers of both, an interview that others read, one that only its own organisation reads, a codebook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from handrail.people import actions as people
from handrail.people.models import Person, Role
from handrail.research import actions
from handrail.research.models import Code, RespondentGroup, Source, SourceText, Study, StudyPartner
from handrail.research.queries.sources import agreed_text

TALK = """I: Como foi a chegada?
R: Cheguei com a Amal em 12.03.2016. O autocarro vinha uma vez por dia.
R: A minha vizinha levava-me de carro. Isso ajudou muito.
I: E o trabalho?
R: Ninguém explicou como procurar trabalho. Esperei um ano."""
ARABIC = "المحاور: كيف وجدت السكن؟\nج: انتظرنا شهوراً في غرفة واحدة. كان الجيران طيبين 😀 وساعدونا.\nج: تعلّمت اللغة في المساء."


@dataclass
class Made:
    """What tests of interviews and marks are played with."""

    study: Study
    osby: StudyPartner
    horby: StudyPartner
    refugees: RespondentGroup
    workers: RespondentGroup
    rita: Person  # researcher, Osby
    ruben: Person  # researcher, Osby
    hilda: Person  # researcher, Hörby
    text: SourceText  # Osby's, agreed
    raw: Source  # Hörby's, as it was said
    transport: Code
    help: Code
    work: Code

    @property
    def source(self) -> Source:
        return self.text.source


def researcher(given: str, organisation: Any, programme: Any) -> Person:
    """Somebody who does research for an organisation."""
    person = people.add_person(given_name=given, family_name="Forskare", email=f"{given.lower()}.forskare@example.org", by=None)
    people.grant_role(person=person, role=Role.RESEARCHER, programme=programme.uid, organisation=organisation, starts_on=date(2016, 10, 1), by=None)
    return person


def agreed(study: Study, *, partner: StudyPartner, group: RespondentGroup, text: str, language: str, by: Person, second: Person, **more: Any) -> Source:
    """An interview that went the whole way."""
    source = actions.bring_source(study=study, partner=partner, group=group, language=language, consent="signed", text=text, by=by, **more)
    actions.save_redaction(source=source, marked={"Amal": "name"}, by=by)
    actions.ask_second_reader(source=source, by=by)
    actions.agree_redaction(source=source, by=second)
    return source


def make_study(programme: Any, coordinator: Any, by: Any = None) -> Study:
    """A study with two groups."""
    study = actions.open_study(
        programme=programme, title={"sv": "Behov", "en": "Needs"}, question={"sv": "Vad behövs?", "en": "What is needed?"}, coordinator=coordinator,
        starts_on=date(2018, 1, 1), ends_on=date(2018, 12, 31), by=by,
    )  # fmt: skip
    for code, sv, en in (("R", "Nyanlända", "Newcomers"), ("W", "Personal", "Workers")):
        actions.add_group(study=study, code=code, title={"sv": sv, "en": en}, consent={"sv": "Du väljer själv.", "pt": "A escolha é sua."}, by=by)
    return study


def make(cast: Any) -> Made:
    """Call the actions that make it."""
    study = make_study(cast.programme, cast.osby)
    osby = actions.add_study_partner(study=study, organisation=cast.osby, country="PT", by=None)
    horby = actions.add_study_partner(study=study, organisation=cast.horby, country="SE", by=None)
    rita, ruben, hilda = (researcher(name, where, cast.programme) for name, where in (("Rita", cast.osby), ("Ruben", cast.osby), ("Hilda", cast.horby)))
    refugees, workers = study.groups.get(code="R"), study.groups.get(code="W")
    source = agreed(study, partner=osby, group=refugees, text=TALK, language="pt", by=rita, second=ruben)
    raw = actions.bring_source(study=study, partner=horby, group=workers, language="sv", consent="spoken", text="I: Hur?\nR: Ring Maria på 0413-123 45.", by=hilda)
    transport = actions.add_code(study=study, name={"en": "Transport", "pt": "Transportes"}, colour="#0066CC", by=None)
    helped = actions.add_code(study=study, name={"en": "What helped"}, description={"en": "People or things that made it easier"}, by=None)
    work = actions.add_code(study=study, name={"en": "Looking for work"}, parent=helped, by=None)
    text = agreed_text(source)
    assert text is not None
    return Made(study, osby, horby, refugees, workers, rita, ruben, hilda, text, raw, transport, helped, work)


def place(text: SourceText, words: str) -> dict[str, int]:
    """Where words stand in a text."""
    start = text.body.index(words)
    return {"start": start, "end": start + len(words)}
