"""A list that is missing is called in: once, by a mail that says neither which session nor where."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from handrail.delivery.models import Session
from handrail.delivery.queries import takers_of
from handrail.kit import clock
from handrail.kit.mail import send_mail


@transaction.atomic
def call_in_list(*, session: Session) -> int:
    """Tell a session's trainers, or the process leaders where there is none, that its list is missing; once. Answers how many were told."""
    session = Session.objects.select_for_update(of=("self",), no_key=True).select_related("programme").get(pk=session.pk)
    if session.called_in_at is not None or session.state != Session.State.PLANNED:
        return 0
    session.called_in_at = clock.now()
    session.save(update_fields=["called_in_at"])
    told = takers_of(session)
    # Whoever arranges a newcomers' course without a trainer does not read its list; they say who does.
    has_trainer = not session.for_newcomers or session.trainer_id is not None or session.co_trainers.exists()
    for who in told:
        url = settings.SITE_URL + reverse("delivery:attendance_list" if has_trainer else "delivery:session_detail", args=[session.uid])
        send_mail("delivery/mail/list_missing", to=who.email, language=who.language, context={"name": who.given_name, "url": url}, person=who.person.uid)
    return len(told)
