"""What a company's contact reads by link: its own placements, while they last, with what each person lets it know at this moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from handrail.kit import clock
from handrail.kit.models import Link
from handrail.kit.text import local
from handrail.people.models import Identity, Person, Role
from handrail.people.queries import authority_of, persons_consenting
from handrail.placements.models import Company, Contact, Day, FollowUp, Opinion, Placement, Preparation
from handrail.placements.queries.opinions import reviews_of_company
from handrail.placements.rules import preparation_items
from handrail.placements.rules.days import days_of_week, days_to_write

BEFORE = timedelta(days=30)  # how long a link opens the front door of a company that has no placement yet
SERVES = (Role.COMPANY_CONSULTANT, Role.PLACEMENT_COORDINATOR)


@dataclass(frozen=True)
class DayShown:
    """One day of this week: nothing said yet, minutes, or that nobody was there. Sickness only where the company itself said so."""

    day: date
    minutes: int | None
    is_sick: bool
    is_away: bool
    is_to_come: bool
    said_by: str
    differs: bool  # the other side says something else, and it is not settled
    corrected: int  # how many earlier lines stand behind it

    @property
    def hours(self) -> int:
        """The whole hours of the time."""
        return (self.minutes or 0) // 60

    @property
    def rest(self) -> int:
        """The minutes beyond whole hours."""
        return (self.minutes or 0) % 60


@dataclass(frozen=True)
class Item:
    """One item of the preparation list."""

    code: str
    text: str
    is_settled: bool


@dataclass(frozen=True)
class PlacementShown:
    """One placement as its company may know it."""

    placement: Placement
    given_name: str  # empty unless the person lets the company know it
    adaptations: str  # empty unless agreed, and the person lets the company know it
    supervisor: str
    last_day: date
    days: list[DayShown]
    to_write: list[date]
    preparation: list[Item]
    shown: str  # the consented fields, to notice when they change under an open page
    review: FollowUp | None  # the follow-up about which the company is asked now
    opinion: Opinion | None  # what it answered

    @property
    def is_prepared(self) -> bool:
        """Whether it has not started yet."""
        return self.placement.state == Placement.State.PREPARED

    @property
    def is_ready(self) -> bool:
        """Whether every item of the company's preparation is settled."""
        return all(item.is_settled for item in self.preparation)


def lasting() -> Q:
    """The condition of a placement that lasts today: agreed or running up to its last day, that day included."""
    today = clock.today()
    open_now = Q(state__in=[Placement.State.PREPARED, Placement.State.RUNNING], ends_on__gte=today)
    return open_now | Q(state__in=[Placement.State.COMPLETED, Placement.State.STOPPED], ended_on__gte=today)


def placements_shown_to(contact: Contact) -> QuerySet[Placement]:
    """The placements of a contact's company that last today; no other company's, and none that is over."""
    rows = Placement.objects.filter(lasting(), position__company=contact.company_id)
    return rows.select_related("position__supervisor", "position__company", "case").order_by("starts_on", "id")


def contact_of(link: Link) -> Contact | None:
    """The contact who holds a link, as long as it opens anything: while they are the contact and a placement of the company lasts, or for
    30 days where no placement has ended since it was sent (the front door before the first one)."""
    contact = Contact.objects.select_related("company__programme", "company__consultant__identity").filter(uid=link.subject).first()
    if contact is None or contact.ended_on is not None:
        return None
    if placements_shown_to(contact).exists():
        return contact
    sent_on = local(link.created_at).date()
    over = Placement.objects.filter(position__company=contact.company).exclude(state=Placement.State.CALLED_OFF)
    is_over = over.filter(Q(ended_on__gte=sent_on) | Q(ended_on=None, ends_on__gte=sent_on)).exists()
    is_early = contact.company.withdrawn_on is None and clock.now() < link.created_at + BEFORE
    return contact if is_early and not is_over else None


def placement_shown_to(contact: Contact, uid: UUID) -> Placement | None:
    """One of those placements."""
    return placements_shown_to(contact).filter(uid=uid).first()


