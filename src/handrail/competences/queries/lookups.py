"""Rows by uid for listeners and tasks, which act for nobody in particular."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from handrail.competences.models import Framework, MapRelease
from handrail.instruments.models import QuestionnaireVersion, Round
from handrail.kit import clock


def framework_by_uid(uid: Any) -> Framework | None:
    """The framework behind a uid."""
    return Framework.objects.select_related("programme").filter(uid=uid).first()


def frameworks_of(programme_uid: UUID) -> QuerySet[Framework]:
    """A programme's frameworks."""
    return Framework.objects.filter(programme__uid=programme_uid)


def frameworks_with_stale_maps() -> QuerySet[Framework]:
    """Frameworks whose map has not caught up, or was drawn while a round was open."""
    open_or_stale = [
        release.framework_id
        for release in MapRelease.objects.filter(round__isnull=False)
        if release.is_stale or len(release.closed_kinds) < 2
    ]
    return Framework.objects.filter(pk__in=open_or_stale)


def round_by_uid(uid: Any) -> Round | None:
    """The round behind a uid."""
    return Round.objects.filter(uid=uid).first()


def round_id_of(uid: UUID) -> int | None:
    """The row of a round."""
    return Round.objects.filter(uid=uid).values_list("pk", flat=True).first()


def version_by_uid(uid: UUID) -> QuestionnaireVersion:
    """The questionnaire's version behind a uid."""
    return QuestionnaireVersion.objects.select_related("questionnaire").get(uid=uid)


def was_drawn_lately(framework: Framework, within: timedelta) -> bool:
    """Whether a map of the framework was drawn just now."""
    return MapRelease.objects.filter(framework=framework, answers__gt=0, drawn_at__gt=clock.now() - within).exists()
