"""What programmes show on lower screens: messages that wait, the programme on one's home, taking part on a person's page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse

from handrail.kit import clock
from handrail.kit.slots import Panel, Waiting, fill
from handrail.kit.text import _
from handrail.people import access as people_access
from handrail.people.models import Person
from handrail.people.queries import account_states, organisations_led
from handrail.people.rules import Part
from handrail.programmes import access, queries
from handrail.programmes.models import Programme
from handrail.programmes.queries import (
    participation_seen_by,
    partners_without_process_leader,
    waiting_messages,
)

ANSWER_WITHIN = timedelta(days=7)  # the accessibility notice promises an answer within a week


@fill("home.waiting", where=lambda _person, programme: queries.unanswered_messages(programme))
def messages_wait(person: Person, programme: Programme | None) -> list[Waiting]:
    """Visitors' messages that this person is the one to answer: one row each, the oldest first."""
    if programme is None:
        return []
    url = reverse("programmes:messages", args=[programme.uid])
    rows = waiting_messages(person, programme).order_by("received_at").values_list("received_at", "organisation__short_name")[:20]
    return [
        Waiting(
            title=_("A visitor has written to %(organisation)s") % {"organisation": organisation},
            why=_("Sent through the public page; nobody else has it."), act=_("Answer"), url=url,
            due=(received_at + ANSWER_WITHIN).date(), is_overdue=clock.now() > received_at + ANSWER_WITHIN,
        )
        for received_at, organisation in rows
    ]  # fmt: skip


@fill("home.waiting")
def process_leaders_lack(person: Person, programme: Programme | None) -> list[Waiting]:
    """Municipalities for which the coordinator has named no process leader."""
    if programme is None or not access.may_change_programme(person, programme):
        return []
    give = reverse("programmes:role_give", args=[programme.uid])
    return [
        Waiting(
            title=_("%(organisation)s has no process leader") % {"organisation": partner.organisation},
            why=_("Nobody there can follow up answers, seats and hours."), act=_("Name one"),
            url=f"{give}?role=process_leader&organisation={partner.organisation.uid}",
        )
        for partner in partners_without_process_leader(programme)
    ]  # fmt: skip


@fill("home.panels")
def programme_panel(person: Person, programme: Programme | None) -> list[Panel]:
    """The way to the programme's own pages."""
    if programme is None:
        return []
    links: list[tuple[Any, str]] = [(_("About the programme"), reverse("programmes:about", args=[programme.uid]))]
    if access.may_list_participants(person, programme):
        links.append((_("Participants"), reverse("programmes:participants", args=[programme.uid])))
    if access.may_steer_roles(person, programme):
        links.append((_("People and roles"), reverse("programmes:roles", args=[programme.uid])))
    for organisation in organisations_led(person):
        links.append((_("Staff list, %(organisation)s") % {"organisation": organisation}, reverse("people:staff", args=[organisation.uid])))
    if access.may_read_messages(person, programme):
        links.append((_("Messages from visitors"), reverse("programmes:messages", args=[programme.uid])))
    return [Panel(90, "programmes/_home_panel.html", {"programme": programme, "links": links}, column="side")]


@fill("person.panels")
def participation_panel(viewer: Person, person: Person, programme: Programme | None) -> list[Panel]:
    """Taking part: number, contact with newcomers, way in."""
    found = participation_seen_by(viewer, person, programme) if programme else None
    if found is None:
        return []
    context = {
        "participation": found,
        "account": account_states([person.pk]).get(person.pk, ""),
        "may_invite": people_access.may_invite(viewer, person),
    }
    return [Panel(10, "programmes/_participation_panel.html", context, column="side")]


@fill("erasure.numbers")
def numbers(person: Person) -> list[str]:
    """A person's participation numbers."""
    return queries.numbers_of_one(person)


@fill("erasure.programmes")
def programmes_of_one(person: Person) -> list[str]:
    """The uids of the programmes that a person takes or took part in."""
    return queries.programmes_of_one(person)


@fill("erasure.by_number")
def persons_by_number(number: str) -> set[int]:
    """Who has this participation number, in whichever programme."""
    return queries.persons_by_number(number)


@fill("erasure.parts", order=20)
def parts_of_taking_part(person: Person) -> list[Part]:
    """The participation and the public page."""
    return [
        Part(_("Being named as a contact person on public pages, and messages that the person sent as a visitor.")),
        Part(_("The participation number with the municipality, direct or indirect contact with newcomers, and the days of joining and leaving."), "stays"),
    ]
