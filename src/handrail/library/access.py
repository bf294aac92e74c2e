"""Who may do what in the library."""

from __future__ import annotations

from handrail.library import queries
from handrail.library.models import Adoption, Barrier, Practice, Review
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme
from handrail.research.access import sees_true_counts
from handrail.research.models import Code

State = Practice.State


def may_read_library(person: Person, programme: Programme) -> bool:
    """Project owners, researchers, process leaders and trainers of the programme."""
    return queries.reads(person, programme)


def may_write_here(person: Person, programme: Programme) -> bool:
    """Researchers for their own organisation, the project owner for every partner."""
    return queries.keeps(person, programme) or authority_of(person).has(Role.RESEARCHER, programme=programme.uid)


def may_invite_writers(person: Person, programme: Programme) -> bool:
    """Whoever keeps the library asks others to write by link."""
    return queries.keeps(person, programme)


def may_write(person: Person, practice: Practice) -> bool:
    """A draft: whoever keeps the library, and researchers of the organisation that brings it."""
    return practice.state == State.DRAFT and _brings(person, practice)


def may_revise(person: Person, practice: Practice) -> bool:
    """What is published gets a new version from the same people."""
    return practice.state in (State.PUBLISHED, State.OUTDATED) and _brings(person, practice)


def may_translate(person: Person, practice: Practice) -> bool:
    """Whoever writes in the programme translates what everybody reads, whoever brought it."""
    return practice.is_public and practice.programme is not None and may_write_here(person, practice.programme)


def may_keep(person: Person, practice: Practice) -> bool:
    """Whoever keeps the library decides on what was handed in, published or found out of date."""
    return practice.state not in (State.DRAFT, State.ARCHIVED) and queries.keeps(person, practice.programme)


def may_ask_reviews(person: Person, practice: Practice) -> bool:
    """While it is handed in or in review."""
    return practice.state in (State.SUBMITTED, State.IN_REVIEW) and queries.keeps(person, practice.programme)


def may_publish(person: Person, practice: Practice) -> bool:
    """Whoever keeps the library; that two people recommend it is asked by the action."""
    return practice.state == State.IN_REVIEW and queries.keeps(person, practice.programme)


def may_send_back(person: Person, practice: Practice) -> bool:
    """While it is handed in or in review."""
    return may_ask_reviews(person, practice)


def may_say_it_holds(person: Person, practice: Practice) -> bool:
    """Of what is published."""
    return practice.state in (State.PUBLISHED, State.OUTDATED) and queries.keeps(person, practice.programme)


def may_withdraw(person: Person, practice: Practice) -> bool:
    """Whoever keeps the library, at any time."""
    return practice.state != State.ARCHIVED and queries.keeps(person, practice.programme)


def may_send_link(person: Person, practice: Practice) -> bool:
    """For a draft that is written by link."""
    return practice.by_link and practice.state == State.DRAFT and queries.keeps(person, practice.programme)


def may_see_reviews(person: Person, practice: Practice) -> bool:
    """Whoever keeps the library, and whoever brings the practice."""
    return queries.keeps(person, practice.programme) or _brings(person, practice)


def may_review(person: Person, review: Review) -> bool:
    """Whoever was asked, until it is finished."""
    return review.reviewer_id == person.pk and review.done_at is None and review.version.practice.state == State.IN_REVIEW


def may_adopt(person: Person, practice: Practice) -> bool:
    """Whoever acts for an organisation."""
    return practice.is_public and practice.state != State.OUTDATED and queries.reads_any(person)


def may_note_barriers(person: Person, programme: Programme) -> bool:
    """Whoever writes practices."""
    return may_write_here(person, programme)


def may_change_barrier(person: Person, barrier: Barrier) -> bool:
    """Whoever writes practices in its programme."""
    return barrier.programme is not None and may_write_here(person, barrier.programme)


def may_act(person: Person, adoption: Adoption) -> bool:
    """Whoever acts for the organisation, until the result is told."""
    return adoption.state == Adoption.State.RUNNING and queries.may_act_in(person, adoption)


def may_answer_checklist(person: Person, programme: Programme) -> bool:
    """Whoever acts for an organisation of the programme."""
    return queries.reads(person, programme)


def _brings(person: Person, practice: Practice) -> bool:
    if queries.keeps(person, practice.programme):
        return True
    if practice.programme is None or practice.organisation_id is None:
        return False
    return queries.writes_for(person, practice.programme).filter(pk=practice.organisation_id).exists()


def may_draft_from(person: Person, code: Code) -> bool:
    """Whoever does research in the study and writes practices for an organisation of its programme."""
    study = code.codebook.study
    return sees_true_counts(person, study) and may_write_here(person, study.programme)
