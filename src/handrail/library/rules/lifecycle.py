"""A practice's way from draft to published and on: which steps there are, and when it may be published."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from handrail.kit.text import told
from handrail.library.rules.template import DATA

DRAFT, SUBMITTED, IN_REVIEW, PUBLISHED, OUTDATED, ARCHIVED = "draft", "submitted", "in_review", "published", "outdated", "archived"
MOVES = {
    DRAFT: {SUBMITTED, ARCHIVED},
    SUBMITTED: {IN_REVIEW, DRAFT, ARCHIVED},
    IN_REVIEW: {PUBLISHED, DRAFT, ARCHIVED},
    PUBLISHED: {OUTDATED, ARCHIVED, SUBMITTED, PUBLISHED},  # once more submitted when its meaning changed; published again when looked through
    OUTDATED: {PUBLISHED, ARCHIVED, SUBMITTED},
    ARCHIVED: set[str](),
}
YES, PARTLY, NO = "yes", "partly", "no"


@dataclass(frozen=True)
class Criterion:
    """What a reviewer asks of a practice."""

    code: str
    labels: tuple[str, ...]
    sentences: tuple[str, ...]

    @property
    def label(self) -> str:
        """The criterion in the reader's language."""
        return told(self.labels)

    @property
    def questions(self) -> str:
        """The questions behind it."""
        return told(self.sentences)


@dataclass(frozen=True)
class Verdict:
    """One person's finished review, as the rules need it: who, whether it is recommended, and what was said of each criterion."""

    reviewer: int
    recommends: str
    answers: Mapping[str, str]


@lru_cache
def _content() -> dict[str, Any]:
    return tomllib.loads((DATA / "review.toml").read_text())


@lru_cache
def criteria() -> tuple[Criterion, ...]:
    """The criteria of a review in their order (data/review.toml)."""
    return tuple(Criterion(one["code"], tuple(one["label"]), tuple(one["questions"])) for one in _content()["criterion"])


def reviews_wanted() -> int:
    """How many different people must recommend a practice before it is published."""
    return int(_content()["wanted"])


def may_move(state: str, to: str) -> bool:
    """Whether a practice may go from one state to another."""
    return to in MOVES.get(state, set())


def is_recommended(verdicts: Sequence[Verdict], authors: Collection[int]) -> bool:
    """Whether enough different people, none of them an author, recommend it without reserve."""
    return len({one.reviewer for one in verdicts if one.recommends == YES and one.reviewer not in authors}) >= reviews_wanted()


def disagreements(verdicts: Sequence[Verdict]) -> list[str]:
    """The criteria on which reviewers are apart: one says yes, another no; and "recommends" where they disagree on the whole."""
    def apart(said: set[str]) -> bool:
        return {YES, NO} <= said

    found = [one.code for one in criteria() if apart({verdict.answers.get(one.code, "") for verdict in verdicts})]
    return found + (["recommends"] if apart({one.recommends for one in verdicts}) else [])
