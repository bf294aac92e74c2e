"""Follows the reasons down: of each record the one below it, the largest or latest unless the address names another."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Case, Count, IntegerField, QuerySet, Sum, Value, When

from handrail.competences.models import Rating
from handrail.curriculum.models import LearningOutcome
from handrail.delivery.models import Attendance, Session
from handrail.desk.queries.thread.trail import Level, Trail
from handrail.evidence.models import CertificateLine, LedgerLine
from handrail.evidence.queries import counted_lines
from handrail.instruments.models import Round
from handrail.people.models import Organisation


def walk(trail: Trail) -> None:
    """Fill the trail from where it starts to the answer. Raises NotThereError for a way that is not on it."""
    if trail.start <= Level.PLACE:
        _follow_line(trail)
    if trail.start <= Level.HOURS:
        _follow_minutes(trail)
    if trail.start <= Level.HOURS and trail.attendance is not None:
        trail.session = trail.attendance.session
    elif trail.start <= Level.MINUTES and (session := trail.busiest if trail.is_closed else trail.attendance and trail.attendance.session_id):
        trail.session = Session.objects.select_related("module", "place", "organisation").get(pk=session)
    if trail.start <= Level.SESSION:
        _follow_outcome(trail)
    if trail.start <= Level.OUTCOME and trail.outcome is not None:
        trail.competence = trail.outcome.competence
    _follow_answer(trail)
    trail.refuse_unknown()


def lines_behind(trail: Trail) -> QuerySet[LedgerLine]:
    """The ledger lines that a figure adds up: what counts today, what a claim froze, or one municipality's."""
    rows = LedgerLine.objects.filter(claim=trail.claim) if trail.claim else counted_lines(trail.programme)
    return rows.filter(organisation=trail.organisation) if trail.organisation else rows


def _follow_line(trail: Trail) -> None:
    sight = trail.sight
    if trail.start == Level.FIGURE and sight.sees_places:
        _follow_place(trail)
    behind = lines_behind(trail)
    trail.lines_count = behind.count()
    ordered = behind.select_related(
        "unit_cost", "rule", "organisation", "certificate__participation", "certificate__organisation", "certificate__programme"
    ).order_by("-hours", "-month", "uid")
    seen = ordered if sight.is_auditor else ordered.filter(organisation_id__in=sight.led)
    line = trail.pick_row(Level.HOURS, seen)
    if line is not None:
        trail.person_id = line.person_id
        trail.next_line = _next(seen, line)
    else:
        line = ordered.first()  # of somebody whose name, hours and minutes this reader does not see
        trail.is_closed, trail.busiest = line is not None, _busiest(behind)
    if line is not None:
        trail.line, trail.certificate, trail.organisation = line, line.certificate, line.organisation


def _busiest(lines: QuerySet[LedgerLine]) -> int | None:
    """The session that most of these lines come from, the latest of them: where no single record may be followed, the common one is."""
    covered = CertificateLine.objects.filter(certificate__in=lines.order_by().values("certificate"))
    counted = covered.order_by().values("attendance__session").annotate(people=Count("pk"))
    found = counted.order_by("-people", "-attendance__session__starts_at", "attendance__session").first()
    return found["attendance__session"] if found else None


def _next(rows: QuerySet[LedgerLine], line: LedgerLine) -> UUID | None:
    """The line after this one among the largest hundred, the first after the last."""
    uids = list(rows.values_list("uid", flat=True)[:100])
    if len(uids) < 2:
        return None
    return uids[(uids.index(line.uid) + 1) % len(uids)] if line.uid in uids else uids[0]


def _follow_place(trail: Trail) -> None:
    """Which municipality, for those who see each one's total."""
    sums = dict(lines_behind(trail).order_by().values_list("organisation_id").annotate(amount=Sum("amount")))
    found = Organisation.objects.filter(pk__in=sums).order_by("pk")
    trail.places = sorted(((one, sums[one.pk]) for one in found), key=lambda pair: (-pair[1], pair[0].pk))
    trail.organisation = trail.pick(Level.PLACE, [one for one, _amount in trail.places])


def _follow_minutes(trail: Trail) -> None:
    if trail.certificate is None or trail.is_closed:
        return
    trail.covered = list(
        CertificateLine.objects.filter(certificate=trail.certificate).select_related(
            "attendance__session__module", "attendance__session__place", "attendance__session__organisation"
        ).order_by("attendance__session__starts_at", "pk")
    )  # fmt: skip
    largest = sorted(trail.covered, key=lambda one: (one.minutes, one.attendance.session.starts_at), reverse=True)
    candidates: list[Attendance] = [one.attendance for one in largest]
    trail.attendance = trail.pick(Level.MINUTES, candidates)


def _follow_outcome(trail: Trail) -> None:
    if trail.session is None:
        return
    rows = LearningOutcome.objects.filter(module=trail.session.module_id).select_related("module", "competence__framework", "competence__area")
    trail.outcomes = list(rows)
    trail.outcome = trail.pick(Level.OUTCOME, trail.outcomes)


def _follow_answer(trail: Trail) -> None:
    """The answer behind: of whose record is followed, else the reader's own. Only where it may be read."""
    if trail.ratings:
        trail.rating = trail.pick(Level.COMPETENCE, trail.ratings)
        trail.competence = trail.rating.competence if trail.rating else None
    if trail.competence is not None:
        trail.framework = trail.competence.framework
    if trail.rating is not None or trail.competence is None or trail.is_closed:
        return
    subject = trail.sight.viewer.pk if trail.person_id is None else trail.person_id
    if not trail.sight.sees_answers_of(subject):
        return
    before_first = Case(When(round__phase=Round.Phase.BEFORE, then=Value(0)), default=Value(1), output_field=IntegerField())
    trail.rating = (
        Rating.objects.filter(person_id=subject, competence=trail.competence, kind=Rating.Kind.SELF, is_latest=True)
        .select_related("round", "competence__framework").annotate(turn=before_first).order_by("turn", "-pk").first()
    )  # fmt: skip
