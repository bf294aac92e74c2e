"""The mails of a round: neutral, personal, one for each person however many they are asked about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from handrail.instruments.models import Invitation, Round
from handrail.instruments.rules import rounds as rules
from handrail.kit import links
from handrail.kit.mail import send_mail
from handrail.people.models import Person

PURPOSE = "answer"


def link_for(invitation: Invitation) -> str:
    """The address of a new personal link; it ends with the round's last day of grace. The secret is kept nowhere."""
    token = links.make_link(
        PURPOSE, subject=invitation.uid, person=invitation.respondent.uid,
        expires_at=rules.link_expiry(invitation.round.closes_on, settings.TIME_ZONE),
    )  # fmt: skip
    return reverse("instruments:answer", kwargs={"token": token})


@transaction.atomic
def mail_invitation(*, round: Round, respondents: Iterable[UUID], at: datetime) -> int:
    """Write the invitations that were promised at an instant to these people; answers how many."""
    return _mail("instruments/mail/invitation", _first(round.invitations.filter(sent_at=at), respondents))


@transaction.atomic
def mail_reminder(*, round: Round, respondents: Iterable[UUID], at: datetime) -> int:
    """Write the reminders that were promised at an instant to these people who have still not answered; answers how many."""
    return _mail("instruments/mail/reminder", _first(round.invitations.filter(reminded_at=at, completed_at=None), respondents))


def _first(rows: object, respondents: Iterable[UUID]) -> list[Invitation]:
    """One invitation for each person."""
    found: dict[int, Invitation] = {}
    chosen = rows.filter(respondent__uid__in=list(respondents))  # type: ignore[attr-defined]
    for row in chosen.select_related("respondent__identity", "round").order_by("pk"):
        found.setdefault(row.respondent_id, row)
    return list(found.values())


def _mail(template: str, invitations: list[Invitation]) -> int:
    sent = 0
    for invitation in invitations:
        person: Person = invitation.respondent
        if not person.identity.email:
            continue
        send_mail(
            template, to=person.identity.email, language=person.identity.language, person=person.uid,
            context={"name": person.identity.given_name, "url": settings.SITE_URL + link_for(invitation), "closes_on": invitation.round.closes_on},
        )  # fmt: skip
        sent += 1
    return sent
