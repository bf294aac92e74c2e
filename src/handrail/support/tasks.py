"""What is done after the answer: telling the owner, the company, and the coordinators."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from handrail.kit.later import daily, task
from handrail.kit.mail import send_mail
from handrail.support import actions, queries


@task()
def tell_owner(question: str) -> None:
    """Mail whoever has a question that it waits: no company, no person, no words of it."""
    found = queries.question_by_uid(UUID(question))
    if found is None or found.state != "open":
        return
    who = found.owner.identity if found.owner.erased_at is None else None
    if who is not None and who.email:
        url = f"{settings.SITE_URL}{reverse('support:question', args=[found.uid])}"
        send_mail("support/mail/waiting", to=who.email, language=who.language, context={"url": url}, person=found.owner.uid)


@task()
def tell_company(question: str) -> None:
    """Mail the contact who asked that an answer stands on the page; neither the answer nor a link stands in the mail."""
    found = queries.question_by_uid(UUID(question))
    if found is None or found.contact is None or found.contact.ended_on is not None or not found.contact.email:
        return
    who = found.owner.identity if found.owner.erased_at is None else None
    send_mail("support/mail/answered", to=found.contact.email, language=who.language if who else settings.LANGUAGE_CODE, context={})


@task()
def escalate(question: str) -> None:
    """When the agreed time has passed: tell the coordinators, once."""
    found = queries.question_by_uid(UUID(question))
    if found is not None:
        actions.escalate_question(question=found)


@daily("support.overdue")
def escalate_overdue() -> None:
    """Whatever a failed task, a turned clock or a long night left over."""
    actions.escalate_overdue()
