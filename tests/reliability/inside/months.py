"""A manager with many people whose months are confirmed, and what is in the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

MARCH = date(2018, 3, 1)


def build(cast: Any, people: int) -> dict[str, Any]:
    """Lena's people, each with a confirmed month of 90 + 95 minutes; her session, and the months' uids."""
    from django.test import Client

    from handrail.delivery.models import Attendance, Session
    from handrail.evidence import actions
    from handrail.evidence.models import Certificate, Signature
    from handrail.kit import clock
    from handrail.people.models import Employment, Person
    from handrail.programmes.models import Participation
    from tests.cast import account_of
    from tests.evidence import world

    world.terms(cast.programme)
    now = clock.now()
    persons = Person.objects.bulk_create([Person(created_at=now) for _one in range(people)])
    Employment.objects.bulk_create([
        Employment(person=one, organisation=cast.horby, unit=cast.school, manager=cast.lena, started_on=date(2017, 1, 1)) for one in persons
    ])  # fmt: skip
    Participation.objects.bulk_create([
        Participation(programme=cast.programme, person=one, organisation=cast.horby, number=f"R-{index:05}", joined_on=date(2017, 1, 1))
        for index, one in enumerate(persons)
    ])  # fmt: skip
    for day, minutes in ((date(2018, 3, 14), 90), (date(2018, 3, 27), 95)):
        held = world.session(cast.programme, cast.carlos, day)
        Session.objects.filter(pk=held.pk).update(state="held", held_at=held.ends_at)
        Attendance.objects.bulk_create([
            Attendance(session=held, person=one, minutes=minutes, method="list", recorded_by=cast.carlos, recorded_at=held.ends_at)
            for one in persons
        ])  # fmt: skip
    actions.open_month(programme=cast.programme, month=MARCH, by=None)
    rows = list(Certificate.objects.filter(person__in=persons).order_by("pk"))
    Signature.objects.bulk_create([
        Signature(certificate=one, part="participant", by_id=one.person_id, at=now, digest=one.attendance_digest) for one in rows
    ])  # fmt: skip
    Certificate.objects.filter(pk__in=[one.pk for one in rows]).update(state="confirmed")
    client = Client()
    client.force_login(account_of(cast.lena))
    return {"programme": str(cast.programme.uid), "months": [str(one.uid) for one in rows], "cookie": client.cookies["sessionid"].value}


def stored() -> dict[str, list[Any]]:
    """Each month in the ledger by its uid, with what every line of it says."""
    from handrail.evidence.models import LedgerLine

    found: dict[str, list[Any]] = {}
    for uid, hours, amount, minutes in LedgerLine.objects.order_by("id").values_list("certificate__uid", "hours", "amount", "minutes"):
        found.setdefault(str(uid), []).append([hours, str(amount), minutes])
    return found


def set_aside() -> list[str]:
    """The months that were set aside for a person to look at."""
    from handrail.kit.models import SetAside

    rows = SetAside.objects.filter(scope__startswith="countersign").order_by("id")
    return [payload["certificates"][0] for payload in rows.values_list("payload", flat=True)]


def counts() -> list[int]:
    """How many months were countersigned, by signatures, lines of the ledger, pledges (two each) and the keys taken."""
    from handrail.evidence.models import LedgerLine, Pledge, Signature
    from handrail.kit.models import Received

    pledged = Pledge.objects.count()
    assert pledged % 2 == 0, pledged
    return [
        Signature.objects.filter(part="manager").count(), LedgerLine.objects.count(), pledged // 2,
        Received.objects.filter(scope__startswith="countersign").exclude(result=None).count(),
    ]  # fmt: skip
