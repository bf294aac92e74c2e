"""Why somebody has a seat, kept as codes and numbers and told as one true sentence.

A seat's `why` is {"code": …} with, by code:
- "gap": "competence" (uid), "now" and "target" (levels), perhaps "adds" (levels that the session adds); several in "gaps": [{…}, …], the largest first
- "role": "role" (a role's name): the course that prepares for it
- "pin": somebody decided it; "hand": invited by hand; "walk_in": came without an invitation; "repeat": missed an earlier time;
  "caseworker": a newcomer's place, given by who accompanies them
Levels are told to the person alone; everybody else reads the same reason without them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from handrail.kit.text import _, number


@dataclass(frozen=True)
class Why:
    """A reason told: the sentence, and the competence that it leads to."""

    text: str
    competence: str = ""


def gap_why(*, competence: UUID, now: float | None, target: float, adds: float | None = None) -> dict[str, Any]:
    """The reason of a seat that closes a gap, as it is kept."""
    return {"code": "gap", "competence": str(competence), "now": now, "target": target, **({} if adds is None else {"adds": adds})}


def why_sentence(why: Mapping[str, Any], *, own: bool, competences: Mapping[str, str], trains: str = "", roles: Mapping[str, Any] | None = None) -> Why:
    """One sentence that says why somebody has a seat. `own`: told to the person; `trains` names what the session trains."""
    code = why.get("code", "")
    facts = next(iter(why.get("gaps") or ()), why)
    competence = str(facts.get("competence", ""))
    name = competences.get(competence, "")
    if code == "gap" and name:
        return Why(_gap(facts, name, own=own), competence)
    if code == "role":
        role = (roles or {}).get(str(why.get("role")), "")
        return Why(str(_("This is the course for whoever is to be %(role)s.") % {"role": str(role).lower()}) if role else str(_("This is the course for the role.")))
    sentences = {
        "pin": _("Whoever plans decided that you should be here.") if own else _("Somebody decided this seat by hand."),
        "hand": _("You were invited by name.") if own else _("Invited by name."),
        "walk_in": _("You came without an invitation and were added on the spot.") if own else _("Came without an invitation and was added on the spot."),
        "caseworker": _("You and the person who accompanies you agreed on it.") if own else "",
        "repeat": _("You missed an earlier time, and this is the same session again.") if own else _("Missed an earlier time of the same session."),
    }
    if code in sentences:
        return Why(str(sentences[code]))
    if trains:
        return Why(str(_("The session trains %(trains)s.") % {"trains": trains}))
    return Why(str(_("You were invited to this session.") if own else _("Invited to this session.")))


def _gap(facts: Mapping[str, Any], name: str, *, own: bool) -> str:
    now, target = facts.get("now"), facts.get("target")
    if not own or target is None:
        return str(_("The session trains %(competence)s, which the role asks for.") % {"competence": name})
    words = {"competence": name, "now": _level(now), "target": _level(target)}
    if now is None:
        return str(_("Your role needs level %(target)s in %(competence)s, and you have not said yet where you stand.") % words)
    return str(_("You are at level %(now)s in %(competence)s. Your role needs %(target)s.") % words)


def _level(value: float | None) -> str:
    return "–" if value is None else number(value, 0 if float(value).is_integer() else 1)
