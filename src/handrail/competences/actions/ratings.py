"""Ratings: by a person's own answers, the manager's, or somebody who watched. None overwrites another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from handrail.competences import rules
from handrail.competences.events import AnswersRated, PersonRated, QuestionsBound
from handrail.competences.models import Binding, Competence, Rating
from handrail.instruments.formats import Item
from handrail.instruments.models import Question, QuestionnaireVersion, Round, Submission
from handrail.instruments.queries import form_of
from handrail.instruments.rules import levels_of as levels_in_answers
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce, announce_each
from handrail.kit.text import _
from handrail.people.models import Person

LONGEST_NOTE = 300


@transaction.atomic
def rate_person(
    *, person: Person, competence: Competence, kind: str, level: int, by: Person | None, note: str = "",
    round: Round | None = None, submission: UUID | None = None, question: str = "", rated_at: datetime | None = None,
) -> Rating:  # fmt: skip
    """Give a person a level (0 to 4) in a competence. A later rating of the same kind and phase counts, the earlier one stays.

    Raises RuleBroken for a level outside the scale, an unknown kind, a competence out of use and a note over 300 characters.
    """
    rules.check_level(level)
    if kind not in Rating.Kind.values:
        raise RuleBroken(_("A rating is one's own, the manager's or observed."), field="kind")
    if competence.retired_at is not None:
        raise RuleBroken(_("The competence “%(code)s” is no longer in use.") % {"code": competence.code}, field="competence")
    if len(note) > LONGEST_NOTE:
        raise RuleBroken(_("The note is longer than 300 characters. Shorten it."), field="note")
    given = _Given(person.pk, {competence.pk: (level, question)}, by, rated_at or clock.now(), submission, note)
    [rating] = _rate([given], kind=kind, round=round)
    announce(
        PersonRated(
            rating.uid, person.uid, competence.uid, competence.framework.uid, kind, round.uid if round else None
        ),
        by=by,
    )
    return rating


def rate_by_answers(*, submission: UUID) -> int:
    """Turn the answers of a complete submission into ratings, once: own or the manager's, as the round asked.

    Answers how many ratings were made; the same submission again makes none. Several questions about one competence give their
    mean, halves downwards; "don't know" gives no rating.
    """
    return rate_by_all_answers(submissions=[submission])


@transaction.atomic
def rate_by_all_answers(*, submissions: Sequence[UUID]) -> int:
    """Turn the answers of several complete submissions into ratings, each once, as one of them alone would be; answers how many ratings were made."""
    rated = set(Rating.objects.filter(submission__in=submissions).values_list("submission", flat=True))
    rows = list(
        Submission.objects.select_related("invitation__about", "invitation__respondent")
        .filter(uid__in=[one for one in submissions if one not in rated], is_complete=True, invitation__about__erased_at=None)
        .order_by("pk")
    )
    rounds = Round.objects.select_related("version").in_bulk({row.invitation.round_id for row in rows})
    made, facts = 0, []
    for round_id, some in _in_turns(rows):
        round = rounds[round_id]
        kind = Rating.Kind.SELF if round.respondent == Round.Respondent.SELF else Rating.Kind.MANAGER
        bindings = list(
            Binding.objects.filter(question__version=round.version, competence__retired_at=None).values_list(
                "question__name", "competence_id", "competence__framework__uid"
            )
        )
        given = []
        for row in some:
            levels, frameworks = _levels_said(row, round, bindings)
            if levels:
                about, by = row.invitation.about, row.invitation.respondent
                given.append(_Given(about.pk, levels, by, row.received_at, submission=row.uid))
                facts.append((AnswersRated(row.uid, about.uid, tuple(sorted(frameworks)), kind, round.uid, len(levels)), by))
        made += len(_rate(given, kind=kind, round=round))
    announce_each(facts)
    return made


def _in_turns(rows: Iterable[Submission]) -> list[tuple[int, list[Submission]]]:
    """Submissions by round, in their order; whoever is spoken of twice has the later one in a later turn, so that it finds the earlier one."""
    turns: dict[tuple[int, int], list[Submission]] = defaultdict(list)
    seen: Counter[tuple[int, int]] = Counter()
    for row in rows:
        key = (row.invitation.round_id, row.invitation.about_id)
        turns[seen[key], row.invitation.round_id].append(row)
        seen[key] += 1
    return [(round_id, turns[turn, round_id]) for turn, round_id in sorted(turns)]


def _levels_said(row: Submission, round: Round, bindings: Sequence[tuple[str, int, UUID]]) -> tuple[dict[int, tuple[int, str]], set[UUID]]:
    """Competence -> level and the questions that say so, with the frameworks they stand in."""
    said = levels_in_answers(form_of(round.version), row.answers, today=clock.today())
    found: dict[int, dict[str, int]] = {}
    frameworks: set[UUID] = set()
    for question, competence, framework in bindings:
        level = said.get(question)
        if level is not None and rules.LOWEST <= level <= rules.HIGHEST:
            found.setdefault(competence, {})[question] = level
            frameworks.add(framework)
    return {one: (rules.level_from_several(list(said.values())), ", ".join(said)[:100]) for one, said in found.items()}, frameworks


@dataclass(frozen=True)
class _Given:
    """What somebody was given at one time: competence -> level, question."""

    person_id: int
    levels: Mapping[int, tuple[int, str]]
    by: Person | None
    rated_at: datetime
    submission: UUID | None = None
    note: str = ""


def _rate(given: Sequence[_Given], *, kind: str, round: Round | None) -> list[Rating]:
    """Write ratings, of each person once, and settle which of a person, competence, kind and phase is the latest, by when it was given."""
    same_phase = Q(round=None) if round is None else Q(round__phase=round.phase)
    at_of = {(one.person_id, competence): one.rated_at for one in given for competence in one.levels}
    beside = Rating.objects.filter(
        same_phase, person_id__in=[one.person_id for one in given], competence_id__in={competence for _person, competence in at_of}, kind=kind, is_latest=True
    ).values_list("pk", "person_id", "competence_id", "rated_at")
    older, newer = [], set()
    for pk, person, competence, at in beside:
        mine = at_of.get((person, competence))
        if mine is not None and at > mine:
            newer.add((person, competence))
        elif mine is not None:
            older.append(pk)
    if older:
        Rating.objects.filter(pk__in=older).update(is_latest=False)
    return Rating.objects.bulk_create(
        Rating(
            person_id=one.person_id, competence_id=competence, kind=kind, level=level, rated_by=one.by, rated_at=one.rated_at, round=round,
            submission=one.submission, question=question, note=one.note, is_latest=(one.person_id, competence) not in newer,
        )
        for one in given
        for competence, (level, question) in one.levels.items()
    )  # fmt: skip


# --- questions bound to competences -------------------------------------------------------------------------------------------


@transaction.atomic
def bind_questions(*, version: QuestionnaireVersion, by: Person | None = None) -> int:
    """Bind the questions of a questionnaire's version to the competences that its `competence` column names.

    Answers how many. Raises RuleBroken naming row and code for an unknown competence, and for a level outside 0 to 4.
    """
    items = [item for item in form_of(version).questions() if item.competence]
    if not items:
        return 0
    programme = version.questionnaire.programme_id
    known = {
        row.code.casefold(): row
        for row in Competence.objects.filter(framework__programme_id=programme, retired_at=None).order_by("framework_id")
    }
    _check_bound(items, known)
    questions = dict(Question.objects.filter(version=version).values_list("name", "pk"))
    made = Binding.objects.bulk_create(
        Binding(
            question_id=questions[item.name], competence=known[item.competence.strip().casefold()],
            levels={choice.name: choice.level for choice in item.choices if choice.level is not None},
        )
        for item in items
    )  # fmt: skip
    announce(QuestionsBound(version.uid, len(made)), by=by)
    return len(made)


def _check_bound(items: list[Item], known: Mapping[str, Any]) -> None:
    for item in items:
        row = item.row
        if item.competence.strip().casefold() not in known:
            few = ", ".join(sorted(one.code for one in known.values())[:8])
            remedy = _("Write one of %(codes)s …, or bring in the framework first.") % {"codes": few} if few else _("Bring in the framework first.")
            raise RuleBroken(
                _("Row %(row)d: there is no competence “%(code)s” in the programme. %(remedy)s")
                % {"row": row, "code": item.competence[:40], "remedy": remedy},
                field="file",
            )
        for choice in item.choices:
            if choice.level is not None and not rules.LOWEST <= choice.level <= rules.HIGHEST:
                raise RuleBroken(
                    _("Row %(row)d: the choice “%(choice)s” stands for level %(level)d. Levels go from 0 to 4.")
                    % {"row": row, "choice": choice.name[:40], "level": choice.level},
                    field="file",
                )
