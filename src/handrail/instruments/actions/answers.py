"""Answers: taken once for each key, kept whole, the latest counting."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from handrail.instruments import rules
from handrail.instruments.events import AnswersReceived, AnswersSaved
from handrail.instruments.formats import REPEAT, Form
from handrail.instruments.models import Invitation, Round, Submission
from handrail.instruments.queries.forms import form_of, language_for
from handrail.instruments.queries.rounds import state_of
from handrail.instruments.rules import MOST_TIMES
from handrail.instruments.rules.rounds import takes_answers
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce, announce_each
from handrail.kit.intake import Brought, Receipt, take_all_once, take_once
from handrail.kit.text import _, local
from handrail.people.models import Person

LONGEST = 5_000
DEEPEST = 5  # repeats in each other
MOST = 500  # submissions of one invitation: far beyond any person, short of filling a disk


class AnswersWrong(RuleBroken):
    """Something in the answers has to be mended before they can be sent; `problems` names each question."""

    def __init__(self, problems: Sequence[Any]) -> None:
        super().__init__(_("Some answers are missing or need to be mended."))
        self.problems = tuple(problems)


def submit_answers(
    *, invitation: Invitation, answers: Mapping[str, Any], is_complete: bool, language: str, key: str, page: Sequence[str] | None = None,
    by: Person | None = None,
) -> Receipt:  # fmt: skip
    """Keep a set of answers, once for each key; what was sent before stays beside it.

    With `page`, the names of the questions of one page, only those are replaced in what was kept last; else everything is.
    A whole set is checked (hidden questions dropped, required ones there, constraints met) and raises AnswersWrong; a part
    is kept as it is. Raises RuleBroken when the round takes no answers. Answer the person only after this returns.
    """
    _must_be_plain(answers, key, language)
    # No transaction around this one: take_once opens it, and what it answers is committed.
    content = {"answers": dict(answers), "complete": is_complete, "language": language, "page": list(page) if page is not None else None}
    return take_once(
        key=key, scope=scope_of(invitation), content=content, programme=invitation.round.programme.uid,
        perform=lambda: _store(invitation, dict(answers), is_complete, language, page, by),
    )  # fmt: skip


def scope_of(invitation: Invitation) -> str:
    """Keys belong to one invitation, so that nobody can use up somebody else's."""
    return f"answers:{invitation.uid.hex}"


@dataclass(frozen=True)
class Answered:
    """One whole set of answers among several that are brought at once."""

    invitation: Invitation
    answers: Mapping[str, Any]
    language: str
    key: str
    by: Person | None = None


def submit_all_answers(brought: Sequence[Answered]) -> list[Receipt]:
    """Keep whole sets of answers that were brought at once (from a day without a line, from paper): each as one sent alone, all of them or none.

    Each is of another invitation. Raises what `submit_answers` raises.
    """
    for one in brought:
        _must_be_plain(one.answers, one.key, one.language)
    if len({one.invitation.pk for one in brought}) < len(brought):
        raise ValueError("An invitation stands in the list twice.")
    content = [{"answers": dict(one.answers), "complete": True, "language": one.language, "page": None} for one in brought]
    return take_all_once(
        [Brought(one.key, scope_of(one.invitation), said) for one, said in zip(brought, content, strict=True)],
        programme=brought[0].invitation.round.programme.uid if brought else None,
        perform=lambda new: _store_all([brought[place] for place in new]),
    )


def _store_all(brought: Sequence[Answered]) -> list[UUID]:
    locked = Invitation.objects.select_for_update(of=("self",), no_key=True).select_related("about").order_by("pk")
    rows = locked.in_bulk([one.invitation.pk for one in brought])
    rounds = Round.objects.select_related("version", "programme").in_bulk({row.round_id for row in rows.values()})
    sent_before = Counter(Submission.objects.filter(invitation__in=rows).values_list("invitation_id", flat=True))
    now, made, facts = clock.now(), [], []
    for one in brought:
        row = rows[one.invitation.pk]
        row.round = rounds[row.round_id]
        _may_be_kept(row.round, sent_before[row.pk])
        form = form_of(row.round.version)
        language = language_for(form, one.language)
        answers = _whole(form, _known(form, one.answers), language)
        made.append(Submission(invitation=row, answers=answers, is_complete=True, language=language, received_at=now, sent_by=one.by))
        row.started_at, row.completed_at = row.started_at or now, row.completed_at or now
        facts.append((_received(row, row.round, made[-1]), one.by))
    Submission.objects.bulk_create(made)
    Invitation.objects.bulk_update(rows.values(), ["started_at", "completed_at"], batch_size=200)
    announce_each(facts)
    return [one.uid for one in made]


