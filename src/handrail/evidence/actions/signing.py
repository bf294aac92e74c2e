"""The participant confirms, the manager countersigns, and the hours stand in the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from handrail.evidence.actions.ledger import enter_hours
from handrail.evidence.events import MonthObjected, MonthsConfirmed, MonthsCountersigned, ObjectionSettled
from handrail.evidence.models import Certificate, LedgerLine, MonthObjection, Signature
from handrail.evidence.queries import attendance_of, countersigners_of, digest_of
from handrail.kit import clock
from handrail.kit.errors import Conflict, RuleBroken
from handrail.kit.events import announce, announce_each
from handrail.kit.text import _, month_name
from handrail.people.models import Person
from handrail.programmes.models import Programme

State = Certificate.State


def confirm_month(certificate: Certificate, *, by: Person) -> Signature:
    """A participant confirms the minutes of one own month."""
    return confirm_months([certificate], by=by)[0]


def countersign_month(certificate: Certificate, *, by: Person) -> LedgerLine:
    """A manager countersigns one month; its hours enter the ledger at that year's unit cost."""
    return countersign_months([certificate], by=by)[0]


def confirm_months(certificates: Sequence[Certificate], *, by: Person) -> list[Signature]:
    """A participant confirms own months. Nobody else can."""
    return confirm_lists([(by, certificates)])


@transaction.atomic
def confirm_lists(lists: Sequence[tuple[Person, Sequence[Certificate]]]) -> list[Signature]:
    """Several participants confirm own months at once, each as alone (a history that is brought in); all of them or none."""
    signer = {one.pk: person for person, some in lists for one in some}
    kept = _locked(one for _person, some in lists for one in some)
    for one in kept:
        if one.person_id != signer[one.pk].pk:
            raise RuleBroken(_("Only the person whose month it is can confirm it."))
        if one.state != State.OPEN:
            raise _no_longer(one, _("%(month)s is confirmed already."))
    _check_lines(kept)
    signatures = _sign(kept, Signature.Part.PARTICIPANT, signer)
    Certificate.objects.filter(pk__in=[one.pk for one in kept]).update(state=State.CONFIRMED)
    announce_each([(MonthsConfirmed(tuple(one.uid for one in some)), person) for person, some in _by_signer(kept, signer)])
    return signatures


def countersign_months(certificates: Sequence[Certificate], *, by: Person) -> list[LedgerLine]:
    """The current line manager countersigns confirmed months, several at once; all of them or none.

    Never one's own. Where the staff list names no manager, the organisation's process leader does it.
    """
    return countersign_lists([(by, certificates)])


@transaction.atomic
def countersign_lists(lists: Sequence[tuple[Person, Sequence[Certificate]]]) -> list[LedgerLine]:
    """Several managers countersign at once, each as alone (a history that is brought in); all of them or none."""
    signer = {one.pk: person for person, some in lists for one in some}
    certificates = [one for _person, some in lists for one in some]
    # Whose hours of the year and whose pledged time are read here must not change before they are written.
    list(Person.objects.filter(pk__in={one.person_id for one in certificates}).order_by("pk").select_for_update(no_key=True))
    kept = _locked(certificates)
    allowed = countersigners_of(kept)
    for one in kept:
        by = signer[one.pk]
        if one.person_id == by.pk:
            raise RuleBroken(_("Nobody countersigns their own month."))
        if by.pk not in allowed[one.pk]:
            raise RuleBroken(_("Only the current line manager countersigns this month."))
        if one.state == State.OPEN:
            raise RuleBroken(_("%(month)s has not been confirmed by the participant yet.") % {"month": month_name(one.month)})
        if one.state != State.CONFIRMED:
            raise _no_longer(one, _("%(month)s is countersigned already."))
    _check_lines(kept)
    _sign(kept, Signature.Part.MANAGER, signer)
    Certificate.objects.filter(pk__in=[one.pk for one in kept]).update(state=State.CERTIFIED)
    try:
        with transaction.atomic():
            lines = enter_hours(kept)
    except IntegrityError:  # the database kept a second line of the same month out
        raise Conflict(_("Somebody else countersigned at the same moment. Reload the page.")) from None
    of_person = {one.person_id: one.pk for one in reversed(kept)}  # hours of other months that count again belong to whoever signed for the person
    hours = Counter[int]()
    for line in lines:
        hours[signer[line.certificate_id if line.certificate_id in signer else of_person[line.person_id]].pk] += line.hours
    announce_each([(MonthsCountersigned(tuple(one.uid for one in some), hours[person.pk]), person) for person, some in _by_signer(kept, signer)])
    return lines


