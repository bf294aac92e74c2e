"""A study of two partners and two groups, with answers and marked passages, made by the actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from handrail.instruments import actions as instruments
from handrail.instruments import formats
from handrail.instruments.formats import Choice, Form, Item, Language
from handrail.instruments.models import Questionnaire
from handrail.kit import clock
from handrail.people import actions as people
from handrail.people.models import Organisation, Person, Role
from handrail.research import actions
from handrail.research.models import (
    Code,
    Coding,
    Gathering,
    RespondentGroup,
    Source,
    SourceText,
    Study,
    StudyPartner,
    StudyRound,
    StudySurvey,
)

YES, NO = "often", "never"
HELP = (Choice(YES, {"en": "Often", "sv": "Ofta"}), Choice("now", {"en": "Now and then", "sv": "Ibland"}), Choice(NO, {"en": "Never", "sv": "Aldrig"}))


def form(form_id: str = "arriving") -> Form:
    """Two questions to choose in, one to write in."""
    items = (
        Item(kind=formats.SELECT_ONE, name="letters", labels={"en": "Do you need help with letters?", "sv": "Behöver du hjälp med brev?"}, list_name="help", choices=HELP),
        Item(
            kind=formats.SELECT_MULTIPLE, name="learn", labels={"en": "What do you need to learn?"}, list_name="learn",
            choices=(Choice("plain", {"en": "To write plainly"}), Choice("law", {"en": "What the law says"})),
        ),
        Item(kind=formats.TEXT, name="words", labels={"en": "What would you say?"}),
    )  # fmt: skip
    return Form("Arriving", form_id, "1", (Language("en", "English"), Language("sv", "Svenska")), "en", items)


@dataclass
class World:
    """What a test asks for."""

    study: Study
    osby: StudyPartner
    horby: StudyPartner
    refugees: RespondentGroup
    workers: RespondentGroup
    round: StudyRound
    survey: StudySurvey  # the refugees' own
    asked: StudySurvey  # the workers'
    amal: Person  # steers
    rita: Person  # researcher, Osby
    hugo: Person  # researcher, Hörby
    stranger: Person

    def gathering(self, partner: StudyPartner, group: RespondentGroup) -> Gathering:
        return Gathering.objects.select_related("collection__programme", "collection__version__questionnaire").get(partner=partner, group=group)

    def answer(self, partner: StudyPartner, group: RespondentGroup, answers: Mapping[str, Any], times: int = 1) -> None:
        """So many people give the same answers."""
        collection = self.gathering(partner, group).collection
        for _time in range(times):
            instruments.give_response(collection=collection, answers=answers, language="en", key=uuid4().hex)

    def passage(self, text: str, *, sign: str, partner: StudyPartner | None = None, group: RespondentGroup | None = None, language: str = "en", agreed: bool = True) -> Coding:
        """A text of one source, all of it marked."""
        source = Source.objects.create(
            study=self.study, kind=Source.Kind.INTERVIEW, sign=sign, partner=partner or self.osby, group=group or self.refugees, language=language, brought_at=clock.now(), brought_by=self.rita
        )
        body = SourceText.objects.create(
            source=source, kind=SourceText.Kind.REDACTED, language=language, body=text, turns=[{"who": "R", "start": 0, "end": len(text)}], made_at=clock.now(),
            agreed_at=clock.now() if agreed else None,
        )  # fmt: skip
        code, _new = Code.objects.get_or_create(codebook=self.study.codebook, name={"en": "Letters"})
        return Coding.objects.create(text=body, code=code, start=0, end=len(text), coder=self.rita, coded_at=clock.now())


def researcher(programme: Any, organisation: Organisation, name: str) -> Person:
    """Somebody who does research for an organisation of a programme."""
    person = people.add_person(given_name=name, family_name="Forskare", email=f"{name.lower()}@example.org", by=None)
    people.grant_role(person=person, role=Role.RESEARCHER, programme=programme.uid, organisation=organisation, by=None)
    return person


def make_study(cast: Any) -> World:
    """The study, open for answers since the first of April."""
    programme = cast.programme
    version = instruments.publish_questionnaire(programme=programme, file_name="arriving.xlsx", content=formats.write_xlsform(form()), kind=Questionnaire.Kind.STUDY, by=None)
    study = actions.open_study(
        programme=programme, title={"en": "Arriving"}, question={"en": "What helps?"}, coordinator=cast.osby, languages=["en", "sv", "ar"], starts_on=date(2018, 1, 1), ends_on=date(2018, 12, 31), by=None
    )
    osby = actions.add_study_partner(study=study, organisation=cast.osby, country="SE", area="Osby", by=None)
    horby = actions.add_study_partner(study=study, organisation=cast.horby, country="PT", by=None)
    groups = {
        code: actions.add_group(study=study, code=code, title={"en": title}, consent={"en": f"We ask you as {title.lower()}."}, by=None)
        for code, title in (("R", "Refugees"), ("W", "Workers"))
    }
    surveys = {code: actions.choose_survey(study=study, group=group, questionnaire=version.questionnaire, by=None) for code, group in groups.items()}
    round = actions.open_study_round(study=study, title={"en": "Spring"}, opens_on=date(2018, 4, 1), closes_on=date(2018, 5, 31), by=None)
    actions.gather_for_all(round=round, by=None)
    return World(
        study, osby, horby, groups["R"], groups["W"], round, surveys["R"], surveys["W"], cast.amal, researcher(programme, cast.osby, "Rita"), researcher(programme, cast.horby, "Hugo"),
        cast.stranger,
    )  # fmt: skip
