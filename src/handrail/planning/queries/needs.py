"""The plan as the competence map asks for it: area by area, how many need what, and what meets it.

Counted from the map as it was drawn, never live: two looks around one answer must show the same (security.md 23).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from handrail.competences.models import Competence
from handrail.competences.queries import (
    DrawnNeed,
    competences_of,
    drawn_needs,
    framework_of,
    measurement_name,
    release_to_show,
    releases_of,
)
from handrail.curriculum.models import LearningOutcome, Module
from handrail.delivery.models import Session
from handrail.kit import clock
from handrail.kit.text import _, number, plural
from handrail.planning.rules.sentences import listed
from handrail.programmes.models import Programme


@dataclass
class NeedLine:
    """One competence: how many people need it (None: hidden, fewer than five), why, and which modules and sessions meet it."""

    competence: Competence
    people: int | None
    why: str
    modules: list[Module] = field(default_factory=list)
    planned: int = 0
    possible: int = 0

    @property
    def state(self) -> str:
        """How far the need is met: nobody needs it, planned, possible, or nothing yet."""
        if self.people == 0:
            return "none"
        return "planned" if self.planned else "possible" if self.possible else "module" if self.modules else "nothing"


@dataclass
class NeedArea:
    """One development area with its competences, the largest need first."""

    name: str
    lines: list[NeedLine]
    weight: int  # steps missing among those that may be told, for the order of areas


def areas_needed(programme: Programme) -> list[NeedArea]:
    """The plan's lines by development area over the whole programme; a fixed number of queries."""
    framework = framework_of(programme)
    if framework is None:
        return []
    needs = drawn_needs(framework)
    modules, sessions = _modules(programme), _sessions(programme)
    found: dict[str, NeedArea] = {}
    for one in competences_of(framework).select_related("area__development_area"):
        area = found.setdefault(str(one.area.development_area or one.area), NeedArea(str(one.area.development_area or one.area), [], 0))
        need = needs.get(one.pk, DrawnNeed())
        line = NeedLine(one, None if need.is_hidden else need.people, "" if need.is_hidden else _why(need), modules.get(one.pk, []))
        line.planned = sum(sessions[Session.State.PLANNED][module.pk] for module in line.modules)
        line.possible = sum(sessions[Session.State.CANDIDATE][module.pk] for module in line.modules)
        area.lines.append(line)
        area.weight += need.levels
    for area in found.values():
        area.lines.sort(key=lambda line: -(line.people or 0))
    return list(found.values())


def finding(areas: list[NeedArea]) -> str:
    """Where the need is largest, in words: the heading of the screen."""
    largest = [area.name for area in sorted(areas, key=lambda one: -one.weight) if area.weight][:2]
    if not largest:
        return str(_("No need is known yet"))
    return str(_("The need is largest in %(areas)s") % {"areas": listed([name[:1].lower() + name[1:] for name in largest])})


def counted_from(programme: Programme) -> str:
    """Which measurement the numbers come from, and how many answered; empty before anybody has."""
    framework = framework_of(programme)
    release = release_to_show(releases_of(framework), "") if framework else None
    if release is None or not release.answers:
        return ""
    words = plural("Counted from %(round)s, %(n)s answer. New answers join in groups of five or more.",
                   "Counted from %(round)s, %(n)s answers. New answers join in groups of five or more.", release.answers)  # fmt: skip
    return str(words % {"round": measurement_name(release), "n": number(release.answers)})


def _why(need: DrawnNeed) -> str:
    if not need.answered:
        return str(_("Nobody has answered yet."))
    if not need.people:
        return str(_("Everybody who answered is where the role asks."))
    words = plural("Of %(all)s who answered. They lie %(steps)s levels below what the role asks, on average.",
                   "Of %(all)s who answered. They lie %(steps)s levels below what the role asks, on average.", need.answered)  # fmt: skip
    return str(words % {"all": number(need.answered), "steps": number(need.levels / need.people, 1)})


def _modules(programme: Programme) -> dict[int, list[Module]]:
    """Modules in use by the competence that they train."""
    found: dict[int, dict[int, Module]] = defaultdict(dict)
    rows = LearningOutcome.objects.filter(module__programme=programme, module__retired_at=None).select_related("module").order_by("module__code")
    for one in rows:
        found[one.competence_id][one.module_id] = one.module
    return {competence: list(modules.values()) for competence, modules in found.items()}


def _sessions(programme: Programme) -> dict[str, dict[int, int]]:
    """How many sessions still to come each module has, planned and possible."""
    found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    rows: Any = Session.objects.filter(programme=programme, audience=Session.Audience.STAFF, starts_at__gt=clock.now(), state__in=[Session.State.PLANNED, Session.State.CANDIDATE])
    for state, module, count in rows.order_by().values_list("state", "module_id").annotate(Count("pk")):
        found[state][module] = count
    return found
