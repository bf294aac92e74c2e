"""What the library forgets of somebody who is erased."""

from __future__ import annotations

from django.db.models import Q
from django.db.transaction import atomic

from handrail.library.models import Practice, Review
from handrail.people.models import Person


@atomic
def forget_in_library(*, person: Person) -> int:
    """Drop a person as somebody to ask about practices, and what they were asked to review and had not finished.

    Practices, finished reviews and results stay: they are about work and name nobody. Answers how many contacts went.
    """
    Review.objects.filter(reviewer=person, done_at=None).delete()
    who = getattr(person, "identity", None)
    if who is None:
        return 0
    known = Q(pk__in=[])
    if who.email:
        known |= Q(contact_email__iexact=who.email)
    if str(who):
        known |= Q(contact_name__iexact=str(who))
    return Practice.objects.filter(known).update(contact_name="", contact_email="", contact_agreed_at=None)
