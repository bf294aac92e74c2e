"""Bringing in staff lists: upload, choose columns, save or throw away. Nothing is saved by half."""

from __future__ import annotations

import hashlib

from django.db import transaction

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people import formats, rules
from handrail.people.events import StaffListApplied, StaffListDiscarded, StaffListUploaded
from handrail.people.models import Employment, Identity, Organisation, Person, StaffChange, StaffImport, StaffMapping, Unit
from handrail.people.queries.staff import Preview, preview_of, remembered_columns
from handrail.people.rules.names import search_name

BATCH = 1000


@transaction.atomic
def upload_staff_list(*, organisation: Organisation, file_name: str, content: bytes, by: Person) -> StaffImport:
    """Bring in a staff list to look at; its columns are guessed, or taken from the last list with the same headers.

    Raises RuleBroken (field "file") when it cannot be read as a list.
    """
    sheet = formats.read_sheet(content, name=file_name)
    columns = remembered_columns(organisation, sheet) or formats.headers_of(sheet, formats.guess_mapping(sheet))
    # Personal identity numbers are recognised so that they are dropped before anything is kept.
    numbers = frozenset(guess.column for guess in formats.guess_columns(sheet) if guess.field == "national_id")
    columns.pop("national_id", None)
    found = StaffImport.objects.create(
        organisation=organisation, file_name=file_name[:200], sha256=hashlib.sha256(content).hexdigest(),
        content=formats.to_stored(sheet, without=numbers),
        columns=columns, uploaded_by=by, uploaded_at=clock.now(),
    )  # fmt: skip
    announce(StaffListUploaded(found.uid, organisation.uid, len(sheet.rows)), by=by)
    return found


@transaction.atomic
def choose_columns(*, staff_import: StaffImport, columns: dict[str, str], by: Person) -> StaffImport:
    """Say which header of the list is which of our fields (field → header). Raises RuleBroken for a list already saved."""
    _refuse_ended(staff_import)
    staff_import.columns = {field: header for field, header in columns.items() if field in formats.FIELDS and header}
    staff_import.columns.pop("national_id", None)
    staff_import.save(update_fields=["columns"])
    return staff_import


@transaction.atomic
def discard_staff_list(*, staff_import: StaffImport, by: Person) -> StaffImport:
    """Throw a staff list away; its file is deleted."""
    _refuse_ended(staff_import)
    staff_import.state, staff_import.content = StaffImport.State.DISCARDED, None
    staff_import.save(update_fields=["state", "content"])
    announce(StaffListDiscarded(staff_import.uid, staff_import.organisation.uid), by=by)
    return staff_import


@transaction.atomic
def apply_staff_list(*, staff_import: StaffImport, by: Person, is_whole: bool = False) -> StaffImport:
    """Save a staff list: who joined, changed and left. All of it or nothing; its file is deleted, the columns are remembered.

    Raises RuleBroken when there is nothing to match people by, when the list has been saved or thrown away already, or when so
    many are missing from it that somebody must say first that it is of the whole organisation (`is_whole`).
    """
    staff_import = StaffImport.objects.select_for_update(no_key=True).select_related("organisation").get(pk=staff_import.pk)
    _refuse_ended(staff_import)
    seen = preview_of(staff_import)
    if not {"employee_number", "email"} & set(seen.columns):
        raise RuleBroken(_("Choose the column with employee numbers or e-mail addresses, so that people are recognised next time."))
    if seen.leaves_out_many and not is_whole:
        raise RuleBroken(_("Many people are missing from the list and would count as having left. Tick that it is of the whole organisation, or throw it away."), field="is_whole")
    organisation = staff_import.organisation
    units = _Units(organisation, [*seen.staff.rows])
    people: dict[int, int] = {}  # row number -> person
    employments = _current(organisation)
    by_ref = {str(one.uid): one for one in employments}
    for row_number, ref in seen.changes.matches.items():
        people[row_number] = by_ref[ref].person_id
    joined = _join(organisation, seen.changes.joined, units, people)
    for change in seen.changes.changed:
        _change(by_ref[change.known.ref], change, units)
    _save_changed([by_ref[change.known.ref] for change in seen.changes.changed])
    _set_managers(organisation, seen, people, by_ref)
    left = [by_ref[known.ref] for known in seen.changes.left]
    Employment.objects.filter(pk__in=[one.pk for one in left]).update(ended_on=clock.today())
    StaffChange.objects.bulk_create(
        [StaffChange(staff_import=staff_import, person_id=pk, kind=StaffChange.Kind.JOINED) for pk in joined]
        + [
            StaffChange(staff_import=staff_import, person_id=by_ref[one.known.ref].person_id, kind=StaffChange.Kind.CHANGED, fields=list(one.fields))
            for one in seen.changes.changed
        ]
        + [StaffChange(staff_import=staff_import, person_id=one.person_id, kind=StaffChange.Kind.LEFT) for one in left],
        batch_size=BATCH,
    )
    staff_import.state, staff_import.content = StaffImport.State.APPLIED, None
    staff_import.counts, staff_import.applied_at = seen.counts, clock.now()
    staff_import.problems = [
        {"row": one.row, "column": one.column, "cause": one.cause, "remedy": one.remedy, "is_error": one.is_error} for one in seen.problems
    ]
    staff_import.save()
    StaffMapping.objects.update_or_create(
        organisation=organisation, signature=formats.signature(seen.sheet.headers),
        defaults={"columns": staff_import.columns, "saved_at": clock.now()},
    )  # fmt: skip
    announce(StaffListApplied(staff_import.uid, organisation.uid, len(joined), len(seen.changes.changed), len(left)), by=by)
    return staff_import


