"""What a staff list says about one person, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

# Nothing that names a person is in a repr: reprs end up in logs and tracebacks.


@dataclass(frozen=True)
class RowProblem:
    """What is wrong in one cell: the row as Excel shows it, the header, the cause and the remedy in words, never the cell's content."""

    row: int
    column: str
    code: str
    cause: str
    remedy: str
    is_error: bool = True


@dataclass(frozen=True)
class StaffRow:
    """One person of a staff list. Fields of columns that the file lacks are empty and not in `StaffList.fields`."""

    row: int
    employee_number: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    given_name: str = field(default="", repr=False)
    family_name: str = field(default="", repr=False)
    job_title: str = field(default="", repr=False)
    aid_code: str = field(default="", repr=False)
    department: str = field(default="", repr=False)
    unit: str = field(default="", repr=False)
    employment_rate: Decimal | None = field(default=None, repr=False)
    manager: str = field(default="", repr=False)  # as written: employee number, e-mail or name
    manager_row: int | None = None  # the manager's own row in this file
    manager_ref: str = field(default="", repr=False)  # or the manager's employment, known from before
    protected: bool = False
    contact: str = ""  # "direct", "indirect" or ""
    language: str = ""
    national_id: str = field(default="", repr=False)


@dataclass(frozen=True)
class StaffList:
    """The rows that can be taken over, the rows that cannot (`excluded`), and everything that is to be said about both."""

    rows: tuple[StaffRow, ...]
    problems: tuple[RowProblem, ...]
    fields: frozenset[str]
    excluded: tuple[StaffRow, ...] = field(default=(), repr=False)

    @property
    def errors(self) -> tuple[RowProblem, ...]:
        """The problems for which a row is left out."""
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def warnings(self) -> tuple[RowProblem, ...]:
        """What is to be looked at although the row is taken over."""
        return tuple(problem for problem in self.problems if not problem.is_error)
