"""What a plan is computed from: people's gaps, candidate sessions and the limits, as codes without names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings as site

from handrail.competences.models import Competence, Framework
from handrail.competences.queries import gaps_of, profile_of
from handrail.curriculum.models import LearningOutcome, Module
from handrail.delivery.models import Seat, Session
from handrail.delivery.queries import current_attendance
from handrail.kit.errors import RuleBroken
from handrail.kit.text import _
from handrail.people.models import Employment, Identity
from handrail.people.queries import current_employments
from handrail.planning import rules
from handrail.planning.models import Availability, Pin, UnitLimit
from handrail.planning.rules.instance import FORBIDDEN, LANGUAGE, NOT_AVAILABLE, TRAVEL
from handrail.programmes.models import Participation, Programme

ZONE = ZoneInfo(site.TIME_ZONE)
HALF_DAY_MINUTES = 270  # a session longer than four and a half hours takes the whole day
NOON = 12


@dataclass(frozen=True)
class Basis:
    """The problem, and which person, session, module, competence and unit each of its codes stands for."""

    problem: rules.Problem
    persons: list[int]
    sessions: list[Session]
    modules: list[Module]
    competences: list[Competence]
    units: list[tuple[int, int]]  # (organisation, unit or 0)
    levels: dict[tuple[int, int], tuple[int, int]]  # (person, competence) -> level now, target


def candidates(programme: Programme, first: date, last: date) -> list[Session]:
    """The sessions a plan may choose from: possible ones between two days."""
    start, end = datetime.combine(first, datetime.min.time(), ZONE), datetime.combine(last + timedelta(days=1), datetime.min.time(), ZONE)
    rows = Session.objects.filter(programme=programme, state=Session.State.CANDIDATE, starts_at__gte=start, starts_at__lt=end)
    return list(rows.select_related("module", "organisation", "place").order_by("starts_at", "pk"))


def half_day(moment: datetime, first: date) -> int:
    """The half day of an instant, counted from a day: two a day, the second from noon."""
    there = moment.astimezone(ZONE)
    return (there.date() - first).days * 2 + int(there.hour >= NOON)


def length_of(session: Session) -> int:
    """How many half days a session takes."""
    return 2 if (session.ends_at - session.starts_at).total_seconds() / 60 > HALF_DAY_MINUTES else 1


def basis_of(programme: Programme, asked: dict[str, Any]) -> Basis:
    """Read everything that a plan depends on, in a fixed number of queries.

    `asked` holds budget (in the programme's currency), absence_share, hours per full-time person, travel_cost per seat in another
    municipality, first and last day. Raises RuleBroken when there is no framework, no candidate session or nobody with a gap.
    """
    framework = Framework.objects.filter(programme=programme).order_by("pk").first()
    first, last = date.fromisoformat(asked["first"]), date.fromisoformat(asked["last"])
    sessions = candidates(programme, first, last)
    if framework is None or not sessions:
        raise RuleBroken(_("There is no possible session in this period. Put some up first: time, place and module are enough."))
    return _Reader(programme, framework, sessions, asked, first, last).read()


class _Reader:
    """One reading of the database into codes."""

    def __init__(self, programme: Programme, framework: Framework, sessions: list[Session], asked: dict[str, Any], first: date, last: date) -> None:
        self.programme, self.framework, self.sessions, self.asked = programme, framework, sessions, asked
        self.first, self.slots = first, ((last - first).days + 1) * 2
        self.modules = list(Module.objects.filter(programme=programme, retired_at=None).order_by("code"))
        self.competences = list(Competence.objects.filter(framework=framework, retired_at=None))
        self.module_code = {one.pk: code for code, one in enumerate(self.modules)}
        self.competence_code = {one.pk: code for code, one in enumerate(self.competences)}
        self.session_code = {one.pk: code for code, one in enumerate(sessions)}

    def read(self) -> Basis:
        """Put the pieces together."""
        rows = [row for row in gaps_of(self.framework) if row[1] in self.competence_code]
        in_need = {row[0] for row in rows if row[5] > 0}
        part = dict(Participation.objects.filter(programme=self.programme, left_on=None, person__in=in_need).values_list("person_id", "organisation_id"))
        jobs: dict[int, Employment] = {}
        for job in current_employments().filter(person__in=part):
            if part.get(job.person_id) == job.organisation_id:
                jobs[job.person_id] = job
        self.persons = sorted(jobs)
        if not self.persons:
            raise RuleBroken(_("Nobody who takes part has a gap to close. Let the mapping be answered first."))
        self.code = {person: index for index, person in enumerate(self.persons)}
        self.units = sorted({(jobs[one].organisation_id, jobs[one].unit_id or 0) for one in self.persons})
        self.unit_code = {unit: index for index, unit in enumerate(self.units)}
        self.jobs = jobs
        self._gaps(rows)
        return Basis(self._problem(), self.persons, self.sessions, self.modules, self.competences, self.units, self.levels)

    def _gaps(self, rows: list[Any]) -> None:
        count = (len(self.persons), len(self.competences))
        self.gap, self.weight = np.zeros(count, np.int32), np.zeros(count)
        self.now = np.zeros(count, np.int32)
        self.levels: dict[tuple[int, int], tuple[int, int]] = {}
        for person, competence, level, target, weight, gap in rows:
            if person in self.code:
                at = self.code[person], self.competence_code[competence]
                self.gap[at], self.now[at] = gap, level or 0
                self.weight[at] = float(weight) if gap > 0 else 0.0
                self.levels[at] = (level or 0, target)

    def _outcomes(self) -> tuple[Any, Any]:
        """Levels gained by module and competence, and up to which level a module leads."""
        gains = np.zeros((len(self.modules), len(self.competences)), np.int32)
        ceiling = np.zeros_like(gains)
        for one in LearningOutcome.objects.filter(module__in=self.modules):
            if one.competence_id in self.competence_code:
                at = self.module_code[one.module_id], self.competence_code[one.competence_id]
                gains[at], ceiling[at] = max(gains[at], one.adds), max(ceiling[at], one.to_level)
        return gains, ceiling

    def _problem(self) -> rules.Problem:
        gains, ceiling = self._outcomes()
        hours = np.array([max(1, round(one.minutes / 60)) for one in self.modules])
        done = defaultdict(set)
        for person, module in current_attendance(self.programme).filter(minutes__gt=0).values_list("person_id", "session__module_id"):
            done[person].add(module)
        # What a module gives this person: nothing once they attended it, or stand as high as it leads.
        gives = (self.now[:, None, :] < ceiling[None, :, :]) & (gains[None, :, :] > 0) & (self.gap[:, None, :] > 0)
        needed = gives.any(2)
        for person, attended in done.items():
            if person in self.code:
                for module in attended & set(self.module_code):
                    needed[self.code[person], self.module_code[module]] = False
        worth = (self.weight[:, None, :] * np.minimum(self.gap[:, None, :], gains[None, :, :]) * gives).sum(2)
        shortlist = shortlist_of(np.where(needed, worth / hours, -1.0))
        met = np.ones((len(self.persons), len(self.modules)), bool)
        before = np.full(len(self.modules), -1, np.int32)
        for code, module in enumerate(self.modules):
            if module.requires_id in self.module_code:
                before[code] = self.module_code[module.requires_id]
                for person, index in self.code.items():
                    met[index, code] = module.requires_id in done[person] or not needed[index, before[code]]
        pairs, refused = self._pairs(shortlist)
        sizes = np.bincount([self.unit_code[self._unit(one)] for one in self.persons], minlength=len(self.units))
        pins = self._pins(pairs)
        professions = profile_of(self.persons, self.framework)
        places = sorted({one.organisation_id for one in self.jobs.values()})
        kinds = {key: index for index, key in enumerate(sorted({one.pk for one in professions.values()}))}
        trainers, rooms = _codes(one.trainer_id for one in self.sessions), _codes(one.place_id for one in self.sessions)
        return rules.Problem(
            slots=self.slots, budget=float(self.asked["budget"]),
            person_unit=[self.unit_code[self._unit(one)] for one in self.persons],
            person_municipality=[places.index(self.jobs[one].organisation_id) for one in self.persons],
            person_profession=[kinds[professions[one].pk] if one in professions else 0 for one in self.persons],
            person_hours=[float(self.asked["hours"]) * float(self.jobs[one].rate) / 100 for one in self.persons],
            gap=self.gap, weight=self.weight, outcome=gains, module_hours=hours, module_prerequisite=before, prerequisite_met=met, shortlist=shortlist,
            session_module=[self.module_code[one.module_id] for one in self.sessions],
            session_slot=[half_day(one.starts_at, self.first) if length_of(one) == 1 else half_day(one.starts_at, self.first) // 2 * 2 for one in self.sessions],
            session_length=[length_of(one) for one in self.sessions], session_minimum=[one.minimum for one in self.sessions],
            session_maximum=[one.maximum for one in self.sessions], session_cost=[float(one.cost) for one in self.sessions],
            session_trainer=trainers, session_room=rooms,
            session_mixed=[one.module.form == Module.Form.GROUP_WORK for one in self.sessions],
            pair_person=[one[0] for one in pairs], pair_session=[one[1] for one in pairs], pair_travel=[one[2] for one in pairs],
            absence_limit=self._absence(sizes), **pins,
            refused_person=[one[0] for one in refused], refused_session=[one[1] for one in refused], refused_code=[one[2] for one in refused],
        )  # fmt: skip

    def _unit(self, person: int) -> tuple[int, int]:
        return self.jobs[person].organisation_id, self.jobs[person].unit_id or 0

    def _pairs(self, shortlist: Any) -> tuple[list[tuple[int, int, float]], list[tuple[int, int, int]]]:
        """Admissible pairs with their travel, and those left out with the reason."""
        forbidden = set(Pin.objects.filter(programme=self.programme, kind=Pin.Kind.FORBID, lifted_at=None).values_list("person_id", "session_id"))
        away: dict[int, set[int]] = defaultdict(set)
        for person, start, end in Availability.objects.filter(person__in=self.persons).values_list("person_id", "from_date", "to_date"):
            away[person] |= {index for day in range((end - start).days + 1) for index in self._day(start + timedelta(days=day))}
        taken = Seat.objects.filter(person__in=self.persons, session__programme=self.programme, state__in=[*Seat.HOLDING, Seat.State.ASKED])
        for seat in taken.filter(session__state=Session.State.PLANNED).select_related("session"):
            slot = half_day(seat.session.starts_at, self.first)
            away[seat.person_id] |= {slot, slot + length_of(seat.session) - 1}
        speaks = dict(Identity.objects.filter(person__in=self.persons).values_list("person_id", "language"))
        by_module: dict[int, list[int]] = defaultdict(list)
        for code, one in enumerate(self.sessions):
            by_module[self.module_code[one.module_id]].append(code)
        pairs, refused = [], []
        cost, may_travel = float(self.asked.get("travel_cost", 0)), bool(self.asked.get("travel", True))
        for person, index in self.code.items():
            home = self.jobs[person].organisation_id
            for module in shortlist[index]:
                for code in by_module.get(int(module), ()):
                    session = self.sessions[code]
                    slot = half_day(session.starts_at, self.first)
                    elsewhere = session.organisation_id not in (None, home) and session.module.form != Module.Form.ONLINE
                    if (person, session.pk) in forbidden:
                        refused.append((index, code, FORBIDDEN))
                    elif {slot, slot + length_of(session) - 1} & away[person]:
                        refused.append((index, code, NOT_AVAILABLE))
                    elif session.language not in {"sv", speaks.get(person, "sv")}:
                        refused.append((index, code, LANGUAGE))
                    elif elsewhere and not may_travel:
                        refused.append((index, code, TRAVEL))
                    else:
                        pairs.append((index, code, cost if elsewhere else 0.0))
        return pairs, refused

    def _day(self, day: date) -> tuple[int, int]:
        start = (day - self.first).days * 2
        return start, start + 1

    def _absence(self, sizes: Any) -> Any:
        """How many of each unit may be away in each half day, less those who already are."""
        limits = rules.absence_limits(sizes, float(self.asked["absence_share"]))
        own = dict(UnitLimit.objects.filter(unit__in=[unit for _organisation, unit in self.units if unit]).values_list("unit_id", "away_at_most"))
        table = np.repeat(np.array([own.get(unit, limit) for (_o, unit), limit in zip(self.units, limits, strict=True)])[:, None], self.slots, axis=1)
        rows = Seat.objects.filter(session__programme=self.programme, session__state=Session.State.PLANNED, state__in=Seat.HOLDING)
        for seat in rows.select_related("session"):
            key = (seat.organisation_id, seat.unit_id or 0)
            slot = half_day(seat.session.starts_at, self.first)
            for at in range(slot, slot + length_of(seat.session)):
                if key in self.unit_code and 0 <= at < self.slots:
                    table[self.unit_code[key], at] = max(0, table[self.unit_code[key], at] - 1)
        return table

    def _pins(self, pairs: list[tuple[int, int, float]]) -> dict[str, list[int]]:
        """What people decided, as codes; raises RuleBroken for a pinned seat that cannot be had at all."""
        at = {(index, code): number for number, (index, code, _cost) in enumerate(pairs)}
        held, dropped, seats = [], [], []
        for pin in Pin.objects.filter(programme=self.programme, lifted_at=None).select_related("session__module"):
            code = self.session_code.get(pin.session_id)
            if code is None:
                continue
            if pin.kind == Pin.Kind.HOLD:
                held.append(code)
            elif pin.kind == Pin.Kind.DROP:
                dropped.append(code)
            elif pin.kind == Pin.Kind.ATTEND and pin.person_id in self.code:
                pair = at.get((self.code[pin.person_id], code))
                if pair is None:
                    raise RuleBroken(
                        _("A pinned seat in “%(session)s” cannot be had: the person does not need the module, cannot come or has attended it. Lift the pin.")
                        % {"session": pin.session.module}
                    )
                seats.append(pair)
                held.append(code)
        return {"pinned_pairs": seats, "pinned_held": sorted(set(held)), "pinned_not_held": dropped}


def shortlist_of(score: Any, size: int = 8) -> Any:
    """Each person's modules with the most weighted gap closed per hour, best first, at most eight; -1 pads."""
    order = np.argsort(-score, axis=1, kind="stable")[:, :size]
    chosen = np.where(np.take_along_axis(score, order, 1) > 0, order, -1).astype(np.int32)
    padded = np.full((len(score), size), -1, np.int32)
    padded[:, : chosen.shape[1]] = chosen
    return padded


def _codes(keys: Any) -> list[int]:
    found: dict[int, int] = {}
    return [-1 if key is None else found.setdefault(key, len(found)) for key in keys]