def _refuse_ended(staff_import: StaffImport) -> None:
    if staff_import.state != StaffImport.State.UPLOADED:
        raise RuleBroken(_("This list has been saved or thrown away already. Bring in the file again to go on."))


def _current(organisation: Organisation) -> list[Employment]:
    return list(Employment.objects.filter(organisation=organisation, ended_on=None).select_related("person__identity"))


class _Units:
    """An organisation's departments and units by name; those that a list names for the first time are made."""

    def __init__(self, organisation: Organisation, rows: list[rules.StaffRow]) -> None:
        self.organisation = organisation
        self.tops = {unit.name: unit for unit in Unit.objects.filter(organisation=organisation, parent=None)}
        for name in sorted({row.department or row.unit for row in rows} - {""} - set(self.tops)):
            self.tops[name] = Unit.objects.create(organisation=organisation, name=name)
        self.below = {
            (unit.parent_id, unit.name): unit for unit in Unit.objects.filter(organisation=organisation).exclude(parent=None)
        }
        for department, name in sorted({(row.department, row.unit) for row in rows if row.department and row.unit}):
            parent = self.tops[department]
            if (parent.pk, name) not in self.below:
                self.below[parent.pk, name] = Unit.objects.create(organisation=organisation, parent=parent, name=name)

    def of(self, row: rules.StaffRow) -> Unit | None:
        """The unit of a row: the unit in its department, else whichever of the two is written."""
        if row.department and row.unit:
            return self.below[self.tops[row.department].pk, row.unit]
        return self.tops.get(row.department or row.unit)


def _join(organisation: Organisation, rows: tuple[rules.StaffRow, ...], units: _Units, people: dict[int, int]) -> list[int]:
    """New people, and people who come back (same employee number and name); answers their persons."""
    today, now = clock.today(), clock.now()
    gone = {
        (one.employee_number, one.person.identity.family_name, one.person.identity.given_name): one.person_id
        for one in Employment.objects.filter(organisation=organisation)
        .exclude(ended_on=None)
        .exclude(employee_number="")
        .filter(person__erased_at=None, person__identity__isnull=False)
        .select_related("person__identity")
    }
    new = []
    for row in rows:
        back = gone.get((row.employee_number, row.family_name, row.given_name))
        if back:
            people[row.row] = back
        else:
            new.append(row)
    made = Person.objects.bulk_create([Person(created_at=now) for _row in new], batch_size=BATCH)
    Identity.objects.bulk_create([_identity(person, row) for person, row in zip(made, new, strict=True)], batch_size=BATCH)
    people.update({row.row: person.pk for person, row in zip(made, new, strict=True)})
    Employment.objects.bulk_create(
        [
            Employment(
                person_id=people[row.row], organisation=organisation, unit=units.of(row), employee_number=row.employee_number,
                job_title=row.job_title, aid_code=row.aid_code, rate=row.employment_rate or 0,
                contact=row.contact or Employment.Contact.UNKNOWN, started_on=today,
            )
            for row in rows
        ],
        batch_size=BATCH,
    )  # fmt: skip
    return [people[row.row] for row in rows]


def _identity(person: Person, row: rules.StaffRow) -> Identity:
    return Identity(
        person=person, given_name=row.given_name, family_name=row.family_name, email=row.email, language=row.language,
        is_protected=row.protected, search_name=search_name(row.given_name, row.family_name),
    )  # fmt: skip


def _change(employment: Employment, change: rules.Change, units: _Units) -> None:
    row, identity = change.row, employment.person.identity
    for field in change.fields:
        if field in {"given_name", "family_name", "email", "language"}:
            setattr(identity, field, getattr(row, field))
        elif field == "protected":
            identity.is_protected = row.protected
        elif field in {"unit", "department"}:
            employment.unit = units.of(row)
        elif field == "employment_rate":
            employment.rate = row.employment_rate or 0
        elif field == "contact":
            employment.contact = row.contact or Employment.Contact.UNKNOWN
        elif field != "manager":
            setattr(employment, field, getattr(row, field))
    identity.search_name = search_name(identity.given_name, identity.family_name)


def _save_changed(employments: list[Employment]) -> None:
    Employment.objects.bulk_update(employments, ["unit", "employee_number", "job_title", "aid_code", "rate", "contact"], batch_size=200)
    Identity.objects.bulk_update(
        [one.person.identity for one in employments],
        ["given_name", "family_name", "email", "language", "is_protected", "search_name"], batch_size=200,
    )  # fmt: skip


def _set_managers(organisation: Organisation, seen: Preview, people: dict[int, int], by_ref: dict[str, Employment]) -> None:
    """Line managers, once everybody of the list is there."""
    if "manager" not in seen.columns:
        return
    rows = [*seen.changes.joined, *(one.row for one in seen.changes.changed if "manager" in one.fields)]
    wanted: dict[int, int | None] = {}
    for row in rows:
        if row.manager_row is not None:
            wanted[people[row.row]] = people.get(row.manager_row)
        elif row.manager_ref:
            wanted[people[row.row]] = by_ref[row.manager_ref].person_id
        else:
            wanted[people[row.row]] = None
    employed = list(Employment.objects.filter(organisation=organisation, ended_on=None, person_id__in=wanted))
    for one in employed:
        one.manager_id = wanted[one.person_id]
    Employment.objects.bulk_update(employed, ["manager"], batch_size=500)

