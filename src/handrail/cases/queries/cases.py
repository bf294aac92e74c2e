"""Finds cases, starting from whose they are: a caseworker's own, a coordinator's organisation, nobody else's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from handrail.cases.models import Case, Conflict, EmergencyAccess, Entry, Need, NoteOpening, SealedNote, Step
from handrail.cases.queries.conflicts import is_kept_away, kept_away, out_of_conflict
from handrail.kit import clock
from handrail.kit.kept import once
from handrail.kit.text import _
from handrail.people.models import Grant, Identity, Organisation, Person, Role
from handrail.people.queries import ERASED_NAME, Name, Names, authority_of, current_grants
from handrail.programmes.models import Programme


def coordinated(person: Person, *, programme: str = "programme__uid", organisation: str = "organisation_id") -> Q:
    """The condition of lying where a person is placement coordinator: in that programme and, where the role names one, that organisation."""
    return _where(person, Role.PLACEMENT_COORDINATOR, programme, organisation)


def works_cases(person: Person) -> Q:
    """The condition of being a person's own case: named as its caseworker while holding that role in its programme and organisation."""
    return _where(person, Role.CASEWORKER, "programme__uid", "organisation_id") & Q(caseworker=person)


def _where(person: Person, role: str, programme: str, organisation: str) -> Q:
    found = Q(pk__in=[])
    for one in authority_of(person).held:
        if one.role == role:
            limits = {programme: one.programme, organisation: one.organisation_id}
            found |= Q(**{path: value for path, value in limits.items() if value is not None}) or Q(pk__gt=0)  # a role without limits: everywhere
    return found


def cases_visible_to(person: Person) -> QuerySet[Case]:
    """The cases that a person works on or coordinates, and is not kept away from. Never all of an organisation because one works there
    (security.md T2, T3)."""
    return Case.objects.filter(works_cases(person) | coordinated(person), out_of_conflict(person)).select_related("programme", "organisation", "person", "caseworker__identity")


def own_cases(person: Person) -> QuerySet[Case]:
    """The cases of which one is the caseworker."""
    return Case.objects.filter(works_cases(person), out_of_conflict(person)).select_related("programme", "organisation", "person")


