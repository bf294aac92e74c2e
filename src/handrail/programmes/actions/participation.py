"""Who takes part in a programme, under which number, with direct or indirect contact with newcomers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models.functions import Length
from django.db.transaction import atomic

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Employment, Organisation, Person
from handrail.programmes.events import ContactMarked, ParticipationEnded, PeopleEnrolled, PersonEnrolled
from handrail.programmes.models import Participation, Partner, Programme, TargetGroup
from handrail.programmes.rules import next_numbers

Contact = Employment.Contact


@atomic
def enrol_person(
    *,
    programme: Programme,
    person: Person,
    organisation: Organisation,
    contact: str | None = None,
    target_group: TargetGroup | None = None,
    joined_on: date | None = None,
    by: Person | None,
) -> Participation:
    """Let a person take part for an organisation, under the next participation number; whoever left comes back under the old one.

    Without `contact`, what the staff list says about contact with newcomers holds. Raises RuleBroken when the organisation
    does not take part, or the person already does.
    """
    _demand_partner(programme, organisation)
    if target_group is not None and target_group.programme_id != programme.pk:
        raise RuleBroken(_("The target group belongs to another programme."), field="target_group")
    earlier = Participation.objects.filter(programme=programme, person=person).first()
    if earlier is not None and earlier.left_on is None:
        raise RuleBroken(_("The person already takes part."), field="person")
    contact = contact or _contacts(organisation, [person.pk]).get(person.pk, Contact.UNKNOWN)
    if contact not in Contact.values:
        raise RuleBroken(_("Choose direct or indirect contact."), field="contact")
    if earlier is not None:
        earlier.left_on, earlier.organisation, earlier.contact = None, organisation, contact
        earlier.target_group = target_group or earlier.target_group
        earlier.save(update_fields=["left_on", "organisation", "contact", "target_group"])
        participation = earlier
    else:
        participation = Participation.objects.create(
            programme=programme, person=person, organisation=organisation, contact=contact, target_group=target_group,
            number=next(_numbers(programme)), joined_on=joined_on or clock.today(),
        )  # fmt: skip
    announce(PersonEnrolled(participation.uid, programme.uid, person.uid, organisation.uid), by=by)
    return participation


@atomic
def enrol_people(
    *,
    programme: Programme,
    organisation: Organisation,
    persons: Iterable[Person],
    joined_on: date | None = None,
    by: Person | None,
) -> int:
    """Let several people of one organisation take part; those who already do are passed over. Answers how many are new."""
    _demand_partner(programme, organisation)
    wanted = list({person.pk: person for person in persons}.values())
    ids = [person.pk for person in wanted]
    back = Participation.objects.filter(programme=programme, person_id__in=ids).exclude(left_on=None)
    returned = back.update(left_on=None, organisation=organisation)
    there = set(Participation.objects.filter(programme=programme, person_id__in=ids).values_list("person_id", flat=True))
    contacts = _contacts(organisation, ids)
    numbers = _numbers(programme)
    day = joined_on or clock.today()
    made = Participation.objects.bulk_create(
        Participation(
            programme=programme, person=person, organisation=organisation, number=next(numbers), joined_on=day,
            contact=contacts.get(person.pk, Contact.UNKNOWN),
        )
        for person in wanted
        if person.pk not in there
    )  # fmt: skip
    count = len(made) + returned
    if count:
        announce(PeopleEnrolled(programme.uid, organisation.uid, count), by=by)
    return count


@atomic
def leave_programme(*, participation: Participation, left_on: date | None = None, by: Person | None) -> Participation:
    """Say that a person no longer takes part. Hours already certified stay under the number.

    Raises RuleBroken when the day lies before the first.
    """
    day = left_on or clock.today()
    if day < participation.joined_on:
        raise RuleBroken(_("The last day cannot lie before the first."), field="left_on")
    participation.left_on = day
    participation.save(update_fields=["left_on"])
    announce(
        ParticipationEnded(participation.uid, participation.programme.uid, participation.person.uid, day), by=by
    )
    return participation


@atomic
def mark_contact(
    *, programme: Programme, participations: Sequence[Participation], contact: str, by: Person | None
) -> int:
    """Mark participants as working directly or indirectly with newcomers; answers how many changed.

    Raises RuleBroken for anything but direct, indirect or not stated, and for participants of another programme.
    """
    if contact not in Contact.values:
        raise RuleBroken(_("Choose direct or indirect contact."), field="contact")
    if any(one.programme_id != programme.pk for one in participations):
        raise RuleBroken(_("Somebody in the selection takes part in another programme."))
    chosen = Participation.objects.filter(pk__in=[one.pk for one in participations]).exclude(contact=contact)
    count = chosen.update(contact=contact)
    if count:
        announce(ContactMarked(programme.uid, contact, count), by=by)
    return count


def _demand_partner(programme: Programme, organisation: Organisation) -> None:
    if not Partner.objects.filter(programme=programme, organisation=organisation).exists():
        raise RuleBroken(
            _("%(organisation)s does not take part in this programme. Add it as a partner first.")
            % {"organisation": organisation},
            field="organisation",
        )


def _contacts(organisation: Organisation, person_ids: Iterable[int]) -> dict[int, str]:
    rows = Employment.objects.filter(organisation=organisation, ended_on=None, person_id__in=list(person_ids))
    return dict(rows.values_list("person_id", "contact"))


def _numbers(programme: Programme) -> Iterator[str]:
    # The programme's row is held until commit, so that two who enrol at once do not draw the same number.
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    # The highest stand first: the longer one is higher, and of two alike the one that comes later by its digits. Numbers that were brought in may
    # look otherwise: those filled up with more noughts than ours are never drawn, of the others a hundred are read, and all where none is ours.
    begins = f"{programme.code}-"
    rows = Participation.objects.filter(programme=programme, number__startswith=begins).annotate(width=Length("number"))
    rows = rows.exclude(width__gt=len(begins) + 4, number__startswith=f"{begins}0").order_by("-width", "-number")
    taken = rows.values_list("number", flat=True)
    highest = list(taken[:100])
    return next_numbers(programme.code, highest if any(one.removeprefix(begins).isdecimal() for one in highest) else taken)
