"""Who may do what about companies' questions."""

from __future__ import annotations

from typing import Any

from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.placements.queries.company import SERVES
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to
from handrail.support import queries
from handrail.support.models import Duty, Guidance, Question
from handrail.support.queries.guidance import READS


def may_list_questions(person: Person, programme: Programme) -> bool:
    """Company consultants and placement coordinators of the programme; and whoever was given a question."""
    return _serves(person, programme) or queries.questions_visible_to(person).filter(programme=programme).exists()


def may_answer(person: Person, question: Question) -> bool:
    """Whoever sees a question may answer it, until it is closed: two who know are better than one who waits."""
    return question.state != Question.State.CLOSED


def may_give(person: Person, question: Question) -> bool:
    """Whoever serves the programme's companies says who answers."""
    return question.state == Question.State.OPEN and _serves(person, question.programme)


def may_close(person: Person, question: Question) -> bool:
    """Whoever sees an answered question."""
    return question.state == Question.State.ANSWERED


def may_keep(person: Person, question: Question) -> bool:
    """Whoever serves the programme's companies makes guidance of an answer."""
    return question.state != Question.State.OPEN and _serves(person, question.programme)


def may_read_guidance(person: Person, programme: Programme) -> bool:
    """Consultants, coordinators, caseworkers and mentors of the programme."""
    authority = authority_of(person)
    return any(authority.has(role, programme=programme.uid) for role in READS)


def may_write_guidance(person: Person, programme: Programme) -> bool:
    """Those who serve its companies."""
    return _serves(person, programme)


def may_change_guidance(person: Person, guidance: Guidance) -> bool:
    """As writing, while it is used."""
    return guidance.withdrawn_at is None and _serves(person, guidance.programme)


def may_see_times(person: Person, programme: Programme) -> bool:
    """Everybody in the programme: how soon companies get an answer is no secret."""
    return programmes_visible_to(person).filter(pk=programme.pk).exists()


def may_set_duty(person: Person, programme: Programme) -> bool:
    """The placement coordinator says who is on duty."""
    return authority_of(person).has(Role.PLACEMENT_COORDINATOR, programme=programme.uid)


def may_end_duty(person: Person, duty: Duty) -> bool:
    """As setting."""
    return may_set_duty(person, duty.programme)


def may_ask_for(person: Person, company: Any) -> bool:
    """Whoever serves a company writes down what it asked on the phone."""
    return _serves(person, company.programme)


def _serves(person: Person, programme: Programme) -> bool:
    authority = authority_of(person)
    return any(authority.has(role, programme=programme.uid) for role in SERVES)
