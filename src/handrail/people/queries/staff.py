"""Staff lists: what is stored of an organisation's staff, and what a list would change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Q, QuerySet

from handrail.people import formats, rules
from handrail.people.models import Employment, Organisation, Person, Role, StaffImport, StaffMapping
from handrail.people.queries.authority import authority_of
from handrail.people.queries.scope import current_employments

FULL_TIME = Decimal(100)
MOTHER_TONGUE = "sv"


def staffed_organisations(person: Person) -> QuerySet[Organisation]:
    """The organisations whose staff list this person keeps."""
    return Organisation.objects.filter(pk__in=authority_of(person).organisation_ids(Role.PROCESS_LEADER))


def staff_imports_visible_to(person: Person) -> QuerySet[StaffImport]:
    """Staff lists of one's own organisation."""
    return StaffImport.objects.filter(organisation__in=staffed_organisations(person)).select_related("organisation")


def staff_of(organisation: Organisation, words: str = "") -> QuerySet[Employment]:
    """An organisation's current staff by family name (protected identities last: their place would tell), those whose name, title or unit fits the words."""
    rows = current_employments().filter(organisation=organisation).select_related("person__identity", "unit__parent", "manager__identity")
    for word in words.split()[:4]:
        visible = Q(person__identity__is_protected=False)
        name = (Q(person__identity__family_name__icontains=word) | Q(person__identity__given_name__icontains=word)) & visible
        rows = rows.filter(name | Q(job_title__icontains=word) | Q(unit__name__icontains=word) & visible)
    return rows.order_by("person__identity__is_protected", "person__identity__family_name", "person__identity__given_name", "pk")


def known_staff(organisation: Organisation, fields: frozenset[str] = frozenset({"unit", "department"})) -> list[rules.Known]:
    """An organisation's current employments as the rules compare them with a list that has these fields."""
    rows = current_employments().filter(organisation=organisation).select_related("person__identity", "unit__parent")
    by_person = dict(current_employments().filter(organisation=organisation).values_list("person_id", "uid"))
    parents = set(
        current_employments().filter(organisation=organisation, unit__parent__isnull=False).values_list("unit__parent_id", flat=True)
    )
    known = []
    for row in rows:
        unit, department = "", ""
        if row.unit is not None and row.unit.parent is not None:
            unit, department = row.unit.name, row.unit.parent.name
        elif row.unit is not None and ("unit" not in fields or row.unit.pk in parents):
            department = row.unit.name
        elif row.unit is not None:
            unit = row.unit.name
        identity = row.person.identity
        manager = by_person.get(row.manager_id) if row.manager_id else None
        known.append(
            rules.Known(
                ref=str(row.uid), organisation=str(organisation.uid), employee_number=row.employee_number, email=identity.email,
                given_name=identity.given_name, family_name=identity.family_name, job_title=row.job_title, aid_code=row.aid_code,
                department=department, unit=unit, employment_rate=row.rate.normalize(), manager_ref=str(manager or ""),
                protected=identity.is_protected, contact="" if row.contact == Employment.Contact.UNKNOWN else row.contact,
                language=identity.language,
            )
        )  # fmt: skip
    return known


@dataclass(frozen=True)
class Preview:
    """What a staff list says and what saving it would change; nothing is saved by looking."""

    guesses: list[formats.ColumnGuess]
    columns: dict[str, int]
    sheet: formats.Sheet
    staff: rules.StaffList
    changes: rules.Changes

    @property
    def problems(self) -> list[rules.RowProblem]:
        """Everything that is to be said, by row."""
        return sorted([*self.staff.problems, *self.changes.problems], key=lambda one: (one.row, not one.is_error))

    @property
    def leaves_out_many(self) -> bool:
        """Whether so many are missing from the list that it may be one of a part of the organisation only."""
        known = len(self.changes.left) + len(self.changes.unchanged) + len(self.changes.changed)
        return len(self.changes.left) > 3 and len(self.changes.left) * 4 > known

    @property
    def counts(self) -> dict[str, int]:
        """How many would join, change, leave and stay, and how many rows are left out."""
        return {
            "rows": len(self.sheet.rows), "joined": len(self.changes.joined), "changed": len(self.changes.changed),
            "moved": sum(1 for one in self.changes.changed if one.moved), "left": len(self.changes.left),
            "unchanged": len(self.changes.unchanged), "errors": len({one.row for one in self.staff.errors}),
            "unclear": len(self.changes.problems),
        }  # fmt: skip


def preview_of(staff_import: StaffImport) -> Preview:
    """Read a stored list by its columns and compare it with the organisation's staff."""
    sheet = formats.from_stored(bytes(staff_import.content or b""))
    columns = formats.mapping_from_headers(sheet, staff_import.columns)
    fields = frozenset(columns)
    known = known_staff(staff_import.organisation, fields)
    staff = rules.read_staff(sheet, columns, known=known)
    staff = replace(staff, rows=tuple(plain_row(row) for row in staff.rows))
    return Preview(formats.guess_columns(sheet), columns, sheet, staff, rules.compare(staff, known))


def plain_row(row: rules.StaffRow) -> rules.StaffRow:
    """A row with what an empty cell stands for: full time, Swedish."""
    rate = FULL_TIME if row.employment_rate is None else row.employment_rate
    return replace(row, employment_rate=rate.normalize(), language=row.language or MOTHER_TONGUE)


def remembered_columns(organisation: Organisation, sheet: formats.Sheet) -> dict[str, str]:
    """Field → header as chosen last time for a list with these headers; empty when there was none."""
    row = StaffMapping.objects.filter(organisation=organisation, signature=formats.signature(sheet.headers)).first()
    return dict(row.columns) if row else {}


def kept_problems(staff_import: StaffImport) -> list[rules.RowProblem]:
    """The problems of a list that was saved."""
    return [
        rules.RowProblem(one["row"], one["column"], "", one["cause"], one["remedy"], one["is_error"]) for one in staff_import.problems
    ]
