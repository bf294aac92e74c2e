"""Reading a staff list: every row is either taken over whole or left out with its reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from handrail.kit.files import Cell, as_text
from handrail.kit.text import _
from handrail.people.rules.staff_rows import RowProblem, StaffList, StaffRow
from handrail.people.rules.staff_values import (
    email_of,
    find_circles,
    looks_like_national_id,
    share_of,
    shares_are_fractions,
    split_name,
)
from handrail.people.rules.staff_words import Words, family_name_first, words

if TYPE_CHECKING:
    from handrail.people.formats import Sheet
    from handrail.people.rules.staff_changes import Known

TEXTS = ("given_name", "family_name", "full_name", "job_title", "aid_code", "department", "unit")
LONGEST = {"employee_number": 40, "aid_code": 20, "given_name": 100, "family_name": 100, "job_title": 150}
LONGEST_OTHER = 200


@dataclass
class _Reader:
    """One pass over a sheet; problems are collected as they are met."""

    sheet: Sheet
    mapping: Mapping[str, int]
    words: Words
    fractions: bool
    family_first: bool
    problems: list[RowProblem] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)

    def header(self, name: str) -> str:
        return self.sheet.headers[self.mapping[name]] if name in self.mapping else ""

    def report(self, row: int, name: str, code: str, cause: object, remedy: object, *, is_error: bool = True) -> None:
        self.problems.append(RowProblem(row, self.header(name), code, str(cause), str(remedy), is_error))
        if is_error:
            self.bad.add(row)

    def warn(self, row: int, name: str, code: str, cause: object, remedy: object) -> None:
        self.report(row, name, code, cause, remedy, is_error=False)


def read_staff(
    sheet: Sheet,
    mapping: Mapping[str, int],
    *,
    keep_national_id: bool = False,
    known: Sequence[Known] = (),
) -> StaffList:
    """The people of a staff list by the mapping (field → column index), with everything that is wrong with it.

    A personal identity number is read only with `keep_national_id`; found anywhere else, its row is refused and the number not repeated.
    Managers are looked for in the file and among the `known` employments of the same organisation.
    """
    rate_column = [row[mapping["employment_rate"]] for _n, row in sheet.rows] if "employment_rate" in mapping else []
    family_first = family_name_first(sheet.headers[mapping["full_name"]]) if "full_name" in mapping else False
    reader = _Reader(sheet, mapping, words(), shares_are_fractions(rate_column), family_first)
    rows = [_read_row(reader, number, cells, keep_national_id=keep_national_id) for number, cells in sheet.rows]
    rows = _without_repeats(reader, rows)
    rows = _with_managers(reader, rows, known)
    given = {name for name in mapping if name not in {"full_name", "national_id"}}
    if "full_name" in mapping:
        given |= {"given_name", "family_name"}
    if keep_national_id and "national_id" in mapping:
        given.add("national_id")
    return StaffList(
        rows=tuple(row for row in rows if row.row not in reader.bad),
        problems=tuple(sorted(reader.problems, key=lambda problem: (problem.row, not problem.is_error))),
        fields=frozenset(given),
        excluded=tuple(row for row in rows if row.row in reader.bad),
    )


def _read_row(reader: _Reader, number: int, cells: Sequence[Cell], *, keep_national_id: bool) -> StaffRow:
    def cell(name: str) -> Cell:
        return cells[reader.mapping[name]] if name in reader.mapping else None

    texts = {name: as_text(cell(name)) for name in (*TEXTS, "employee_number", "manager")}
    had_number, had_name = bool(texts["employee_number"]), any(texts[n] for n in ("given_name", "family_name", "full_name"))
    for name in _check_texts(reader, number, texts):
        texts[name] = ""
    given, family = texts["given_name"], texts["family_name"]
    if not (given or family) and texts["full_name"]:
        given, family = split_name(texts["full_name"], family_first=reader.family_first)
        if max(len(given), len(family)) > LONGEST["given_name"]:
            _check_texts(reader, number, {"full_name": "x" * (LONGEST_OTHER + 1)})
    email = _email(reader, number, cell("email"), has_number=had_number)
    protected = _protected(reader, number, as_text(cell("protected")))
    if not had_name and not protected:
        reader.report(
            number, "family_name" if "family_name" in reader.mapping else "full_name", "name_missing",
            _("There is no name."), _("Write the name, or mark the person as protected."),
        )  # fmt: skip
    rate, is_rate = share_of(cell("employment_rate"), fractions=reader.fractions)
    if not is_rate:
        reader.report(
            number, "employment_rate", "rate", _("The employment rate is not a number from 0 to 100."),
            _("Write the rate in per cent, for example 75."),
        )  # fmt: skip
    return StaffRow(
        row=number,
        employee_number=texts["employee_number"],
        email=email,
        given_name=given,
        family_name=family,
        job_title=texts["job_title"],
        aid_code=texts["aid_code"],
        department=texts["department"],
        unit=texts["unit"],
        employment_rate=rate,
        manager=texts["manager"],
        protected=protected,
        contact=_contact(reader, number, as_text(cell("contact")).casefold()),
        language=_language(reader, number, as_text(cell("language")).casefold()),
        national_id=as_text(cell("national_id")) if keep_national_id else "",
    )


def _check_texts(reader: _Reader, number: int, texts: Mapping[str, str]) -> list[str]:
    """Report what is too long or a personal identity number, and name the latter, so that nobody keeps it."""
    found = []
    for name, text in texts.items():
        if not looks_like_national_id(text):
            if len(text) > LONGEST.get(name, LONGEST_OTHER):
                reader.report(
                    number, name, "too_long", _("The text is too long for this column."),
                    _("Check that the columns are matched correctly and that no text has slipped."),
                )  # fmt: skip
            continue
        found.append(name)
        if name == "employee_number":
            reader.report(
                number, name, "national_id_as_number", _("A personal identity number is used as employee number."),
                _("Export the list with the employee number of the payroll system, or match by e-mail address."),
            )  # fmt: skip
        else:
            reader.report(
                number, name, "national_id", _("The cell holds what looks like a personal identity number."),
                _("Remove it from the list. It is not needed here and has not been stored."),
            )  # fmt: skip
    return found


def _email(reader: _Reader, number: int, cell: Cell, *, has_number: bool) -> str:
    email, is_email = email_of(cell)
    if looks_like_national_id(email):
        _check_texts(reader, number, {"email": email})
        return ""
    if not email and not has_number:
        reader.report(
            number, "employee_number" if "employee_number" in reader.mapping else "email", "no_key",
            _("There is neither an employee number nor an e-mail address."),
            _("Write one of them, so that the person is recognised next time."),
        )  # fmt: skip
    if is_email:
        return email
    if has_number:
        reader.warn(
            number, "email", "email", _("The e-mail address is not valid and was left out."),
            _("Correct it, or the person cannot be invited by e-mail."),
        )  # fmt: skip
    else:
        reader.report(
            number, "email", "email", _("The e-mail address is not valid, and there is no employee number."),
            _("Correct the address, or write the employee number."),
        )  # fmt: skip
    return ""


def _protected(reader: _Reader, number: int, text: str) -> bool:
    mark = text.casefold()
    if mark not in reader.words.yes and mark not in reader.words.no and mark:
        # Taken as protected and the row left out: reading it wrongly could show where somebody is.
        reader.report(
            number, "protected", "protected", _("The mark for protected identity cannot be read."),
            _("Write yes or no, or leave the cell empty for no."),
        )  # fmt: skip
        return True
    return mark in reader.words.yes


def _contact(reader: _Reader, number: int, text: str) -> str:
    if text in reader.words.direct or text in reader.words.indirect or not text:
        return "direct" if text in reader.words.direct else "indirect" if text else ""
    reader.warn(
        number, "contact", "contact", _("The kind of contact with newcomers cannot be read and was left open."),
        _("Write direct or indirect."),
    )  # fmt: skip
    return ""


def _language(reader: _Reader, number: int, text: str) -> str:
    code = text.split("-")[0].split("_")[0]
    languages = reader.words.languages
    if not text or text in languages or code in languages:
        return languages.get(text) or languages.get(code, "")
    reader.warn(
        number, "language", "language", _("The language is not known and was left open."),
        _("Write its name or its two letters, for example Swedish or sv."),
    )  # fmt: skip
    return ""


def _without_repeats(reader: _Reader, rows: list[StaffRow]) -> list[StaffRow]:
    """A row that stands twice, word for word, counts once; one number with differing rows is for a person to settle."""
    groups: dict[str, list[StaffRow]] = defaultdict(list)
    for row in rows:
        groups[f"n{row.employee_number.casefold()}" if row.employee_number else f"m{row.email}"].append(row)
    dropped: set[int] = set()
    for key, group in groups.items():
        if len(group) < 2 or key in {"n", "m"}:
            continue
        first = group[0]
        name = "employee_number" if key.startswith("n") else "email"
        if all(replace(row, row=first.row) == first for row in group):
            for row in group[1:]:
                dropped.add(row.row)
                reader.warn(
                    row.row, name, "repeated", _("The row says the same as row %(row)d and was counted once.") % {"row": first.row},
                    _("Nothing needs to be done."),
                )  # fmt: skip
            continue
        for row in group:
            others = ", ".join(str(other.row) for other in group if other is not row)
            reader.report(
                row.row, name, "duplicate", _("The same person stands also in row %(rows)s, with other content.") % {"rows": others},
                _("Keep one row for each person, the one of the main employment."),
            )  # fmt: skip
    kept = [row for row in rows if row.row not in dropped]
    shared = Counter(row.email for row in kept if row.email and row.employee_number)
    for row in kept:
        if row.employee_number and shared[row.email] > 1:
            reader.warn(
                row.row, "email", "shared_email", _("Several people have this e-mail address; nobody is recognised by it."),
                _("Write personal addresses, or invitations reach the wrong person."),
            )  # fmt: skip
    return kept


def _with_managers(reader: _Reader, rows: list[StaffRow], known: Sequence[Known]) -> list[StaffRow]:
    here: dict[str, set[int]] = defaultdict(set)
    for index, row in enumerate(rows):
        for key in _keys(row.employee_number, row.email, row.given_name, row.family_name):
            here[key].add(index)
    before: dict[str, set[str]] = defaultdict(set)
    for person in known:
        for key in _keys(person.employee_number, person.email, person.given_name, person.family_name):
            before[key].add(person.ref)
    managers: list[int | None] = [None] * len(rows)
    refs = [""] * len(rows)
    for index, row in enumerate(rows):
        wanted = row.manager.removeprefix("mailto:").casefold()
        if not wanted:
            continue
        places = here.get(wanted) or here.get(_name_key(wanted)) or set()
        elsewhere = before.get(wanted) or before.get(_name_key(wanted)) or set()
        if len(places) == 1:
            managers[index] = next(iter(places))
        elif not places and len(elsewhere) == 1:
            refs[index] = next(iter(elsewhere))
        elif len(places) > 1 or len(elsewhere) > 1:
            reader.warn(
                row.row, "manager", "manager_ambiguous", _("Several people have the manager's name; no manager was entered."),
                _("Write the manager's employee number or e-mail address."),
            )  # fmt: skip
        else:
            reader.warn(
                row.row, "manager", "manager_unknown", _("The manager is not in the list and not known; no manager was entered."),
                _("Add the manager to the list, or correct the name, employee number or e-mail address."),
            )  # fmt: skip
    for index in sorted(find_circles(managers)):
        if managers[index] == index:
            reader.warn(
                rows[index].row, "manager", "own_manager", _("The person is entered as their own manager; no manager was entered."),
                _("Write another manager where months are to be countersigned."),
            )  # fmt: skip
        else:
            reader.warn(
                rows[index].row, "manager", "manager_circle", _("The managers lead each other in a circle; no manager was entered."),
                _("Correct the managers of these people in the HR system."),
            )  # fmt: skip
        managers[index] = None
    return [
        replace(row, manager_row=None if at is None else rows[at].row, manager_ref=ref)
        for row, at, ref in zip(rows, managers, refs, strict=True)
    ]


def _keys(employee_number: str, email: str, given_name: str, family_name: str) -> set[str]:
    keys = {employee_number.casefold(), email.casefold(), _name_key(f"{given_name} {family_name}")}
    return keys - {""}


def _name_key(text: str) -> str:
    """A name whichever way round it is written: its words in order of the alphabet."""
    return " ".join(sorted(text.casefold().replace(",", " ").split()))
