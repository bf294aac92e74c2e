"""The toolbox as pages that stand by themselves: for the file to keep, and for each card's machine-readable form."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from handrail.kit.text import _, language_name
from handrail.library import rules
from handrail.library.formats import CardPage
from handrail.library.models import Practice, PracticeText
from handrail.library.queries.practices import Spoken, public_practices, spoken_texts, tags_of


def pages_of(practices: QuerySet[Practice]) -> list[CardPage]:
    """Every card in each of its languages; no person stands in any of them."""
    shown = list(practices.order_by("pk"))
    texts, tags = spoken_texts(shown), tags_of(shown)
    return [page_of(one, spoken, tags.get(one.pk, {}).get("field", [])) for one in shown for spoken in texts.get(one.pk, {}).values()]


def what_is_shown() -> list[object]:
    """Everything that would change the file: which practices and words stand in it, and when they were last written."""
    rows = public_practices().order_by("pk")
    texts = PracticeText.objects.filter(version__practice__in=rows.values("pk")).order_by("pk").values_list("pk", "written_at")
    return [*rows.values_list("pk", "state", "shown_number", "licence", "country", "area", "brought_by", "evidence", "cost"), *texts]


def page_of(practice: Practice, spoken: Spoken, fields: list[str]) -> CardPage:
    """One card in one language, with the labels in the reader's."""
    licence, names = rules.licence(practice.licence), rules.work_fields()
    facts: list[tuple[Any, Any]] = [
        (practice.brought_by, ", ".join(part for part in (practice.area, rules.country_name(practice.country)) if part)),
        (_("How well it is known to work"), practice.get_evidence_display()), (_("Cost"), practice.get_cost_display()),
    ]
    return CardPage(
        slug=practice.slug, language=spoken.language, language_name=language_name(spoken.language), direction=spoken.text.direction, title=spoken.text.title,
        parts=[(one.code, one.label, spoken.text.parts[one.code]) for one in rules.card_parts() if spoken.text.parts.get(one.code) and one.code != "title"],
        steps=spoken.text.steps, facts=[(str(label), str(value)) for label, value in facts], brought_by=practice.brought_by, country=practice.country,
        fields=[names.get(code, code) for code in fields], licence_name=licence.name, licence_url=licence.url,
        url=f"{settings.SITE_URL}{reverse('library:card', args=[practice.slug])}?lang={spoken.language}", published=practice.published_at,
        changed=spoken.text.written_at, is_outdated=practice.state == Practice.State.OUTDATED,
    )  # fmt: skip
