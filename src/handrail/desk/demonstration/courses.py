"""A Danish course beside the way to work, held by Integrationsnet Kolding: two evenings that were, today's, and one to come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from handrail.cases import actions as cases
from handrail.cases.models import Case
from handrail.curriculum import actions as curriculum
from handrail.delivery import actions as delivery
from handrail.delivery.models import Session
from handrail.delivery.rules import Mark
from handrail.desk.demonstration.world import World
from handrail.people import actions as people
from handrail.people.models import Role
from handrail.programmes.models import Programme

ZONE = ZoneInfo(settings.TIME_ZONE)
DAYS = (date(2018, 4, 11), date(2018, 4, 13), date(2018, 4, 18), date(2018, 4, 25))
TITLE = {"da": "Arbejdsmarked og medborgerskab", "en": "Labour market and citizenship"}


def plan(world: World, programme: Programme, choose: Callable[[list[Case]], list[Case]]) -> list[Session]:
    """The course on the calendar with its trainer; both caseworkers give places, one person agrees that the trainer knows the first name."""
    lead = world.cast["placement-coordinator"]
    trainer = world.cast["course-trainer"]
    people.grant_role(person=trainer, role=Role.TRAINER, programme=programme.uid, by=lead)
    holder = programme.partners.get(organisation__short_name="Integrationsnet Kolding").organisation
    room = delivery.add_place(programme=programme, organisation=holder, name="Kursuslokalet", seats=14, by=lead)
    module = curriculum.add_module(programme=programme, code="K1", title=TITLE, form="lecture", minutes=150, by=lead)
    sessions = [
        delivery.schedule_session(
            programme=programme, module=module, audience="newcomers", starts_at=(start := datetime(day.year, day.month, day.day, 13, tzinfo=ZONE)),
            ends_at=start + timedelta(minutes=165), break_minutes=15, place=room, language="da", maximum=12, trainer=trainer, by=lead,
        )
        for day in DAYS
    ]  # fmt: skip
    for key in ("caseworker", "caseworker-two"):
        by = world.cast[key]
        own = Case.objects.filter(programme=programme, caseworker=by, entries__ended_on=None).order_by("-opened_on", "-id").select_related("person", "programme")
        for index, case in enumerate(choose(list(own))):
            with translation.override("da"):  # as a caseworker there writes the step down
                cases.take_part_in_courses(case=case, sessions=sessions, domain="language" if index == 0 else "", by=by)
            if index == 0:
                people.give_consent(
                    person=case.person, recipient_kind="organisation", recipient=holder.uid, fields=["first_name"], purpose="course", wording="2026-11/da", language="da",
                    interpreter="present", until=date(2018, 7, 1), by=by,
                )  # fmt: skip
    return sessions


def hold(world: World, session: Session) -> None:
    """The trainer takes the list: one comes late, one is not there."""
    seats = list(session.seats.order_by("id").select_related("person"))
    minutes = [session.planned_minutes - (30 if index == 1 else 0) if index != len(seats) - 1 else 0 for index in range(len(seats))]
    marks = [Mark(seat.person.uid, None if there else 0, session.planned_minutes - there if there else 0) for seat, there in zip(seats, minutes, strict=True)]
    delivery.save_attendance_list(session=session, marks=marks, list_version=session.list_version, key=f"demo-{session.uid}", by=world.cast["course-trainer"])
