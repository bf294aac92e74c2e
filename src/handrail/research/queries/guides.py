"""Interview guides, starting from who asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from handrail.people.models import Person
from handrail.research.models import Guide, GuideVersion, Study
from handrail.research.queries.studies import studies_visible_to


def guides_visible_to(person: Person) -> QuerySet[Guide]:
    """The guides of the studies that a person sees."""
    return Guide.objects.filter(study__in=studies_visible_to(person)).select_related("study__programme")


def versions_of_guide(guide: Guide) -> QuerySet[GuideVersion]:
    """Every version, the newest first, with who wrote it."""
    return guide.versions.select_related("made_by__identity")


def guide_versions(study: Study) -> list[GuideVersion]:
    """The newest version of each of a study's guides."""
    found: dict[int, GuideVersion] = {}
    for one in GuideVersion.objects.filter(guide__study=study).select_related("guide").order_by("guide_id", "-number"):
        found.setdefault(one.guide_id, one)
    return list(found.values())


@dataclass(frozen=True)
class Said:
    """A text in the language that was asked for, else in one that it has."""

    text: str
    language: str


def read_topics(topics: Sequence[Mapping[str, Any]], language: str) -> list[tuple[Said, list[Said]]]:
    """A guide in one language: each topic with its questions; what is not translated stands in the language it was written in."""
    return [(_said(topic["title"], language), [_said(one, language) for one in topic["questions"]]) for topic in topics]


def _said(texts: Mapping[str, str], language: str) -> Said:
    for code in (language, "en", *texts):
        if texts.get(code):
            return Said(texts[code], code)
    return Said("", language)
