"""Asking for reviews and giving them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.transaction import atomic

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.library import events, rules
from handrail.library.actions.states import locked, move
from handrail.library.models import Practice, Review
from handrail.library.queries import authors_of, reviewers_of, version_of
from handrail.people.models import Person

State = Practice.State
WEEKS = timedelta(days=21)


@atomic
def ask_for_reviews(*, practice: Practice, reviewers: Sequence[Person], due_on: date | None = None, by: Person) -> list[Review]:
    """Ask people to review a practice that was handed in. Whoever was asked before is not asked again.

    Raises RuleBroken while fewer than two different people are asked, for an author, and for somebody who reviews nothing here.
    """
    practice = locked(practice)
    if practice.state not in (State.SUBMITTED, State.IN_REVIEW):
        raise RuleBroken(_("Only what is handed in is reviewed."))
    version, chosen = version_of(practice), {one.pk: one for one in reviewers}
    if chosen.keys() & authors_of(practice):
        raise RuleBroken(_("Whoever wrote it does not review it. Choose somebody else."), field="reviewers")
    if chosen.keys() - {one.pk for one in reviewers_of(practice.programme)}:
        raise RuleBroken(_("Choose people who review in this programme."), field="reviewers")
    asked = set(version.reviews.values_list("reviewer_id", flat=True))
    if len(asked | chosen.keys()) < rules.reviews_wanted():
        raise RuleBroken(_("Choose two different people."), field="reviewers")
    due = due_on or clock.today() + WEEKS
    made = [
        Review.objects.create(version=version, reviewer=one, asked_by=by, asked_at=clock.now(), due_on=due) for pk, one in chosen.items() if pk not in asked
    ]  # fmt: skip
    if practice.state == State.SUBMITTED:
        move(practice, State.IN_REVIEW, by=by)
    for one in made:
        announce(events.ReviewAsked(one.uid, practice.uid, one.reviewer.uid), by=by)
    return made


@atomic
def give_review(*, review: Review, answers: Mapping[str, Mapping[str, str]], recommends: str, comment: str = "", by: Person) -> Review:
    """Finish a review. It never changes afterwards; a new version is reviewed anew.

    Raises RuleBroken for somebody else's, for one that is finished, and while a criterion has no answer, or a no without a reason.
    """
    review = Review.objects.select_for_update(no_key=True, of=("self",)).select_related("version__practice").get(pk=review.pk)
    if review.reviewer_id != by.pk:
        raise RuleBroken(_("This review is somebody else's."))
    if review.done_at is not None:
        raise RuleBroken(_("This review is finished already."))
    if review.version.practice.state != State.IN_REVIEW:
        raise RuleBroken(_("It is no longer in review."))
    if recommends not in Review.Recommends.values:
        raise RuleBroken(_("Say whether it should be published."), field="recommends")
    kept = {}
    for one in rules.criteria():
        said = answers.get(one.code, {})
        if said.get("answer") not in Review.Answer.values:
            raise RuleBroken(_("Answer each criterion."), field=one.code)
        evidence = str(said.get("evidence", "")).strip()[:1000]
        if said["answer"] != Review.Answer.YES and not evidence:
            raise RuleBroken(_("Say in a sentence what is missing."), field=f"{one.code}_evidence")
        kept[one.code] = {"answer": said["answer"], "evidence": evidence}
    review.answers, review.recommends, review.comment, review.done_at = kept, recommends, comment.strip()[:4000], clock.now()
    review.save()
    announce(events.ReviewGiven(review.uid, review.version.practice.uid, recommends), by=by)
    return review
