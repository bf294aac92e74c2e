"""What the tests of sessions begin with: a framework, two modules, a room, and sessions made by the actions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from handrail.competences.models import Area, Competence, Framework
from handrail.curriculum import actions as curriculum
from handrail.curriculum.models import Module
from handrail.delivery import actions
from handrail.delivery.models import Place, Session

TODAY = datetime(2018, 4, 18, 8, 0, tzinfo=UTC)


def competence_of(cast: Any, code: str = "C1", name: str = "Samtal genom tolk") -> Competence:
    """A competence of the programme's framework."""
    framework, _new = Framework.objects.get_or_create(programme=cast.programme, code="F", defaults={"name": {"sv": "Ram", "en": "Frame"}})
    area, _new = Area.objects.get_or_create(framework=framework, code="A", defaults={"name": {"sv": "Samtal", "en": "Talk"}})
    return Competence.objects.get_or_create(framework=framework, code=code, defaults={"area": area, "name": {"sv": name, "en": "Talking through an interpreter"}})[0]


def module_of(cast: Any, code: str = "M1", **more: Any) -> Module:
    """A module of 95 minutes with one outcome."""
    facts = {"title": {"sv": "Samtal genom tolk, grupparbete 2", "en": "Talking through an interpreter, group work 2"}, "form": "group_work", "minutes": 95} | more
    module = curriculum.add_module(programme=cast.programme, code=code, by=cast.amal, **facts)
    curriculum.add_outcome(module=module, code=f"{code}.1", statement={"sv": "Leda ett samtal genom tolk", "en": "Lead a conversation through an interpreter"},
                           competence=competence_of(cast), to_level=3, by=cast.amal)  # fmt: skip
    return module


def place_of(cast: Any, name: str = "Kulturhuset", seats: int = 20) -> Place:
    """A room in Hörby."""
    return actions.add_place(programme=cast.programme, organisation=cast.horby, name=name, seats=seats, by=cast.amal)


def session_of(cast: Any, *, days: int = 1, hours: float = 0, module: Module | None = None, **more: Any) -> Session:
    """A session of 105 minutes with a break of 10, so many days after today, 08.30 in Hörby."""
    starts_at = datetime(2018, 4, 18, 6, 30, tzinfo=UTC) + timedelta(days=days, hours=hours)
    facts: dict[str, Any] = {"maximum": 18, "break_minutes": 10, "trainer": cast.carlos, "organisation": cast.horby} | more
    module = module or Module.objects.filter(programme=cast.programme).first() or module_of(cast)
    return actions.schedule_session(programme=cast.programme, module=module, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=105),
                                    by=cast.amal, **facts)  # fmt: skip
