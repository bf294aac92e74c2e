"""What a person agreed to, as their page shows it, and who may be offered as a recipient."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from handrail.cases.models import Case
from handrail.cases.queries.cases import cases_visible_to
from handrail.kit import clock, slots
from handrail.kit.text import _
from handrail.people.models import Consent, Organisation, Person
from handrail.people.queries import consents_of
from handrail.people.rules.consents import Recipient, field_words, purpose_words
from handrail.programmes.queries import partners_of


@dataclass(frozen=True)
class ConsentRow:
    """One consent in words, and whether it holds now."""

    consent: Consent
    recipient: str
    fields: list[str]
    purpose: str
    holds: bool


def consents_visible_to(person: Person) -> QuerySet[Consent]:
    """The consents of people whom one accompanies."""
    return Consent.objects.filter(person__in=cases_visible_to(person).values("person_id")).select_related("person")


def recipients_of(case: Case) -> list[Recipient]:
    """To whom something may be told: companies and partner organisations, by name, as the apps offer them."""
    return sorted(slots.gathered("consent.recipients", case), key=lambda one: (one.kind != "company", one.name))


def partners_to_tell(case: Case) -> list[Recipient]:
    """The programme's other organisations."""
    return [Recipient("organisation", one.organisation.uid, one.organisation.name) for one in partners_of(case.programme) if one.organisation_id != case.organisation_id]


def consent_rows(case: Case, *, only_now: bool = False) -> list[ConsentRow]:
    """What a person agreed to, the newest first; `only_now` what holds at this moment."""
    rows, today = list(consents_of(case.person)), clock.today()
    known = {one.uid: one.name for one in recipients_of(case)} if rows else {}
    known |= _organisations(row.recipient for row in rows if row.recipient not in known)
    found = [
        ConsentRow(
            row, known.get(row.recipient) or str(_("somebody who is no longer here")), field_words(row.fields), purpose_words(row.purpose),
            row.withdrawn_at is None and row.until >= today,
        )
        for row in rows
    ]  # fmt: skip
    return [row for row in found if row.holds] if only_now else found


def _organisations(uids: Iterable[UUID]) -> dict[UUID, str]:
    wanted = list(uids)
    return {one.uid: one.name for one in Organisation.objects.filter(uid__in=wanted)} if wanted else {}
