"""Who could sit in which candidate session, who cannot and why, and which seats people have already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from handrail.curriculum.models import Module
from handrail.delivery.models import Seat, Session
from handrail.kit import clock
from handrail.people.models import Identity
from handrail.planning.models import Availability, Pin
from handrail.planning.queries.halfdays import days, half_days, slots_of
from handrail.planning.rules import FORBIDDEN, LANGUAGE, NOT_AVAILABLE, TRAVEL
from handrail.programmes.models import Programme

Pair = tuple[int, int, float]  # person, session, cost of the journey
Refused = tuple[int, int, int]  # person, session, reason


@dataclass(frozen=True)
class Seated:
    """The seats that people have in planned sessions still to come."""

    modules: dict[tuple[int, int], datetime]  # (person, module) -> when that session ends
    times: dict[int, list[tuple[datetime, datetime]]]  # by person
    hours: dict[int, float]  # by person, within the period of the plan
    away: list[tuple[tuple[int, int], datetime, datetime]]  # (organisation, unit or 0) of everybody with a seat


def standing_seats(programme: Programme) -> QuerySet[Seat]:
    """Seats in planned sessions that have not begun: offered, accepted or waiting for a manager."""
    return Seat.objects.filter(
        session__programme=programme, session__state=Session.State.PLANNED, session__starts_at__gt=clock.now(), state__in=[*Seat.HOLDING, Seat.State.ASKED]
    )


def seated_in(programme: Programme, persons: list[int], period: tuple[datetime, datetime], free: Container[tuple[int, int]] = ()) -> Seated:
    """Seats in planned sessions that have not begun, offered, accepted or waiting for a manager; one query.

    Those in `free`, as (person, session), are left out: the plan itself is to decide on them.
    """
    rows = standing_seats(programme)
    found = Seated({}, defaultdict(list), defaultdict(float), [])
    known = set(persons)
    for seat in rows.select_related("session__module").order_by("session__starts_at", "pk"):
        session = seat.session
        if (seat.person_id, session.pk) in free:
            continue
        found.away.append(((seat.organisation_id, seat.unit_id or 0), session.starts_at, session.ends_at))
        if seat.person_id in known:
            found.modules[seat.person_id, session.module_id] = session.ends_at
            found.times[seat.person_id].append((session.starts_at, session.ends_at))
            if period[0] <= session.starts_at < period[1]:
                found.hours[seat.person_id] += session.module.minutes / 60
    return found


class Seating:
    """Which pairs of person and candidate session are possible."""

    def __init__(self, programme: Programme, sessions: list[Session], module_code: dict[int, int], first: date, asked: dict[str, Any]) -> None:
        self.programme, self.sessions, self.first = programme, sessions, first
        self.cost, self.may_travel = float(asked.get("travel_cost", 0)), bool(asked.get("travel", True))
        self.by_module: dict[int, list[int]] = defaultdict(list)
        for code, one in enumerate(sessions):
            self.by_module[module_code[one.module_id]].append(code)
        self.slots = [set(slots_of(one, first)) for one in sessions]

    def pairs(self, persons: list[int], homes: list[int], shortlist: Any, seated: Seated) -> tuple[list[Pair], list[Refused]]:
        """Admissible pairs with the cost of the journey, and those left out with the reason; three queries."""
        forbidden = set(Pin.objects.filter(programme=self.programme, kind=Pin.Kind.FORBID, lifted_at=None).values_list("person_id", "session_id"))
        away = self._away(persons, seated)
        reads = dict(Identity.objects.filter(person__in=persons).values_list("person_id", "language"))
        pairs: list[Pair] = []
        refused: list[Refused] = []
        for index, person in enumerate(persons):
            for code in (code for module in shortlist[index] for code in self.by_module.get(int(module), ())):
                session = self.sessions[code]
                elsewhere = session.organisation_id not in (None, homes[index]) and session.module.form != Module.Form.ONLINE
                before = seated.modules.get((person, session.module.requires_id or 0))
                if (person, session.pk) in forbidden:
                    refused.append((index, code, FORBIDDEN))
                elif self.slots[code] & away[person] or (before is not None and before > session.starts_at):
                    refused.append((index, code, NOT_AVAILABLE))
                elif session.language not in {settings.LANGUAGE_CODE, reads.get(person)}:
                    refused.append((index, code, LANGUAGE))
                elif elsewhere and not self.may_travel:
                    refused.append((index, code, TRAVEL))
                else:
                    pairs.append((index, code, self.cost if elsewhere else 0.0))
        return pairs, refused

    def _away(self, persons: list[int], seated: Seated) -> dict[int, set[int]]:
        away: dict[int, set[int]] = defaultdict(set)
        for person, start, end in Availability.objects.filter(person__in=persons).values_list("person_id", "from_date", "to_date"):
            away[person].update(days(start, end, self.first))
        for person, times in seated.times.items():
            for start, end in times:
                away[person].update(half_days(start, end, self.first))
        return away
