"""What the programme forgets of somebody who is erased; the participation stays under its number."""

from __future__ import annotations

from django.db.transaction import atomic

from handrail.kit import clock
from handrail.people.models import Account, Identity, Person
from handrail.programmes.actions.participation import leave_programme
from handrail.programmes.models import ContactMessage, Participation, Partner


@atomic
def forget_in_programmes(*, person: Person, by: Person | None = None) -> None:
    """The person takes part no longer and answers visitors no longer; what they wrote as a visitor goes."""
    for one in Participation.objects.filter(person=person, left_on=None).select_related("programme", "person"):
        leave_programme(participation=one, left_on=max(one.joined_on, clock.today()), by=by)
    Partner.objects.filter(contact_person=person).update(contact_person=None)
    named = Identity.objects.filter(person=person).values_list("email", flat=True)
    signed_in = Account.objects.filter(person=person).values_list("email", flat=True)
    for address in {one for one in (*named, *signed_in) if one}:
        ContactMessage.objects.filter(sender_email__iexact=address).delete()
