"""What is done after the answer: destroying a key, telling of an emergency."""

from __future__ import annotations

from uuid import UUID

from handrail.cases import queries
from handrail.kit.crypto import destroy_key
from handrail.kit.later import task
from handrail.kit.mail import send_mail
from handrail.people.queries import person_named


@task()
def forget_key(person: str) -> None:
    """Destroy the key of somebody who was erased, once the erasure is committed; safe to run again."""
    if person_named(UUID(person)).erased_at is not None:
        destroy_key(UUID(person))


@task()
def tell_of_emergency(emergency: str) -> None:
    """Tell the caseworker, the programme's other coordinators and the data-protection officer that the glass was broken: no name of the person, no reason in the mail."""
    link, told = queries.told_of_emergency(UUID(emergency))
    for address, language, person in told:
        send_mail("cases/mail/emergency", to=address, language=language, context={"link": link}, person=person)
