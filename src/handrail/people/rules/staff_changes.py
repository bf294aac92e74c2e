"""A later staff list against what is known: who joined, moved and left, and whom only a person can tell apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from handrail.kit.text import _
from handrail.people.rules.staff_rows import RowProblem, StaffList, StaffRow

COMPARED = (
    "employee_number", "email", "given_name", "family_name", "job_title", "aid_code", "department", "unit",
    "employment_rate", "protected", "contact", "language",
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A current employment as it is stored; `ref` is its uid, `manager_ref` that of the manager's employment."""

    ref: str
    organisation: str
    employee_number: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    given_name: str = field(default="", repr=False)
    family_name: str = field(default="", repr=False)
    job_title: str = field(default="", repr=False)
    aid_code: str = field(default="", repr=False)
    department: str = field(default="", repr=False)
    unit: str = field(default="", repr=False)
    employment_rate: Decimal | None = field(default=None, repr=False)
    manager_ref: str = ""
    protected: bool = False
    contact: str = ""
    language: str = ""


@dataclass(frozen=True)
class Change:
    """Somebody who is known and whose row says something new; `fields` are names of fields, never their content."""

    row: StaffRow
    known: Known
    fields: tuple[str, ...]

    @property
    def moved(self) -> bool:
        """Whether the person has another unit or department."""
        return "unit" in self.fields or "department" in self.fields


@dataclass(frozen=True)
class Changes:
    """What a staff list would change; `manager_row` of joined people is the row of a manager who may have joined as well."""

    joined: tuple[StaffRow, ...]
    changed: tuple[Change, ...]
    left: tuple[Known, ...]
    unchanged: tuple[Known, ...]
    problems: tuple[RowProblem, ...]
    matches: dict[int, str] = field(default_factory=dict, repr=False)  # row → ref

    @property
    def nothing(self) -> bool:
        """Whether taking the list over would change nothing."""
        return not (self.joined or self.changed or self.left)


def compare(staff: StaffList, known: Sequence[Known]) -> Changes:
    """A staff list against the employments of one organisation: by employee number first, then by e-mail address.

    Whoever cannot be told apart is a problem for a person and is neither joined, changed nor left. Rows that were left out for an
    error do not make their people leave. Raises ValueError for employments of several organisations.
    """
    if len({person.organisation for person in known}) > 1:
        message = "staff lists are compared within one organisation"
        raise ValueError(message)
    matcher = _Matcher(staff, known)
    matches = matcher.match()
    people = {person.ref: person for person in known}
    joined, changed, unchanged = [], [], []
    for row in staff.rows:
        if row.row in matcher.unclear:
            continue
        if row.row not in matches:
            joined.append(row)
            continue
        person = people[matches[row.row]]
        fields = _changed_fields(row, person, staff, matches)
        if fields:
            changed.append(Change(row, person, fields))
        else:
            unchanged.append(person)
    gone = [person for person in known if person.ref not in matcher.seen]
    return Changes(tuple(joined), tuple(changed), tuple(gone), tuple(unchanged), tuple(matcher.problems), matches)


def _changed_fields(row: StaffRow, person: Known, staff: StaffList, matches: dict[int, str]) -> tuple[str, ...]:
    fields = [
        name
        for name in COMPARED
        if name in staff.fields and getattr(row, name) != getattr(person, name) and not _kept_back(row, name)
    ]
    if "manager" in staff.fields:
        is_read = not row.manager or row.manager_row is not None or row.manager_ref
        ref = matches.get(row.manager_row, "new") if row.manager_row is not None else row.manager_ref
        if is_read and ref != person.manager_ref:
            fields.append("manager")
    return tuple(fields)


def _kept_back(row: StaffRow, name: str) -> bool:
    """A protected person whose list gives no name keeps the name that is stored under lock."""
    return row.protected and name in {"given_name", "family_name"} and not (row.given_name or row.family_name)