@transaction.atomic
def object_to_month(
    certificate: Certificate, *, text: str, attendance: UUID | str | None = None, by: Person
) -> MonthObjection:
    """A participant says that something in a month is wrong; it waits for whoever can put it right."""
    locked = _locked([certificate])[0]
    if locked.person_id != by.pk:
        raise RuleBroken(_("Only the person whose month it is can say so."))
    if not text.strip():
        raise RuleBroken(_("Say what is wrong, so that it can be put right."), field="text")
    line = locked.lines.filter(attendance__uid=attendance).first() if attendance else None
    objection = MonthObjection.objects.create(
        certificate=locked, attendance=line.attendance if line else None, text=text.strip()[:500], made_by=by, made_at=clock.now()
    )
    announce(MonthObjected(objection.uid, locked.uid), by=by)
    return objection


@transaction.atomic
def settle_objection(objection: MonthObjection, *, answer: str, by: Person) -> MonthObjection:
    """Answer what a participant said was wrong; the participant reads the answer beside the month."""
    locked = MonthObjection.objects.select_for_update(no_key=True).get(pk=objection.pk)
    if locked.settled_at is not None:
        raise Conflict(_("Somebody else has answered this already. Reload the page."))
    if not answer.strip():
        raise RuleBroken(_("Write what you found, so that the participant knows."), field="answer")
    locked.answer, locked.settled_at, locked.settled_by = answer.strip()[:500], clock.now(), by
    locked.save(update_fields=["answer", "settled_at", "settled_by"])
    announce(ObjectionSettled(locked.uid, locked.certificate.uid), by=by)
    return locked


def _locked(certificates: Iterable[Certificate]) -> list[Certificate]:
    ids = {one.pk for one in certificates}
    kept = list(
        Certificate.objects.select_for_update(of=("self",), no_key=True).select_related("programme", "participation")
        .filter(pk__in=ids).order_by("month", "pk")
    )  # fmt: skip
    if not kept:
        raise RuleBroken(_("Choose at least one month."))
    return kept


def _check_lines(certificates: Sequence[Certificate]) -> None:
    """What is signed is what stands in the attendance now, not what stood there when the page was opened."""
    by_month: dict[tuple[int, object], list[Certificate]] = {}
    for one in certificates:
        by_month.setdefault((one.programme_id, one.month), []).append(one)
    for some in by_month.values():
        first: Certificate = some[0]
        programme: Programme = first.programme
        lines = attendance_of(programme, first.month, [one.person_id for one in some])
        for one in some:
            if digest_of(lines.get(one.person_id, [])) != one.attendance_digest:
                raise Conflict(
                    _("Attendance in %(month)s was corrected a moment ago. Wait a minute, reload and look again.")
                    % {"month": month_name(one.month)}
                )


def _no_longer(certificate: Certificate, done: object) -> RuleBroken:
    if certificate.state == State.REPLACED:
        return Conflict(
            _("%(month)s was changed after this page was opened. Reload and look again.") % {"month": month_name(certificate.month)}
        )
    return Conflict(str(done) % {"month": month_name(certificate.month)})


def _sign(certificates: Sequence[Certificate], part: str, signer: Mapping[int, Person]) -> list[Signature]:
    now = clock.now()
    return Signature.objects.bulk_create(
        [Signature(certificate=one, part=part, by=signer[one.pk], at=now, digest=one.attendance_digest) for one in certificates],
        batch_size=500,
    )


def _by_signer(certificates: Iterable[Certificate], signer: Mapping[int, Person]) -> list[tuple[Person, list[Certificate]]]:
    found: dict[int, list[Certificate]] = {}
    for one in certificates:
        found.setdefault(signer[one.pk].pk, []).append(one)
    return [(signer[some[0].pk], some) for some in found.values()]
