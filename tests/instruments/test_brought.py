"""Answers that are brought at once are kept as if each had been sent alone."""

from __future__ import annotations

from typing import Any

import pytest

from handrail.instruments import actions
from handrail.instruments.models import Invitation, Round, Submission
from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry, Received, SetAside
from tests.instruments.forms import WHOLE

pytestmark = pytest.mark.django_db


def brought(open_round: Round, wishes: dict[int, str]) -> list[actions.Answered]:
    rows = list(Invitation.objects.filter(round=open_round).order_by("pk"))
    return [
        actions.Answered(rows[place], {**WHOLE, "trained": "no", "hours": 3, "wish": wish}, "en", f"brought-{place:012}", by=rows[place].respondent)
        for place, wish in wishes.items()
    ]


def kept() -> list[tuple[object, ...]]:
    """What stands of each invitation's answers."""
    rows = Submission.objects.order_by("invitation").values_list("invitation", "answers", "is_complete", "language", "received_at", "sent_by", "invitation__started_at", "invitation__completed_at")
    return [tuple(row) for row in rows]


def test_answers_brought_at_once_are_kept_as_each_alone(open_round: Round) -> None:
    some = brought(open_round, {0: "A", 1: "B", 2: "C"})
    receipts = actions.submit_all_answers(some)
    together, said = kept(), list(JournalEntry.objects.filter(name="AnswersReceived").values_list("by", "data__about", "data__invitation"))
    assert [one.status for one in receipts] == [201] * 3
    assert [one.result for one in receipts] == list(Submission.objects.order_by("invitation").values_list("uid", flat=True))
    again = [
        actions.submit_answers(invitation=one.invitation, answers=one.answers, is_complete=True, language=one.language, key=one.key, by=one.by) for one in some
    ]
    assert [(one.status, one.result) for one in again] == [(200, one.result) for one in receipts], "the same keys, the same content: as if sent alone before"
    Submission.objects.all().delete()
    Received.objects.all().delete()
    JournalEntry.objects.all().delete()
    Invitation.objects.update(started_at=None, completed_at=None)
    for one in some:
        actions.submit_answers(invitation=one.invitation, answers=one.answers, is_complete=True, language=one.language, key=one.key, by=one.by)
    assert kept() == together
    assert list(JournalEntry.objects.filter(name="AnswersReceived").values_list("by", "data__about", "data__invitation")) == said


def test_of_a_list_what_came_before_is_told_and_the_rest_is_kept(open_round: Round) -> None:
    first = actions.submit_all_answers(brought(open_round, {0: "A", 1: "B"}))
    second = actions.submit_all_answers(brought(open_round, {0: "A", 1: "other", 2: "C"}))
    assert [one.state for one in second] == ["again", "aside", "new"]
    assert [one.result for one in second[:2]] == [one.result for one in first]
    assert [row[1]["wish"] for row in kept()] == ["A", "B", "C"]  # type: ignore[index]
    assert SetAside.objects.get().payload["answers"]["wish"] == "other"


def test_a_list_with_something_wrong_is_not_kept_at_all(cast: Any, open_round: Round) -> None:
    some = brought(open_round, {0: "A", 1: "B"})
    with pytest.raises(actions.AnswersWrong):
        actions.submit_all_answers([some[0], actions.Answered(some[1].invitation, {"trained": "yes"}, "en", some[1].key)])
    with pytest.raises(RuleBroken):
        actions.submit_all_answers([some[0], actions.Answered(some[1].invitation, {"wish": "\x00"}, "en", some[1].key)])
    with pytest.raises(ValueError, match="twice"):
        actions.submit_all_answers([some[0], some[0]])
    assert not Submission.objects.exists()
    assert not Received.objects.exists(), "the keys are free again"
    actions.close_round(round=open_round, by=cast.amal)
    with pytest.raises(RuleBroken, match=r"no answers now|tar inte emot svar"):
        actions.submit_all_answers(brought(open_round, {0: "A", 1: "B"}))


def test_nothing_brought_is_nothing_kept() -> None:
    assert actions.submit_all_answers([]) == []
