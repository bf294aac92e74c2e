"""Who takes part, as far as the one who asks may see: names of one's own, numbers for the auditor, counts for the owner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from handrail.kit.kept import kept, once, who
from handrail.kit.tables import Counted, Run, counted
from handrail.kit.text import _, plural
from handrail.people.events import EmploymentEnded, PersonEmployed, PersonErased, StaffListApplied
from handrail.people.models import Employment, Identity, Organisation, Person, Role, Unit
from handrail.people.queries import (
    authority_of,
    current_employments,
    employments_visible_to,
    manages_somebody,
    names_visible_to,
    persons_visible_to,
)
from handrail.people.rules.names import search_name
from handrail.programmes.events import ContactMarked, ParticipationEnded, PeopleEnrolled, PersonEnrolled
from handrail.programmes.models import Participation, Programme
from handrail.programmes.queries.programmes import partners_of
from handrail.programmes.rules import split_shown

Contact = Employment.Contact
FEW = 1000
COLUMNS = (Contact.DIRECT, Contact.INDIRECT, Contact.UNKNOWN)


@dataclass(frozen=True)
class Participant:
    """One row of the list: a name where it may stand, else only the number."""

    participation: Participation
    name: str
    initials: str
    is_hidden: bool
    unit: str
    job_title: str
    contact: str  # "" while it is not marked
    way_in: str
    choose: str  # what a screen reader says of the box to tick
    url: str


@dataclass(frozen=True)
class SplitRow:
    """One municipality's participants by contact; None where the count is hidden."""

    organisation: str
    counts: tuple[int | None, ...]
    total: int | None
    is_own: bool = False


def current_participations(programme: Programme) -> QuerySet[Participation]:
    """Those who take part today."""
    return Participation.objects.filter(programme=programme, left_on=None)


def participants_of(
    viewer: Person, programme: Programme, *, words: str = "", organisation: str = "", unit: str = "", units: str = "", contact: str = "", sort: str = "number",
) -> list[Run]:  # fmt: skip
    """The participants whom this person may see one by one, narrowed by name, municipality, unit (or words of its name: `units`) or contact, in the order of `sort`.

    The auditor sees all, by number, and cannot search by name. A protected identity is not found by name or unit, but by those
    who read the name anyway; sorted by name (`sort`, "-name" from the end), it stands last among those without one.
    """
    rows = current_participations(programme).select_related("organisation", "person")
    named = _name_is_read_by(viewer)
    if authority_of(viewer).has(Role.AUDITOR, programme=programme.uid):
        named &= _seen_by(viewer)
    else:
        rows = rows.filter(_seen_by(viewer))
    if organisation:
        rows = rows.filter(organisation__uid=organisation)
    if contact in Contact.values:
        rows = rows.filter(contact=contact)
    if words:
        rows = rows.filter(named, _called(words))
    if unit:
        there = current_employments().filter(unit__uid=unit, person_id=OuterRef("person_id"))
        rows = rows.filter(named, Exists(there))
    if units:
        there = current_employments().filter(unit__in=units_called(viewer, programme, units), person_id=OuterRef("person_id"))
        rows = rows.filter(named, Exists(there))
    is_named = bool(words or unit or units)  # whose name is not read is found by none of these
    by, down = sort.lstrip("-"), "-" if sort.startswith("-") else ""
    if by == "name":  # as far as names are read: where a hidden one stands would tell how it begins
        first = Run(rows if is_named else rows.filter(named), (f"{down}person__identity__search_name", "number"))
        return [first] if is_named else [first, Run(rows.exclude(named), ("number",))]
    keys = {"municipality": "organisation__name", "contact": "contact"}
    return [Run(rows, (down + keys[by], "number") if by in keys else ("-number" if sort == "-number" else "number",))]


def _called(words: str) -> Q:
    """Whose name holds these words. A few are looked up at once: a page and its count would each go through all names."""
    wanted = search_name(words)
    few = list(Identity.objects.filter(search_name__contains=wanted).values_list("person_id", flat=True)[: FEW + 1])
    return Q(person_id__in=few) if len(few) <= FEW else Q(person__identity__search_name__contains=wanted)


def _seen_by(viewer: Person) -> Q:
    """Whoever one may see, for a participation: as `people.persons_visible_to`. For a process leader it is asked of each row by itself, so that
    a page of a long list asks for a page; the people of whoever leads no municipality are few, and looked up."""
    seen = employments_visible_to(viewer)
    if authority_of(viewer).organisation_ids(Role.PROCESS_LEADER):
        return Q(person__erased_at=None) & (Q(person=viewer) | Q(Exists(seen.filter(person_id=OuterRef("person_id")))))
    return Q(person__erased_at=None) & (Q(person=viewer) | Q(person__in=seen.values("person_id")))


