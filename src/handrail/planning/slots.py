"""What planning shows on lower screens: its station, what waits, the municipalities at home, a person's seats in the plan."""

from __future__ import annotations

from django.urls import reverse

from handrail.kit.slots import Panel, Station, Waiting, fill
from handrail.kit.text import _, date_medium, local, number, plural
from handrail.people.access import may_see_person
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of, organisations_led
from handrail.people.rules import Part
from handrail.planning import access, queries
from handrail.programmes.models import Programme


@fill("shell.stations")
def stations(person: Person, programme: Programme | None) -> list[Station]:
    """Plan, for those who steer the programme."""
    if programme is None or not access.may_see_plans(person, programme):
        return []
    url = reverse("planning:plans", args=[programme.uid])
    return [Station(40, _("Plan"), url, url)]


@fill("home.waiting", order=30)
def proposal_waits(person: Person, programme: Programme | None) -> list[Waiting]:
    """A proposal that the project owner can look at."""
    if programme is None or not access.may_ask_plan(person, programme):
        return []
    return [
        Waiting(
            title=_("Plan %(number)s is proposed") % {"number": number},
            why=_("Look at its sessions and reasons; nothing is sent before it is adopted."), act=_("Look at it"), url=reverse("planning:plan", args=[uid]),
        )
        for number, uid in queries.proposals_waiting(programme)
    ]  # fmt: skip


@fill("home.waiting", order=15)
def cancellations_wait(person: Person, programme: Programme | None) -> list[Waiting]:
    """Sessions that were called off and nobody has answered: the project owner asks for answers, or chooses among them."""
    if programme is None or not access.may_ask_plan(person, programme):
        return []
    found = queries.called_off(programme)
    if not found:
        return []
    people = sum(one.people for one in found)
    title = plural("%(n)s person lost a seat when a session was called off", "%(n)s people lost a seat when sessions were called off", people) % {"n": number(people)}
    if plan := queries.replan_waits(programme, found):
        return [Waiting(title, _("Answers are ready to choose from."), _("Choose an answer"), reverse("planning:plan", args=[plan.uid]), due=local(found[0].session.starts_at).date())]
    why = _("The planner can propose how to go on while few people move.")
    return [Waiting(title, why, _("Plan again"), reverse("planning:replan_ask", args=[programme.uid]), due=local(found[0].session.starts_at).date())]


@fill("home.waiting", order=40)
def organisational_plan_waits(person: Person, programme: Programme | None) -> list[Waiting]:
    """A process leader's municipality without an organisational plan, or with one that should have been looked at again."""
    led = authority_of(person).organisation_ids(Role.PROCESS_LEADER, programme.uid) if programme else frozenset()
    if programme is None or not led:
        return []
    found = []
    for organisation, due in queries.plan_waits(programme, [one for one in organisations_led(person) if one.pk in led]):
        write = reverse("planning:organisational_plan_write", args=[programme.uid, organisation.uid])
        if due is None:
            title = _("%(place)s has no organisational plan") % {"place": organisation}
            found.append(Waiting(title, _("It says how the competence is kept when the programme is over."), _("Write it"), write))
        else:
            title = _("%(place)s: look at the organisational plan again") % {"place": organisation}
            why = _("It was to be looked at by %(day)s.") % {"day": date_medium(due)}
            found.append(Waiting(title, why, _("Renew it"), write, due=due, is_overdue=True))
    return found


@fill("home.panels")
def municipalities(person: Person, programme: Programme | None) -> list[Panel]:
    """The municipalities, red or green and why, for those who steer the programme."""
    if programme is None or not access.may_see_plans(person, programme):
        return []
    rows = queries.municipalities(programme, person)
    return [Panel(10, "planning/_home_municipalities.html", {"programme": programme, "rows": rows, "heading": queries.municipalities_finding(rows)})]


@fill("person.panels")
def person_plan(viewer: Person, person: Person, programme: Programme | None) -> list[Panel]:
    """What the plan says to a person: adopted ones to whoever may see the person, proposals to those who steer."""
    if programme is None or not may_see_person(viewer, person):
        return []
    plan = queries.plan_for(programme, with_proposals=access.may_see_plans(viewer, programme))
    lines = queries.person_lines(plan, person) if plan else []
    return [Panel(40, "planning/_person_panel.html", {"plan": plan, "lines": lines})] if lines else []


@fill("erasure.parts", order=60)
def parts_of_plans(person: Person) -> list[Part]:
    """Plans and decisions."""
    return [Part(_("Seats and refusals in plans, decisions about the person, and when they cannot come."))]