def _store(
    invitation: Invitation, answers: dict[str, Any], is_complete: bool, language: str, page: Sequence[str] | None, by: Person | None
) -> UUID:
    # Locked, so that two pages sent at one instant are put together one after the other.
    row = Invitation.objects.select_for_update(of=("self",), no_key=True).select_related("round__version", "round__programme", "about").get(pk=invitation.pk)
    _may_be_kept(row.round, row.submissions.count())
    form = form_of(row.round.version)
    sent = _known(form, answers)
    if page is not None:
        earlier = row.submissions.order_by("-id").values_list("answers", flat=True).first() or {}
        sent = {name: value for name, value in earlier.items() if name not in set(page)} | {
            name: value for name, value in sent.items() if name in set(page)
        }
    if is_complete:
        sent = _whole(form, sent, language_for(form, language))
    now = clock.now()
    submission = Submission.objects.create(
        invitation=row, answers=sent, is_complete=is_complete, language=language_for(form, language), received_at=now, sent_by=by
    )
    row.started_at = row.started_at or now
    row.completed_at = row.completed_at or (now if is_complete else None)
    row.save(update_fields=["started_at", "completed_at"])
    announce(_received(row, row.round, submission) if is_complete else AnswersSaved(submission.uid, row.uid, row.round.uid), by=by)
    uid: UUID = submission.uid
    return uid


def _may_be_kept(round: Round, sent_before: int) -> None:
    if not takes_answers(state_of(round)):
        raise RuleBroken(_("The round takes no answers now. What you sent before is kept."))
    if sent_before >= MOST:
        raise RuleBroken(_("These answers were changed too many times. Write to whoever invited you."))


def _whole(form: Form, sent: Mapping[str, Any], language: str) -> dict[str, Any]:
    """A whole set as it is kept. Raises AnswersWrong."""
    today = local(clock.now()).replace(tzinfo=None)  # with the time of day, for forms that ask what time it is
    if problems := rules.answer_problems(form, sent, language=language, complete=True, today=today, takes_files=False):
        raise AnswersWrong(problems)
    return dict(rules.clean_answers(form, sent, today=today))


def _received(row: Invitation, round: Round, submission: Submission) -> AnswersReceived:
    return AnswersReceived(
        submission.uid, row.uid, round.uid, round.programme.uid, round.version.uid, row.about.uid, round.respondent, round.phase
    )


def _known(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that a form could have, without empty ones. Raises RuleBroken for a question that it does not have."""
    known = {item.name: item.kind for item in form.fields()}
    if unknown := [name for name in answers if name not in known]:
        raise RuleBroken(_("The form has no question “%(name)s”. Reload the page.") % {"name": unknown[0][:60]})
    return {name: value for name, value in answers.items() if value not in (None, "", []) or (value == [] and known[name] == REPEAT)}


def _must_be_plain(answers: Mapping[str, Any], key: str, language: str) -> None:
    """Refuse what no question takes before anything of it reaches the database."""
    if not (_is_text(key, 80) and _is_text(language, 10)):
        raise RuleBroken(_("The page sent no key of its own. Reload it and send again."))
    if len(answers) > LONGEST:
        raise RuleBroken(_("There are more answers than any form has questions."))
    for name, value in answers.items():
        if not (_is_text(name, 100) and _is_plain(value)):
            raise RuleBroken(
                _("The answer to “%(name)s” is too long or of a kind that no question takes.")
                % {"name": name[:60].encode("utf-8", "replace").decode()}
            )


def _is_plain(value: Any, depth: int = 0) -> bool:
    if isinstance(value, list):
        if all(isinstance(one, dict) for one in value):  # a repeat: one set of answers for each time round
            return len(value) <= MOST_TIMES and depth < DEEPEST and all(_are_plain(one, depth + 1) for one in value)
        return len(value) <= LONGEST and all(_is_text(one, 100) for one in value)
    return (
        value is None
        or _is_text(value, LONGEST)
        or (isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15)
        or (isinstance(value, float) and math.isfinite(value))
    )


def _are_plain(answers: Mapping[str, Any], depth: int) -> bool:
    return len(answers) <= LONGEST and all(_is_text(name, 100) and _is_plain(value, depth) for name, value in answers.items())


def _is_text(value: Any, longest: int) -> bool:
    """Text that both databases can keep: no NUL, no half of a character."""
    return isinstance(value, str) and len(value) <= longest and "\x00" not in value and not any("\ud800" <= c <= "\udfff" for c in value)
