"""One person's page, and finding people, competences and modules by their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from handrail.competences.models import Competence
from handrail.competences.queries import frameworks_visible_to
from handrail.curriculum.models import Module
from handrail.curriculum.queries import modules_visible_to
from handrail.kit import slots
from handrail.kit.text import _
from handrail.people.models import Employment, Identity, Person
from handrail.people.queries import Name, current_employments, managed_person_ids, names_visible_to, persons_visible_to
from handrail.people.rules.names import search_name
from handrail.programmes.models import Programme

MOST = 6
Hit = dict[str, Any]


@dataclass(frozen=True)
class PersonPage:
    """Who it is, in one human line, and what every app shows of them to this viewer."""

    name: Name
    line: str
    panels: dict[str, list[slots.Panel]]


def person_page(viewer: Person, person: Person, programme: Programme | None) -> PersonPage:
    """A person as this viewer may read them."""
    name = names_visible_to(viewer, [person.pk])[person.pk]
    work = current_employments().filter(person=person).select_related("unit", "organisation").order_by("pk").first()
    panels = sorted(slots.gathered("person.panels", viewer, person, programme), key=lambda panel: panel.order)
    by_column = {column: [panel for panel in panels if panel.column == column] for column in ("main", "side")}
    return PersonPage(name, "" if name.is_hidden else _line(work), by_column)


def _line(work: Employment | None) -> str:
    if work is None:
        return ""
    return ", ".join(str(part) for part in (work.job_title, work.unit, work.organisation) if part)


def people_found(viewer: Person, words: str) -> list[Hit]:
    """People by name among those whom the viewer may see; a protected identity only for the person and the line manager."""
    trusted = Q(is_protected=False) | Q(person=viewer) | Q(person_id__in=managed_person_ids(viewer))
    rows: QuerySet[Identity] = Identity.objects.filter(trusted, person__in=persons_visible_to(viewer))
    for word in search_name(words).split()[:4]:
        rows = rows.filter(search_name__contains=word)
    found = list(rows.order_by("search_name", "pk").select_related("person")[:MOST])
    works: dict[int, Employment] = {}
    for work in current_employments().filter(person_id__in=[one.person_id for one in found]).select_related("unit", "organisation").order_by("-pk"):
        works[work.person_id] = work
    return [
        {"kind": _("People"), "title": str(one), "line": _line(works.get(one.person_id)), "url": reverse("desk:person", args=[one.person.uid])}
        for one in found
    ]


def competences_found(viewer: Person, programme: Programme, words: str) -> list[Hit]:
    """Competences by name, in any of their languages."""
    rows = Competence.objects.filter(framework__in=frameworks_visible_to(viewer), framework__programme=programme, retired_at=None)
    return [
        {"kind": _("Competences"), "title": str(one), "line": str(one.area), "url": reverse("desk:thread", args=["competence", one.uid])}
        for one in rows.select_related("area") if _fits(one.name, words)
    ][:MOST]  # fmt: skip


def modules_found(viewer: Person, programme: Programme, words: str) -> list[Hit]:
    """Modules by title, in any of their languages."""
    rows: QuerySet[Module] = modules_visible_to(viewer).filter(programme=programme, retired_at=None)
    return [
        {"kind": _("Modules"), "title": str(one), "line": f"{one.code}, {one.get_form_display()}", "url": reverse("curriculum:module_detail", args=[one.uid])}
        for one in rows if _fits(one.title, words)
    ][:MOST]  # fmt: skip


def _fits(texts: dict[str, str], words: str) -> bool:
    """Every word stands somewhere in one of the languages. A programme has dozens of these, so they are compared here."""
    return any(all(word in text.casefold() for word in words.casefold().split()) for text in texts.values())
