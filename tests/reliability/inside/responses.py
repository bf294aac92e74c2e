"""Collections that whoever has the address answers, and what is stored of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

MARK = "wish"  # the free text of the form, in which every answer carries its key


def build(cast: Any) -> list[str]:
    """Open an anonymous collection and one that keeps instants, and answer their addresses."""
    from handrail.instruments.models import QuestionnaireVersion
    from handrail.kit import clock
    from tests.instruments.collecting import collection

    today = clock.today()
    version = QuestionnaireVersion.objects.get()
    made = [collection(cast, version, is_anonymous=one, opens_on=today, closes_on=today + timedelta(days=9)) for one in (True, False)]
    return [f"/c/{one.code}/" for one in made]


def stored() -> dict[str, list[Any]]:
    """Every stored set of answers by the key that its free text carries, however it came there."""
    from handrail.instruments.models import Response

    found: dict[str, list[Any]] = {}
    for answers in Response.objects.values_list("answers", flat=True):
        found.setdefault(answers[MARK].split()[0], []).append(answers)
    return found


def set_aside() -> list[str]:
    """The free text of what was set aside for a person to look at."""
    from handrail.kit.models import SetAside

    rows = SetAside.objects.filter(scope__startswith="responses:").order_by("id")
    return [row["answers"][MARK] for row in rows.values_list("payload", flat=True) if "answers" in row]


def counts() -> list[int]:
    """How many were stored, by its rows, the keys taken, and the events announced: all three are one transaction."""
    from handrail.instruments.models import Response
    from handrail.kit.models import JournalEntry, Received

    return [
        Response.objects.count(), Received.objects.filter(scope__startswith="responses:").count(),
        JournalEntry.objects.filter(name="ResponseReceived").count(),
    ]  # fmt: skip


def let_in() -> dict[str, str]:
    """Let a collecting app in to the anonymous collection: its secret, and the id of the form there."""
    from datetime import date

    from handrail.instruments import actions, queries
    from handrail.instruments.models import Collection
    from handrail.people.models import Person

    asked = Collection.objects.filter(is_anonymous=True).get()
    holder = Person.objects.order_by("id").first()
    assert holder is not None
    device, token = actions.let_device_in(collections=[asked], label="Telefon", until=date(2018, 4, 30), by=holder)
    return {"token": token, "form": queries.forms_on(device)[0].form_id}


def of_devices() -> list[Any]:
    """What collecting apps brought."""
    from handrail.instruments.models import Response

    return list(Response.objects.filter(channel="device").values_list("instance", "answers"))
