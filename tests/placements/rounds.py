"""Kolding with what a matching needs: towns, a second company, people who said what they wish for and agree, mentors with room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from handrail.cases import actions as cases
from handrail.cases.models import Case
from handrail.kit import clock
from handrail.mentoring import actions as mentoring
from handrail.mentoring.models import Mentor
from handrail.people.actions import give_consent
from handrail.people.models import Consent
from handrail.placements import actions as placements
from handrail.placements.actions import matching as actions
from handrail.placements.models import Position, Round
from tests.placements.made import Kolding, make_kolding
from tests.remembered import remembered

WHY = "Det passer bedst for alle"


def agree(kolding: Kolding, case: Case, *, mentors: bool = True, **more: Any) -> Consent:
    """The person agrees that what a matching needs is shared with companies, and with mentors."""
    facts: dict[str, Any] = {"fields": ["languages", "availability"], "purpose": "placement", "wording": "2026-11/da", "language": "da", "until": clock.today() + timedelta(days=90)}
    if mentors:
        give_consent(person=case.person, recipient_kind="organisation", recipient=case.organisation.uid, by=kolding.mette, **{**facts, **more})
    return give_consent(person=case.person, recipient_kind="company", recipient=kolding.programme.uid, by=kolding.mette, **{**facts, **more})


def ready(kolding: Kolding, case: Case, *, wishes: tuple[str, ...] = ("workshop",), area: str = "Kolding", **more: Any) -> Case:
    """Somebody who can be proposed."""
    cases.change_case(case=case, hours_wanted=30, travel_minutes=60, by=kolding.mette)
    cases.say_languages(case=case, levels={"da": "B1", "ti": "first"}, by=kolding.mette)
    agree(kolding, case)
    actions.say_wishes(case=case, area=area, wishes=wishes, **more, by=kolding.mette)
    return case


def person(kolding: Kolding, given: str, **more: Any) -> Case:
    """One more person of Mette's who can be proposed."""
    case = cases.open_case(
        programme=kolding.programme, organisation=kolding.kommune, given_name=given, started_on=clock.today() - timedelta(days=10), caseworker=kolding.mette, by=kolding.mette
    )
    return ready(kolding, case, **more)


def kitchen(kolding: Kolding, *, places: int = 1, name: str = "Havnens Køkken") -> Position:
    """A second company with a place in a kitchen."""
    company = placements.add_company(programme=kolding.programme, name=name, ordinary_staff=30, region="Syddanmark", town="Kolding", by=kolding.lars)
    placements.add_contact(company=company, name="Jette Lund", phone="10", by=kolding.lars)
    found = placements.offer_position(company=company, title="Køkkenhjælper", tasks=["Lave mad"], hours=25, language="da", language_level="A2", places=places, by=kolding.lars)
    return actions.describe_position(position=found, fields=["kitchen"], needs={"cooking": 2}, develops={"cooking": 1}, by=kolding.lars)


def mentor(kolding: Kolding) -> Mentor:
    """A mentor who is prepared, lives in Kolding and has room for two."""
    made = mentoring.recruit_mentor(
        programme=kolding.programme, organisation=kolding.kommune, given_name="Hanne", family_name="Krogh", email="hanne@example.org", languages=["da"], by=kolding.coordinator
    )
    mentoring.prepare_mentor(mentor=made, by=kolding.coordinator)
    actions.note_reach(mentor=made, area="Kolding", most_minutes=60, by=kolding.coordinator)
    return made


def market(kolding: Kolding) -> Position:
    """Two people, two places, a mentor; answers the kitchen."""
    placements.change_company(company=kolding.company, town="Kolding", by=kolding.lars)
    actions.describe_position(position=kolding.position, fields=["workshop"], by=kolding.lars)
    actions.note_way(programme=kolding.programme, one="Kolding", other="Kolding", minutes=20, by=kolding.coordinator)
    mentor(kolding)
    ready(kolding, kolding.dawit, wishes=("kitchen", "workshop"), skills={"cooking": 2})
    ready(kolding, kolding.selam, wishes=("kitchen",))
    return kitchen(kolding)


def round_of(kolding: Kolding, *, way: str = "best_total") -> Round:
    """A round that was worked out here and now, with its way chosen unless there is to be none."""
    found = actions.compute_round(actions.ask_round(programme=kolding.programme, organisation=kolding.kommune, by=kolding.coordinator))
    return actions.choose_way(found=found, way=way, reason=WHY, by=kolding.coordinator) if way else found


def made_round() -> tuple[Kolding, Position, Round]:
    """Kolding with a round for which best total was chosen; the kitchen's one place is proposed to Dawit."""
    kolding = make_kolding()
    place = market(kolding)
    return kolding, place, round_of(kolding)


def the_round() -> tuple[Kolding, Position, Round]:
    """The same rows for every test, made once."""
    return remembered("placements-round", made_round)
