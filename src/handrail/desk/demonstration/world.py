"""What the steps of the demonstration's history hand on to each other."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from handrail.people.models import Organisation, Person
from handrail.programmes.models import Programme


@dataclass
class World:
    """The demonstration as far as it has been told."""

    rng: Random
    at: Callable[..., AbstractContextManager[None]]
    programme: Programme = None  # type: ignore[assignment]  # the first step makes it
    organisations: list[Organisation] = field(default_factory=list)
    cast: dict[str, Person] = field(default_factory=dict)
    leaders: dict[int, Person] = field(default_factory=dict)  # by organisation
    staff: dict[int, list[Person]] = field(default_factory=dict)  # participants by organisation
    managers: dict[int, Person] = field(default_factory=dict)  # by person
    profile_of: dict[int, str] = field(default_factory=dict)
    framework: Any = None
    competences: dict[str, Any] = field(default_factory=dict)
    modules: dict[str, Any] = field(default_factory=dict)
    places: dict[int, Any] = field(default_factory=dict)
    versions: dict[str, Any] = field(default_factory=dict)
    levels: dict[int, dict[str, int]] = field(default_factory=dict)  # person -> competence code -> level first said
    attended: dict[int, set[str]] = field(default_factory=dict)  # person -> module codes

    @property
    def amal(self) -> Person:
        """The project's coordinator."""
        return self.cast["coordinator"]

    @property
    def everybody(self) -> list[Person]:
        """All participants."""
        return [person for people in self.staff.values() for person in people]
