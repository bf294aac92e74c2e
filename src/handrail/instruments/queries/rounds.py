"""Rounds, and how far each has come, starting from who asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from handrail.instruments.models import Invitation, Round
from handrail.instruments.rules import rounds as rules
from handrail.kit import clock
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of, current_employments, managed_person_ids
from handrail.programmes.models import Participation, Programme


@dataclass(frozen=True)
class Progress:
    """How many of a group have answered."""

    label: str
    line: str
    invited: int
    answered: int
    uid: Any = None

    @property
    def missing(self) -> int:
        """How many have not."""
        return self.invited - self.answered


def rounds_visible_to(person: Person) -> QuerySet[Round]:
    """Rounds of programmes that one coordinates or leads, and those that concern one's own reports."""
    authority = authority_of(person)
    steered = [one.programme for one in authority.held if one.role in (Role.COORDINATOR, Role.PROCESS_LEADER)]
    rows = Round.objects.select_related("version__questionnaire", "programme")
    if None in steered:
        return rows
    reports = Invitation.objects.filter(round=OuterRef("pk"), about_id__in=managed_person_ids(person))
    return rows.filter(Q(programme__uid__in=[uid for uid in steered if uid]) | Exists(reports))


def rounds_of(programme: Programme, person: Person) -> QuerySet[Round]:
    """The rounds of a programme that a person may see, the newest first, each with how many were invited and answered."""
    own = organisations_led(person, programme)
    counted = Q() if own is None else Q(invitations__organisation_id__in=own)
    if own is not None and not own:
        counted = Q(invitations__about_id__in=managed_person_ids(person))
    return rounds_visible_to(person).filter(programme=programme).annotate(
        invited=Count("invitations", filter=counted),
        answered=Count("invitations", filter=counted & Q(invitations__completed_at__isnull=False)),
    ).order_by("-opens_on", "-pk")  # fmt: skip


def organisations_led(person: Person, programme: Programme) -> frozenset[int] | None:
    """The organisations whose people's state one may follow: None means all (the project owner, by counts)."""
    authority = authority_of(person)
    if authority.has(Role.COORDINATOR, programme=programme.uid):
        return None
    return authority.organisation_ids(Role.PROCESS_LEADER, programme.uid)


def state_of(round: Round) -> str:
    """Where a round stands today: ahead, open, grace or closed."""
    return rules.round_state(
        opens_on=round.opens_on, closes_on=round.closes_on, closed_at=round.closed_at, today=clock.today()
    )


def open_rounds(path: str = "round__") -> Q:
    """The condition of a round taking answers today; `path` leads to it."""
    today = clock.today()
    return Q(**{f"{path}closed_at": None, f"{path}opens_on__lte": today, f"{path}closes_on__gte": today - rules.GRACE})


def progress_by_organisation(round: Round) -> list[Progress]:
    """Invited and answered for each organisation."""
    rows = round.invitations.values("organisation__uid", "organisation__short_name").annotate(
        invited=Count("pk"), answered=Count("completed_at")
    )
    return [
        Progress(row["organisation__short_name"], "", row["invited"], row["answered"], row["organisation__uid"])
        for row in rows.order_by("organisation__short_name")
    ]


def progress_by_unit(round: Round, organisation_ids: Collection[int]) -> list[Progress]:
    """Invited and answered for each unit of some organisations."""
    rows = (
        round.invitations.filter(organisation_id__in=organisation_ids)
        .values("unit__uid", "unit__name", "unit__parent__name", "organisation__short_name")
        .annotate(invited=Count("pk"), answered=Count("completed_at"))
        .order_by("organisation__short_name", "unit__parent__name", "unit__name")
    )
    several = len(organisation_ids) > 1
    return [
        Progress(
            row["unit__name"] or row["organisation__short_name"],
            row["unit__parent__name"] or (row["organisation__short_name"] if several else ""),
            row["invited"], row["answered"], row["unit__uid"],
        )
        for row in rows
    ]  # fmt: skip


def not_answered(round: Round, organisation_ids: Collection[int]) -> QuerySet[Any, dict[str, Any]]:
    """Who has not answered, one row a person: how many they still are asked about, when they last had a mail."""
    rows: QuerySet[Any, Any] = (
        round.invitations.filter(completed_at=None, organisation_id__in=organisation_ids)
        .values("respondent_id", "respondent__identity__is_protected", "unit__name")
        .annotate(
            left=Count("pk"), asked=Max("sent_at"), reminded=Max("reminded_at"), started=Max("started_at"),
            has_no_mail=Count("pk", filter=Q(respondent__identity__email="")),
        )
        .order_by("unit__name", "respondent__identity__is_protected", "respondent__identity__search_name", "respondent_id")
    )  # fmt: skip
    return rows