def _name_is_read_by(viewer: Person) -> Q:
    """Of those whom one sees one reads every name but the protected ones, unless one manages them or is one."""
    read = Q(person__identity__is_protected=False) | Q(person=viewer)
    if manages_somebody(viewer):
        read |= Q(Exists(current_employments().filter(manager=viewer, person_id=OuterRef("person_id"))))
    return Q(person__identity__isnull=False) & read  # said for the database's sake, which then goes along the names in their order


def participants_counted(viewer: Person, programme: Programme, runs: Sequence[Run], **chosen: str) -> Counted:
    """How many they are; more than is counted in a list that is narrowed is called "more than". Counted once until somebody comes, goes or is marked."""
    if not any(chosen.values()):
        return Counted(sum(count for _pk, count in _by_organisation(viewer, programme)), is_capped=False)
    return kept("participants", [*who(viewer), programme.pk, *chosen.items()], lambda: counted(runs), events=ROSTER)


def _by_organisation(viewer: Person, programme: Programme) -> list[tuple[int, int]]:
    """How many participants one sees one by one, by their municipality: the whole list and what it can be narrowed by, in one look."""
    if authority_of(viewer).has(Role.AUDITOR, programme=programme.uid):  # sees all of them
        found: dict[int, int] = {}
        for organisation_id, _contact, count in _split(programme):
            found[organisation_id] = found.get(organisation_id, 0) + count
        return list(found.items())
    by = current_participations(programme).filter(_seen_by(viewer)).order_by().values_list("organisation_id").annotate(people=Count("*"))
    return once("seen", [viewer.pk, programme.pk], lambda: kept("participants-seen", [*who(viewer), programme.pk], lambda: list(by), events=ROSTER))


def _split(programme: Programme) -> list[tuple[int, str, int]]:
    split_up = current_participations(programme).order_by().values_list("organisation_id", "contact").annotate(count=Count("*"))
    return once("split", [programme.pk], lambda: kept("participants-split", [programme.pk], lambda: list(split_up), events=ROSTER))


# What changes who takes part, and who sees it: with the staff lists of the municipalities.
ROSTER = (PersonEnrolled, PeopleEnrolled, ParticipationEnded, ContactMarked, StaffListApplied, PersonEmployed, EmploymentEnded, PersonErased)


def participants_table(viewer: Person, rows: Sequence[Participation], accounts: Mapping[int, str]) -> list[Participant]:
    """One page of participants with names and units, in two queries however many rows; three where an identity is protected."""
    ids = [row.person_id for row in rows]
    names = names_visible_to(viewer, ids)
    work = {
        (one.person_id, one.organisation_id): one
        for one in current_employments().filter(person_id__in=ids).select_related("unit")
    }
    words = {"direct": str(_("Direct")), "indirect": str(_("Indirect"))}
    ways = {"open": str(_("can sign in")), "closed": str(_("closed")), "invited": str(_("invited"))}
    choose = str(_("Choose %(name)s"))
    table = []
    for row in rows:
        name, job = names[row.person_id], work.get((row.person_id, row.organisation_id))
        hidden, called = name.is_hidden, "" if row.person_id not in names.by_id else name.text
        table.append(
            Participant(
                participation=row, name=called, initials=name.initials, is_hidden=hidden,
                unit=str(job.unit) if job and job.unit and not hidden else "", job_title=job.job_title if job and not hidden else "",
                contact=words.get(row.contact, ""), way_in="" if hidden else ways.get(accounts.get(row.person_id, ""), ""),
                choose=choose % {"name": called or row.number}, url=reverse("desk:person", args=[row.person.uid]),
            )
        )  # fmt: skip
    return table


def split_by_organisation(viewer: Person, programme: Programme) -> tuple[list[SplitRow], SplitRow]:
    """Participants by municipality and contact with newcomers, and the total. A count under five of another municipality is
    hidden, with enough of its neighbours that it cannot be worked out."""
    partners = partners_of(programme)
    counts = {(organisation_id, contact): count for organisation_id, contact, count in _split(programme)}
    own = authority_of(viewer).organisation_ids(Role.PROCESS_LEADER, programme.uid)
    split = split_shown(
        {one.organisation_id: [counts.get((one.organisation_id, contact), 0) for contact in COLUMNS] for one in partners},
        own=frozenset(own),
    )
    rows = [
        SplitRow(
            str(one.organisation), split.rows[one.organisation_id], split.sums[one.organisation_id], one.organisation_id in own
        )
        for one in partners
    ]  # fmt: skip
    return rows, SplitRow("", split.totals[:-1], split.totals[-1])


def units_led(viewer: Person, programme: Programme) -> QuerySet[Unit]:
    """The units of the municipalities whose process this person leads."""
    led = authority_of(viewer).organisation_ids(Role.PROCESS_LEADER, programme.uid)
    return Unit.objects.filter(organisation_id__in=led).select_related("organisation", "parent").order_by("organisation__name", "name")


