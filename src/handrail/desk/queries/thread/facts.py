"""What the steps say beside their record: who, how many there are, who held it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from handrail.competences.models import Competence
from handrail.curriculum.models import LearningOutcome
from handrail.delivery.models import Attendance, Session
from handrail.delivery.queries import current_attendance, is_trainer, sessions_visible_to
from handrail.desk.queries.thread.counting import counted
from handrail.desk.queries.thread.trail import Level, Trail
from handrail.evidence.models import LedgerLine, Signature
from handrail.kit.text import _
from handrail.people.models import Employment
from handrail.people.queries import Name, current_employments, names_visible_to
from handrail.programmes.models import Participation


@dataclass(frozen=True)
class Facts:
    """Everything the words need, read in a fixed number of queries; nothing of a person whom the reader may not see."""

    who: str = ""  # "for Mirza Delić, social worker in Osby."; empty where nobody is followed or named
    name: str = ""  # how the person is called here
    is_own: bool = False
    participation: Participation | None = None
    work: Employment | None = None
    trainer: str = ""
    signatures: tuple[Signature, ...] = ()
    lines: int = 0
    attendances: int = 0
    corrections: int = 0
    present: int = 0
    sessions_held: int = 0
    opens_session: bool = False
    outcomes: int = 0
    competences: int = 0


def facts_of(trail: Trail) -> Facts:
    """Read what the steps of this trail need."""
    participation = _participation(trail)
    work = _work(trail, participation)
    names = _names(trail)
    name = names.get(trail.person_id or 0)
    trainer = names.get(trail.session.trainer_id or 0) if trail.session and trail.session.trainer_id else None
    is_own = trail.person_id == trail.sight.viewer.pk
    called = _called(trail, name, participation)
    counts = counted(trail.programme, **_to_count(trail)) | ({"lines": trail.lines_count} if trail.lines_count else {})
    return Facts(
        who=_for_whom(called, participation, work, name, is_own=is_own) if called or is_own else "", name=called, is_own=is_own,
        participation=participation, work=work, trainer="" if trainer is None or trail.sight.is_auditor else str(trainer),
        signatures=tuple(trail.certificate.signatures.all()) if trail.certificate and not trail.is_closed else (),
        opens_session=bool(counts.pop("opens")), **counts, corrections=sum(1 for one in trail.covered if one.attendance.replaces_id) if not trail.is_closed else 0,
    )  # fmt: skip


def _participation(trail: Trail) -> Participation | None:
    if trail.person_id is None:
        return None
    if trail.certificate is not None:
        return trail.certificate.participation
    if trail.start == Level.MINUTES:
        return trail.participation
    rows = Participation.objects.filter(programme=trail.programme, person_id=trail.person_id)
    return rows.select_related("organisation").first()


def _work(trail: Trail, participation: Participation | None) -> Employment | None:
    """Where the person works today, for the organisation they take part for."""
    if trail.person_id is None:
        return None
    rows = current_employments().filter(person_id=trail.person_id)
    if participation is not None:
        rows = rows.filter(organisation=participation.organisation_id)
    return rows.select_related("unit").first()


def _names(trail: Trail) -> dict[int, Name]:
    """The followed person's name where it may stand (a trainer's own session included), and the trainer's, who stands there in office."""
    trainer = trail.session.trainer_id if trail.session else None
    ids = {one for one in (trail.person_id, trainer) if one}
    also = {trainer} if trainer else set()
    if trail.start == Level.MINUTES and trail.session is not None and is_trainer(trail.sight.viewer, trail.session):
        also = ids
    names = names_visible_to(trail.sight.viewer, ids, also=also)
    return {one: names[one] for one in ids}


def _called(trail: Trail, name: Name | None, participation: Participation | None) -> str:
    if trail.person_id is None:
        return ""
    if name is None or name.is_hidden or (trail.sight.is_auditor and trail.person_id != trail.sight.viewer.pk):
        return participation.number if participation else str(_("A participant"))
    return name.text


def _for_whom(called: str, participation: Participation | None, work: Employment | None, name: Name | None, *, is_own: bool) -> str:
    place = str(participation.organisation) if participation else ""
    if is_own:
        return str(_("for you."))
    is_named = name is not None and called == name.text
    if is_named and work and work.job_title and place:
        return str(_("for %(name)s, %(title)s in %(place)s.") % {"name": called, "title": work.job_title.lower(), "place": place})
    if place:
        return str(_("for %(name)s in %(place)s.") % {"name": called, "place": place})
    return str(_("for %(name)s.") % {"name": called})


def _to_count(trail: Trail) -> dict[str, QuerySet[Any] | None]:
    """What is counted beside the records: of the programme for those who see its totals, else of the person."""
    programme, session = trail.programme, trail.session
    lines, attendances = LedgerLine.objects.filter(programme=programme), current_attendance(programme).filter(minutes__gt=0)
    if not trail.sight.sees_totals and trail.person_id is not None:
        lines, attendances = lines.filter(person_id=trail.person_id), attendances.filter(person_id=trail.person_id)
    from_figure = trail.start <= Level.MINUTES
    return {
        "lines": lines if from_figure and not trail.lines_count else None,
        "attendances": attendances if from_figure else None,
        "sessions_held": Session.objects.filter(programme=programme, audience=Session.Audience.STAFF, state=Session.State.HELD) if session else None,
        "present": Attendance.objects.filter(session=session, replaced_by=None, minutes__gt=0) if session else None,
        "opens": sessions_visible_to(trail.sight.viewer).filter(pk=session.pk) if session else None,
        "outcomes": LearningOutcome.objects.filter(module__programme=programme, module__retired_at=None),
        "competences": Competence.objects.filter(framework=trail.framework, retired_at=None) if trail.framework else None,
    }
