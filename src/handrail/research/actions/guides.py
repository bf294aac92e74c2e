"""Interview guides, written together: nobody's work is lost because somebody else was faster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.research.events import GuideWritten
from handrail.research.models import Guide, GuideVersion, Study


@transaction.atomic
def write_guide(
    *, study: Study, topics: Sequence[Mapping[str, Any]], guide: Guide | None = None, title: Mapping[str, str] | None = None, note: str = "", seen: int = 0,
    by: Person | None,
) -> GuideVersion:  # fmt: skip
    """Write a guide's next version. `seen` is the version that the writer had before them: whoever was slower is told, and nothing is overwritten."""
    if not any(topic.get("questions") for topic in topics):
        raise RuleBroken(_("Write at least one question."), field="topics")
    if guide is None:
        guide = Guide.objects.create(study=study, title=dict(title or {}))
    else:
        guide = Guide.objects.select_for_update(no_key=True).get(pk=guide.pk)
    latest = guide.versions.first()
    number = latest.number if latest else 0
    if seen != number:
        raise RuleBroken(_("Somebody wrote version %(number)d in the meantime. Look at what changed, then save yours on top of it.") % {"number": number}, field="seen")
    if latest is not None and latest.topics == list(topics):
        return latest
    made = GuideVersion.objects.create(guide=guide, number=number + 1, topics=list(topics), note=note.strip(), made_by=by, made_at=clock.now())
    announce(GuideWritten(guide.uid, study.uid, made.number), by=by)
    return made
