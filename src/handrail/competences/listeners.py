"""Hears answers, questionnaires and targets; what takes time goes through `later`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from handrail.competences import actions, queries, tasks
from handrail.competences.events import AnswersRated, PersonRated, TargetsSet
from handrail.instruments.events import AnswersReceived, QuestionnairePublished, RoundClosed
from handrail.kit.events import on, on_all
from handrail.kit.later import daily, later
from handrail.people.events import PersonErased
from handrail.people.queries import person_named

PAUSE = timedelta(seconds=20)  # a map that was drawn just now waits for more answers


@on(PersonErased, from_the_top=True)
def forget_person(event: PersonErased) -> None:
    """Ratings, profile and sharing go; what is drawn of many stays."""
    actions.forget_levels(person=person_named(event.person))


@on(QuestionnairePublished)
def bind(event: QuestionnairePublished) -> None:
    """A published questionnaire's questions are bound to competences; an unknown code keeps it from being published."""
    actions.bind_questions(version=queries.version_by_uid(event.version))


@on_all(AnswersReceived)
def rate(events: Sequence[AnswersReceived]) -> None:
    """Whole sets of answers become ratings soon after they are safe."""
    if len(events) == 1:
        later(tasks.rate_answers, submission=events[0].submission)
    else:
        later(tasks.rate_all_answers, submissions=[str(event.submission) for event in events])


@on_all(AnswersRated)
def redraw_after_answers(events: Sequence[AnswersRated]) -> None:
    """New ratings reach the map."""
    for framework, round in dict.fromkeys((framework, event.round) for event in events for framework in event.frameworks):
        _redraw(framework, round)


@on(PersonRated)
def redraw_after_rating(event: PersonRated) -> None:
    """A single rating reaches the map; an observed one is for the person alone."""
    if event.kind != "observed":
        _redraw(event.framework, event.round)


@on(RoundClosed)
def redraw_after_round(event: RoundClosed) -> None:
    """When a round closes, everything that came in is drawn."""
    for framework in queries.frameworks_of(event.programme):
        later(tasks.redraw_map, framework=framework.uid, round=event.round)


@on(TargetsSet)
def redraw_after_targets(event: TargetsSet) -> None:
    """Other targets, other distances: for the same people."""
    framework = queries.framework_by_uid(event.framework)
    if framework is not None and actions.mark_stale(framework, None, everything=True):
        later(tasks.redraw_map, framework=framework.uid)


@daily("competences: draw maps")
def redraw_stale() -> None:
    """Rounds that ran out by their date are drawn whole, once a day."""
    for framework in queries.frameworks_with_stale_maps():
        later(tasks.redraw_map, framework=framework.uid)


def _redraw(framework_uid: object, round_uid: object) -> None:
    framework = queries.framework_by_uid(framework_uid)
    if framework is None:
        return
    round = queries.round_by_uid(round_uid) if round_uid else None
    pause = PAUSE if queries.was_drawn_lately(framework, PAUSE) else None
    if actions.mark_stale(framework, round):
        later(tasks.redraw_map, after=pause, framework=framework.uid, round=round.uid if round else "")
