"""A competence framework as it comes from a file, before anybody has taken it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

HIGHEST_LEVEL = 4
CODE_LENGTH = 40
NAME_LENGTH = 300
TEXT_LENGTH = 4_000

Texts = Mapping[str, str]  # language code → text


@dataclass(frozen=True)
class DraftArea:
    """An area, and the code or name of the development area of the programme that it belongs to."""

    code: str
    names: Texts = field(default_factory=dict)
    development_area: str = ""


@dataclass(frozen=True)
class DraftCompetence:
    """A competence; `parent` is the competence it is a part of, where the framework goes deeper than areas."""

    code: str
    area: str
    names: Texts = field(default_factory=dict)
    descriptions: Texts = field(default_factory=dict)
    levels: Mapping[int, Texts] = field(default_factory=dict)  # level → what a person at it does
    parent: str = ""


@dataclass(frozen=True)
class FrameworkDraft:
    """A framework with areas and competences in the file's order; `levels` are the names of the scale."""

    areas: tuple[DraftArea, ...]
    competences: tuple[DraftCompetence, ...]
    levels: Mapping[int, Texts] = field(default_factory=dict)
    code: str = ""
    names: Texts = field(default_factory=dict)
    descriptions: Texts = field(default_factory=dict)
    proficient_from: int | None = None  # the lowest level that counts as proficient, where the file says so


@dataclass(frozen=True)
class FrameworkProblem:
    """What is wrong in a row (as Excel shows it), with cause and remedy in words."""

    row: int
    column: str
    code: str
    cause: str
    remedy: str
    is_error: bool = True


@dataclass(frozen=True)
class FrameworkReading:
    """A draft, None where the file has errors, and everything that is to be said about it."""

    draft: FrameworkDraft | None
    problems: tuple[FrameworkProblem, ...]


class Reporter:
    """Collects problems while a file is read."""

    def __init__(self) -> None:
        self.problems: list[FrameworkProblem] = []

    def error(self, row: int, column: str, code: str, cause: Any, remedy: Any) -> None:
        """Say what keeps the file from being taken over."""
        self.problems.append(FrameworkProblem(row, column, code, str(cause), str(remedy)))

    def warn(self, row: int, column: str, code: str, cause: Any, remedy: Any) -> None:
        """Say what is to be looked at."""
        self.problems.append(FrameworkProblem(row, column, code, str(cause), str(remedy), is_error=False))

    @property
    def has_errors(self) -> bool:
        """Whether something keeps the file from being taken over."""
        return any(problem.is_error for problem in self.problems)

    def reading(self, draft: FrameworkDraft) -> FrameworkReading:
        """The draft with its problems, or only these."""
        return FrameworkReading(None if self.has_errors else draft, tuple(sorted(self.problems, key=lambda p: p.row)))
