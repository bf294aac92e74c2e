"""The planner's facts as one true sentence each, without levels of anybody but the reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handrail.kit.text import _, number, plural

Facts = Mapping[str, Any]


def seat_sentence(why: Facts, *, competences: Mapping[str, str]) -> str:
    """Why somebody has a seat: what it trains, and that no other seat would have helped more (or by how little another helped less)."""
    names = [competences[str(gap["competence"])] for gap in why.get("gaps", ()) if str(gap["competence"]) in competences]
    if why.get("code") == "pin":
        return str(_("Somebody decided this seat by hand."))
    trains = _listed(names)
    if not trains:
        return str(_("Closes a gap that the role asks for."))
    if why.get("second_gain", 0) <= 0:
        return str(_("Trains %(what)s, which the role asks for; no other seat was left that would help.") % {"what": trains})
    gain, second = float(why.get("gain", 0)), float(why["second_gain"])
    if gain > second:
        return str(
            _("Trains %(what)s, which the role asks for: worth %(gain)s points here, %(second)s in the next best seat.")
            % {"what": trains, "gain": number(gain, 1), "second": number(second, 1)}
        )
    return str(_("Trains %(what)s, which the role asks for; another seat would have helped as much, but is better used by somebody else.") % {"what": trains})


def refusal_sentence(code: str, why: Facts, *, competences: Mapping[str, str]) -> str:
    """Why somebody does not get a module: the first fact that stands in the way, with its numbers."""
    yours, theirs = float(why.get("yours", 0)), float(why.get("theirs", 0))
    numbers = {"yours": number(yours, 0 if yours.is_integer() else 1), "theirs": number(theirs, 0 if theirs.is_integer() else 1)}
    sentence = {
        "not_needed": _("Not needed: attended already, or the other seats close this gap."),
        "forbidden": _("Somebody decided by hand that this seat is not given."),
        "not_available": _("Away, or in another session, at that time."),
        "language": _("The session is held in a language that the person does not read."),
        "travel": _("Held in another municipality, and this plan lets nobody travel."),
        "hours": _("Would make it %(yours)s hours, and %(theirs)s are allowed in this period."),
        "clash": _("At the same time as another seat of this plan."),
        "prerequisite": _("Another module must come first, and there is no seat in it before this one."),
        "unit_limit": _("The unit would have %(yours)s away that half day, and %(theirs)s may be."),
        "mixed_group": _("One municipality or profession already fills its share of this group."),
        "full": _("The session is full; whoever was admitted last gains %(theirs)s points, this seat %(yours)s."),
        "travel_money": _("The journey costs %(yours)s, and %(theirs)s are left in the budget."),
        "no_session": _("No session of this module is possible in the period."),
        "possible": _("Nothing stands in the way: the plan was stopped before it got there."),
    }.get(code)
    return str(sentence % numbers) if sentence is not None else _not_held(str(why.get("cause", "")), numbers)


def _not_held(cause: str, numbers: Mapping[str, str]) -> str:
    sentence = {
        "attendance": _("The session is not held: %(yours)s could come, and %(theirs)s are needed."),
        "budget": _("The session is not held: it costs %(yours)s, and %(theirs)s are left."),
        "occupied": _("The session is not held: its trainer or room is taken by another one."),
        "pinned_out": _("The session is not held: somebody decided so by hand."),
    }.get(cause, _("The session is not held: others close more for the same money and hours."))
    return str(sentence % numbers)


def session_sentence(why: Facts, *, is_held: bool) -> str:
    """Why a session is held or not."""
    if is_held:
        people = int(why.get("people", 0))
        return str(
            plural("Closes %(gain)s points for one person.", "Closes %(gain)s points for %(people)s people.", people)
            % {"gain": number(float(why.get("gain", 0)), 0), "people": number(people)}
        )
    facts = {name: number(float(why.get(name, 0)), 0) for name in ("yours", "theirs")}
    return _not_held(str(why.get("cause", "")), facts)


def _listed(names: list[str]) -> str:
    if len(names) < 2:  # noqa: PLR2004
        return names[0] if names else ""
    return str(_("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]})
