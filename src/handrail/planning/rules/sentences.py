"""The planner's facts as one true sentence each. None tells anybody's level, nor how far somebody is from the target."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from handrail.kit.text import _, money, number, plural

Facts = Mapping[str, Any]
FEW = 5  # a figure of fewer people is not told


def seat_sentence(why: Facts, *, competences: Mapping[str, str]) -> str:
    """Why somebody has a seat: what it trains, and how it compares with the best other seat that was left."""
    if why.get("code") == "pin":
        return str(_("Somebody decided this seat by hand."))
    trains = listed([competences[str(gap["competence"])] for gap in why.get("gaps", ()) if str(gap["competence"]) in competences])
    if not trains:
        return str(_("Closes a gap to what the role asks for."))
    gain, second = float(why.get("gain", 0)), float(why.get("second_gain", 0))
    if second <= 0:
        sentence = _("Trains %(what)s, which the role asks for. No other seat was left that would help.")
    elif gain > second:
        sentence = _("Trains %(what)s, which the role asks for. The next best seat would have closed less.")
    elif gain == second:
        sentence = _("Trains %(what)s, which the role asks for. Another seat was left that closes as much.")
    else:
        sentence = _("Trains %(what)s, which the role asks for. Another seat closes more here, but all together the plan closes more this way.")
    return str(sentence % {"what": trains})


def refusal_sentence(code: str, why: Facts, *, currency: str = "SEK") -> str:
    """Why somebody does not get a module: the first fact that stands in the way, with its numbers."""
    if code == "not_held":
        return _not_held(why, currency)
    yours, theirs = float(why.get("yours", 0)), float(why.get("theirs", 0))
    if code == "full":
        if yours > theirs:
            return str(_("The session is full. Somebody else's seat closes slightly less; lock this seat if it should be given instead."))
        return str(_("The session is full, and everybody who got a seat closes at least as much with it."))
    if code == "travel_money":
        return str(_("The journey costs %(cost)s, and %(left)s are left of the budget.") % {"cost": _amount(yours, currency), "left": _amount(theirs, currency)})
    sentence = {
        "not_needed": _("Not needed: the other seats of this plan close this gap."),
        "forbidden": _("Somebody decided by hand that this seat is not given."),
        "not_available": _("Away at that time, in another session, or first to attend one that must come before."),
        "language": _("The session is held in another language than the person chose."),
        "travel": _("Held in another municipality, and this plan lets nobody travel."),
        "hours": _("Would make it %(yours)s hours, and %(theirs)s are left in this period."),
        "clash": _("At the same time as another seat of this plan."),
        "prerequisite": _("Another module must come first, and there is no seat in it before this one."),
        "unit_limit": _("The unit would have %(yours)s away that half day, and %(theirs)s may be."),
        "mixed_group": _("One municipality or one profession already fills its share of this group."),
        "no_session": _("No session of this module is possible in the period."),
        "possible": _("Nothing stands in the way; the search did not get there. Lock the seat to have it in the next plan."),
    }.get(code, _("The plan closes more without this seat."))
    return str(sentence % {"yours": _count(yours), "theirs": _count(theirs)})


def session_sentence(why: Facts, *, is_held: bool, currency: str = "SEK") -> str:
    """Why a session is held or not."""
    if not is_held:
        return _not_held(why, currency)
    people, levels = int(why.get("people", 0)), int(why.get("levels", 0))
    if people < FEW:
        return str(plural("Held for one person.", "Held for %(people)s people.", people) % {"people": number(people)})
    return str(_("Held because it closes %(levels)s steps for %(people)s people.") % {"levels": number(levels), "people": number(people)})


def conflict_sentence(kind: str, *, session: str = "", number: str = "") -> str:
    """One part of what cannot hold together: a decision with its session and seat, or a rule."""
    sentence = {
        "pin_seat": _("Locked seat: participant %(number)s in “%(session)s”."),
        "pin_held": _("Locked: “%(session)s” is held."),
        "pin_not_held": _("Locked: “%(session)s” is not held."),
        "occupied": _("“%(session)s” cannot be held: its room or trainer is taken by a planned session."),
        "minimum": _("Rule: a session is held from its smallest number of people on."),
        "maximum": _("Rule: nobody beyond the seats there are."),
        "unit_absence": _("Rule: no more of a unit away in one half day than its limit."),
        "mixed_group": _("Rule: group work is mixed; at most 60 per cent from one municipality or profession."),
        "trainer": _("Rule: a trainer holds one session at a time."),
        "room": _("Rule: a room holds one session at a time."),
        "budget": _("Rule: the budget is kept."),
        "module_twice": _("Rule: nobody takes a module twice."),
        "hours": _("Rule: nobody gets more hours than asked for."),
        "clash": _("Rule: nobody is in two sessions at once."),
        "prerequisite": _("Rule: what a module builds on comes first."),
        "not_found": _("The search did not bring every locked session to its smallest number of people. Lift a lock, lower that number, or ask once more."),
        "check": _("The plan that was found breaks one of its own rules, so it is not proposed. Nothing was changed; tell whoever runs the service."),
    }[kind]
    return str(sentence) % {"session": session, "number": number}


def listed(names: list[str]) -> str:
    """Names in a row: A, B and C."""
    if len(names) < 2:
        return names[0] if names else ""
    return str(_("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]})


def _not_held(why: Facts, currency: str) -> str:
    cause, yours, theirs = str(why.get("cause", "")), float(why.get("yours", 0)), float(why.get("theirs", 0))
    if cause == "budget":
        return str(_("Not held: it costs %(cost)s, and %(left)s are left of the budget.") % {"cost": _amount(yours, currency), "left": _amount(theirs, currency)})
    sentence = {
        "attendance": _("Not held: %(yours)s could come, and at least %(theirs)s are needed."),
        "occupied": _("Not held: its trainer or room is taken by another session."),
        "no_need": _("Not held: everybody who needs it has a seat in another session."),
        "pinned_out": _("Not held: somebody decided so by hand."),
    }.get(cause, _("Not held: other sessions close more for the same money and hours."))
    return str(sentence % {"yours": _count(yours), "theirs": _count(theirs)})


def _count(value: float) -> str:
    return number(value, 0 if value.is_integer() else 1)


def _amount(value: float, currency: str) -> str:
    return money(Decimal(str(round(value))), currency)
