"""A round with many people to answer, and what is stored of their answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

MARK = "wish"  # the free text of the form, in which every answer carries its key


def build(cast: Any, people: int) -> list[str]:
    """Open a round and answer as many personal links."""
    from handrail.instruments import actions
    from handrail.kit import clock
    from tests.instruments.forms import mapping

    version = actions.publish_questionnaire(programme=cast.programme, file_name="k.xlsx", content=mapping(), by=cast.amal)
    today = clock.today()
    made = actions.open_round(
        programme=cast.programme, version=version, title="Kartläggning", opens_on=today, closes_on=today + timedelta(days=9), by=cast.amal
    )
    actions.invite_to_round(round=made, persons=cast.more_staff(people), by=cast.amal)
    return [actions.link_for(one) for one in made.invitations.select_related("respondent", "round")]


def stored() -> dict[str, list[Any]]:
    """Every stored set of answers by the key that its free text carries, however it came there."""
    from handrail.instruments.models import Submission

    found: dict[str, list[Any]] = {}
    for answers in Submission.objects.order_by("id").values_list("answers", flat=True):
        found.setdefault(answers[MARK].split()[0], []).append(answers)
    return found


def set_aside() -> list[str]:
    """The free text of what was set aside for a person to look at."""
    from handrail.kit.models import SetAside

    rows = SetAside.objects.filter(scope__startswith="answers:").order_by("id")
    return [row["answers"][MARK] for row in rows.values_list("payload", flat=True)]


def counts() -> list[int]:
    """How many were stored, by its rows, the keys taken, and the events announced: all three are one transaction."""
    from handrail.instruments.models import Submission
    from handrail.kit.models import JournalEntry, Received

    return [
        Submission.objects.count(), Received.objects.filter(scope__startswith="answers:").exclude(result=None).count(),
        JournalEntry.objects.filter(name="AnswersReceived").count(),
    ]  # fmt: skip