def here(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those of the cases whose person's stay is not over."""
    return cases.filter(Exists(Entry.objects.filter(case=OuterRef("pk"), ended_on=None)))


def conflicts_visible_to(person: Person) -> QuerySet[Conflict]:
    """Who is kept away from the cases that a person may open."""
    return Conflict.objects.filter(case__in=cases_visible_to(person), lifted_at=None).select_related("case__programme", "person")


def is_own_case(person: Person, case: Case) -> bool:
    """Named as the case's caseworker, and caseworker of its programme and organisation at this moment: as `own_cases`, without asking the
    database again for a case that was found a moment ago."""
    if case.caseworker_id != person.pk or is_kept_away(person, case):
        return False
    return authority_of(person).has(Role.CASEWORKER, programme=case.programme.uid, organisation_id=case.organisation_id)


def needs_visible_to(person: Person) -> QuerySet[Need]:
    """The needs of the cases that a person may open."""
    return Need.objects.filter(case__in=cases_visible_to(person)).select_related("case__person", "case__programme")


def steps_visible_to(person: Person) -> QuerySet[Step]:
    """The steps towards those needs."""
    return Step.objects.filter(need__case__in=cases_visible_to(person)).select_related("need__case__person", "need__case__programme")


def notes_visible_to(person: Person) -> QuerySet[SealedNote]:
    """The sealed notes that a person may open, with a reason: of the own cases, and of one for which the glass is broken just now."""
    broken = EmergencyAccess.objects.filter(case=OuterRef("case"), person=person, ends_at__gt=clock.now())
    glass = Q(Exists(broken)) & Q(case__in=cases_behind_glass(person))  # the right to break it, and the open case, must still be there
    return SealedNote.objects.filter(Q(case__in=own_cases(person)) | glass).select_related("case__person", "case__programme", "written_by__identity")


def cases_behind_glass(person: Person) -> QuerySet[Case]:
    """Cases whose sealed notes one may open in an emergency: coordinated by oneself, not one's own, and still open."""
    open_now = Entry.objects.filter(case=OuterRef("pk"), ended_on=None)
    return Case.objects.filter(coordinated(person), out_of_conflict(person)).exclude(works_cases(person)).filter(Exists(open_now)).select_related("programme", "person", "organisation")


def emergency_of(person: Person, case: Case) -> EmergencyAccess | None:
    """The emergency access that a person has to a case at this moment."""
    if not cases_behind_glass(person).filter(pk=case.pk).exists():
        return None
    return EmergencyAccess.objects.filter(case=case, person=person, ends_at__gt=clock.now()).first()


def emergencies_lately(person: Person) -> int:
    """How often a person broke the glass within the last seven days."""
    return EmergencyAccess.objects.filter(person=person, started_at__gt=clock.now() - timedelta(days=7)).count()


def open_entry(case: Case) -> Entry | None:
    """The stay that is not over."""
    return next((one for one in _entries(case) if one.ended_on is None), None)


def last_entry(case: Case) -> Entry | None:
    """The latest stay, over or not."""
    return next(iter(_entries(case)), None)


def _entries(case: Case) -> list[Entry]:
    """A person's stays, the latest first; asked once a page."""
    return once("entries", [case.pk], lambda: list(case.entries.order_by("-started_on", "-id")))


def case_of(programme: Programme, person: Person) -> Case | None:
    """A person's case in a programme, if there is one."""
    return Case.objects.filter(programme=programme, person=person).first()


def cases_by_key(programme: Programme, keys: Iterable[str]) -> dict[str, Case]:
    """The cases of a programme that came from a workbook, by the key they had there."""
    rows = Case.objects.filter(programme=programme, external_key__in=[key for key in keys if key])
    return {case.external_key: case for case in rows.select_related("programme", "organisation", "person")}


def names_of_cases(viewer: Person, cases: Iterable[Case]) -> Names:
    """What people are called to somebody who may see their cases. A protected identity is read by the own caseworker only."""
    rows = {case.person_id: case for case in cases}
    found: dict[int, Name] = {}
    identities = list(Identity.objects.filter(person_id__in=rows))
    protected = [rows[one.person_id].pk for one in identities if one.is_protected]
    own = set(own_cases(viewer).filter(pk__in=protected).values_list("person_id", flat=True)) if protected else set()
    for identity in identities:
        if identity.is_protected and identity.person_id not in own:
            found[identity.person_id] = Name(str(_("Protected identity")), is_hidden=True, is_protected=True)
        else:
            found[identity.person_id] = Name(str(identity), identity.initials, is_protected=identity.is_protected, given_name=identity.given_name)
    for gone in set(rows) - set(found):
        found[gone] = Name(str(ERASED_NAME), is_hidden=True, is_erased=True)
    return Names(found)


def caseworkers_of(programme: Programme, organisation: Organisation) -> list[Person]:
    """Who may be given a case of an organisation: its caseworkers in the programme, by name."""
    rows = current_grants().filter(Q(programme=None) | Q(programme=programme.uid), Q(organisation=None) | Q(organisation=organisation), role=Role.CASEWORKER)
    ids = set(rows.values_list("person_id", flat=True))
    return sorted(Person.objects.filter(pk__in=[pk for pk in ids if pk]).select_related("identity"), key=lambda one: one.called)


def caseworkers_to_choose(case: Case) -> QuerySet[Person]:
    """The same for one case, to choose from."""
    ids = {one.pk for one in caseworkers_of(case.programme, case.organisation)} - kept_away(case)
    return Person.objects.filter(pk__in=ids).select_related("identity").order_by("identity__search_name")


def with_caseworkers(programme: Programme, organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Those of the organisations that have caseworkers in a programme; asked once for all of them."""
    rows = current_grants().filter(Q(programme=None) | Q(programme=programme.uid), role=Role.CASEWORKER)
    ids = set(rows.values_list("organisation_id", flat=True))
    return organisations if None in ids else organisations.filter(pk__in=[pk for pk in ids if pk])


def organisations_worked(person: Person, programme: Programme) -> QuerySet[Organisation]:
    """The organisations for which a person may open cases in a programme."""
    rows = Grant.objects.filter(pk__in=current_grants().filter(person=person, role__in=[Role.CASEWORKER, Role.PLACEMENT_COORDINATOR]))
    rows = rows.filter(Q(programme=None) | Q(programme=programme.uid))
    ids = {one.organisation_id for one in rows}
    partners = Organisation.objects.filter(pk__in=programme.partners.values("organisation_id"))
    return partners if None in ids else partners.filter(pk__in=[pk for pk in ids if pk])


def has_cases(programme: Programme) -> bool:
    """Whether anybody has begun in a programme; asked once a page."""
    return once("has-cases", [programme.pk], lambda: Case.objects.filter(programme=programme).exists())


@dataclass(frozen=True)
class Due:
    """A step that is due, of which person."""

    step: Step
    name: str
    is_late: bool


def steps_due(person: Person, programme: Programme, *, until: date) -> list[Due]:
    """Open steps of one's own people who are here, up to a day, the oldest first; at most twenty. Whoever has left is reminded of nothing."""
    rows = list(
        Step.objects.filter(done_on=None, due_on__lte=until, need__case__in=here(own_cases(person)).filter(programme=programme), need__state=Need.State.OPEN)
        .select_related("need__case__person").order_by("due_on", "id")[:20]
    )  # fmt: skip
    names = names_of_cases(person, [step.need.case for step in rows])
    today = clock.today()
    return [Due(step, names[step.need.case.person_id].text, step.due_on < today) for step in rows]


def openings_of(case: Case) -> QuerySet[NoteOpening]:
    """Who opened the sealed notes of a case, when and why, the latest first."""
    return NoteOpening.objects.filter(note__case=case).select_related("person__identity", "note")


def emergencies_of(case: Case) -> list[EmergencyAccess]:
    """Who broke the glass of a case, when and why, the latest first."""
    return list(case.emergencies.select_related("person__identity")[:25])


def told_about(case: Case, person: Person) -> list[tuple[str, str, UUID | None]]:
    """Whom it is told when this person breaks the glass of a case, once each (address, language, who): the caseworker, the other
    coordinators of the programme, and the data-protection officer where there is one."""
    grants = current_grants().filter(
        Q(programme=None) | Q(programme=case.programme.uid), Q(organisation=None) | Q(organisation=case.organisation_id), role=Role.PLACEMENT_COORDINATOR
    )
    ids = {case.caseworker_id, *grants.values_list("person_id", flat=True)} - {None, person.pk} - kept_away(case)
    rows = Person.objects.filter(pk__in=[pk for pk in ids if pk], erased_at=None).exclude(identity__email="").select_related("identity").order_by("pk")
    found: list[tuple[str, str, UUID | None]] = [(one.identity.email, one.identity.language, one.uid) for one in rows]
    if settings.DATA_PROTECTION_EMAIL:
        found.append((settings.DATA_PROTECTION_EMAIL, settings.LANGUAGE_CODE, None))
    return found


def told_of_emergency(uid: UUID) -> tuple[str, list[tuple[str, str, UUID | None]]]:
    """The address of the record of an emergency, and whom it is told to."""
    emergency = EmergencyAccess.objects.select_related("case__programme", "person").get(uid=uid)
    url = f"{settings.SITE_URL}{reverse('cases:openings', args=[emergency.case.uid])}"
    return url, told_about(emergency.case, emergency.person)


def emergencies_told(person: Person) -> QuerySet[EmergencyAccess]:
    """Emergencies of the last seven days in one's own cases, by others."""
    return EmergencyAccess.objects.filter(case__in=own_cases(person), started_at__gt=clock.now() - timedelta(days=7)).exclude(person=person).select_related("case")