def units_called(viewer: Person, programme: Programme, words: str) -> list[int]:
    """The ids of one's units of this name; where none is called so, those whose name or department's name holds all these words.

    Capitals are folded here: SQLite folds A to Z only.
    """
    wanted = words.casefold().split()
    rows = [(pk, name.casefold(), (parent or "").casefold()) for pk, name, parent in units_led(viewer, programme).values_list("pk", "name", "parent__name")]
    exactly = [pk for pk, name, _parent in rows if name.split() == wanted]
    return exactly or [pk for pk, name, parent in rows if all(word in f"{parent} {name}" for word in wanted)]


WITHOUT_UNIT = "without-unit"  # stands among the units' uids for staff who have none


def enrolable_people(viewer: Person, programme: Programme) -> QuerySet[Employment]:
    """Staff of one's own municipality who do not take part yet."""
    led = authority_of(viewer).organisation_ids(Role.PROCESS_LEADER, programme.uid)
    there = current_participations(programme).values("person_id")
    rows = current_employments().filter(organisation_id__in=led, person__erased_at=None).exclude(person_id__in=there)
    return rows.select_related("person", "unit")


def units_to_enrol(viewer: Person, programme: Programme) -> list[tuple[str, str]]:
    """Units of one's own municipality with staff who do not take part yet, and how many; staff without a unit come last."""
    waiting = enrolable_people(viewer, programme).order_by().values_list("unit_id").annotate(count=Count("pk"))
    counts = {unit_id: count for unit_id, count in waiting if unit_id}
    units = units_led(viewer, programme).filter(pk__in=counts)
    found = [
        (str(unit.uid), str(plural("%(unit)s: %(n)s person", "%(unit)s: %(n)s people", counts[unit.pk]) % {"unit": unit, "n": counts[unit.pk]}))
        for unit in units
    ]
    if without := enrolable_people(viewer, programme).filter(unit=None).count():
        words = plural("Without a unit: %(n)s person", "Without a unit: %(n)s people", without)
        found.append((WITHOUT_UNIT, str(words % {"n": without})))
    return found


def led_without_staff(viewer: Person, programme: Programme) -> Organisation | None:
    """A municipality whose process this person leads and whose staff list has not been brought in yet."""
    led = authority_of(viewer).organisation_ids(Role.PROCESS_LEADER, programme.uid)
    return Organisation.objects.filter(pk__in=led).exclude(pk__in=current_employments().values("organisation_id")).first()


def staff_to_enrol(viewer: Person, programme: Programme, unit_uids: Iterable[str]) -> list[tuple[Organisation, list[Person]]]:
    """The persons of chosen units who do not take part yet, by organisation."""
    chosen = set(unit_uids)
    units = units_led(viewer, programme).filter(uid__in=chosen - {WITHOUT_UNIT})
    works = enrolable_people(viewer, programme).filter(Q(unit__in=units) | (Q(unit=None) if WITHOUT_UNIT in chosen else Q(pk__in=[])))
    found: dict[Organisation, list[Person]] = {}
    for work in works.select_related("person", "organisation").order_by("pk"):
        found.setdefault(work.organisation, []).append(work.person)
    return list(found.items())


def participations_led(viewer: Person, programme: Programme, uids: Iterable[str]) -> list[Participation]:
    """Those of the given participations that belong to one's own municipality; nonsense counts as nothing."""
    led = authority_of(viewer).organisation_ids(Role.PROCESS_LEADER, programme.uid)
    wanted = []
    for uid in uids:
        with suppress(ValueError):
            wanted.append(UUID(uid))
    return list(current_participations(programme).filter(organisation_id__in=led, uid__in=wanted))


def organisations_listed(viewer: Person, programme: Programme) -> list[Organisation]:
    """The municipalities among which this person's list can be narrowed; none where there is but one."""
    ids = [pk for pk, _count in _by_organisation(viewer, programme)]
    return list(Organisation.objects.filter(pk__in=ids)) if len(ids) > 1 else []


def sees_names(viewer: Person) -> bool:
    """Whether this person's list holds names at all."""
    return bool(authority_of(viewer).organisation_ids(Role.PROCESS_LEADER)) or manages_somebody(viewer)


def participation_seen_by(viewer: Person, person: Person, programme: Programme) -> Participation | None:
    """How a person takes part in a programme, for those who may open the person."""
    rows = current_participations(programme).filter(person=person, person__in=persons_visible_to(viewer))
    return rows.select_related("organisation", "person").first()


def any_takes_part(programme: Programme, person_ids: Iterable[int]) -> bool:
    """Whether any of these persons takes part, or once took part, in a programme."""
    return Participation.objects.filter(programme=programme, person_id__in=person_ids).exists()
