"""Who may do what with cases. What is sensitive has a door of its own: the caseworker with a reason, or the glass."""

from __future__ import annotations

from handrail.cases import queries
from handrail.cases.models import Case, Conflict, Need, Referral, SealedNote, Step
from handrail.delivery.models import Seat, Session
from handrail.kit import clock
from handrail.people.models import Consent, Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme


def may_list_cases(person: Person, programme: Programme) -> bool:
    """Caseworkers and placement coordinators; which cases stand in the list is decided by `cases_visible_to`."""
    authority = authority_of(person)
    return any(authority.has(role, programme=programme.uid) for role in (Role.CASEWORKER, Role.PLACEMENT_COORDINATOR))


def may_open_case(person: Person, programme: Programme) -> bool:
    """As listing, where one has an organisation among the programme's partners: whoever meets people writes down that they met."""
    return may_list_cases(person, programme) and bool(queries.organisations_worked(person, programme))


def may_change_case(person: Person, case: Case) -> bool:
    """The own caseworker writes, while the person is not erased; a coordinator only where nobody is caseworker yet."""
    return case.person.erased_at is None and (is_own(person, case) or (case.caseworker_id is None and coordinates(person, case)))


def may_give_case(person: Person, case: Case) -> bool:
    """The placement coordinator says who looks after a case."""
    return coordinates(person, case)


def may_change_need(person: Person, need: Need) -> bool:
    """As the case it belongs to."""
    return need.state == Need.State.OPEN and may_change_case(person, need.case)


def may_do_step(person: Person, step: Step) -> bool:
    """As the need it leads to, once."""
    return step.done_on is None and may_change_case(person, step.need.case)


def may_seal_note(person: Person, case: Case) -> bool:
    """The own caseworker, while the person is not erased."""
    return case.person.erased_at is None and is_own(person, case)


def may_open_note(person: Person, note: SealedNote) -> bool:
    """The own caseworker, and whoever has broken the glass for the case within the hour; always with a reason."""
    return queries.notes_visible_to(person).filter(pk=note.pk).exists()


def may_see_kinds(person: Person, case: Case) -> bool:
    """What a sealed note is about already tells something: only who may open it reads that."""
    return is_own(person, case) or queries.emergency_of(person, case) is not None


def may_break_glass(person: Person, case: Case) -> bool:
    """A placement coordinator who is not the caseworker, while the person is in the programme: closed cases stay closed."""
    return queries.cases_behind_glass(person).filter(pk=case.pk).exists()


def may_see_openings(person: Person, case: Case) -> bool:
    """Whoever may see the case sees who opened its sealed notes."""
    return True


def may_withdraw_consent(person: Person, consent: Consent) -> bool:
    """Whoever accompanies the person, for them: taking back must never wait for one colleague."""
    return consent.withdrawn_at is None


def may_list_referrals(person: Person, programme: Programme) -> bool:
    """Caseworkers and placement coordinators, of the sending and the receiving side."""
    return may_list_cases(person, programme)


def may_answer_referral(person: Person, referral: Referral) -> bool:
    """The receiving organisation's caseworkers and placement coordinators, while it waits."""
    return referral.state == Referral.State.ASKED and queries.receives(person, referral)


def may_finish_referral(person: Person, referral: Referral) -> bool:
    """The same, once they have said yes."""
    return referral.state == Referral.State.ACCEPTED and queries.receives(person, referral)


def may_take_back_referral(person: Person, referral: Referral) -> bool:
    """Whoever writes in the person's case, while nobody has answered."""
    return referral.state == Referral.State.ASKED and may_change_case(person, referral.case)


def may_give_place(person: Person, case: Case) -> bool:
    """The own caseworker, and whoever coordinates for the person's organisation: a place in a course is arranged, nothing is read for it."""
    return case.person.erased_at is None and (is_own(person, case) or coordinates(person, case))


def may_give_places(person: Person, session: Session) -> bool:
    """Whoever accompanies people, while the course is planned and not over."""
    return session.state == Session.State.PLANNED and session.ends_at > clock.now() and may_list_cases(person, session.programme)


def may_take_place_back(person: Person, seat: Seat) -> bool:
    """Whoever accompanies the person, while there is a place and the course is to come."""
    return seat.state in (*Seat.HOLDING, Seat.State.WAITING) and seat.session.state == Session.State.PLANNED and seat.session.ends_at > clock.now()


def may_note_told(person: Person, seat: Seat) -> bool:
    """Whoever accompanies the person, while somebody is to tell them."""
    return seat.to_tell_since is not None


def may_keep_away(person: Person, case: Case) -> bool:
    """The own caseworker, and the coordinator, while the person is not erased."""
    return case.person.erased_at is None and (is_own(person, case) or coordinates(person, case))


def may_lift_conflict(person: Person, conflict: Conflict) -> bool:
    """As keeping somebody away."""
    return may_keep_away(person, conflict.case)


def may_see_looks(person: Person, case: Case) -> bool:
    """Whoever accompanies the person sees who looked: the own caseworker, and the coordinator."""
    return True


def coordinates(person: Person, case: Case) -> bool:
    """Placement coordinator of the case's programme and organisation, and not kept away from it."""
    holds = authority_of(person).has(Role.PLACEMENT_COORDINATOR, programme=case.programme.uid, organisation_id=case.organisation_id)
    return holds and not queries.is_kept_away(person, case)


def is_own(person: Person, case: Case) -> bool:
    """Named as the case's caseworker, and caseworker of its programme and organisation at this moment."""
    return queries.is_own_case(person, case)
