"""Erasures: whom somebody may ask to erase, what waits for whom, and what goes or stays."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from handrail.kit import slots
from handrail.people.models import Employment, Erasure, Grant, Person, Role
from handrail.people.queries.authority import authority_of
from handrail.people.queries.recoveries import administers_all
from handrail.people.queries.scope import persons_steered_by
from handrail.people.rules.erasures import Part, sign_of


def persons_to_erase(person: Person) -> QuerySet[Person]:
    """Whom this one may ask to erase: who works or once worked in a municipality that one leads, holders of roles that one steers, and
    people whom one accompanies on their way."""
    led = authority_of(person).organisation_ids(Role.PROCESS_LEADER)
    staff = Employment.objects.filter(organisation_id__in=led).values("person_id")
    steered = persons_steered_by(person).values("pk")
    found = Q(pk__in=staff) | Q(pk__in=steered)
    for accompanied in slots.filled("erasure.persons", person):  # people without a job here, whom somebody accompanies
        found |= Q(pk__in=accompanied)
    return Person.objects.filter(found, erased_at=None).select_related("identity")


def erased_uids() -> set[UUID]:
    """Everybody who was erased."""
    return set(Person.objects.exclude(erased_at=None).values_list("uid", flat=True))


def erased_here(uids: Iterable[UUID]) -> set[UUID]:
    """Those of them who stand here as erased."""
    wanted = set(uids)
    return wanted & erased_uids()


def numbers_of_person(person: Person) -> list[str]:
    """The participation numbers of a person, as the programmes say."""
    return slots.gathered("erasure.numbers", person)


def sign_to_type(person: Person) -> str:
    """What is typed to erase this person."""
    return sign_of(person.uid, numbers_of_person(person))


def programmes_of_person(person: Person) -> list[str]:
    """The uids of the programmes that a person takes part or has ever had a role in."""
    granted = Grant.objects.filter(person=person).exclude(programme=None).values_list("programme", flat=True)
    return sorted({str(uid) for uid in (*granted, *slots.gathered("erasure.programmes", person))})


def parts_of(person: Person) -> dict[str, list[Part]]:
    """What goes with a person, what stays, and what to beware of, as every app says; the people app first."""
    found: dict[str, list[Part]] = {"goes": [], "stays": [], "beware": []}
    for part in slots.gathered("erasure.parts", person):
        found[part.kind].append(part)
    return found


def erasures_visible_to(person: Person) -> QuerySet[Erasure]:
    """Those that one asked for, and those that one may agree to or has ended; never one's own."""
    rows = Erasure.objects.exclude(person=person).select_related("person")
    if administers_all(person):
        return rows
    own = Q(asked_by=person) | Q(ended_by=person)
    return rows.filter(own | Q(pk__in=_owned(person, rows.values_list("pk", "programmes"))))


def _owned(person: Person, rows: Iterable[tuple[int, list[str]]]) -> list[int]:
    held = [one for one in authority_of(person).held if one.role == Role.COORDINATOR and one.organisation_id is None]
    if not held:
        return []
    mine = {str(one.programme) for one in held}
    return [pk for pk, programmes in rows if "None" in mine or mine & set(programmes)]


def may_agree_to(person: Person, erasure: Erasure) -> bool:
    """Whether this one is another person than who asked and whom it is about, with the right to agree."""
    if person.pk in (erasure.asked_by_id, erasure.person_id):
        return False
    return administers_all(person) or bool(_owned(person, [(erasure.pk, erasure.programmes)]))


def erasures_waiting_for(person: Person) -> list[Erasure]:
    """What waits for this person to agree."""
    authority = authority_of(person)
    if not authority.roles() & {Role.COORDINATOR, Role.ADMINISTRATOR}:
        return []
    rows = Erasure.objects.filter(state=Erasure.State.ASKED).order_by("asked_at")
    return [one for one in rows if may_agree_to(person, one)]


def waiting_erasure(person: Person) -> Erasure | None:
    """The erasure of a person that waits, if there is one."""
    return Erasure.objects.filter(person=person, state=Erasure.State.ASKED).first()


def person_by_sign(viewer: Person, words: str) -> Person | None:
    """Whom a process leader means by a participation number, an employee number or an address, also when the person has left.

    None when nobody or more than one fits.
    """
    wanted = words.strip()
    if not wanted:
        return None
    rows = persons_to_erase(viewer)
    fits = Q(identity__email=wanted.lower()) | Q(employments__employee_number=wanted) & ~Q(employments__employee_number="")
    ids = set(rows.filter(fits).exclude(pk=viewer.pk).values_list("pk", flat=True))
    by_number = {pk for some in slots.filled("erasure.by_number", wanted) for pk in some}
    ids |= set(rows.filter(pk__in=by_number).values_list("pk", flat=True))
    return rows.filter(pk=ids.pop()).first() if len(ids) == 1 else None
