"""A practice's way: handed in, sent back, published, found out of date, withdrawn."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.transaction import atomic

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.links import revoke_links
from handrail.kit.text import _
from handrail.library import events, rules
from handrail.library.models import Practice, PracticeStep, PracticeTag, PracticeText, PracticeVersion
from handrail.library.queries import standing_of, text_of, version_of
from handrail.people.models import Person

State = Practice.State
PURPOSE = "practice"
LOOK_AGAIN = timedelta(days=730)


@atomic
def submit_practice(*, practice: Practice, by: Person | None) -> Practice:
    """Hand a draft in. Raises RuleBroken while something the template asks for is missing, and for what has run for less than a year."""
    practice = locked(practice)
    text = text_of(practice, practice.language)
    missing = rules.missing_parts(text.parts if text else {})
    if missing:
        labels = {one.code: one.label for one in rules.card_parts()}
        raise RuleBroken(_("Still missing: %(parts)s.") % {"parts": ", ".join(labels[code] for code in missing)})
    if text is None or not text.steps:
        raise RuleBroken(_("Write at least one step, so that others can do the same."))
    if not PracticeTag.objects.filter(practice=practice).exists() or practice.starts_on is None:
        raise RuleBroken(_("Fill in the first page: when it began, and what it is about."))
    if not rules.is_old_enough(practice.starts_on, clock.today()):
        raise RuleBroken(_("The European template takes practices that have run for a year. Hand it in when it has."))
    return move(practice, State.SUBMITTED, by=by)


@atomic
def send_back(*, practice: Practice, reason: str, by: Person) -> Practice:
    """Send a practice back to whoever writes it, and say why. Reviews that were not finished are no longer asked for."""
    if not reason.strip():
        raise RuleBroken(_("Say what is to be changed."), field="reason")
    practice = locked(practice)
    version = version_of(practice)
    version.reviews.filter(done_at=None).delete()
    if version.reviews.exists():  # what was reviewed stays as it was; the words go on in a version of their own
        _new_draft(practice, version, by)
    return move(practice, State.DRAFT, by=by, reason=reason)


@atomic
def publish_practice(*, practice: Practice, review_on: date | None = None, reason: str = "", by: Person) -> Practice:
    """Let everybody read a practice. Raises RuleBroken until two people who did not write it recommend it, and for a review date that has passed."""
    practice = locked(practice)
    if practice.state != State.IN_REVIEW:
        raise RuleBroken(_("Only what is in review can be published."))
    if not standing_of(practice).is_recommended:
        raise RuleBroken(_("Two people who did not write it must recommend it first."))
    if any(one.done_at is None for one in standing_of(practice).reviews):
        raise RuleBroken(_("Somebody is still reviewing it."))
    practice.shown_number = version_of(practice).number
    return _shown(practice, review_on, reason, by)


@atomic
def keep_practice(*, practice: Practice, review_on: date | None = None, reason: str = "", by: Person) -> Practice:
    """Say that a published practice still holds, until somebody looks again."""
    practice = locked(practice)
    if practice.state not in (State.PUBLISHED, State.OUTDATED):
        raise RuleBroken(_("Only what is published can be kept."))
    return _shown(practice, review_on, reason, by)


@atomic
def mark_outdated(*, practice: Practice, by: Person | None, reason: str = "") -> Practice:
    """Say that a practice may no longer hold; it stays readable, with that said on it."""
    return move(locked(practice), State.OUTDATED, by=by, reason=reason)


@atomic
def archive_practice(*, practice: Practice, reason: str, by: Person) -> Practice:
    """Withdraw a practice for good: its address says so and shows nothing else."""
    if not reason.strip():
        raise RuleBroken(_("Say why it is withdrawn."), field="reason")
    practice = move(locked(practice), State.ARCHIVED, by=by, reason=reason)
    revoke_links(PURPOSE, subject=practice.uid)
    return practice


def _shown(practice: Practice, review_on: date | None, reason: str, by: Person) -> Practice:
    if review_on is not None and review_on <= clock.today():
        raise RuleBroken(_("Choose a day to come."), field="review_on")
    practice.review_on = review_on or clock.today() + LOOK_AGAIN
    practice.published_at = practice.published_at or clock.now()
    practice.save(update_fields=["shown_number", "review_on", "published_at"])
    return move(practice, State.PUBLISHED, by=by, reason=reason)


def move(practice: Practice, state: str, *, by: Person | None, reason: str = "") -> Practice:
    """Change the state and write the line; within the action that decides it. Raises RuleBroken where somebody was faster."""
    if not rules.may_move(practice.state, state):
        raise RuleBroken(_("Somebody else was faster: it is %(state)s now. Reload the page.") % {"state": str(Practice.State(practice.state).label).lower()})
    practice.state = state
    practice.save(update_fields=["state"])
    PracticeStep.objects.create(practice=practice, state=state, reason=reason.strip()[:500], by=by, at=clock.now())
    announce(events.PracticeMoved(practice.uid, state), by=by)
    return practice


def _new_draft(practice: Practice, version: PracticeVersion, by: Person) -> None:
    made = PracticeVersion.objects.create(practice=practice, number=version.number + 1, made_by=by, made_at=clock.now())
    for text in version.texts.filter(language=practice.language):
        PracticeText.objects.create(version=made, language=text.language, parts=text.parts, steps=text.steps, written_by=text.written_by, written_at=text.written_at)


def locked(practice: Practice) -> Practice:
    """The practice as it is now, held until commit."""
    return Practice.objects.select_for_update(no_key=True, of=("self",)).select_related("programme", "organisation").get(pk=practice.pk)
