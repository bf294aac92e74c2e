"""Collections: open one, end it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from handrail.instruments.events import CollectionClosed, CollectionOpened, CollectionRenewed
from handrail.instruments.models import Collection, QuestionnaireVersion
from handrail.kit import clock, ids
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Organisation, Person, Unit
from handrail.programmes.models import Programme


@transaction.atomic
def open_collection(
    *, programme: Programme, organisation: Organisation, version: QuestionnaireVersion, title: Mapping[str, str], consent: Mapping[str, str],
    consent_number: int = 1, way: str = "open", is_anonymous: bool = True, keeps_together: bool = False, opens_on: date, closes_on: date, unit: Unit | None = None, by: Person | None,
) -> Collection:  # fmt: skip
    """Put a questionnaire before people without an account, for a time, with the words that they read first."""
    if version.questionnaire.programme_id != programme.pk:
        raise RuleBroken(_("The questionnaire belongs to another programme. Choose one of this programme."), field="version")
    if unit is not None and unit.organisation_id != organisation.pk:
        raise RuleBroken(_("The unit belongs to another organisation."), field="unit")
    if closes_on < opens_on:
        raise RuleBroken(_("The last day comes before the first. Choose a later last day."), field="closes_on")
    if not any(text.strip() for text in consent.values()):
        raise RuleBroken(_("Write what people are told before they answer."), field="consent")
    made = Collection.objects.create(
        programme=programme, organisation=organisation, version=version, title=dict(title), code=ids.secret(), way=Collection.Way(way),
        is_anonymous=is_anonymous, keeps_together=keeps_together, consent=dict(consent), consent_number=consent_number, opens_on=opens_on, closes_on=closes_on,
        unit=unit,
    )  # fmt: skip
    announce(CollectionOpened(made.uid, programme.uid, version.uid, organisation.uid, opens_on, closes_on), by=by)
    return made


@transaction.atomic
def use_version(*, collection: Collection, version: QuestionnaireVersion, by: Person | None) -> Collection:
    """Go on with another version of the same questionnaire. What was answered before keeps the version that it answered."""
    if version.questionnaire_id != collection.version.questionnaire_id:
        raise RuleBroken(_("That is another questionnaire. Open a collection of its own for it."))
    if collection.closed_at is not None:
        raise RuleBroken(_("It is closed already."))
    collection.version = version
    collection.save(update_fields=["version"])
    announce(CollectionRenewed(collection.uid, version.uid), by=by)
    return collection


@transaction.atomic
def close_collection(*, collection: Collection, by: Person | None) -> Collection:
    """End a collection: nothing more comes in, and what came in stays."""
    if not Collection.objects.filter(pk=collection.pk, closed_at=None).update(closed_at=clock.now()):
        raise RuleBroken(_("It is closed already."))
    collection.refresh_from_db()
    announce(CollectionClosed(collection.uid, collection.programme.uid), by=by)
    return collection
