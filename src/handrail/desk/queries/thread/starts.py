"""Where a thread may begin, kind by kind: only among what its reader may open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from handrail.competences.models import Competence, Rating
from handrail.competences.queries import frameworks_visible_to, sharings_visible_to
from handrail.curriculum.queries import outcomes_visible_to
from handrail.delivery.models import Attendance, Session
from handrail.delivery.queries import attendance_visible_to, is_trainer, sessions_visible_to
from handrail.desk.queries.thread.trail import Level, NotThereError, Sight, Trail
from handrail.evidence.models import LedgerLine
from handrail.evidence.queries import certificates_visible_to, claims_visible_to
from handrail.instruments.models import Submission
from handrail.people.models import Organisation, Person
from handrail.people.queries import persons_visible_to
from handrail.programmes.models import Participation, Programme
from handrail.programmes.queries import programmes_visible_to


def start_of(viewer: Person, kind: str, uid: UUID, *, via: list[UUID], organisation: UUID | None) -> Trail:
    """The beginning of a thread. Raises NotThereError where there is nothing that this reader may open."""
    begin = KINDS.get(kind)
    if begin is None:
        raise NotThereError
    trail = begin(viewer, uid)
    trail.kind, trail.via = kind, via
    if organisation is not None:
        if trail.start < Level.COMPETENCE:
            raise NotThereError
        trail.organisation = _one(Organisation.objects.filter(pk__in=trail.programme.partners.values("organisation_id")), organisation)
        trail.wants_place = True
    return trail


def _one(rows: QuerySet[Any], uid: UUID) -> Any:
    found = rows.filter(uid=uid).first()
    if found is None:
        raise NotThereError
    return found


def _total(viewer: Person, uid: UUID) -> Trail:
    sight = Sight(viewer, _one(programmes_visible_to(viewer), uid))
    if not sight.sees_totals:
        raise NotThereError
    return Trail("total", Level.FIGURE, sight)


def _organisation_total(viewer: Person, uid: UUID) -> Trail:
    programmes: QuerySet[Programme] = programmes_visible_to(viewer).filter(partners__organisation__uid=uid).order_by("pk")
    for programme in programmes:
        sight = Sight(viewer, programme)
        organisation: Organisation = _one(Organisation.objects.all(), uid)
        if sight.sees_places or organisation.pk in sight.led:
            return Trail("organisation-total", Level.PLACE, sight, organisation=organisation)
    raise NotThereError


def _month(viewer: Person, uid: UUID) -> Trail:
    claim = _one(claims_visible_to(viewer), uid)
    sight = Sight(viewer, claim.programme)
    if not sight.sees_totals:
        raise NotThereError
    return Trail("month", Level.FIGURE, sight, claim=claim)


def _certificate(viewer: Person, uid: UUID) -> Trail:
    found = _one(certificates_visible_to(viewer), uid)
    line = LedgerLine.objects.filter(certificate=found).select_related("unit_cost", "rule").first()
    return Trail(
        "certificate", Level.HOURS, Sight(viewer, found.programme), certificate=found, line=line, person_id=found.person_id,
        organisation=found.organisation,
    )  # fmt: skip


def _ledger_line(viewer: Person, uid: UUID) -> Trail:
    rows = LedgerLine.objects.filter(certificate__in=certificates_visible_to(viewer)).select_related(
        "unit_cost", "rule", "programme", "organisation", "certificate__participation", "certificate__organisation"
    )
    line: LedgerLine = _one(rows, uid)
    return Trail(
        "ledger-line", Level.HOURS, Sight(viewer, line.programme), certificate=line.certificate, line=line, person_id=line.person_id,
        organisation=line.organisation,
    )  # fmt: skip


def _attendance(viewer: Person, uid: UUID) -> Trail:
    found: Attendance = _one(attendance_visible_to(viewer).filter(session__audience=Session.Audience.STAFF), uid)
    sight = Sight(viewer, found.session.programme)
    if not (sight.is_auditor or persons_visible_to(viewer).filter(pk=found.person_id).exists() or is_trainer(viewer, found.session)):
        raise NotThereError  # the project owner sees sessions, not who was there for how long
    part = Participation.objects.filter(programme=sight.programme, person_id=found.person_id).select_related("organisation").first()
    return Trail(
        "attendance", Level.MINUTES, sight, attendance=found, session=found.session, person_id=found.person_id, participation=part,
        organisation=part.organisation if part else found.session.organisation,
    )  # fmt: skip


def _session(viewer: Person, uid: UUID) -> Trail:
    found: Session = _one(sessions_visible_to(viewer).filter(audience=Session.Audience.STAFF).exclude(state=Session.State.CANDIDATE), uid)  # a newcomers' course closes no gap
    return Trail("session", Level.SESSION, Sight(viewer, found.programme), session=found, organisation=found.organisation)


def _outcome(viewer: Person, uid: UUID) -> Trail:
    found = _one(outcomes_visible_to(viewer).select_related("module__programme", "competence__framework"), uid)
    return Trail("outcome", Level.OUTCOME, Sight(viewer, found.module.programme), outcome=found, outcomes=[found], competence=found.competence)


def _competences(viewer: Person) -> QuerySet[Competence]:
    return Competence.objects.filter(framework__in=frameworks_visible_to(viewer)).select_related("framework__programme", "area")


def _competence(viewer: Person, uid: UUID) -> Trail:
    found = _one(_competences(viewer), uid)
    return Trail("competence", Level.COMPETENCE, Sight(viewer, found.framework.programme), competence=found)


def _cell(viewer: Person, uid: UUID) -> Trail:
    found = _one(_competences(viewer), uid)
    sight = Sight(viewer, found.framework.programme)
    if not sight.map.municipalities:
        raise NotThereError
    return Trail("cell", Level.GAP, sight, competence=found)


def _rating(viewer: Person, uid: UUID) -> Trail:
    mine = Q(person=viewer) | Q(person_id__in=sharings_visible_to(viewer).values("person_id"))
    found: Rating = _one(Rating.objects.filter(mine).select_related("competence__framework__programme", "competence__area", "round"), uid)
    return Trail(
        "rating", Level.COMPETENCE, Sight(viewer, found.competence.framework.programme), competence=found.competence, rating=found,
        person_id=found.person_id,
    )  # fmt: skip


def _submission(viewer: Person, uid: UUID) -> Trail:
    shared = Q(invitation__respondent=F("invitation__about"), invitation__about_id__in=sharings_visible_to(viewer).values("person_id"))
    rows = Submission.objects.filter(Q(invitation__respondent=viewer) | shared, is_complete=True)
    found: Submission = _one(rows.select_related("invitation__round__programme", "invitation__round__version__questionnaire"), uid)
    ratings = list(
        Rating.objects.filter(submission=found.uid).select_related("competence__framework__programme", "competence__area", "round")
        .order_by("level", "competence__area__order", "competence__order", "pk")
    )  # fmt: skip
    if not ratings and found.invitation.respondent_id != viewer.pk:
        raise NotThereError  # what was shared are levels; other answers stay with the one who gave them
    programme = found.invitation.round.programme
    return Trail(
        "submission", Level.COMPETENCE if ratings else Level.ANSWER, Sight(viewer, programme), submission=found, ratings=ratings,
        person_id=found.invitation.about_id,
    )  # fmt: skip


KINDS: dict[str, Callable[[Person, UUID], Trail]] = {
    "total": _total, "claim-total": _total, "organisation-total": _organisation_total, "month": _month, "ledger-line": _ledger_line,
    "certificate": _certificate, "attendance": _attendance, "session": _session, "outcome": _outcome, "competence": _competence,
    "cell": _cell, "rating": _rating, "submission": _submission,
}  # fmt: skip
