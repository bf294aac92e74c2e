"""What both sides answered about a follow-up: side by side for the caseworker, each side's own for itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from handrail.kit import clock
from handrail.placements.models import FollowUp, Opinion, Placement
from handrail.placements.rules.week import AHEAD, QUESTIONS


@dataclass(frozen=True)
class Beside:
    """Both sides of a follow-up: a step of each question, and what was added in own words."""

    rows: list[tuple[str, int | None, int | None]]
    participant: Opinion | None
    company: Opinion | None


def opinions_of(follow_up: FollowUp) -> Beside | None:
    """Both sides' latest answers; None before the first."""
    found: dict[str, Opinion] = {one.side: one for one in Opinion.objects.filter(follow_up=follow_up, is_current=True)}
    if not found:
        return None
    participant, company = found.get(Opinion.Side.PARTICIPANT), found.get(Opinion.Side.COMPANY)

    def step(side: Opinion | None, question: str) -> Any:
        return side.answers.get(question) if side else None

    return Beside([(question, step(participant, question), step(company, question)) for question in QUESTIONS], participant, company)


def reviews_of_company(placements: Iterable[Placement]) -> dict[int, tuple[FollowUp, Opinion | None]]:
    """By placement, the follow-up about which its company is asked now, and what the company has answered; never what the person has."""
    due = FollowUp.objects.filter(placement__in=list(placements), done_on=None, placement__state=Placement.State.RUNNING, due_on__lte=clock.today() + AHEAD)
    first: dict[int, FollowUp] = {}
    for one in due.order_by("due_on", "id"):
        first.setdefault(one.placement_id, one)
    said = {one.follow_up_id: one for one in Opinion.objects.filter(follow_up__in=first.values(), side=Opinion.Side.COMPANY, is_current=True)}
    return {placement: (one, said.get(one.pk)) for placement, one in first.items()}
