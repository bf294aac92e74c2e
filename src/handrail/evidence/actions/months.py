"""Months are listed for signing, and listed anew when attendance changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max

from handrail.delivery.models import Attendance
from handrail.evidence import rules
from handrail.evidence.actions.tallies import month_changed
from handrail.evidence.events import MonthChanged, MonthOpened
from handrail.evidence.models import Certificate, CertificateLine, FunderRule, LedgerLine
from handrail.evidence.queries import attendance_of, digest_of, rule_for, valid_certificates
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _, date_medium, month_name
from handrail.people.models import Person
from handrail.programmes.models import Participation, Programme

State = Certificate.State


@transaction.atomic
def open_month(*, programme: Programme, month: date, by: Person | None = None, tell: bool = False) -> int:
    """List a month that is over for signing: one certificate for each participant with minutes.

    Answers how many were listed now; doing it again lists who is missing and renews what has changed. `tell` asks for a mail
    to each participant.
    """
    month = month.replace(day=1)
    if not rules.is_over(month, clock.today()):
        raise RuleBroken(
            _("%(month)s is not over yet. It opens for signing on %(date)s.")
            % {"month": month_name(month), "date": date_medium(rules.next_month(month))}, field="month",
        )  # fmt: skip
    if not programme.starts_on.replace(day=1) <= month <= programme.ends_on:
        raise RuleBroken(_("%(month)s lies outside the programme's period.") % {"month": month_name(month)}, field="month")
    made = _list_month(programme, month, None, by)
    if made:
        announce(MonthOpened(programme.uid, month, made, tell), by=by)
    return made


@transaction.atomic
def review_month(*, programme: Programme, person: Person, month: date, by: Person | None = None) -> int:
    """List one person's month anew after attendance has changed, if the month is over; answers how many were listed."""
    month = month.replace(day=1)
    if not rules.is_over(month, clock.today()) or not programme.starts_on.replace(day=1) <= month <= programme.ends_on:
        return 0
    return _list_month(programme, month, [person.pk], by)


def _list_month(programme: Programme, month: date, person_ids: list[int] | None, by: Person | None) -> int:
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)  # two workers at once: the second finds nothing left to do
    lines = attendance_of(programme, month, person_ids)
    rule = rule_for(programme, month)
    known = valid_certificates(programme).filter(month=month).select_related("person")
    parts = Participation.objects.filter(programme=programme, person__erased_at=None)  # nobody could sign for who is erased
    if person_ids is not None:
        known, parts = known.filter(person_id__in=person_ids), parts.filter(person_id__in=person_ids)
    valid = {one.person_id: one for one in known}
    taking_part = {one.person_id: one for one in parts if one.person_id in lines and one.person_id not in valid}
    _create(programme, month, rule, [(taking_part[who], rows) for who, rows in lines.items() if who in taking_part])
    for who, certificate in valid.items():
        rows = lines.get(who, [])
        if certificate.attendance_digest != digest_of(rows) and certificate.person.erased_at is None:
            _renew(certificate, rows, rule, by)
    return len(taking_part)


def _create(
    programme: Programme, month: date, rule: FunderRule | None, people: Sequence[tuple[Participation, list[Attendance]]]
) -> list[Certificate]:
    earlier = Certificate.objects.filter(programme=programme, month=month, person_id__in=[one.person_id for one, _rows in people])
    versions = Counter(dict(earlier.order_by().values_list("person_id").annotate(Max("version"))))
    now = clock.now()
    made = Certificate.objects.bulk_create(
        [
            Certificate(
                programme=programme, participation=one, person_id=one.person_id, organisation_id=one.organisation_id, month=month,
                version=versions[one.person_id] + 1, minutes=sum(row.minutes for row in rows), hours=_hours(rows, rule),
                attendance_digest=digest_of(rows), created_at=now,
            )
            for one, rows in people
        ],
        batch_size=200,
    )  # fmt: skip
    _cover(made, [rows for _one, rows in people])
    if made:
        month_changed(programme.pk, [month])
    return made


def _renew(certificate: Certificate, rows: list[Attendance], rule: FunderRule | None, by: Person | None) -> None:
    in_ledger = LedgerLine.objects.filter(
        programme_id=certificate.programme_id, person_id=certificate.person_id, month=certificate.month
    ).exists()
    replaced, valid = None, None
    if not rows and not in_ledger:
        # Nothing is left of the month and nothing was ever counted: there is nothing to sign.
        Certificate.objects.filter(pk=certificate.pk).update(state=State.REPLACED)
        replaced = certificate.uid
    elif certificate.state == State.OPEN:
        certificate.lines.all().delete()
        certificate.minutes, certificate.hours = sum(row.minutes for row in rows), _hours(rows, rule)
        certificate.attendance_digest = digest_of(rows)
        certificate.save(update_fields=["minutes", "hours", "attendance_digest"])
        _cover([certificate], [rows])
        valid = certificate.uid
    else:
        Certificate.objects.filter(pk=certificate.pk).update(state=State.REPLACED)
        new = _create(certificate.programme, certificate.month, rule, [(certificate.participation, rows)])
        replaced, valid = certificate.uid, new[0].uid
    month_changed(certificate.programme_id, [certificate.month])
    announce(MonthChanged(valid, replaced, certificate.programme.uid, certificate.month), by=by)


def _cover(certificates: Sequence[Certificate], rows: Sequence[list[Attendance]]) -> None:
    CertificateLine.objects.bulk_create(
        [
            CertificateLine(certificate=certificate, attendance=row, minutes=row.minutes)
            for certificate, some in zip(certificates, rows, strict=True)
            for row in some
        ],
        batch_size=200,
    )


def _hours(rows: Sequence[Attendance], rule: FunderRule | None) -> int:
    return rules.certified_hours([row.minutes for row in rows], rule.rounding) if rule else 0
