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
    instruments.word_questionnaire(version=version, language="sv", words={"label letters": "Behöver du hjälp med brevet?"}, by=by)  # a newer one to ask
    need = actions.write_finding(study=study, kind="need", title={"en": "Letters explained"}, text={}, by=by)
    count = actions.count_for(finding=need, survey=survey, question="letters", values=[YES], by=by)
    hidden = actions.write_finding(study=study, kind="need", title={"en": "Not for everybody yet"}, text={}, by=by)
    actions.show_finding(finding=need, by=by)
    link = competences.link_need(competence=lfi["competence"], finding=need, by=cast.amal)
    guide = actions.write_guide(study=study, title={"en": "Talking"}, topics=[{"title": {}, "questions": [{"en": "Who?"}]}], by=by).guide
    everywhere = {"study": study, "study_group": group, "study_round": round, "guide": guide, "finding": need, "hidden_finding": hidden, "count": count, "need_link": link, "study_version": version}
    for place in ("lfi", *OWN):
        world.places[place] |= everywhere
    _interviews(world, study, group)
    for place in OWN:
        here = world.places[place]
        here["gathering"] = Gathering.objects.select_related("collection").get(study=study, partner__organisation=here["organisation"])
        here["collection"] = here["gathering"].collection
        instruments.give_response(collection=here["collection"], answers={"letters": YES}, language="en", key=uuid4().hex)


def _interviews(world: Any, study: Any, group: Any) -> None:
    """In each town words as they were said, a copy that waits for its second reader, and a text that the study reads, with a mark; a text that two read and have read."""
    code, other = (actions.add_code(study=study, name={"en": name}, by=None) for name in ("Letters", "Work"))
    helper = people.add_person(given_name="Hanna", family_name="Hjälp", email="hanna@example.org", by=None)
    people.grant_role(person=helper, role=Role.RESEARCHER, programme=world.cast.programme.uid, starts_on=date(2016, 10, 1), by=None)
    both = [world.people[f"researcher {town}"] for town in OWN.values()]
    for place, town in OWN.items():
        here, by = world.places[place], world.people[f"researcher {town}"]
        partner = study.partners.get(organisation=here["organisation"])
        facts = {"study": study, "partner": partner, "group": group, "language": "en", "consent": "signed", "text": "I: Who?\nR: I myself."}
        here["raw_source"] = actions.bring_source(**facts, by=by)
        here["asked_source"], here["agreed_source"] = actions.bring_source(**facts, by=helper), actions.bring_source(**facts, by=helper)
        for source in (here["asked_source"], here["agreed_source"]):
            actions.save_redaction(source=source, by=helper)
            actions.ask_second_reader(source=source, by=helper)
        text = actions.agree_redaction(source=here["agreed_source"], by=by)
        here["mark"] = actions.mark_passage(text=text, code=code, start=12, end=20, by=by)
        here["study_partner"] = partner
    tasks = []
    for _number in range(2):
        source = actions.bring_source(**facts, by=helper)
        actions.save_redaction(source=source, by=helper)
        actions.ask_second_reader(source=source, by=helper)
        tasks.append(actions.give_to_two(text=actions.agree_redaction(source=source, by=by), coders=both, by=both[0]))
    for one in both:
        actions.finish_part(task=tasks[0], by=one)
    shared = {"research_code": code, "other_code": other, "helper_researcher": helper, "compared": tasks[0], "task_open": tasks[1], "study_partner": study.partners.first()}
    for place in ("lfi", *OWN):
        world.places[place] |= {key: one for key, one in shared.items() if key not in world.places[place]}
