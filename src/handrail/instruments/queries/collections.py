"""Collections, starting from who asks; and what whoever holds an address has before them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from handrail.instruments.models import Collection, Device, QuestionnaireVersion, Response, Ticket
from handrail.instruments.rules.collections import collection_state
from handrail.kit import clock, ids
from handrail.kit.models import Link
from handrail.people.models import Organisation, Person, Role, Unit
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme

DEVICE_PURPOSE = "device"
_LONG = [f"programme__{name}" for name in ("name", "summary", "background", "funder", "funder_statement")]


def collections_visible_to(person: Person) -> QuerySet[Collection]:
    """Collections that a person steers: the project owner those of the programme, a researcher those of the own organisation."""
    return Collection.objects.filter(_steered(person)).select_related("programme", "organisation", "unit", "version__questionnaire")


def collections_of(programme: Programme, person: Person) -> QuerySet[Collection]:
    """The collections of a programme that a person steers, the newest first, each with how many answers came."""
    rows = collections_visible_to(person).filter(programme=programme)
    return rows.annotate(came=Count("responses", filter=Q(responses__replaced_by=None))).order_by("-opens_on", "-pk")


def organisations_collecting(person: Person, programme: Programme) -> QuerySet[Organisation]:
    """The organisations for which a person may open collections."""
    authority = authority_of(person)
    partners = Organisation.objects.filter(pk__in=programme.partners.values("organisation_id")).order_by("name")
    if authority.has(Role.COORDINATOR, programme=programme.uid) or any(
        one.role == Role.RESEARCHER and one.organisation_id is None and one.programme in (None, programme.uid) for one in authority.held
    ):
        return partners
    return partners.filter(pk__in=authority.organisation_ids(Role.RESEARCHER, programme.uid))


def versions_to_collect_with(person: Person) -> QuerySet[QuestionnaireVersion]:
    """The questionnaires that a person may put before people without an account."""
    held = [one for one in authority_of(person).held if one.role in (Role.COORDINATOR, Role.RESEARCHER)]
    rows = QuestionnaireVersion.objects.select_related("questionnaire__programme")
    if any(one.programme is None for one in held):
        return rows
    return rows.filter(questionnaire__programme__uid__in={one.programme for one in held})


def devices_visible_to(person: Person) -> QuerySet[Device]:
    """Devices of the organisations for which one collects."""
    return Device.objects.filter(_steered(person)).select_related("programme", "organisation", "holder")


def units_of(organisations: QuerySet[Organisation]) -> QuerySet[Unit]:
    """The units at whose desk a collection may stand."""
    return Unit.objects.filter(organisation__in=organisations).order_by("organisation__name", "name")


def state_of_collection(collection: Collection) -> str:
    """Where a collection stands today: ahead, open, grace or closed."""
    return collection_state(opens_on=collection.opens_on, closes_on=collection.closes_on, closed_at=collection.closed_at, today=clock.today())


def collection_at(code: str) -> Collection | None:
    """The collection behind an address."""
    rows = Collection.objects.select_related("programme", "organisation", "version__questionnaire")
    return rows.defer("version__definition", "version__warnings", *_LONG).filter(code=code).first()  # a form is read once a process


def ticket_of(collection: Collection, secret: str) -> Ticket | None:
    """The unused link of one's own behind a secret; one that was used is as if it had never been."""
    return Ticket.objects.filter(collection=collection, token_hash=ids.hashed(secret), is_used=False).first()


@dataclass(frozen=True)
class Counts:
    """How far a collection has come."""

    came: int
    today: int
    made: int  # links of one's own
    used: int


def counts_of(collection: Collection) -> Counts:
    """How many answers came and how many links were used; what they say stands in the results."""
    rows = Response.objects.filter(collection=collection, replaced_by=None)
    came = rows.aggregate(came=Count("pk"), today=Count("pk", filter=Q(received_on=clock.today())))
    tickets = Ticket.objects.filter(collection=collection).aggregate(made=Count("pk"), used=Count("pk", filter=Q(is_used=True)))
    return Counts(came["came"], came["today"], tickets["made"], tickets["used"])


def device_behind(link: Link) -> Device | None:
    """The device that a secret lets in, while its day has not passed."""
    rows = Device.objects.select_related("programme", "organisation", "holder")
    return rows.filter(uid=link.subject, ended_at=None, until__gte=clock.today()).first()


def collections_on(device: Device) -> QuerySet[Collection]:
    """The collections that a device fills, while they take answers."""
    return device.collections.filter(closed_at=None).select_related("programme", "organisation", "version__questionnaire").order_by("pk")


def form_id_of(collection: Collection) -> str:
    """The id under which an app knows a collection's form: two collections of one questionnaire are two forms to it."""
    return f"{collection.version.questionnaire.code}-{collection.uid.hex[:12]}"


def collection_filled(device: Device, form_id: str) -> Collection | None:
    """The collection of a device whose form this is; also one that is closed by now, so that the app is told so."""
    rows = device.collections.select_related("programme", "organisation", "version__questionnaire")
    return next((one for one in rows if form_id_of(one) == form_id), None)


def version_filled(collection: Collection, number: str) -> QuestionnaireVersion:
    """The version that was filled in: one of the same questionnaire, the collection's own where the number is none of it."""
    if number == str(collection.version.number) or not (number.isascii() and number.isdigit() and len(number) < 9):
        return collection.version
    found = QuestionnaireVersion.objects.filter(questionnaire=collection.version.questionnaire_id, number=int(number)).first()
    return found or collection.version


def response_at(collection: Collection, instance: str) -> Response | None:
    """The set of answers that a device knows by its own sign."""
    return Response.objects.filter(collection=collection, instance=instance).first()


def collection_by_uid(uid: UUID) -> Collection:
    """The collection with this uid."""
    return Collection.objects.select_related("programme", "organisation", "version__questionnaire").get(uid=uid)


def _steered(person: Person) -> Q:
    held = Q(pk__in=[])
    for one in authority_of(person).held:
        here = Q() if one.programme is None else Q(programme__uid=one.programme)
        if one.role == Role.COORDINATOR or (one.role == Role.RESEARCHER and one.organisation_id is None):
            held |= here if one.programme is not None else ~Q(pk=None)
        elif one.role == Role.RESEARCHER:
            held |= here & Q(organisation_id=one.organisation_id)
    return held
