"""Work after the answer: answers become ratings, ratings become the map. Each may run twice without harm."""

from __future__ import annotations

import logging
from uuid import UUID

from handrail.competences import actions, queries
from handrail.kit.later import task

log = logging.getLogger("handrail.competences")


@task()
def rate_answers(submission: str) -> None:
    """Turn the answers of one submission into ratings."""
    actions.rate_by_answers(submission=UUID(submission))


@task()
def rate_all_answers(submissions: list[str]) -> None:
    """Turn the answers of submissions that came together into ratings."""
    actions.rate_by_all_answers(submissions=[UUID(one) for one in submissions])


@task()
def redraw_map(framework: str, round: str = "") -> None:
    """Draw the map of one measurement anew (or of all), as far as two looks may differ."""
    found = queries.framework_by_uid(UUID(framework))
    if found is None:
        return
    if round:
        actions.draw_measurement(found, queries.round_id_of(UUID(round)))
    elif queries.measurements_of(found):
        actions.draw_map(found)
