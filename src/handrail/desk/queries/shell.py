"""Read models for the screens that span apps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import Exists
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from handrail.kit import clock, slots
from handrail.kit.kept import kept, who
from handrail.kit.text import _, date_medium
from handrail.people.access import may_see_erasures
from handrail.people.models import Organisation, Person, Role
from handrail.people.queries import administers_all, authority_of, current_employments, manages_somebody, organisations_led
from handrail.programmes.models import Programme
from handrail.programmes.queries import current_programme


def shell_of(request: HttpRequest) -> dict[str, Any]:
    """The frame of this page for whoever looks at it."""
    person: Person | None = getattr(request, "person", None)
    programme = current_programme(person, request) if person else None
    frame: dict[str, Any] = {
        "programme": {"name": str(programme.name), "url": reverse("desk:home")} if programme else None,
        "banners": banners(programme),
        "languages": languages(),
        "footer": [{"label": _("Toolbox"), "url": reverse("library:catalogue")}],
        "theme": request.COOKIES.get("theme", "auto"),
        "local_mode": settings.LOCAL_MODE,
        "path": request.get_full_path(),
    }
    if person is None:
        return frame
    around = kept("shell", [*who(person), programme.pk if programme else 0], lambda: _around(request, person, programme))
    frame.update(
        stations=with_state(around.stations, getattr(request, "stands_at", request.path)),
        tasks_count=around.tasks,
        tasks_url=reverse("desk:tasks"),
        person_name=str(person.identity),
        initials=person.identity.initials,
        role_line=around.role_line,
        search_url=reverse("desk:search"),
        menu=[
            {"label": _("Sign-in and devices"), "url": reverse("people:security")},
            *([{"label": _("Erase people"), "url": reverse("people:erasures")}] if around.may_erase else []),
            *([{"label": _("Let people in again"), "url": reverse("people:recoveries")}] if around.administers else []),
            {"label": _("Sign out"), "url": reverse("account_logout"), "post": True},
        ],
    )
    return frame


@dataclass(frozen=True)
class Around:
    """What stands around every page of one person and is the same until something happens."""

    stations: list[slots.Station]
    tasks: int
    role_line: str
    administers: bool
    may_erase: bool


def _around(request: HttpRequest, person: Person, programme: Programme | None) -> Around:
    stations = [replace(one, label=str(one.label)) for one in slots.gathered("shell.stations", person, programme)]
    stations.sort(key=lambda one: one.order)
    return Around(stations, len(waiting_for(request, person, programme)), role_line(person, programme), administers_all(person), may_see_erasures(person))


def waiting_for(request: HttpRequest, person: Person, programme: Programme | None) -> list[slots.Waiting]:
    """What waits for this person, the most urgent first; gathered once per request."""
    kept: list[slots.Waiting] | None = getattr(request, "_waiting", None)
    if kept is None:
        found = _waiting_of(person, programme)
        kept = sorted(found, key=lambda one: (not one.is_overdue, one.due is None, one.due or clock.today()))
        request._waiting = kept  # type: ignore[attr-defined]
    return kept


def _waiting_of(person: Person, programme: Programme | None) -> list[slots.Waiting]:
    """What every app says that waits; the database is asked once which of them have anything, as most have nothing for most people."""
    conditions = slots.conditions("home.waiting", person, programme)
    asked = [rows for _function, some in conditions for rows in some or ()]
    has = iter(Person.objects.filter(pk=person.pk).values_list(*map(Exists, asked)).get() if asked else ())
    found: list[slots.Waiting] = []
    for function, some in conditions:
        answers = [next(has) for _rows in some or ()]
        if some is None or any(answers):
            found += function(person, programme)
    return found


# Pages of one thing have addresses of their own; this is the station (by its order) that each kind belongs to.
BELONGS = {
    "funnel": 58, "studies": 20, "guides": 20, "findings": 20, "collections": 20, "interviews": 20, "codes": 20, "marks": 20, "comparisons": 20, "results": 20, "desk": 20,
    "rounds": 30, "questionnaires": 30, "frameworks": 30, "modules": 40, "outcomes": 40, "plans": 40, "pins": 40, "organisational-plans": 40,
    "participants": 30, "people": 30, "organisations": 30, "staff-lists": 30, "erasures": 30,
    "cases": 52, "needs": 52, "steps": 52, "sealed": 52, "stars": 52, "consents": 52, "referrals": 51, "places": 52, "conflicts": 52, "proposals": 52, "refusals": 52, "placements": 52, "follow-ups": 52,
    "practices": 45, "reviews": 45, "barriers": 45, "adoptions": 45,
    "mentors": 53, "mentorships": 53, "calls": 53, "companies": 54, "contacts": 54, "positions": 54, "questions": 56, "guidance": 56, "matching": 57, "workbooks": 58,
    "sessions": 50, "seats": 50, "groups": 50, "certificates": 60, "participations": 60, "objections": 60, "samples": 80, "thread": 80,
}  # fmt: skip
ELSE = {50: 55, 53: 50}  # whoever accompanies newcomers finds sessions under their courses; a mentor whom they stand beside under their people


def with_state(stations: list[slots.Station], path: str) -> list[dict[str, Any]]:
    """The stations with where one stands: behind, here, ahead."""
    parts = path.strip("/").split("/")
    order = BELONGS.get(parts[2] if parts[0] == "programmes" and len(parts) > 2 else parts[0])
    here = max(
        (index for index, one in enumerate(stations) if path.startswith(one.prefix) or one.order in (order, ELSE.get(order or 0))),
        key=lambda index: len(stations[index].prefix), default=-1,
    )  # fmt: skip
    return [
        {"label": one.label, "url": one.url, "state": "here" if index == here else "behind" if index < here else "ahead"}
        for index, one in enumerate(stations)
    ]


def banners(programme: Programme | None) -> list[dict[str, str]]:
    """What everybody must know on every page: fictional people, a clock that stands elsewhere."""
    found = []
    if programme.is_demonstration if programme is not None else settings.LOCAL_MODE:
        found.append({"kind": "demonstration", "text": str(_("Demonstration: fictional people and results."))})
    if clock.is_turned():
        found.append({"kind": "clock", "text": str(_("The clock stands at %(date)s.") % {"date": date_medium(clock.today())})})
    return found


def languages() -> list[dict[str, Any]]:
    """The languages on offer; Arabic in local mode only, to check the layout."""
    offered = list(settings.LANGUAGES) + ([("ar", "العربية")] if settings.LOCAL_MODE else [])
    return [{"code": code, "label": name, "current": code == translation.get_language()} for code, name in offered]


def role_line(person: Person, programme: Programme | None) -> str:
    """What the person is here, in words: "Process leader, Osby"."""
    authority = authority_of(person)
    for role in (Role.COORDINATOR, Role.PROCESS_LEADER, Role.AUDITOR, Role.TRAINER, Role.PLACEMENT_COORDINATOR, Role.CASEWORKER, Role.COMPANY_CONSULTANT, Role.MENTOR, Role.ADMINISTRATOR):
        if authority.has(role, programme=programme.uid if programme else None):
            led = organisations_led(person) if role == Role.PROCESS_LEADER else []
            places = authority.organisation_ids(role) - {one.pk for one in led}
            named = [*led, *(Organisation.objects.filter(pk__in=places) if places else [])]
            return ", ".join([str(Role(role).label), *[one.short_name for one in named if one.short_name]])
    if manages_somebody(person):
        work = current_employments().filter(person=person).select_related("organisation").order_by("pk").first()
        return ", ".join([str(_("Manager")), *([work.organisation.short_name] if work else [])])
    return ""
