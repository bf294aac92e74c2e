"""What a plan is computed from: people's gaps, candidate sessions and the limits, as codes without names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Q

from handrail.competences.models import Competence, Framework
from handrail.competences.queries import competences_of, framework_of, gaps_of, profile_of
from handrail.curriculum.models import LearningOutcome, Module
from handrail.delivery.models import Session
from handrail.delivery.queries import current_attendance, lost_seats
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.text import _, date_short
from handrail.people.models import Employment, Person
from handrail.people.queries import current_employments
from handrail.planning import rules
from handrail.planning.models import Pin, UnitLimit
from handrail.planning.queries.halfdays import half_days, midnight, slots_of
from handrail.planning.queries.seating import Seated, Seating, seated_in, standing_seats
from handrail.programmes.models import Programme
from handrail.programmes.queries import current_participations

MIXED_FORMS = (Module.Form.GROUP_WORK,)


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
    leads_to: Any  # [module, competence] the level up to which a module leads
    occupied: frozenset[int] = field(default_factory=frozenset)  # sessions whose room or trainer another session has taken
    held: Any = ()  # sessions planned today, and those called off that a new plan answers
    professions: tuple[int, ...] = ()  # role profiles, 0 for none
    seats: Any = ()  # pairs seated today, and those of the sessions called off


def candidates(programme: Programme, first: date, last: date, asked: dict[str, Any] | None = None) -> list[Session]:
    """The sessions a plan may choose from: possible ones between two days that have not begun, of modules in use."""
    wanted = Q(state=Session.State.CANDIDATE)
    if asked is not None and "kind" in asked:  # what is planned already is part of the question
        wanted |= Q(state=Session.State.PLANNED) | Q(state=Session.State.CANCELLED, uid__in=asked.get("cancelled", ()))
    rows = Session.objects.filter(
        wanted, programme=programme, audience=Session.Audience.STAFF, module__retired_at=None, starts_at__gt=clock.now(), starts_at__gte=midnight(first), starts_at__lt=midnight(last + timedelta(days=1)),
    )  # fmt: skip
    return list(rows.select_related("module", "organisation", "place").order_by("starts_at", "pk"))


def erased_since(person_ids: list[int]) -> list[int]:
    """Who of these has been erased."""
    erased = set(Person.objects.exclude(erased_at=None).values_list("pk", flat=True))
    return [one for one in person_ids if one in erased]


def basis_of(programme: Programme, asked: dict[str, Any]) -> Basis:
    """Read everything that a plan depends on, in a fixed number of queries.

    `asked` holds first and last day, budget (in the programme's currency), absence_share (0 to 1), hours per full-time person in the
    period, whether people may travel and what such a journey costs. Raises RuleBroken when there is no candidate session, nobody
    with a gap, or a pinned seat that cannot be had.
    """
    framework = framework_of(programme)
    first, last = date.fromisoformat(asked["first"]), date.fromisoformat(asked["last"])
    sessions = candidates(programme, first, last, asked)
    if framework is None or not sessions:
        raise RuleBroken(_("There is no possible session in this period. Put some up first: time, place and module are enough."), field="first")
    return _Reader(programme, framework, sessions, asked, first, last).read()


class _Reader:
    """One reading of the database into codes."""

    def __init__(self, programme: Programme, framework: Framework, sessions: list[Session], asked: dict[str, Any], first: date, last: date) -> None:
        self.programme, self.framework, self.sessions, self.asked = programme, framework, sessions, asked
        self.first, self.slots = first, ((last - first).days + 1) * 2
        self.modules = list(Module.objects.filter(programme=programme, retired_at=None).order_by("code"))
        self.competences = list(competences_of(framework))
        self.module_code = {one.pk: code for code, one in enumerate(self.modules)}
        self.competence_code = {one.pk: code for code, one in enumerate(self.competences)}
        self.session_code = {one.pk: code for code, one in enumerate(sessions)}

    def read(self) -> Basis:
        """Put the pieces together."""
        rows = [row for row in gaps_of(self.framework) if row[1] in self.competence_code]
        in_need = {row[0] for row in rows if row[5] > 0}
        self._people(in_need)
        self._gaps(rows)
        gains, leads_to = self._outcomes()
        kinds = profile_of(self.persons, self.framework)
        homes = [self.jobs[one].organisation_id for one in self.persons]
        hours = np.array([one.minutes / 60 for one in self.modules])
        period = midnight(self.first), midnight(self.first + timedelta(days=self.slots // 2))
        free = self._free_seats()
        while True:
            seated = seated_in(self.programme, self.persons, period, free)
            needed, met = self._needed(gains, leads_to, seated)
            worth = (self.weight[:, None, :] * np.minimum(self.gap[:, None, :], self._adds(gains, leads_to)) * self._gives(gains, leads_to)).sum(2)
            shortlist = shortlist_of(np.where(needed, worth / np.maximum(hours, 0.25), -1.0))
            seating = Seating(self.programme, self.sessions, self.module_code, self.first, self.asked)
            pairs, refused = seating.pairs(self.persons, homes, shortlist, seated)
            seats, stuck = self._standing(free, pairs)
            if not stuck:
                break
            free -= stuck  # seats that the plan cannot decide on stand, and take their time and their place
        taken = Counter(self.session_code[session] for _person, session in self._seated_today() - free)
        maximum = [max(0, one.maximum - taken[code]) for code, one in enumerate(self.sessions)]
        if taken:
            left = [number for number, (_index, code, _cost) in enumerate(pairs) if maximum[code]]
            number_of = {number: place for place, number in enumerate(left)}
            pairs, seats = [pairs[number] for number in left], [number_of[number] for number in seats if number in number_of]
        occupied = self._occupied()
        pins = self._pins(pairs, occupied)
        profiles = [kinds[one].pk if one in kinds else 0 for one in self.persons]
        spans = [slots_of(one, self.first) for one in self.sessions]
        arrays: dict[str, Any] = dict(
            person_unit=[self.unit_code[self._unit(one)] for one in self.persons], person_municipality=_codes(homes),
            person_profession=_codes(profiles),
            person_hours=[max(0.0, float(self.asked["hours"]) * float(self.jobs[one].rate) / 100 - seated.hours[one]) for one in self.persons],
            gap=self.gap, weight=self.weight, outcome=gains, leads_to=leads_to, level=self.now, module_hours=hours,
            module_prerequisite=[self.module_code.get(one.requires_id or 0, -1) for one in self.modules], prerequisite_met=met, shortlist=shortlist,
            session_module=[self.module_code[one.module_id] for one in self.sessions], session_slot=[span.start for span in spans],
            session_length=[len(span) for span in spans],
            session_minimum=[min(max(1, most), max(0, one.minimum - taken[code])) for code, (one, most) in enumerate(zip(self.sessions, maximum, strict=True))],
            session_maximum=[max(1, most) for most in maximum], session_cost=[float(one.cost) for one in self.sessions],
            session_trainer=_codes(one.trainer_id for one in self.sessions), session_room=_codes(one.place_id for one in self.sessions),
            session_mixed=[one.module.form in MIXED_FORMS for one in self.sessions],
            pair_person=[one[0] for one in pairs], pair_session=[one[1] for one in pairs], pair_travel=[one[2] for one in pairs],
            absence_limit=self._absence(seated), **pins,
            refused_person=[one[0] for one in refused], refused_session=[one[1] for one in refused], refused_code=[one[2] for one in refused],
        )  # fmt: skip
        held = [code for code, one in enumerate(self.sessions) if one.state != Session.State.CANDIDATE]
        budget = float(self.asked["budget"])
        if self.asked.get("kind") == "replan":  # the money asked for comes on top of what is planned already
            going_on = {code for code in held if self.sessions[code].state == Session.State.PLANNED}
            budget += sum(float(self.sessions[code].cost) for code in going_on) + sum(pairs[one][2] for one in seats if pairs[one][1] in going_on)
        problem = rules.Problem(slots=self.slots, budget=budget, **arrays)
        return Basis(
            problem, self.persons, self.sessions, self.modules, self.competences, self.units, self.levels, leads_to, frozenset(occupied),
            np.array(held, np.int64), tuple(dict.fromkeys(profiles)), np.array(sorted(seats), np.int64),
        )  # fmt: skip

    def _seated_today(self) -> set[tuple[int, int]]:
        """Seats as (person, session) in the planned sessions of this question."""
        planned = [one.pk for one in self.sessions if one.state == Session.State.PLANNED]
        return set(standing_seats(self.programme).filter(session__in=planned).values_list("person_id", "session_id")) if planned else set()

    def _free_seats(self) -> set[tuple[int, int]]:
        """The seats that this plan may decide on: those of today, and those that were lost when a session was called off."""
        cancelled = [one for one in self.sessions if one.state == Session.State.CANCELLED]
        return self._seated_today() | {(seat.person_id, seat.session_id) for seat in lost_seats(cancelled)}

    def _standing(self, free: set[tuple[int, int]], pairs: list[tuple[int, int, float]]) -> tuple[list[int], set[tuple[int, int]]]:
        """The pairs that are seated, and the seats that are no possible pair or the second of a person for one module or one time."""
        at = {(self.persons[index], self.sessions[code].pk): number for number, (index, code, _cost) in enumerate(pairs)}
        seats, stuck = [], set()
        modules: set[tuple[int, int]] = set()
        times: dict[int, set[int]] = defaultdict(set)
        for person, session in sorted(free):
            pair, code = at.get((person, session)), self.session_code[session]
            slots = set(slots_of(self.sessions[code], self.first))
            if pair is None or (person, self.sessions[code].module_id) in modules or slots & times[person]:
                stuck.add((person, session))
                continue
            modules.add((person, self.sessions[code].module_id))
            times[person] |= slots
            seats.append(pair)
        return seats, stuck

    def _people(self, in_need: set[int]) -> None:
        """Participants with a gap who work for the municipality they take part for."""
        home = dict(current_participations(self.programme).filter(person__in=in_need).values_list("person_id", "organisation_id"))
        self.jobs: dict[int, Employment] = {
            job.person_id: job for job in current_employments().filter(person__in=home) if home[job.person_id] == job.organisation_id
        }
        self.persons = sorted(self.jobs)
        if not self.persons:
            raise RuleBroken(_("Nobody who takes part has a gap to close. Let the mapping be answered first."))
        self.code = {person: index for index, person in enumerate(self.persons)}
        self.units = sorted({self._unit(one) for one in self.persons})
        self.unit_code = {unit: index for index, unit in enumerate(self.units)}

    def _unit(self, person: int) -> tuple[int, int]:
        return self.jobs[person].organisation_id, self.jobs[person].unit_id or 0

    def _gaps(self, rows: Iterable[Any]) -> None:
        count = (len(self.persons), len(self.competences))
        self.gap, self.weight, self.now = np.zeros(count, np.int32), np.zeros(count), np.zeros(count, np.int32)
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
        leads_to = np.zeros_like(gains)
        for one in LearningOutcome.objects.filter(module__in=self.modules):
            if one.competence_id in self.competence_code:
                at = self.module_code[one.module_id], self.competence_code[one.competence_id]
                gains[at], leads_to[at] = max(gains[at], one.adds), max(leads_to[at], one.to_level)
        return gains, leads_to

    def _gives(self, gains: Any, leads_to: Any) -> Any:
        """Whether a module trains a competence that the person lacks, and leads higher than the person stands."""
        return (self.now[:, None, :] < leads_to[None, :, :]) & (gains[None, :, :] > 0) & (self.gap[:, None, :] > 0)

    def _adds(self, gains: Any, leads_to: Any) -> Any:
        """Levels that a module adds for a person: no further than it leads."""
        return np.clip(leads_to[None, :, :] - self.now[:, None, :], 0, gains[None, :, :])

    def _needed(self, gains: Any, leads_to: Any, seated: Seated) -> tuple[Any, Any]:
        """Which modules a person needs (not those attended or with a seat already), and whose prerequisite is met.

        A prerequisite is met by whoever attended it, has a seat in it, or does not need it.
        """
        needed = self._gives(gains, leads_to).any(2)
        attended = current_attendance(self.programme).filter(minutes__gt=0, person__in=self.persons)
        done = {(person, module) for person, module in attended.values_list("person_id", "session__module_id")}
        for person, module in done | set(seated.modules):
            if person in self.code and module in self.module_code:
                needed[self.code[person], self.module_code[module]] = False
        met = np.ones_like(needed)
        for code, one in enumerate(self.modules):
            if one.requires_id in self.module_code:
                met[:, code] = ~needed[:, self.module_code[one.requires_id]]
        return needed, met

    def _absence(self, seated: Seated) -> Any:
        """How many of each unit may be away in each half day: the share of its staff or its own number, less those already away."""
        staff = Counter(
            (organisation, unit or 0)
            for organisation, unit in current_employments()
            .filter(organisation__in={one for one, _unit in self.units})
            .values_list("organisation_id", "unit_id")
        )
        limits = rules.absence_limits([staff[unit] for unit in self.units], float(self.asked["absence_share"]))  # type: ignore[arg-type]
        own = dict(UnitLimit.objects.filter(unit__in=[unit for _o, unit in self.units if unit]).values_list("unit_id", "away_at_most"))
        each = [own.get(unit, int(limit)) for (_o, unit), limit in zip(self.units, limits, strict=True)]
        table = np.repeat(np.array(each, np.int32)[:, None], self.slots, axis=1)
        for key, starts_at, ends_at in seated.away:
            for slot in half_days(starts_at, ends_at, self.first):
                if key in self.unit_code and 0 <= slot < self.slots:
                    table[self.unit_code[key], slot] = max(0, table[self.unit_code[key], slot] - 1)
        return table

    def _occupied(self) -> set[int]:
        """Candidates whose room or trainer a planned session has taken: no plan can hold them."""
        first, last = self.sessions[0].starts_at, max(one.ends_at for one in self.sessions)
        planned = Session.objects.filter(state=Session.State.PLANNED, starts_at__lt=last, ends_at__gt=first).exclude(pk__in=list(self.session_code))
        taken: dict[tuple[str, int | None], list[tuple[datetime, datetime]]] = defaultdict(list)
        for place, trainer, co_trainer, starts_at, ends_at in planned.values_list("place_id", "trainer_id", "co_trainers__person_id", "starts_at", "ends_at"):
            for key in (("place", place), ("trainer", trainer), ("trainer", co_trainer)):
                taken[key].append((starts_at, ends_at))
        return {
            code
            for code, one in enumerate(self.sessions)
            for key in (("place", one.place_id), ("trainer", one.trainer_id))
            if one.state == Session.State.CANDIDATE and key[1] is not None and any(start < one.ends_at and one.starts_at < end for start, end in taken[key])
        }

    def _pins(self, pairs: list[tuple[int, int, float]], occupied: set[int]) -> dict[str, list[int]]:
        """What people decided on possible sessions, as codes; on planned ones it has been carried out.

        A re-plan excludes what they excluded, and leaves what they want held or seated to the next plan. Raises RuleBroken for a
        pinned seat that cannot be had at all.
        """
        at = {(index, code): number for number, (index, code, _cost) in enumerate(pairs)}
        held: set[int] = set()
        dropped, seats = set(occupied), []
        possible = [one for one in self.sessions if one.state == Session.State.CANDIDATE]
        kinds = [Pin.Kind.DROP] if self.asked.get("kind") == "replan" else Pin.Kind.values
        for pin in Pin.objects.filter(programme=self.programme, lifted_at=None, session__in=possible, kind__in=kinds).order_by("pk"):
            code = self.session_code[pin.session_id]
            if pin.kind == Pin.Kind.HOLD:
                held.add(code)
            elif pin.kind == Pin.Kind.DROP:
                dropped.add(code)
            elif pin.kind == Pin.Kind.ATTEND:
                pair = at.get((self.code.get(pin.person_id or 0, -1), code))
                if pair is None:
                    raise RuleBroken(
                        _("A locked seat in “%(session)s” on %(day)s cannot be had: the person does not need the module, has attended it, cannot come then or no longer takes part. Lift the lock.")
                        % {"session": self.sessions[code], "day": date_short(self.sessions[code].starts_at)}
                    )
                seats.append(pair)
                held.add(code)
        return {"pinned_pairs": seats, "pinned_held": sorted(held), "pinned_not_held": sorted(dropped)}


def shortlist_of(score: Any, size: int = 8) -> Any:
    """Each person's modules with the most weighted gap closed per hour, best first, at most eight; -1 pads."""
    order = np.argsort(-score, axis=1, kind="stable")[:, :size]
    chosen = np.where(np.take_along_axis(score, order, 1) > 0, order, -1).astype(np.int32)
    padded = np.full((len(score), size), -1, np.int32)
    padded[:, : chosen.shape[1]] = chosen
    return padded


def _codes(keys: Iterable[Hashable | None]) -> list[int]:
    """Numbers from 0 in order of first appearance; -1 for none."""
    found: dict[Hashable, int] = {}
    return [-1 if key is None else found.setdefault(key, len(found)) for key in keys]
