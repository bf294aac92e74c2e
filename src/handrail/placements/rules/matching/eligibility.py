"""May these two be matched at all? Hard rules by name, consent first; the answer is the first fact that stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handrail.placements.rules.matching.facts import Company, Mentor, Participant, Place
from handrail.placements.rules.matching.weights import Weights

CONSENT, DECLINED, NO_WAY, TRAVEL, LANGUAGE, DEMANDS, HOURS, HALF_DAYS, EXCLUDED, NO_CAPACITY, NO_COACH = (
    "consent", "declined", "no_way", "travel", "language", "demands", "hours", "half_days", "excluded", "no_capacity", "no_coach",
)  # fmt: skip
ORDER = (CONSENT, DECLINED, NO_WAY, TRAVEL, LANGUAGE, DEMANDS, HOURS, HALF_DAYS, EXCLUDED, NO_CAPACITY, NO_COACH)
MENTOR_ORDER = (CONSENT, NO_WAY, TRAVEL, LANGUAGE, EXCLUDED, NO_CAPACITY)


@dataclass(frozen=True, slots=True)
class Block:
    """The first fact that stands in the way, with what there is and what is asked, and the code it is about."""

    rule: str
    has: int = 0
    asked: int = 0
    about: str = ""  # a language, or a demand


def first_block(person: Participant, place: Place, company: Company) -> Block | None:
    """The first rule, in the order of `ORDER`, that keeps a person from a place; None when nothing does."""
    return next((found for rule in _RULES if (found := rule(person, place, company))), None)


def _consent(person: Participant, place: Place, company: Company) -> Block | None:
    return None if person.shares_with_companies else Block(CONSENT)


def _declined(person: Participant, place: Place, company: Company) -> Block | None:
    return Block(DECLINED) if place.uid in person.declined else None


def _travel(person: Participant, place: Place, company: Company) -> Block | None:
    minutes = person.minutes.get(place.uid)
    if minutes is None:
        return Block(NO_WAY)
    return Block(TRAVEL, minutes, person.most_minutes) if minutes > person.most_minutes else None


def _language(person: Participant, place: Place, company: Company) -> Block | None:
    has = person.languages.get(place.language, 0)
    return Block(LANGUAGE, has, place.level, place.language) if has < place.level else None


def _demands(person: Participant, place: Place, company: Company) -> Block | None:
    clash = sorted(place.demands & person.demands_not_fitting)
    return Block(DEMANDS, len(clash), 0, clash[0]) if clash else None


def _hours(person: Participant, place: Place, company: Company) -> Block | None:
    if place.hours > person.most_hours:
        return Block(HOURS, person.most_hours, place.hours, "most")
    return Block(HOURS, person.least_hours, place.hours, "least") if place.hours < person.least_hours else None


def _half_days(person: Participant, place: Place, company: Company) -> Block | None:
    common = len(place.half_days & person.half_days)
    return Block(HALF_DAYS, common, place.half_days_needed) if common < place.half_days_needed else None


def _excluded(person: Participant, place: Place, company: Company) -> Block | None:
    either = company.uid in person.excluded_companies or person.uid in company.excluded_participants
    return Block(EXCLUDED) if either else None


def _capacity(person: Participant, place: Place, company: Company) -> Block | None:
    return Block(NO_CAPACITY) if place.capacity < 1 else None


def _coach(person: Participant, place: Place, company: Company) -> Block | None:
    return Block(NO_COACH) if company.coached_places < 1 else None


_RULES: tuple[Callable[[Participant, Place, Company], Block | None], ...] = (
    _consent, _declined, _travel, _language, _demands, _hours, _half_days, _excluded, _capacity, _coach,
)  # fmt: skip


def shared_language(person: Participant, mentor: Mentor) -> tuple[str, int]:
    """The language that both speak best, and the level of whoever speaks it less; equal ones by code."""
    levels = {code: min(level, mentor.languages[code]) for code, level in person.languages.items() if code in mentor.languages}
    return min(levels.items(), key=lambda item: (-item[1], item[0]), default=("", 0))


def first_block_mentor(person: Participant, mentor: Mentor, weights: Weights) -> Block | None:
    """The first rule, in the order of `MENTOR_ORDER`, that keeps a mentor from a person; None when nothing does."""
    if not person.shares_with_mentors:
        return Block(CONSENT)
    minutes = person.minutes_to_mentors.get(mentor.uid)
    if minutes is None:
        return Block(NO_WAY)
    if minutes > mentor.most_minutes:
        return Block(TRAVEL, minutes, mentor.most_minutes)
    code, level = shared_language(person, mentor)
    if level < weights.mentor_level:
        return Block(LANGUAGE, level, weights.mentor_level, code)
    if mentor.uid in person.excluded_mentors or person.uid in mentor.excluded_participants:
        return Block(EXCLUDED)
    return Block(NO_CAPACITY) if mentor.capacity < 1 else None