class _Matcher:
    """Who of the list is who of the organisation."""

    def __init__(self, staff: StaffList, known: Sequence[Known]) -> None:
        self.staff = staff
        self.people = {person.ref: person for person in known}
        self.by_number = _index(known, lambda person: person.employee_number.casefold())
        self.by_email = _index(known, lambda person: person.email.casefold())
        self.by_bare_number = _index(known, lambda person: person.employee_number.casefold().lstrip("0"))
        self.mails = _index(staff.rows, lambda row: row.email)
        self.seen: set[str] = set()
        self.unclear: set[int] = set()
        self.problems: list[RowProblem] = []

    def match(self) -> dict[int, str]:
        """Row → ref of everybody who is known for certain."""
        claims: dict[str, list[StaffRow]] = defaultdict(list)
        for row in self.staff.rows:
            if ref := self._find(row):
                claims[ref].append(row)
        matches: dict[int, str] = {}
        for ref, rows in claims.items():
            self.seen.add(ref)
            if len(rows) == 1:
                matches[rows[0].row] = ref
                continue
            for row in rows:
                self._ask(row, {ref}, _("Several rows of the list fit the same person."))
        for row in self.staff.excluded:  # left out for an error, but not gone
            self.seen.update(*(self.by_number.get(row.employee_number.casefold(), ()), self.by_email.get(row.email, ())))
        return matches

    def _find(self, row: StaffRow) -> str:
        number = row.employee_number.casefold()
        numbered = set(self.by_number.get(number, ())) if number else set()
        # An address that several rows share says nothing about who it is.
        mailed = set(self.by_email.get(row.email, ())) if row.email and len(self.mails[row.email]) == 1 else set()
        if len(numbered) > 1 or (not numbered and len(mailed) > 1):
            return self._ask(row, numbered or mailed, _("Several people of the organisation fit the row."))
        if numbered:
            person = self.people[next(iter(numbered))]
            if mailed and person.ref not in mailed:
                return self._ask(
                    row, numbered | mailed, _("The employee number belongs to one person and the e-mail address to another.")
                )
            if not mailed and _other_name(row, person):
                return self._ask(row, numbered, _("The employee number belonged to a person with another name."))
            return person.ref
        if mailed:
            person = self.people[next(iter(mailed))]
            if number and person.employee_number and _other_name(row, person):
                return self._ask(row, mailed, _("The e-mail address belonged to a person with another name and employee number."))
            return person.ref
        # Excel drops leading zeros; then the number alone is not enough, the name has to be the same.
        bare = set(self.by_bare_number.get(number.lstrip("0"), ())) if number.lstrip("0") else set()
        same = [ref for ref in bare if _same_name(row, self.people[ref])]
        return same[0] if len(same) == 1 else ""

    def _ask(self, row: StaffRow, refs: set[str], cause: Any) -> str:
        self.seen |= refs
        self.unclear.add(row.row)
        remedy = _(
            "Nothing was changed for this row. Check employee number and e-mail address in the HR system, or settle it on the person's page."
        )
        self.problems.append(RowProblem(row.row, "", "unclear", str(cause), str(remedy)))
        return ""


def _index(items: Sequence[Any], key: Callable[[Any], str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for item in items:
        if text := key(item):
            found[text].append(item.ref if isinstance(item, Known) else item.row)
    return found


def _names(item: StaffRow | Known) -> tuple[str, str]:
    return item.given_name.casefold(), item.family_name.casefold()


def _same_name(row: StaffRow, person: Known) -> bool:
    return any(_names(row)) and _names(row) == _names(person)


def _other_name(row: StaffRow, person: Known) -> bool:
    """Neither given nor family name is the same, and both are there to compare: a marriage changes only one."""
    ours, theirs = _names(row), _names(person)
    return all(ours) and all(theirs) and ours[0] != theirs[0] and ours[1] != theirs[1]
