"""What is done after the answer: the index of words, the file with everything, telling reviewers, the look at dates."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from handrail.kit.later import daily, later, task
from handrail.kit.mail import send_mail
from handrail.library import actions, queries


@task()
def index(practice: str) -> None:
    """Make anew by which words a practice is found; if everybody reads it, or did, the file with everything is built anew."""
    found = queries.practice_by_uid(UUID(practice))
    if found is None:
        return
    actions.index_practice(practice=found)
    if found.shown_number is not None:
        later(build_whole)


@task()
def build_whole() -> None:
    """Build the file with the whole toolbox."""
    actions.build_whole()


@task()
def tell_reviewer(review: str) -> None:
    """Mail whoever is asked that a review waits."""
    found = queries.review_by_uid(UUID(review))
    if found is None or found.done_at is not None or found.reviewer.erased_at is not None:
        return
    who = found.reviewer.identity
    if who.email:
        url = f"{settings.SITE_URL}{reverse('library:review', args=[found.uid])}"
        send_mail("library/mail/review", to=who.email, language=who.language, context={"url": url, "due_on": found.due_on}, person=found.reviewer.uid)


@daily("library.dates")
def look_at_dates() -> None:
    """Published practices whose review date has passed are marked, and wait for whoever keeps the library."""
    actions.look_at_dates()
