"""What people make of proposals: who looked, who said no, who decided."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError
from django.db.transaction import atomic

from handrail.cases.models import Case
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.mentoring.actions import match_mentor
from handrail.mentoring.models import Mentor
from handrail.people.models import Person
from handrail.placements import events
from handrail.placements.actions.placements import agree_placement
from handrail.placements.models import Choice, Company, Contact, Listed, Look, Placement, Position, Refusal, Round
from handrail.placements.queries import matching as queries

Side = Refusal.Side


@atomic
def note_look(*, round: Round, case: Case | None = None, position: Position | None = None, by: Person) -> bool:
    """Write down that somebody opened a person's proposals, or those for a place; once for each day. Answers whether it is the first time today."""
    _row, is_new = Look.objects.get_or_create(round=round, case=case, position=position, person=by, on=clock.today(), defaults={"at": clock.now()})
    if is_new:
        announce(events.ProposalsOpened(round.uid, case.uid if case else None, position.uid if position else None), by=by)
    return is_new


def refuse_listed(*, listed: Listed, side: str, reason: str = "", whole_company: bool = False, contact: Contact | None = None, by: Person) -> Refusal:
    """Note that the person, or the company, says no to what is proposed: to this place, or to everything of the company. It is not proposed again until it is taken back.

    Raises RuleBroken for an unknown side or reason, and for a contact of another company.
    """
    company = listed.position.company
    return _refuse(listed.shortlist.case, side, reason, contact, by, position=None if whole_company else listed.position, company=company if whole_company else None)


def refuse_company(*, case: Case, company: Company, side: str = Side.PERSON, by: Person) -> Refusal:
    """Note, before anything is proposed, that one side does not want the other. Raises RuleBroken as `refuse_listed` does."""
    return _refuse(case, side, "", None, by, company=company)


def refuse_mentor(*, case: Case, mentor: Mentor, by: Person) -> Refusal:
    """Note that a person does not want a certain mentor; why is not asked."""
    return _refuse(case, Side.PERSON, "", None, by, mentor=mentor)


@atomic
def _refuse(
    case: Case, side: str, reason: str, contact: Contact | None, by: Person, *, position: Position | None = None, company: Company | None = None,
    mentor: Mentor | None = None,
) -> Refusal:  # fmt: skip
    if side not in Side.values:
        raise RuleBroken(_("Say whose no it is."), field="side")
    if reason and reason not in Refusal.Reason.values:
        raise RuleBroken(_("Choose a reason from the list, or none."), field="reason")
    where = company or (position.company if position else None)
    if contact is not None and (side != Side.COMPANY or where is None or contact.company_id != where.pk):
        raise RuleBroken(_("Choose somebody of this company."), field="contact")
    same = Refusal.objects.filter(case=case, position=position, company=company, mentor=mentor, side=side, taken_back_at=None)
    if known := same.first():
        return known  # said twice, it stands once
    try:
        with atomic():
            refusal = Refusal.objects.create(
                case=case, position=position, company=company, mentor=mentor, side=side, reason=reason, contact=contact, noted_by=by, noted_at=clock.now()
            )
    except IntegrityError:  # two at the same instant
        return same.get()
    announce(events.ProposalRefused(refusal.uid, case.uid, side), by=by)
    return refusal


@atomic
def take_back_refusal(*, refusal: Refusal, by: Person) -> Refusal:
    """A no no longer holds; that it was said stays on record."""
    if Refusal.objects.filter(pk=refusal.pk, taken_back_at=None).update(taken_back_at=clock.now(), taken_back_by=by):
        announce(events.RefusalTakenBack(refusal.uid, refusal.case.uid), by=by)
    refusal.refresh_from_db()
    return refusal


@atomic
def decide_on(
    *, listed: Listed, starts_on: date, ends_on: date, hours: int, why: str, mentor: Mentor | None = None, adaptations: str = "", over_limit_reason: str = "", by: Person
) -> Placement:
    """A named person decides on a proposed place: the placement is prepared from here as any other, and the mentor stands beside the person.

    Raises RuleBroken without a reason, when the person no longer agrees, when one side has said no meanwhile, and as `agree_placement` and
    `match_mentor` do; then nothing at all has happened.
    """
    case = listed.shortlist.case
    if len(why.strip()) < 10:
        raise RuleBroken(_("Write in a few words why this place. It is your decision, not the matching's."), field="why")
    if not queries.agreeing([case.person_id], case.programme):
        raise RuleBroken(_("The person no longer agrees that this is shared with companies. Talk about it again first."))
    if (case.pk, listed.position_id) in queries.refused_positions([case.pk]):
        raise RuleBroken(_("One side has said no to this place meanwhile. Choose another one, or take the no back."))
    if mentor is not None and mentor.pk in queries.refused_mentors(case.pk):
        raise RuleBroken(_("The person has said no to this mentor. Choose somebody else, or nobody for now."), field="mentor")
    placement = agree_placement(
        case=case, position=listed.position, starts_on=starts_on, ends_on=ends_on, hours=hours, adaptations=adaptations, over_limit_reason=over_limit_reason, by=by
    )
    if mentor is not None:
        match_mentor(case=case, mentor=mentor, by=by)
    Choice.objects.create(listed=listed, placement=placement, why=why.strip()[:300], by=by, at=clock.now())
    announce(events.ProposalChosen(listed.uid, case.uid, placement.uid), by=by)
    return placement
