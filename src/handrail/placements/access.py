"""Who may do what with companies, placements and the funnel."""

from __future__ import annotations

from collections.abc import Sequence

from handrail.cases.access import coordinates, is_own
from handrail.cases.models import Case
from handrail.cases.queries import open_entry
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.placements import queries
from handrail.placements.models import Company, Contact, FollowUp, Listed, Placement, Position, Refusal, Round
from handrail.placements.queries import matching
from handrail.programmes.models import Programme

State = Placement.State
READS_COMPANIES = (Role.COMPANY_CONSULTANT, Role.PLACEMENT_COORDINATOR, Role.CASEWORKER)
EDITS_COMPANIES = (Role.COMPANY_CONSULTANT, Role.PLACEMENT_COORDINATOR)


def may_list_companies(person: Person, programme: Programme) -> bool:
    """Company consultants, caseworkers and placement coordinators."""
    return _has(person, programme, *READS_COMPANIES)


def may_add_company(person: Person, programme: Programme) -> bool:
    """Company consultants and placement coordinators."""
    return _has(person, programme, *EDITS_COMPANIES)


def may_edit_company(person: Person, company: Company) -> bool:
    """As adding."""
    return may_add_company(person, company.programme)


def may_edit_position(person: Person, position: Position) -> bool:
    """As the company, while it is offered."""
    return position.closed_on is None and may_edit_company(person, position.company)


def may_end_contact(person: Person, contact: Contact) -> bool:
    """As the company."""
    return contact.ended_on is None and may_edit_company(person, contact.company)


def may_place(person: Person, case: Case, placements: Sequence[Placement] | None = None) -> bool:
    """The own caseworker, and the coordinator of the case, while the person is here and has no open placement; `placements`, where they are at hand."""
    if not steers(person, case):
        return False
    is_placed = queries.open_placement(case) is not None if placements is None else any(one.state in (State.PREPARED, State.RUNNING) for one in placements)
    return not is_placed and open_entry(case) is not None


def steers(person: Person, case: Case) -> bool:
    """The own caseworker, and the placement coordinator of the case."""
    return is_own(person, case) or coordinates(person, case)


def may_make_own_page(person: Person, case: Case) -> bool:
    """The own caseworker, and the placement coordinator of the case."""
    return steers(person, case)


def may_settle_days(person: Person, placement: Placement) -> bool:
    """As making the page, while the placement was not called off: whose word on a day holds is theirs to say."""
    return placement.state != State.CALLED_OFF and steers(person, placement.case)


def may_prepare(person: Person, placement: Placement) -> bool:
    """While it is being prepared: whoever steers the case, and those who look after its company."""
    return placement.state == State.PREPARED and (steers(person, placement.case) or may_edit_company(person, placement.position.company))


def may_start(person: Person, placement: Placement) -> bool:
    """Whoever steers the case, before the start; what is missing is said when they try."""
    return placement.state == State.PREPARED and steers(person, placement.case)


def may_run(person: Person, placement: Placement) -> bool:
    """Extend, complete, stop: whoever steers the case, while it runs."""
    return placement.state == State.RUNNING and steers(person, placement.case)


def may_follow_up(person: Person, follow_up: FollowUp) -> bool:
    """Whoever steers the case."""
    return steers(person, follow_up.placement.case)


def may_note_status(person: Person, case: Case) -> bool:
    """Whoever steers the case, also when the programme is over."""
    return steers(person, case)


def may_see_funnel(person: Person, programme: Programme) -> bool:
    """Whoever works with people or companies here, and whoever answers for the figures; names are another question."""
    return _has(person, programme, *READS_COMPANIES, Role.COORDINATOR, Role.AUDITOR)


def may_see_funnel_people(person: Person, programme: Programme) -> bool:
    """Caseworkers and placement coordinators: each opens those people alone whose cases are theirs to see."""
    return _has(person, programme, Role.PLACEMENT_COORDINATOR, Role.CASEWORKER)


def may_bring_in(person: Person, programme: Programme) -> bool:
    """The placement coordinator brings in people with their histories."""
    return _has(person, programme, Role.PLACEMENT_COORDINATOR)


def may_match(person: Person, programme: Programme) -> bool:
    """The placement coordinators of a programme; each matches the people of the organisations that they coordinate."""
    return _has(person, programme, Role.PLACEMENT_COORDINATOR)


def may_choose_way(person: Person, found: Round) -> bool:
    """The placement coordinator of the organisation, for the latest round."""
    return matching.is_latest(found)


def may_ask_again(person: Person, found: Round) -> bool:
    """The same, once a way was chosen."""
    return found.way != "" and matching.is_latest(found)


def may_stop_round(person: Person, found: Round) -> bool:
    """The same, while it is being worked out."""
    return found.state == Round.State.COMPUTING


def may_say_wishes(person: Person, case: Case) -> bool:
    """The own caseworker, and the coordinator of the case, while the person is not erased."""
    return case.person.erased_at is None and steers(person, case)


def may_answer_proposal(person: Person, listed: Listed) -> bool:
    """Whoever steers the case, while the person agrees that it is shared."""
    return steers(person, listed.shortlist.case) and bool(matching.agreeing([listed.shortlist.case.person_id], listed.shortlist.round.programme))


def may_decide(person: Person, listed: Listed) -> bool:
    """The same, while the person is here and has no open placement."""
    return may_answer_proposal(person, listed) and may_place(person, listed.shortlist.case)


def may_answer_for_company(person: Person, listed: Listed) -> bool:
    """Those who look after the company."""
    return may_edit_company(person, listed.position.company)


def may_see_proposals_for(person: Person, position: Position) -> bool:
    """Those who look after the company, while the place is offered."""
    return may_edit_position(person, position)


def may_take_back(person: Person, refusal: Refusal) -> bool:
    """Whoever steers the case; a company's no also those who look after the company. Once."""
    if refusal.taken_back_at is not None:
        return False
    company = refusal.company or (refusal.position.company if refusal.position else None)
    for_company = refusal.side == Refusal.Side.COMPANY and company is not None and may_edit_company(person, company)
    return for_company or steers(person, refusal.case)


def _has(person: Person, programme: Programme, *roles: str) -> bool:
    authority = authority_of(person)
    return any(authority.has(role, programme=programme.uid) for role in roles)