def reports_state(round: Round, manager: Person) -> QuerySet[Invitation]:
    """The invitations about a manager's own reports: whether each has answered, never what."""
    return round.invitations.filter(about_id__in=managed_person_ids(manager)).order_by("completed_at", "pk")


@dataclass(frozen=True)
class Mails:
    """How many people wait for their first mail, can be reminded now, and have no address to write to."""

    to_send: int
    to_remind: int
    without_address: int


def mails_of(round: Round, organisation_ids: Collection[int] | None) -> Mails:
    """What could be sent now, to the people of some organisations or all."""
    rows = round.invitations.filter(completed_at=None, respondent__erased_at=None)
    if organisation_ids is not None:
        rows = rows.filter(organisation_id__in=organisation_ids)
    no_mail = Q(respondent__identity__email="")
    counts = rows.aggregate(
        to_send=Count("respondent", filter=Q(sent_at=None) & ~no_mail, distinct=True),
        to_remind=Count("respondent", filter=due() & ~no_mail, distinct=True),
        without_address=Count("respondent", filter=no_mail, distinct=True),
    )
    return Mails(**counts)


def due_for_reminder(missing: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Of those who have not answered, whoever was mailed, but not within the last three days."""
    return missing.filter(due(), respondent__erased_at=None).exclude(respondent__identity__email="")


def due(path: str = "") -> Q:
    """The condition of an invitation's last mail being three days old; `path` leads to it."""
    before = rules.last_mail_before(clock.now())
    return Q(**{f"{path}sent_at__lte": before}) & (Q(**{f"{path}reminded_at": None}) | Q(**{f"{path}reminded_at__lte": before}))


def respondents_marked(round_uid: UUID, **mark: datetime) -> list[UUID]:
    """The people of a round whose rows carry the instant at which a mail was promised to them."""
    rows = Invitation.objects.filter(round__uid=round_uid, **mark)
    return list(rows.order_by("respondent_id").values_list("respondent__uid", flat=True).distinct())


def people_to_ask(programme: Programme, organisation_ids: Collection[int] | None) -> QuerySet[Person]:
    """The participants of a programme who work today, of some organisations or all."""
    taking_part = Participation.objects.filter(programme=programme, left_on=None, person=OuterRef("pk"))
    if organisation_ids is not None:
        taking_part = taking_part.filter(organisation_id__in=organisation_ids)
    working = current_employments().filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(taking_part), Exists(working), erased_at=None).order_by("pk")


def groups_to_ask(programme: Programme, organisation_ids: Collection[int] | None) -> list[Progress]:
    """Whom one may ask, with how many people each is: whole partners for the owner, units for a process leader."""
    working = current_employments().filter(person__erased_at=None).filter(
        Exists(Participation.objects.filter(programme=programme, left_on=None, person=OuterRef("person"), organisation=OuterRef("organisation")))
    )  # fmt: skip
    if organisation_ids is None:
        rows = working.values("organisation__uid", "organisation__short_name").annotate(people=Count("person", distinct=True))
        return [
            Progress(row["organisation__short_name"], "", row["people"], 0, row["organisation__uid"])
            for row in rows.order_by("organisation__short_name")
        ]
    units = (
        working.filter(organisation_id__in=organisation_ids)
        .values("unit__uid", "unit__name", "unit__parent__name", "organisation__uid", "organisation__short_name")
        .annotate(people=Count("person", distinct=True))
        .order_by("organisation__short_name", "unit__parent__name", "unit__name")
    )
    return [
        Progress(
            ", ".join(filter(None, [row["unit__parent__name"], row["unit__name"]])) or row["organisation__short_name"],
            "", row["people"], 0, row["unit__uid"] or row["organisation__uid"],
        )
        for row in units
    ]  # fmt: skip


def people_of_groups(programme: Programme, organisation_ids: Collection[int] | None, chosen: Collection[str]) -> QuerySet[Person]:
    """The people in chosen groups: of whole partners for the owner; of units, or those without one, for a process leader."""
    jobs = current_employments()
    if organisation_ids is None:
        jobs = jobs.filter(organisation__uid__in=chosen)
    else:
        jobs = jobs.filter(Q(unit__uid__in=chosen) | Q(unit=None, organisation__uid__in=chosen), organisation_id__in=organisation_ids)
    return people_to_ask(programme, organisation_ids).filter(Exists(jobs.filter(person=OuterRef("pk"))))


def round_by_uid(uid: str) -> Round:
    """The round of a task; it was there when the task was asked for."""
    return Round.objects.get(uid=uid)
