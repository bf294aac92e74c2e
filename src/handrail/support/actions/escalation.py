"""When the agreed time has passed: the placement coordinators are told, once."""

from __future__ import annotations

from django.conf import settings
from django.db.transaction import atomic
from django.urls import reverse

from handrail.kit import clock
from handrail.kit.events import announce
from handrail.kit.mail import send_mail
from handrail.support import events
from handrail.support.models import Question, QuestionLine
from handrail.support.queries import coordinators_of, overdue_questions


@atomic
def escalate_question(*, question: Question) -> bool:
    """Tell the placement coordinators that a question was not answered in the agreed time. Mark and mails are one transaction: killed in
    between, neither exists; done once, it is never done again. Answers whether it was done now."""
    now = clock.now()
    overdue = Question.objects.filter(pk=question.pk, state=Question.State.OPEN, due_at__lte=now, escalated_at=None)
    if not overdue.update(escalated_at=now):
        return False
    QuestionLine.objects.create(question=question, kind=QuestionLine.Kind.ESCALATED, at=now)
    url = f"{settings.SITE_URL}{reverse('support:question', args=[question.uid])}"
    for one in coordinators_of(question.programme):
        if one.identity.email:
            send_mail("support/mail/overdue", to=one.identity.email, language=one.identity.language, context={"url": url}, person=one.uid)
    announce(events.QuestionEscalated(question.uid), by=None)
    return True


def escalate_overdue() -> int:
    """Tell of everything that is overdue and was not told yet, each in a transaction of its own; answers how many."""
    return sum(escalate_question(question=one) for one in overdue_questions().select_related("programme"))
