"""What a shortlist says, as data first (a key with its numbers and codes) and then as one true sentence in the reader's language.

The data are what is kept in the log; the words are made when somebody reads them. Nothing here names a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handrail.kit.text import _, number, plural
from handrail.placements.rules.matching.facts import LEVELS

CODES = frozenset({"place", "proposed", "company", "language", "demand"})  # the rest are numbers
A_LEVEL = frozenset({"level", "asked_level"})


@dataclass(frozen=True)
class Sentence:
    """A true sentence as data: its key, its numbers and the codes it is about."""

    key: str
    facts: Mapping[str, int | str] = field(default_factory=dict)


# The third word of a plural names the figure that it goes by.
_SENTENCES = {
    # why this place: the person's side
    "wish": _("Number %(rank)s of your wishes."),
    "growth": _("Levels that you want to grow and that can grow there: %(part)s of %(whole)s."),
    "way": plural(
        "%(minutes)s minute on the way; you said %(most)s at most.",
        "%(minutes)s minutes on the way; you said %(most)s at most.",
        "minutes",
    ),
    "hours": _("Hours a week: %(hours)s, which lies within your %(least)s to %(most)s."),
    # the company's side
    "needs": _("Levels that the place asks for and that are there: %(part)s of %(whole)s."),
    "needs_nothing": _("The place asks for no competence in particular."),
    "language": _("Has %(language)s at %(level)s; the place asks for %(asked_level)s."),
    "half_days": _("Half days of the place that fit: %(has)s; needed: %(asked)s."),
    # the points
    "points": _(
        "%(points)s of 1,000 points: wish %(wish)s, the company's need %(need)s, growth %(growth)s, way %(travel)s, waiting %(waiting)s."
    ),
    # how many others
    "wanted": plural("%(place)s is wanted by %(others)s other person.", "%(place)s is wanted by %(others)s others.", "others"),
    # why it is proposed, or not
    "proposed": plural(
        "Proposed: everybody together gets the most this way. With %(place)s instead, all together would get %(loss)s point less.",
        "Proposed: everybody together gets the most this way. With %(place)s instead, all together would get %(loss)s points less.",
        "loss",
    ),
    "proposed_drawn": _("Proposed by lot: with %(place)s instead, everybody together would get just as much."),
    "proposed_only": _("Proposed: no other place fits."),
    "dearer_to_others": plural(
        "%(place)s would give you %(gain)s more than %(proposed)s, but cost others %(cost)s point together.",
        "%(place)s would give you %(gain)s more than %(proposed)s, but cost others %(cost)s points together.",
        "cost",
    ),
    "same_for_you": plural(
        "%(place)s would give you as much as %(proposed)s, but cost others %(cost)s point together.",
        "%(place)s would give you as much as %(proposed)s, but cost others %(cost)s points together.",
        "cost",
    ),
    "dearer_to_all": plural(
        "%(place)s would give you %(less)s less than %(proposed)s, and cost others %(cost)s point together.",
        "%(place)s would give you %(less)s less than %(proposed)s, and cost others %(cost)s points together.",
        "cost",
    ),
    "others_win_less": plural(
        "%(place)s would give you %(less)s less than %(proposed)s, and others together only %(won)s point more.",
        "%(place)s would give you %(less)s less than %(proposed)s, and others together only %(won)s points more.",
        "won",
    ),
    "less_for_you": plural(
        "%(place)s would give you %(less)s point less than %(proposed)s, and change nothing for others.",
        "%(place)s would give you %(less)s points less than %(proposed)s, and change nothing for others.",
        "less",
    ),
    "drawn": _("With %(place)s everybody together would get just as much as with %(proposed)s. The lot decided."),
    "unplaced": plural(
        "%(place)s would give you %(gain)s, but cost others %(cost)s point together.",
        "%(place)s would give you %(gain)s, but cost others %(cost)s points together.",
        "cost",
    ),
    "unplaced_drawn": _("%(place)s could as well be yours: everybody together would get just as much. The lot decided."),
    "stable_proposed": _("Proposed: of the places that would take you, none suits your wishes, growth and way better."),
    "stable_own": plural(
        "By your own wishes, growth and way, %(place)s has %(less)s point less than %(proposed)s.",
        "By your own wishes, growth and way, %(place)s has %(less)s points less than %(proposed)s.",
        "less",
    ),
    "stable_own_equal": _("By your own wishes, growth and way, %(place)s has as many points as %(proposed)s."),
    "stable_full": _("Every seat of %(place)s is proposed to people who meet what it asks for at least as well."),
    "stable_coach": _(
        "%(company)s can take in no more people, and who is proposed there meets what is asked for at least as well."
    ),
    # what would have to change
    "change": plural(
        "With %(points)s point more, %(place)s would be proposed to you.",
        "With %(points)s points more, %(place)s would be proposed to you.",
        "points",
    ),
    "change_wish": plural(
        "With %(points)s point more, %(place)s would be proposed to you. As your first wish it would get %(room)s more.",
        "With %(points)s points more, %(place)s would be proposed to you. As your first wish it would get %(room)s more.",
        "points",
    ),
    # nothing at all
    "no_place": plural(
        "No place is proposed: the %(known)s place that you could get to does not fit.",
        "No place is proposed: none of the %(known)s places that you could get to fits.",
        "known",
    ),
    "no_way_known": _("No place is proposed: no way to any is known."),
    "no_place_left": plural(
        "No place is proposed: with the %(fit)s place that fits, others would lose at least as much as you would gain.",
        "No place is proposed: with each of the %(fit)s places that fit, others would lose at least as much as you would gain.",
        "fit",
    ),
    "no_place_stable": plural(
        "No place is proposed: the %(fit)s place that fits goes to people who meet what it asks for at least as well.",
        "No place is proposed: the %(fit)s places that fit go to people who meet what they ask for at least as well.",
        "fit",
    ),
    # the first fact that stands in the way
    "consent": _("You have not agreed that this is shared with companies."),
    "declined": _("One side has said no to this place."),
    "no_way": _("No way there is known."),
    "travel": plural(
        "%(has)s minute on the way, and you said %(asked)s at most.",
        "%(has)s minutes on the way, and you said %(asked)s at most.",
        "has",
    ),
    "no_language": _("Asks for %(language)s at %(asked_level)s; no level of yours is noted."),
    "low_language": _("Asks for %(language)s at %(asked_level)s; you have %(level)s."),
    "demands": _("Asks for something that does not fit you: %(demand)s."),
    "hours_most": _("Hours a week: %(asked)s, and you want %(has)s at most."),
    "hours_least": _("Hours a week: %(asked)s, and you want %(has)s at least."),
    "few_half_days": _("Half days needed a week: %(asked)s; of its half days that fit yours: %(has)s."),
    "excluded": _("One side has asked not to be matched with the other."),
    "no_capacity": _("Takes nobody at present."),
    "no_coach": _("%(company)s has as many people as its size or its coach allows."),
    # the mentor
    "mentor": _("You both speak %(language)s at %(level)s or better. Minutes between you: %(minutes)s."),
    "has_mentor": _("You have a mentor already."),
    "mentor_consent": _("No mentor is proposed: you have not agreed that this is shared with mentors."),
    "mentor_none_known": _("No mentor is proposed: none is known who could get to you."),
    "mentor_none": plural(
        "No mentor is proposed: the %(known)s who is known does not fit by distance, language or what both sides asked for.",
        "No mentor is proposed: none of the %(known)s who are known fits by distance, language and what both sides asked for.",
        "known",
    ),
    "mentor_busy": plural(
        "No mentor is proposed: the %(fit)s mentor who fits has as many people as there is time for.",
        "No mentor is proposed: all %(fit)s mentors who fit have as many people as they have time for.",
        "fit",
    ),
}


class _Figure(int):
    """A number that is written as the reader writes it, and still counts in a plural."""

    def __str__(self) -> str:
        return number(int(self))


def say(sentence: Sentence, names: Mapping[str, str]) -> str:
    """A sentence in the reader's language; `names` gives each code of a place, company, language or demand its name (the code itself where there is none)."""
    return str(_SENTENCES[sentence.key] % {name: _word(name, value, names) for name, value in sentence.facts.items()})


def keys() -> list[str]:
    """The keys of all sentences."""
    return list(_SENTENCES)


def _word(name: str, value: int | str, names: Mapping[str, str]) -> str | _Figure:
    if name in CODES:
        return names.get(str(value), str(value))
    return LEVELS[int(value)] if name in A_LEVEL else _Figure(value)
