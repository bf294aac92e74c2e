"""What people, places and mentors say before a matching: wishes, what a place asks for, ways between towns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.transaction import atomic

from handrail.cases.models import Case
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.mentoring.models import Mentor
from handrail.people.models import Person
from handrail.placements import events, rules
from handrail.placements.models import MentorReach, Position, Seeking, Way
from handrail.placements.rules.rounds import MOST_GROWTH, MOST_SKILL, MOST_WISHES
from handrail.programmes.models import Programme

DAYS = range(10)


@atomic
def say_wishes(
    *, case: Case, area: str, wishes: Sequence[str] = (), least_hours: int = 0, half_days: Sequence[int] = (), not_fitting: Sequence[str] = (),
    skills: Mapping[str, int] | None = None, growth: Mapping[str, int] | None = None, by: Person,
) -> Seeking:  # fmt: skip
    """Write down what a person wishes for, together with them: up to five fields of work or places, the dearest first; the town they set out from.

    Raises RuleBroken without a town, for a wish said twice or unknown, for codes and levels that are none, and for more hours at least than at most.
    """
    if not area.strip():
        raise RuleBroken(_("Choose the town that the person sets out from."), field="area")
    found = [one for one in wishes if one]
    if len(set(found)) < len(found):
        raise RuleBroken(_("A wish stands there twice. Each stands once, the dearest first."), field="wishes")
    fields = dict(rules.work_fields())
    places = Position.objects.filter(uid__in=[one for one in found if is_uid(one)], company__programme=case.programme)
    known = {str(uid) for uid in places.values_list("uid", flat=True)}
    if len(found) > MOST_WISHES or any(one not in fields and one not in known for one in found):
        raise RuleBroken(_("Choose up to five wishes from the list."), field="wishes")
    if case.hours_wanted and least_hours > case.hours_wanted:
        raise RuleBroken(_("At least cannot be more than at most: the person wants %(hours)s hours a week.") % {"hours": case.hours_wanted}, field="least_hours")
    _check_days(half_days)
    if not set(not_fitting) <= set(dict(rules.demand_items())):
        raise RuleBroken(_("Choose demands from the list."), field="not_fitting")
    facts: dict[str, Any] = {
        "area": area.strip()[:60], "wishes": found, "least_hours": least_hours, "half_days": sorted(half_days), "not_fitting": sorted(not_fitting),
        "skills": _levels(skills, MOST_SKILL, "skills"), "growth": _levels(growth, MOST_GROWTH, "growth"), "changed_by": by, "changed_at": clock.now(),
    }  # fmt: skip
    seeking, _new = Seeking.objects.update_or_create(case=case, defaults=facts)
    announce(events.WishesSaid(case.uid), by=by)
    return seeking


@atomic
def describe_position(
    *, position: Position, fields: Sequence[str] = (), half_days: Sequence[int] = (), half_days_needed: int = 1, needs: Mapping[str, int] | None = None,
    develops: Mapping[str, int] | None = None, by: Person,
) -> Position:  # fmt: skip
    """Write down what a place asks for and lets grow, in which field of work it lies, and when somebody can come.

    Raises RuleBroken for codes and levels that are none, and where more half days are needed than there are.
    """
    if not set(fields) <= set(dict(rules.work_fields())):
        raise RuleBroken(_("Choose fields of work from the list."), field="fields")
    _check_days(half_days)
    if not 1 <= half_days_needed <= (len(set(half_days)) or 10):
        raise RuleBroken(_("So many half days are not offered. Choose more of them, or write a lower number."), field="half_days_needed")
    position.fields, position.half_days, position.half_days_needed = sorted(fields), sorted(half_days), half_days_needed
    position.needs, position.develops = _levels(needs, MOST_SKILL, "needs"), _levels(develops, MOST_GROWTH, "develops")
    position.save(update_fields=["fields", "half_days", "half_days_needed", "needs", "develops"])
    announce(events.PositionDescribed(position.uid), by=by)
    return position


@atomic
def note_way(*, programme: Programme, one: str, other: str, minutes: int, by: Person) -> Way:
    """Write down how many minutes it takes from one town to another, or within one; both ways alike, a later word replaces the earlier.

    Raises RuleBroken without both towns, and for minutes outside 1 to 240.
    """
    here, there = sorted((one.strip()[:60], other.strip()[:60]), key=str.casefold)
    if not here or not there:
        raise RuleBroken(_("Write both towns; the same one twice for ways within it."), field="other")
    if not 1 <= minutes <= 240:
        raise RuleBroken(_("Write the minutes, from 1 to 240."), field="minutes")
    known = Way.objects.filter(programme=programme, one__iexact=here, other__iexact=there).first()
    if known is not None:
        known.minutes = minutes
        known.save(update_fields=["minutes"])
    else:
        known = Way.objects.create(programme=programme, one=here, other=there, minutes=minutes)
    announce(events.WayNoted(programme.uid), by=by)
    return known


@atomic
def note_reach(*, mentor: Mentor, area: str, most_minutes: int, by: Person) -> MentorReach:
    """Write down where a mentor sets out from and how far it may be. Raises RuleBroken without a town, and for minutes outside 1 to 240."""
    if not area.strip():
        raise RuleBroken(_("Choose the town that the mentor sets out from."), field="area")
    if not 1 <= most_minutes <= 240:
        raise RuleBroken(_("Write the minutes, from 1 to 240."), field="most_minutes")
    reach, _new = MentorReach.objects.update_or_create(mentor=mentor, defaults={"area": area.strip()[:60], "most_minutes": most_minutes})
    announce(events.MentorReachNoted(mentor.uid), by=by)
    return reach


def is_uid(text: str) -> bool:
    """Whether a text could be somebody's random number."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _check_days(half_days: Sequence[int]) -> None:
    if any(day not in DAYS for day in half_days):
        raise RuleBroken(_("Choose half days from Monday to Friday."), field="half_days")


def _levels(given: Mapping[str, int] | None, most: int, field: str) -> dict[str, int]:
    known = dict(rules.work_skills())
    levels = {code: level for code, level in (given or {}).items() if level}
    if any(code not in known or not 0 < level <= most for code, level in levels.items()):
        raise RuleBroken(_("Choose skills and levels from the list."), field=field)
    return levels
