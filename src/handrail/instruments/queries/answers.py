"""Answers: only their author finds them. Nobody else is given a way to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from handrail.instruments import rules
from handrail.instruments.formats import ACKNOWLEDGE, SELECTS, Form, Item
from handrail.instruments.models import Invitation, Submission
from handrail.instruments.queries.forms import form_of
from handrail.kit.models import Link, SetAside
from handrail.kit.text import local
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of


def submissions_visible_to(person: Person) -> QuerySet[Submission]:
    """What a person sent: nobody else opens it, neither manager nor process leader nor owner."""
    return Submission.objects.filter(invitation__respondent=person).select_related(
        "invitation__round__version__questionnaire", "invitation__round__programme"
    )


def invitations_visible_to(person: Person) -> QuerySet[Invitation]:
    """What a person was asked to answer."""
    return Invitation.objects.filter(respondent=person).select_related("round__version", "round__programme", "respondent")


def invitations_behind(link: Link) -> QuerySet[Invitation]:
    """Everything that the holder of a personal link is asked in its round: oneself, or each of one's reports."""
    first = Invitation.objects.filter(uid=link.subject)
    return Invitation.objects.filter(
        round_id__in=first.values("round_id"), respondent_id__in=first.values("respondent_id"), respondent__erased_at=None
    ).select_related("round__version__questionnaire", "round__programme", "respondent__identity").order_by("pk")  # fmt: skip


def latest_submission(invitation: Invitation) -> Submission | None:
    """What was kept last, done or not."""
    return invitation.submissions.order_by("-id").first()


def set_aside_visible_to(person: Person) -> QuerySet[SetAside]:
    """Answers that came under a used key in the programmes that one coordinates; that they came, not what they say."""
    authority = authority_of(person)
    mine = [one.programme for one in authority.held if one.role == Role.COORDINATOR]
    rows = SetAside.objects.filter(scope__startswith="answers:").defer("payload").order_by("settled_at", "-at", "pk")
    if None in mine:
        return rows
    return rows.filter(Q(programme__in=mine))


@dataclass(frozen=True)
class Said:
    """One question with its answer in words."""

    label: str
    answer: str
    group: str = ""
    page: int = 0


def in_words(submission: Submission, language: str) -> list[Said]:
    """A submission question by question, in one of its form's languages."""
    form = form_of(submission.invitation.round.version)
    return said(form, submission.answers, language, today=local(submission.received_at).date())


def said(form: Form, answers: Mapping[str, Any], language: str, *, today: date | None = None) -> list[Said]:
    """Every answered question of a form with its answer in words, in the order of the form; a repeat's with which time round it is."""
    state = rules.work_out(form, answers, today=today, language=language)
    found = []
    for number, page in enumerate(rules.pages(form)):
        group = rules.plain(rules.text_for(form, page.labels, language, state.top.values))
        for _key, item, scope in state.shown(items=page.items):
            value = scope.typed.get(item.name, scope.raw.get(item.name))  # what cannot be read yet is shown as it was typed
            if item.is_question and value not in (None, "", []):
                label = rules.plain(state.text(item.labels, scope, item))
                found.append(Said(_times(state, scope) + label, answer_text(form, item, value, language), group, number))
    return found


def answer_text(form: Form, item: Item, value: Any, language: str) -> str:
    """One answer as its author reads it: the labels of what was chosen, the number, the text."""
    if item.kind not in SELECTS:
        return "✓" if item.kind == ACKNOWLEDGE else rules.text_of(value)
    text = rules.text_of(value)
    return rules.choice_labels(form, item, text, language) or text


def _times(state: rules.State, scope: rules.Scope) -> str:
    """Which time round its repeats an answer belongs to: "Person 2: "."""
    if scope.parent is None:
        return ""
    repeat = state.plan.steps[scope.repeat].item
    words = rules.plain(state.text(repeat.labels, scope.parent, repeat))
    return f"{_times(state, scope.parent)}{words} {scope.index + 1}: ".lstrip()
