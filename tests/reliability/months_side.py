"""The product's side of the months' reliability: a manager with many people whose months are confirmed, and what is in the ledger."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

MARCH = date(2018, 3, 1)
KEPT = "months_reliability"


def build(people: int) -> dict[str, Any]:
    """Lena's people, each with a confirmed month of 90 + 95 minutes; her session, and the months' uids."""
    from django.test import Client

    from handrail.delivery.models import Attendance, Session
    from handrail.evidence import actions
    from handrail.evidence.models import Certificate, Signature
    from handrail.kit import clock
    from handrail.people.models import Employment, Person
    from handrail.programmes.models import Participation
    from tests.cast import account_of, make_cast
    from tests.evidence import world

    with clock.at(datetime(2018, 4, 18, 8, tzinfo=ZoneInfo("UTC"))):
        cast = make_cast()
        world.terms(cast.programme)
        now = clock.now()
        persons = Person.objects.bulk_create([Person(created_at=now) for _one in range(people)])
        Employment.objects.bulk_create(
            [Employment(person=one, organisation=cast.horby, unit=cast.school, manager=cast.lena, started_on=date(2017, 1, 1)) for one in persons]
        )
        Participation.objects.bulk_create(
            [
                Participation(programme=cast.programme, person=one, organisation=cast.horby, number=f"R-{index:05}", joined_on=date(2017, 1, 1))
                for index, one in enumerate(persons)
            ]
        )
        for day, minutes in ((date(2018, 3, 14), 90), (date(2018, 3, 27), 95)):
            held = world.session(cast.programme, cast.carlos, day)
            Session.objects.filter(pk=held.pk).update(state="held", held_at=held.ends_at)
            Attendance.objects.bulk_create(
                [
                    Attendance(session=held, person=one, minutes=minutes, method="list", recorded_by=cast.carlos, recorded_at=held.ends_at)
                    for one in persons
                ]
            )
        actions.open_month(programme=cast.programme, month=MARCH, by=None)
        rows = list(Certificate.objects.filter(person__in=persons).order_by("pk"))
        Signature.objects.bulk_create(
            [Signature(certificate=one, part="participant", by_id=one.person_id, at=now, digest=one.attendance_digest) for one in rows]
        )
        Certificate.objects.filter(pk__in=[one.pk for one in rows]).update(state="confirmed")
        client = Client()
        client.force_login(account_of(cast.lena), backend="allauth.account.auth_backends.AuthenticationBackend")
        stay = client.session
        stay.set_expiry(timedelta(days=3650))
        stay.save()
        _stand_still(clock)
        return {
            "programme": str(cast.programme.uid), "months": [str(one.uid) for one in rows],
            "cookie": client.cookies["sessionid"].value,
        }  # fmt: skip


def _stand_still(clock: Any) -> None:
    """The whole programme lives on 18 April 2018, for the server too."""
    clock.turn_to(datetime(2018, 4, 18, 8, tzinfo=ZoneInfo("UTC")))


def stored() -> dict[str, list[Any]]:
    """Each month in the ledger by its uid, with what every line of it says; and what was set aside."""
    from handrail.evidence.models import LedgerLine, Pledge, Signature
    from handrail.kit.models import SetAside

    found: dict[str, list[Any]] = {}
    for uid, hours, amount, minutes in LedgerLine.objects.values_list("certificate__uid", "hours", "amount", "minutes"):
        found.setdefault(str(uid), []).append([hours, str(amount), minutes])
    signed = Signature.objects.filter(part="manager").count()
    return {"lines": [[key, rows] for key, rows in found.items()], "counts": [signed, Pledge.objects.count(), SetAside.objects.count()]}
