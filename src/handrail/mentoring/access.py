"""Who may do what with mentors, lifelines and calls."""

from __future__ import annotations

from handrail.cases.access import coordinates, may_change_case
from handrail.cases.models import Case
from handrail.mentoring import queries
from handrail.mentoring.models import Call, Mentor, Mentorship
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme


def may_list_mentors(person: Person, programme: Programme) -> bool:
    """The placement coordinators of a programme."""
    return authority_of(person).has(Role.PLACEMENT_COORDINATOR, programme=programme.uid)


def may_recruit_mentor(person: Person, programme: Programme) -> bool:
    """As listing."""
    return may_list_mentors(person, programme)


def may_set_terms(person: Person, programme: Programme) -> bool:
    """As listing: within how many minutes a call is answered, and which languages are offered."""
    return may_list_mentors(person, programme)


def may_change_mentor(person: Person, mentor: Mentor) -> bool:
    """The mentor's coordinator, while the mentor is one."""
    return mentor.ended_on is None


def may_match_mentor(person: Person, case: Case) -> bool:
    """The person's caseworker, and the placement coordinator."""
    return may_change_case(person, case) or coordinates(person, case)


def may_make_lifeline(person: Person, case: Case) -> bool:
    """As giving a mentor."""
    return may_match_mentor(person, case)


def may_relieve_mentor(person: Person, mentorship: Mentorship) -> bool:
    """As giving a mentor."""
    return may_match_mentor(person, mentorship.case)


def may_log_contact(person: Person, mentorship: Mentorship) -> bool:
    """The mentor; for a mentor without an account whoever steers it."""
    return mentorship.mentor.person_id == person.pk or may_relieve_mentor(person, mentorship)


def may_see_own_people(person: Person, programme: Programme) -> bool:
    """Mentors of a programme."""
    is_mentor = authority_of(person).has(Role.MENTOR, programme=programme.uid)
    return is_mentor and queries.mentor_of_person(person, programme) is not None


def may_close_call(person: Person, call: Call) -> bool:
    """The placement coordinator, once the call has come to them."""
    return coordinates(person, call.lifeline.case)
