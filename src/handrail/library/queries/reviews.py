"""Finds reviews: one's own, and those of a practice for whoever keeps the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from handrail.library import rules
from handrail.library.models import Practice, Review
from handrail.library.queries.practices import authors_of, version_of
from handrail.people.models import Person


def reviews_visible_to(person: Person) -> QuerySet[Review]:
    """The reviews that a person was asked for."""
    return Review.objects.filter(reviewer=person).select_related("version__practice__programme", "version__practice__organisation", "reviewer__identity")


def reviews_waiting_for(person: Person) -> QuerySet[Review]:
    """Those not finished yet."""
    return reviews_visible_to(person).filter(done_at=None).exclude(version__practice__state=Practice.State.ARCHIVED)


def review_by_uid(uid: UUID) -> Review | None:
    """A review by its uid, for tasks."""
    return Review.objects.select_related("version__practice", "reviewer__identity").filter(uid=uid).first()


@dataclass(frozen=True)
class Standing:
    """Where a practice's reviews stand: who was asked, what they said, whether it may be published, on what they disagree."""

    reviews: list[Review]
    is_recommended: bool
    apart: list[str]
    lines: list[dict[str, Any]]


def standing_of(practice: Practice) -> Standing:
    """The reviews of the version that is worked on, criterion by criterion beside each other."""
    reviews = list(Review.objects.filter(version=version_of(practice)).select_related("reviewer__identity"))
    done = [one for one in reviews if one.done_at]
    verdicts = [verdict_of(one) for one in done]
    apart = rules.disagreements(verdicts)
    answers = dict(Review.Answer.choices)
    lines = [
        {
            "label": criterion.label, "apart": criterion.code in apart,
            "said": [
                {"who": one.reviewer.called, "answer": answers.get(one.answers.get(criterion.code, {}).get("answer", ""), "–"), "evidence": one.answers.get(criterion.code, {}).get("evidence", "")}
                for one in done
            ],
        }
        for criterion in rules.criteria()
    ]  # fmt: skip
    return Standing(reviews, rules.is_recommended(verdicts, authors_of(practice)), apart, lines if done else [])


def verdict_of(review: Review) -> rules.Verdict:
    """A finished review as the rules need it."""
    return rules.Verdict(review.reviewer_id, review.recommends, {code: one.get("answer", "") for code, one in review.answers.items()})
