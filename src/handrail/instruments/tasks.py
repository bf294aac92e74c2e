"""Work after the answer: the mails of a round, and rounds that are over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from handrail.instruments import actions
from handrail.instruments.models import Round
from handrail.instruments.queries.rounds import round_by_uid
from handrail.instruments.queries.tallies import collections_asking, collections_to_recount
from handrail.kit.later import daily, sweep, task


@task()
def write_invitations(round: str, respondents: list[str], at: str) -> None:
    """Write the invitations promised to these people."""
    actions.mail_invitation(round=_round(round), respondents=[UUID(one) for one in respondents], at=datetime.fromisoformat(at))


@task()
def write_reminders(round: str, respondents: list[str], at: str) -> None:
    """Write the reminders promised to these people."""
    actions.mail_reminder(round=_round(round), respondents=[UUID(one) for one in respondents], at=datetime.fromisoformat(at))


@daily("instruments: close rounds that are over")
def close_rounds() -> None:
    """Close what is past its last day of grace."""
    actions.close_overdue_rounds()


def _round(uid: str) -> Round:
    return round_by_uid(uid)


@sweep("instruments: add up responses")
def add_up_responses() -> None:
    """Add up what came in since the last look."""
    actions.add_up()


@daily("instruments: recount collections")
def recount_collections() -> None:
    """Count anew what must be: nothing of a replaced answer stays in the columns, and sums that were wrong are put right."""
    for collection in collections_to_recount():
        actions.recount(collection=collection)


@task()
def recount_questionnaire(questionnaire: str) -> None:
    """Score earlier answers too, after a published instrument was taken up."""
    for collection in collections_asking(UUID(questionnaire)):
        actions.recount(collection=collection)
