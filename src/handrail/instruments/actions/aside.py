"""What came under a used key with other content: looked at by a person, never thrown away by the machine."""

from __future__ import annotations

from django.db import transaction

from handrail.instruments.events import SetAsideSettled
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.models import SetAside
from handrail.kit.text import _
from handrail.people.models import Person


@transaction.atomic
def settle_set_aside(*, set_aside: SetAside, note: str, by: Person) -> SetAside:
    """Say what was found out about answers that were set aside. They stay as they are; the first answers keep counting."""
    if not note.strip():
        raise RuleBroken(_("Write in a sentence what you found out, for whoever asks later."), field="note")
    changed = SetAside.objects.filter(pk=set_aside.pk, settled_at=None).update(
        settled_at=clock.now(), settled_by=by.uid, settled_note=note.strip()
    )
    if not changed:
        raise RuleBroken(_("Somebody else has settled this already."))
    announce(SetAsideSettled(set_aside.uid, set_aside.programme), by=by)
    set_aside.refresh_from_db()
    return set_aside
