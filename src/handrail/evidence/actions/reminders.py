"""Those who have not confirmed a month are told, neutrally and not too often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from handrail.evidence import rules
from handrail.evidence.events import RemindersSent
from handrail.evidence.models import Certificate
from handrail.evidence.queries import rule_for, valid_certificates
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.links import make_link
from handrail.kit.mail import send_mail
from handrail.kit.text import _, month_name
from handrail.people.models import Identity, Organisation, Person
from handrail.programmes.models import Programme

REMIND_AFTER = timedelta(days=3)
LINK_DAYS = timedelta(days=60)
LINK_PURPOSE = "months"


@transaction.atomic
def remind_unconfirmed(*, programme: Programme, organisation: Organisation, month: date, by: Person) -> int:
    """Remind an organisation's people who have not confirmed a month; each at most every third day. Answers how many."""
    month = month.replace(day=1)
    waiting = valid_certificates(programme).filter(organisation=organisation, month=month, state=Certificate.State.OPEN)
    due = waiting.filter(Q(reminded_at=None) | Q(reminded_at__lte=clock.now() - REMIND_AFTER))
    told = tell_people(list(due.select_related("participation")), programme=programme)
    if not told:
        if waiting.exists():
            raise RuleBroken(_("All of them were reminded less than three days ago, or have no address. Ask them in person."))
        raise RuleBroken(_("Everybody has confirmed %(month)s.") % {"month": month_name(month)})
    announce(RemindersSent(programme.uid, organisation.uid, month, told), by=by)
    return told


@transaction.atomic
def tell_people(certificates: Sequence[Certificate], *, programme: Programme) -> int:
    """Mail each person a link of their own to the months that wait; answers how many were told. No month, no hours in the mail's subject."""
    people = {one.person_id: one for one in certificates}
    rule = {month: rule_for(programme, month) for month in {one.month for one in certificates}}
    told: list[int] = []
    for identity in Identity.objects.filter(person_id__in=people, person__erased_at=None).exclude(email="").select_related("person"):
        certificate = people[identity.person_id]
        kept = rule[certificate.month]
        token = own_link(certificate.participation.uid, identity.person)
        send_mail(
            "evidence/mail/months", to=identity.email, language=identity.language, person=identity.person.uid,
            context={
                "given_name": identity.given_name, "url": urljoin(settings.SITE_URL, f"/my-months/{token}/"),
                "until": rules.lock_date(certificate.month, kept.lock_day) if kept else None,
            },
        )  # fmt: skip
        told.append(identity.person_id)
    Certificate.objects.filter(pk__in=[one.pk for one in certificates if one.person_id in told]).update(reminded_at=clock.now())
    return len(told)


def own_link(participation: UUID, person: Person) -> str:
    """A secret link by which a person without an account reads and confirms own months."""
    return make_link(LINK_PURPOSE, subject=participation, person=person.uid, expires_at=clock.now() + LINK_DAYS)
