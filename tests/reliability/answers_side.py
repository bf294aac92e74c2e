"""Inside the product: a round with many people to answer, and what is stored of their answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

MARK = "wish"  # the free text of the form, in which every answer carries its key


def build(people: int) -> list[str]:
    """Open a round and answer as many personal links."""
    from handrail.instruments import actions
    from handrail.kit import clock
    from tests.cast import make_cast
    from tests.instruments.forms import mapping

    cast = make_cast()
    version = actions.publish_questionnaire(programme=cast.programme, file_name="k.xlsx", content=mapping(), by=cast.amal)
    today = clock.today()
    made = actions.open_round(
        programme=cast.programme, version=version, title="Kartläggning", opens_on=today, closes_on=today + timedelta(days=9), by=cast.amal
    )
    actions.invite_to_round(round=made, persons=cast.more_staff(people), by=cast.amal)
    return [actions.link_for(one) for one in made.invitations.select_related("respondent", "round")]


def stored() -> dict[str, list[Any]]:
    """Every stored set of answers by the key that it carries, however it came there."""
    from handrail.instruments.models import Submission

    found: dict[str, list[Any]] = {}
    for answers in Submission.objects.order_by("id").values_list("answers", flat=True):
        found.setdefault(answers[MARK].split()[0], []).append(answers)
    return found


def set_aside() -> list[Any]:
    """What was set aside for a person to look at."""
    from handrail.kit.models import SetAside

    return [row["answers"] for row in SetAside.objects.order_by("id").values_list("payload", flat=True)]


def counts() -> dict[str, int]:
    """Rows of answers, keys taken, and events announced for them: all three are one transaction."""
    from handrail.instruments.models import Submission
    from handrail.kit.models import JournalEntry, Received

    return {
        "submissions": Submission.objects.count(),
        "keys": Received.objects.filter(scope__startswith="answers:").exclude(result=None).count(),
        "events": JournalEntry.objects.filter(name="AnswersReceived").count(),
    }
