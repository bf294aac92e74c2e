"""Mentors of both towns, and in each somebody with a mentor, a card and a call that waits."""

from __future__ import annotations

from typing import Any

from handrail.cases import actions as cases
from handrail.kit import clock
from handrail.kit.models import SentMail
from handrail.mentoring import actions
from handrail.mentoring.models import Call

OWN = {"osby": "Osby", "horby": "Hörby"}


def add_mentors(world: Any) -> None:
    """Each town has a mentor who signs in, and one who stands behind."""
    for place, town in OWN.items():
        here, placer = world.places[place], world.people[f"placer {town}"]
        for kind, given in (("mentor_row", "Moa"), ("spare", "Stina")):
            here[kind] = actions.recruit_mentor(
                programme=world.cast.programme, organisation=here["organisation"], given_name=given, family_name=place,
                email=f"{given}.{place}@example.org".lower(), capacity=3, by=placer,
            )  # fmt: skip
            actions.prepare_mentor(mentor=here[kind], by=placer)
        world.people[f"mentor {town}"] = here["mentor_row"].person


def add_lifelines(world: Any, place: str) -> None:
    """A card and a call; and a call of somebody without a mentor, which has come to the placement coordinator."""
    here, placer = world.places[place], world.people[f"placer {OWN[place]}"]
    worker = here["caseworker"]
    here["mentorship"] = actions.match_mentor(case=here["case"], mentor=here["mentor_row"], by=placer)
    lifeline, here["lifeline_token"] = actions.make_lifeline(case=here["case"], language="en", by=worker)
    actions.ask_for_mentor(lifeline=lifeline, key="key-of-the-worlds-page")
    here["call"] = Call.objects.get(lifeline=lifeline)
    mail = SentMail.objects.filter(person=here["mentor_row"].person.uid, template="mentoring/mail/asked").latest("pk")
    here["call_token"] = mail.text.partition("/asked/")[2].partition("/")[0]
    alone = cases.open_case(programme=world.cast.programme, organisation=here["organisation"], given_name="Ensam", started_on=clock.today(), by=worker)
    line, _token = actions.make_lifeline(case=alone, language="en", by=worker)
    actions.ask_for_mentor(lifeline=line, key="key-of-the-other-page")
    here["placers_call"] = Call.objects.get(lifeline=line)
