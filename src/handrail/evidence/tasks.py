"""Work after the answer: months listed and renewed, people told."""

from __future__ import annotations

import logging
from datetime import date

from handrail.evidence import actions, queries, rules
from handrail.kit import clock
from handrail.kit.later import daily, task

log = logging.getLogger(__name__)


@task()
def review_person_month(session: str, person: str, month: str) -> None:
    """List one person's month anew after attendance was recorded or corrected."""
    programme = queries.programme_of_session(session)
    who = queries.person_by_uid(person)
    if programme and who:
        actions.review_month(programme=programme, person=who, month=date.fromisoformat(month))
        actions.keep_tallies(programme=programme)


@task()
def tell_participants(programme: str, month: str) -> None:
    """Mail everybody whose month was listed and waits for them."""
    found = queries.programme_by_uid(programme)
    if found:
        waiting = queries.valid_certificates(found).filter(month=date.fromisoformat(month), state="open", reminded_at=None)
        actions.tell_people(list(waiting.select_related("participation")), programme=found)


@task()
def keep_tallies() -> None:
    """Keep the sums of months that have changed."""
    _keep_changed()


def _keep_changed() -> None:
    for programme in queries.programmes_to_tally():
        actions.keep_tallies(programme=programme)


@daily("evidence.months")
def open_past_months() -> None:
    """List every month that is over, also late ones: whatever a failed task missed is found here."""
    today = clock.today()
    for programme in queries.programmes_in_period(today):
        month = programme.starts_on.replace(day=1)
        while month <= programme.ends_on and rules.is_over(month, today):
            actions.open_month(programme=programme, month=month, tell=rules.next_month(month) == today.replace(day=1))
            month = rules.next_month(month)


@daily("evidence.tallies")
def recount_tallies() -> None:
    """Compare every month's sums with its lines; where they differ, an action changed a month without saying so, and it is kept anew."""
    for programme, month in queries.wrong_tallies(queries.programmes_with_sums()):
        log.warning("The kept sums of %s in programme %s were wrong and are put right.", rules.month_key(month), programme.uid)
        actions.month_changed(programme.pk, [month])
    _keep_changed()
