"""A study that Osby holds together and both towns ask in, with what each collected and brought in, and what was found."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from handrail.competences import actions as competences
from handrail.instruments import actions as instruments
from handrail.instruments import formats
from handrail.people import actions as people
from handrail.people.models import Role
from handrail.research import actions
from handrail.research.models import Gathering
from tests.research.world import YES, form

OWN = {"osby": "Osby", "horby": "Hörby"}


def add_researchers(world: Any) -> None:
    """Somebody in each town does research there."""
    for place, town in OWN.items():
        person = people.add_person(given_name="Rita", family_name=town, email=f"rita.{place}@example.org", by=None)
        people.grant_role(
            person=person, role=Role.RESEARCHER, programme=world.cast.programme.uid, organisation=world.places[place]["organisation"], starts_on=date(2016, 10, 1), by=None
        )
        world.people[f"researcher {town}"] = person


def add_research(world: Any) -> None:
    """The study with partners, groups, a round that runs, answers, a guide, a need that everybody reads and one that only the study does."""
    cast, lfi = world.cast, world.places["lfi"]
    by = world.people["researcher Osby"]
    version = instruments.publish_questionnaire(programme=cast.programme, file_name="arriving.xlsx", content=formats.write_xlsform(form()), kind="study", by=cast.amal)
    study = actions.open_study(
        programme=cast.programme, title={"en": "Arriving"}, question={"en": "What helps?"}, coordinator=cast.osby, languages=["en", "ar"], starts_on=date(2018, 1, 1), ends_on=date(2018, 12, 31), by=by
    )
    group = actions.add_group(study=study, code="R", title={"en": "Refugees"}, consent={"en": "We ask."}, by=by)
    for place in OWN:
        actions.add_study_partner(study=study, organisation=world.places[place]["organisation"], country="SE", by=by)
    survey = actions.choose_survey(study=study, group=group, questionnaire=version.questionnaire, by=by)
    round = actions.open_study_round(study=study, title={"en": "Spring"}, opens_on=date(2018, 4, 1), closes_on=date(2018, 5, 31), by=by)
    actions.gather_for_all(round=round, by=by)
    need = actions.write_finding(study=study, kind="need", title={"en": "Letters explained"}, text={}, by=by)
    count = actions.count_for(finding=need, survey=survey, question="letters", values=[YES], by=by)
    hidden = actions.write_finding(study=study, kind="need", title={"en": "Not for everybody yet"}, text={}, by=by)
    actions.show_finding(finding=need, by=by)
    link = competences.link_need(competence=lfi["competence"], finding=need, by=cast.amal)
    guide = actions.write_guide(study=study, title={"en": "Talking"}, topics=[{"title": {}, "questions": [{"en": "Who?"}]}], by=by).guide
    everywhere = {"study": study, "study_group": group, "study_round": round, "guide": guide, "finding": need, "hidden_finding": hidden, "count": count, "need_link": link, "study_version": version}
    for place in ("lfi", *OWN):
        world.places[place] |= everywhere
    for place in OWN:
        here = world.places[place]
        here["gathering"] = Gathering.objects.select_related("collection").get(study=study, partner__organisation=here["organisation"])
        here["collection"] = here["gathering"].collection
        instruments.give_response(collection=here["collection"], answers={"letters": YES}, language="en", key=uuid4().hex)
