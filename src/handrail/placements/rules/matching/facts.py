"""What a matching is asked with: codes, numbers and yes or no. No names, nothing about health, nothing about who somebody is.

A limit of health enters only as demands that do not fit; childcare only as the half days somebody has. Times of travel are minutes one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from handrail.placements.rules.matching.weights import Weights

LEVELS = ("–", "A1", "A2", "B1", "B2", "C1", "C2")  # a language level is its place in this row
BEST_TOTAL, STABLE = "best_total", "stable"
WAYS = (BEST_TOTAL, STABLE)  # to match; the programme chooses openly
HALF_DAYS = 10  # Monday morning is 0, Friday afternoon 9
CODES = 63  # so many fields of work, and so many demands, at most: each is one bit


class MarketError(ValueError):
    """The data cannot be matched as they stand: which row, what is wrong, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A person to be placed: wishes, languages, hours and what may grow, by codes."""

    uid: str
    shares_with_companies: bool  # the consent to this sharing holds today
    shares_with_mentors: bool
    wishes: tuple[str, ...] = ()  # places (their uid) or fields of work, the dearest first
    languages: Mapping[str, int] = field(default_factory=dict)
    least_hours: int = 0  # a week
    most_hours: int = 37
    half_days: frozenset[int] = frozenset(range(HALF_DAYS))
    most_minutes: int = 60
    minutes: Mapping[str, int] = field(default_factory=dict)  # by place; a place that is not here cannot be reached
    minutes_to_mentors: Mapping[str, int] = field(default_factory=dict)
    demands_not_fitting: frozenset[str] = frozenset()
    competences: Mapping[str, int] = field(default_factory=dict)
    gaps: Mapping[str, int] = field(default_factory=dict)  # levels a person wants to grow
    waiting_days: int = 0
    excluded_companies: frozenset[str] = frozenset()
    excluded_mentors: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()  # places to which one side has said no


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A position at a company that `capacity` people can take, with what it asks and what it lets grow."""

    uid: str
    company: str
    capacity: int
    language: str
    level: int
    hours: int  # a week
    half_days: frozenset[int] = frozenset(range(HALF_DAYS))  # when somebody can come
    half_days_needed: int = 1
    demands: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    develops: Mapping[str, int] = field(default_factory=dict)
    needs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentor:
    """A mentor, with how many people there is time for and how far it may be."""

    uid: str
    capacity: int
    languages: Mapping[str, int]
    most_minutes: int = 60
    excluded_participants: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """How many people its coach can follow at the same time, and who is not to be sent there."""

    uid: str
    coached_places: int
    excluded_participants: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """All that one matching looks at."""

    participants: tuple[Participant, ...]
    places: tuple[Place, ...]
    mentors: tuple[Mentor, ...] = ()
    companies: tuple[Company, ...] = ()
    weights: Weights = field(default_factory=Weights)

    def __post_init__(self) -> None:
        for name in ("participants", "places", "mentors", "companies"):
            _once_each(name, [row.uid for row in getattr(self, name)])
        known = {company.uid for company in self.companies}
        for place in self.places:
            if place.company not in known:
                raise MarketError(f"Place {place.uid}: no company {place.company}. Add the company with its coached places.")
            _within(f"Place {place.uid}: level", [place.level], len(LEVELS) - 1)
            _within(f"Place {place.uid}: half days", place.half_days, HALF_DAYS - 1)
            _within(f"Place {place.uid}: competences", [*place.develops.values(), *place.needs.values()], 100)
            _within(f"Place {place.uid}: capacity", [place.capacity], 10_000)
        for person in self.participants:
            _within(f"Participant {person.uid}: languages", person.languages.values(), len(LEVELS) - 1)
            _within(f"Participant {person.uid}: half days", person.half_days, HALF_DAYS - 1)
            _within(f"Participant {person.uid}: competences", [*person.competences.values(), *person.gaps.values()], 100)
            _within(f"Participant {person.uid}: days waiting", [person.waiting_days], 100_000)
            _within(f"Participant {person.uid}: minutes", [*person.minutes.values(), *person.minutes_to_mentors.values()], 10_000)
        for mentor in self.mentors:
            _within(f"Mentor {mentor.uid}: languages", mentor.languages.values(), len(LEVELS) - 1)
            _within(f"Mentor {mentor.uid}: capacity", [mentor.capacity], 10_000)
        for company in self.companies:
            _within(f"Company {company.uid}: coached places", [company.coached_places], 100_000)
        for what, codes in (("fields of work", self.fields), ("demands", self.demands)):
            if len(codes) > CODES:
                raise MarketError(f"{len(codes)} {what}, and {CODES} can be told apart. Put similar ones together.")
        if both := set(self.fields) & {place.uid for place in self.places}:
            raise MarketError(f"{min(both)} is both a field of work and a place. Give the place another id.")

    @property
    def fields(self) -> list[str]:
        """The fields of work of all places, in the order of their codes."""
        return sorted({code for place in self.places for code in place.fields})

    @property
    def demands(self) -> list[str]:
        """The demands of all places, in the order of their codes."""
        return sorted({code for place in self.places for code in place.demands})


def _once_each(what: str, uids: list[str]) -> None:
    if len(set(uids)) < len(uids):
        twice = next(uid for place, uid in enumerate(uids) if uid in uids[:place])
        raise MarketError(f"{what}: {twice} stands there twice. Take one away.")


def _within(what: str, values: Iterable[int], most: int) -> None:
    for value in values:
        if not 0 <= value <= most:
            raise MarketError(f"{what}: {value} is not between 0 and {most}. Correct it.")