def company_page(contact: Contact) -> list[PlacementShown]:
    """Everything that a company's contact may know of its placements at this moment; seven queries, however many there are."""
    placements = list(placements_shown_to(contact))
    told = told_of(placements, contact.company)
    days: dict[int, list[Day]] = {}
    for line in Day.objects.filter(placement__in=placements, day__gte=clock.today() - timedelta(days=6)).order_by("id"):
        days.setdefault(line.placement_id, []).append(line)
    settled: dict[int, set[str]] = {}
    for placement_id, item in Preparation.objects.filter(placement__in=placements).values_list("placement_id", "item"):
        settled.setdefault(placement_id, set()).add(item)
    items, reviews = preparation_items(), reviews_of_company(placements)
    return [_shown(one, told[one.pk], days.get(one.pk, []), settled.get(one.pk, set()), items, *reviews.get(one.pk, (None, None))) for one in placements]


def told_of(placements: Iterable[Placement], company: Company) -> dict[int, dict[str, str]]:
    """By placement, what the persons let a company know now: given name, adaptations, and which fields those are. A protected name is told to nobody."""
    rows = list(placements)
    fields = persons_consenting([one.case.person_id for one in rows], company.uid)
    named = [person for person, held in fields.items() if "first_name" in held]
    names = dict(Identity.objects.filter(person_id__in=named, is_protected=False).values_list("person_id", "given_name")) if named else {}
    found = {}
    for one in rows:
        held = fields.get(one.case.person_id, frozenset())
        found[one.pk] = {
            "given_name": names.get(one.case.person_id, ""), "adaptations": one.adaptations if "adaptations" in held else "",
            "shown": ",".join(sorted(held & {"first_name", "adaptations"})),
        }  # fmt: skip
    return found


def _shown(placement: Placement, told: dict[str, str], lines: list[Day], settled: set[str], items: list[tuple[str, str]], review: FollowUp | None, opinion: Opinion | None) -> PlacementShown:
    today, supervisor = clock.today(), placement.position.supervisor
    last_day = min(placement.ends_on, placement.ended_on or placement.ends_on)
    return PlacementShown(
        placement=placement, given_name=told["given_name"], adaptations=told["adaptations"], shown=told["shown"], last_day=last_day,
        supervisor=supervisor.name if supervisor and supervisor.ended_on is None else "",
        days=[_day(day, [line for line in lines if line.day == day], today) for day in days_of_week(placement.starts_on, last_day, today)],
        to_write=days_to_write(placement.starts_on, last_day, today), preparation=[Item(code, text, code in settled) for code, text in items],
        review=review, opinion=opinion,
    )  # fmt: skip


def _day(day: date, lines: list[Day], today: date) -> DayShown:
    differs = any(line.is_disputed for line in lines)
    own = next((line for line in reversed(lines) if line.said_by == Day.Said.COMPANY), None)
    now = own if differs and own is not None else next((line for line in lines if line.is_current), None)
    is_own = now is not None and now.said_by == Day.Said.COMPANY
    is_sick = is_own and now is not None and now.absence == Day.Absence.SICK
    return DayShown(
        day=day, minutes=now.minutes if now else None, is_sick=is_sick, is_away=now is not None and not now.minutes and not is_sick,
        is_to_come=day > today, said_by=str(now.get_said_by_display()) if now and not is_own else "", differs=differs,
        corrected=len([line for line in lines if now is not None and line.said_by in (now.said_by, Day.Said.STAFF) and line.pk < now.pk]),
    )  # fmt: skip


def companies_served_by(person: Person) -> QuerySet[Company]:
    """The companies of the programmes in which a person is company consultant or placement coordinator."""
    return Company.objects.filter(serves(person, "programme__uid")).select_related("programme", "consultant__identity")


def contacts_served_by(person: Person) -> QuerySet[Contact]:
    """The contacts of those companies."""
    return Contact.objects.filter(serves(person, "company__programme__uid")).select_related("company__programme")


def serves(person: Person, programme: str) -> Q:
    """The condition of lying in a programme in which a person serves companies; `programme` leads to its uid."""
    held = [one for one in authority_of(person).held if one.role in SERVES]
    if any(one.programme is None for one in held):
        return Q(pk__gt=0)
    return Q(**{f"{programme}__in": [one.programme for one in held]})
