"""Referrals, from both sides: the sender's own people, and what the receiver may be told as long as the person agrees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from handrail.cases.models import Case, Referral
from handrail.cases.queries.cases import cases_visible_to, own_cases
from handrail.cases.queries.conflicts import out_of_conflict
from handrail.cases.rules import days_waiting
from handrail.kit import clock
from handrail.kit.text import _, language_name, local
from handrail.people.models import Consent, Organisation, Person, Role
from handrail.people.queries import authority_of, consent_holds, consented_fields, current_grants
from handrail.programmes.models import Programme

OPEN = (Referral.State.ASKED, Referral.State.ACCEPTED)
RECEIVES = (Role.CASEWORKER, Role.PLACEMENT_COORDINATOR)


@dataclass(frozen=True)
class ReferralRow:
    """One referral as one side sees it."""

    referral: Referral
    who: str
    days: int
    is_received: bool


def organisations_receiving(case: Case) -> QuerySet[Organisation]:
    """Partners of the programme in which somebody could receive a referral; not the case's own organisation.

    Whoever coordinates all of the programme receives for its owner.
    """
    grants = current_grants().filter(role__in=RECEIVES, programme=case.programme.uid)
    ids = {one.organisation_id or case.programme.owner_id for one in grants}
    partners = Organisation.objects.filter(pk__in=case.programme.partners.values("organisation_id"))
    return partners.filter(pk__in=ids).exclude(pk=case.organisation_id).order_by("name")


def referrals_received(person: Person) -> QuerySet[Referral]:
    """Those to an organisation for which one works cases, while the person agrees; a consent that ends takes them away on the next request."""
    agreed = Consent.objects.filter(consent_holds(), person=OuterRef("case__person"), recipient=OuterRef("receiver__uid"))
    here = Q(pk__in=[])
    for one in authority_of(person).held:
        if one.role in RECEIVES:
            place = Q(receiver=one.organisation_id) if one.organisation_id else Q(receiver=F("programme__owner"))
            here |= place if one.programme is None else place & Q(programme__uid=one.programme)
    return _whole(Referral.objects.filter(here, Exists(agreed), out_of_conflict(person, "case")).exclude(state=Referral.State.TAKEN_BACK))


def referrals_visible_to(person: Person) -> QuerySet[Referral]:
    """One's own people's, and those that one's organisation received."""
    received = referrals_received(person).order_by().values("pk")
    return _whole(Referral.objects.filter(Q(case__in=cases_visible_to(person)) | Q(pk__in=received)))


def referrals_of(case: Case) -> list[ReferralRow]:
    """Where a person was referred to, the newest first, for who accompanies them."""
    return [_row(one, one.receiver.name, is_received=False) for one in case.referrals.select_related("receiver")]


def referral_rows(person: Person, programme: Programme) -> tuple[list[ReferralRow], list[ReferralRow]]:
    """What one's organisation received and what was sent, those that wait longest first; at most a hundred each."""
    order = ("answered_at", "referred_at")
    received = referrals_received(person).filter(programme=programme).order_by(*order)[:100]
    sent = _whole(Referral.objects.filter(programme=programme, case__in=cases_visible_to(person))).order_by(*order)[:100]
    return [_row(one, one.case.organisation.name, is_received=True) for one in received], [_row(one, one.case.number, is_received=False) for one in sent]


def referrals_waiting(person: Person) -> QuerySet[Referral]:
    """Received ones that wait for an answer."""
    return referrals_received(person).filter(state=Referral.State.ASKED).order_by("referred_at")


def referrals_declined(person: Person) -> QuerySet[Referral]:
    """Own people's that were declined within the last week."""
    week = clock.now() - timedelta(days=7)
    return _whole(Referral.objects.filter(case__in=own_cases(person), state=Referral.State.DECLINED, answered_at__gt=week))


def waited(referral: Referral) -> int:
    """How many days somebody has waited for the answer, or had."""
    answered = local(referral.answered_at).date() if referral.answered_at else None
    ended = local(referral.ended_at).date() if referral.ended_at else None
    return days_waiting(local(referral.referred_at).date(), answered or ended, today=clock.today())


def told_by(referral: Referral) -> list[tuple[str, str]]:
    """What the receiver reads about the person at this moment: exactly what the consent says, and nothing of a protected name."""
    case, allowed = referral.case, consented_fields(referral.case.person_id, referral.receiver.uid)
    identity = getattr(case.person, "identity", None)
    facts: list[tuple[Any, Any]] = []
    if "first_name" in allowed and identity is not None and not identity.is_protected:
        facts.append((_("First name"), identity.given_name))
    if "languages" in allowed:
        facts.append((_("Languages"), ", ".join(f"{language_name(one.code)} ({one.get_level_display()})" for one in case.languages.all())))
    if "availability" in allowed:
        facts += [(_("Hours a week"), case.hours_wanted or ""), (_("Way to work at most, in minutes"), case.travel_minutes or "")]
    if "contact" in allowed and identity is not None and not identity.is_protected:
        facts.append((_("E-mail"), identity.email))
    return [(str(label), str(value)) for label, value in facts if value]


def receives(person: Person, referral: Referral) -> bool:
    """Whether one is on the receiving side of a referral."""
    return referrals_received(person).filter(pk=referral.pk).exists()


def _row(referral: Referral, who: str, *, is_received: bool) -> ReferralRow:
    return ReferralRow(referral, who, waited(referral), is_received)


def _whole(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    return rows.select_related("programme", "receiver", "case__person__identity", "case__organisation", "case__programme", "answered_by__identity", "referred_by__identity")
