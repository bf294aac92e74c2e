"""What visitors wrote, for whoever answers."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from handrail.people.models import Organisation, Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import ContactMessage, Partner, Programme
from handrail.programmes.queries.programmes import partners_of


def contact_person_of(programme: Programme, organisation: Organisation) -> Person | None:
    """Who gets what visitors write to a partner: its contact person, else the project owner's; None when there is neither."""
    rows = Partner.objects.filter(programme=programme, organisation_id__in=[organisation.pk, programme.owner_id])
    people = {row.organisation_id: row.contact_person for row in rows.select_related("contact_person__identity")}
    if organisation.pk not in people:
        return None
    for person in (people[organisation.pk], people.get(programme.owner_id)):
        if person is not None and person.erased_at is None and person.identity.email:
            return person
    return None


def messages_for(person: Person) -> QuerySet[ContactMessage]:
    """Messages to partners that this person answers for, as contact person or (where there is none) as the project owner's.

    A project owner's coordinator sees those of all partners, so that none is left lying.
    """
    mine = Partner.objects.filter(contact_person=person)
    owners = mine.filter(part=Partner.Part.OWNER).values("programme_id")
    orphaned = Partner.objects.filter(contact_person=None, programme_id__in=owners)
    coordinated = [one.programme for one in authority_of(person).held if one.role == Role.COORDINATOR]
    if None in coordinated:
        return ContactMessage.objects.all()
    return ContactMessage.objects.filter(Q(pk__in=_to(mine).values("pk")) | Q(pk__in=_to(orphaned).values("pk")) | Q(programme__uid__in=coordinated))


def unanswered_messages(programme: Programme | None) -> QuerySet[ContactMessage]:
    """Messages of visitors that nobody has answered."""
    return ContactMessage.objects.filter(programme=programme, answered_at=None).order_by()


def waiting_messages(person: Person, programme: Programme) -> QuerySet[ContactMessage]:
    """Unanswered messages that this person is the one to answer."""
    own = Partner.objects.filter(programme=programme, contact_person=person).values("organisation_id")
    orphaned = Partner.objects.filter(programme=programme, contact_person=None).values("organisation_id")
    owners = Partner.objects.filter(programme=programme, organisation=programme.owner_id, contact_person=person)
    return ContactMessage.objects.filter(
        Q(organisation_id__in=own) | (Q(organisation_id__in=orphaned) & Exists(owners)), programme=programme, answered_at=None
    )


def is_contact_person(person: Person, programme: Programme) -> bool:
    """Whether visitors' messages to some partner of the programme go to this person."""
    return any(one.contact_person_id == person.pk for one in partners_of(programme))


def _to(partners: QuerySet[Partner]) -> QuerySet[ContactMessage]:
    return ContactMessage.objects.filter(
        Exists(partners.filter(programme_id=OuterRef("programme_id"), organisation_id=OuterRef("organisation_id")))
    )
