"""The facts behind a pair, as sentences: why it fits from both sides, what its points are made of, or what stands in the way."""

from __future__ import annotations

from handrail.placements.rules.matching import eligibility
from handrail.placements.rules.matching.eligibility import Block, first_block_mentor, shared_language
from handrail.placements.rules.matching.facts import Mentor, Participant, Place
from handrail.placements.rules.matching.scoring import Score, gap_closed, needs_met, wish_rank
from handrail.placements.rules.matching.sentences import Sentence
from handrail.placements.rules.matching.weights import Weights


def persons_reasons(person: Participant, place: Place) -> tuple[Sentence, ...]:
    """What speaks for a place from the person's side: the wish, what may grow, the way, the hours."""
    rank, growth = wish_rank(person, place), gap_closed(person, place)
    found = [Sentence("wish", {"rank": rank})] if rank else []
    if growth.part:
        found.append(Sentence("growth", growth._asdict()))
    found.append(Sentence("way", {"minutes": person.minutes[place.uid], "most": person.most_minutes}))
    found.append(Sentence("hours", {"hours": place.hours, "least": person.least_hours, "most": person.most_hours}))
    return tuple(found)


def companys_reasons(person: Participant, place: Place) -> tuple[Sentence, ...]:
    """What speaks for a person from the company's side: what it asked for, the language, the half days. Never what somebody cannot do, nor why."""
    needs = needs_met(person, place)
    found = [] if needs.whole else [Sentence("needs_nothing")]
    if needs.part:
        found.append(Sentence("needs", needs._asdict()))
    if place.level:
        level = person.languages[place.language]
        found.append(Sentence("language", {"language": place.language, "level": level, "asked_level": place.level}))
    found.append(Sentence("half_days", {"has": len(person.half_days & place.half_days), "asked": place.half_days_needed}))
    return tuple(found)


def points_sentence(parts: Score) -> Sentence:
    """How the points of a pair add up."""
    return Sentence("points", {"points": parts.points, **parts._asdict()})


def block_sentence(block: Block, place: Place) -> Sentence:
    """The first fact that stands in the way of a place."""
    if block.rule == eligibility.LANGUAGE:
        levels: dict[str, int | str] = {"language": block.about, "asked_level": block.asked}
        return Sentence("low_language", {**levels, "level": block.has}) if block.has else Sentence("no_language", levels)
    numbers: dict[str, int | str] = {"has": block.has, "asked": block.asked}
    return {
        eligibility.TRAVEL: Sentence("travel", numbers),
        eligibility.DEMANDS: Sentence("demands", {"demand": block.about}),
        eligibility.HOURS: Sentence(f"hours_{block.about}", numbers),
        eligibility.HALF_DAYS: Sentence("few_half_days", numbers),
        eligibility.NO_COACH: Sentence("no_coach", {"company": place.company}),
    }.get(block.rule) or Sentence(block.rule)


def mentor_sentence(person: Participant, mentor: Mentor) -> Sentence:
    """Why this mentor: the language that both speak best, and the way between them."""
    code, level = shared_language(person, mentor)
    return Sentence("mentor", {"language": code, "level": level, "minutes": person.minutes_to_mentors[mentor.uid]})


def no_mentor_sentence(person: Participant, mentors: list[Mentor], weights: Weights) -> Sentence:
    """Why no mentor is proposed, from the mentors who are known to this person."""
    if not person.shares_with_mentors:
        return Sentence("mentor_consent")
    if not mentors:
        return Sentence("mentor_none_known")
    fit = sum(first_block_mentor(person, mentor, weights) is None for mentor in mentors)
    return Sentence("mentor_busy", {"fit": fit}) if fit else Sentence("mentor_none", {"known": len(mentors)})
