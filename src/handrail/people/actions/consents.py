"""Consent: given for certain facts, to somebody, until a day; taken back at any moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.transaction import atomic

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.events import ConsentGiven, ConsentWithdrawn
from handrail.people.models import Consent, Person
from handrail.people.rules.consents import check_consent


@atomic
def give_consent(
    *, person: Person, recipient_kind: str, recipient: UUID, fields: Sequence[str], purpose: str, wording: str, language: str,
    until: date, interpreter: str = Consent.Interpreter.NONE, basis: str = "", by: Person,
) -> Consent:  # fmt: skip
    """Note what a person agreed may be told to whom. A newer agreement about the same recipient takes the place of the older one.

    Raises RuleBroken when nothing is chosen or it is not said what for, when the last day has passed or lies more than two years ahead, and
    when somebody erased would agree.
    """
    if person.erased_at is not None:
        raise RuleBroken(_("This person has been erased."))
    if recipient_kind not in Consent.Recipient.values:
        raise RuleBroken(_("Choose who may be told."), field="recipient")
    if interpreter not in Consent.Interpreter.values:
        raise RuleBroken(_("Say whether there was an interpreter."), field="interpreter")
    check_consent(fields=list(fields), until=until, today=clock.today())
    if not purpose.strip():
        raise RuleBroken(_("Say what it is for."), field="purpose")
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # two agreements at the same instant: one after the other
    now = clock.now()
    Consent.objects.filter(person=person, recipient=recipient, withdrawn_at=None).update(withdrawn_at=now, withdrawn_by=by)
    consent = Consent.objects.create(
        person=person, recipient_kind=recipient_kind, recipient=recipient, fields=sorted(set(fields)), purpose=purpose.strip(), basis=basis.strip(),
        wording=wording, language=language, interpreter=interpreter, given_at=now, until=until, noted_by=by,
    )  # fmt: skip
    announce(ConsentGiven(consent.uid, person.uid, recipient, tuple(consent.fields)), by=by)
    return consent


@atomic
def withdraw_consent(*, consent: Consent, by: Person) -> Consent:
    """Take an agreement back, for the person who gave it. It ends at once; saying it twice changes nothing."""
    now = clock.now()
    if Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=now, withdrawn_by=by):
        announce(ConsentWithdrawn(consent.uid, consent.person.uid, consent.recipient), by=by)
    consent.refresh_from_db()
    return consent
