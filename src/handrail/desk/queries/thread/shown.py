"""A thread as its screen shows it: steps, drawing, the way up, and why one sees what one sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from handrail.desk.queries.thread.facts import Facts, facts_of
from handrail.desk.queries.thread.gaps import Gap, gap_of
from handrail.desk.queries.thread.starts import start_of
from handrail.desk.queries.thread.steps import Step, steps_of
from handrail.desk.queries.thread.trail import Level, NotThereError, Trail
from handrail.desk.queries.thread.upward import what_came_of
from handrail.desk.queries.thread.walk import walk
from handrail.kit import drawing
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.programmes.models import Programme


@dataclass(frozen=True)
class Thread:
    """What the screen needs."""

    programme: Programme
    title: Any
    steps: list[Step]
    up: list[dict[str, Any]]
    note: Any
    trail: list[tuple[Any, str]]
    station: str  # the address of the station at which the reader stands


def thread_of(viewer: Person, kind: str, uid: UUID, *, via: list[UUID], organisation: UUID | None = None) -> Thread | None:
    """The thread from a record as this reader may follow it; None where there is nothing that may be opened."""
    try:
        trail = start_of(viewer, kind, uid, via=via, organisation=organisation)
        walk(trail)
    except NotThereError:
        return None
    facts = facts_of(trail)
    gap = gap_of(trail, facts) if trail.competence is not None else Gap(closed=_("No mapping has been drawn yet."))
    steps = steps_of(trail, facts, gap)
    _draw(steps, trail, facts, gap)
    return Thread(trail.programme, _title(trail, steps), steps, what_came_of(trail), _why(trail, facts), _breadcrumb(trail, facts), _station(trail))


def _draw(steps: list[Step], trail: Trail, facts: Facts, gap: Gap) -> None:
    """Each row its piece of the rope: all records at the top, one from the competence on, and the other voices below the gap."""
    kinds = [str(one["kind"]) for one in steps]
    narrow = next((index for index, one in enumerate(kinds) if one == str(_("Competence"))), max(0, len(steps) - 2))
    voice_row = kinds.index(str(_("Gap"))) if not gap.closed and not gap.is_own and str(_("Gap")) in kinds else None
    records = facts.lines or facts.sessions_held or facts.outcomes or facts.competences
    slices = drawing.rope(len(steps), records=records, narrow=narrow, voices=gap.people if voice_row is not None else 0, voice_row=voice_row)
    for step, piece in zip(steps, slices, strict=True):
        step["slice"] = piece


def _title(trail: Trail, steps: list[Step]) -> Any:
    """Where the thread begins; never a name."""
    big = steps[0].get("big") if steps else None
    if big:
        return _("The thread from %(figure)s") % {"figure": big}
    return {
        Level.SESSION: _("The thread from a session"), Level.OUTCOME: _("The thread from a learning outcome"),
        Level.COMPETENCE: _("The thread from a competence"),
    }.get(trail.start, _("The thread"))  # fmt: skip


def _breadcrumb(trail: Trail, facts: Facts) -> list[tuple[Any, str]]:
    programme, here = trail.programme, (_("The thread"), "")
    if trail.kind in {"rating", "submission"}:
        return [(_("Home"), reverse("desk:home")), here]
    if trail.sight.sees_totals and trail.start <= Level.MINUTES:
        return [(_("Evidence"), reverse("desk:evidence", args=[programme.uid])), (_("Hours"), reverse("evidence:hours", args=[programme.uid])), here]
    if facts.is_own and trail.start <= Level.MINUTES:
        return [(_("My months"), reverse("evidence:hours_mine", args=[programme.uid])), here]
    if trail.start == Level.SESSION and facts.opens_session and trail.session is not None:
        return [(_("Session"), reverse("delivery:session_detail", args=[trail.session.uid])), here]
    if trail.start == Level.OUTCOME and trail.outcome is not None:
        return [(_("Module"), reverse("curriculum:module_detail", args=[trail.outcome.module.uid])), here]
    return [(_("Home"), reverse("desk:home")), here]


def _station(trail: Trail) -> str:
    """Figures stand under Evidence; for those who have no such station the thread is at none."""
    return reverse("desk:evidence", args=[trail.programme.uid])


def _why(trail: Trail, facts: Facts) -> Any:
    """Why the reader sees what stands here, and who sees the rest."""
    sight = trail.sight
    if sight.is_auditor:
        return _("You see participation numbers, hours, signatures and sessions. Ratings and answers belong to those who gave them.")
    if facts.is_own:
        return _("You see your own hours, sessions and answers. Your manager sees your answers only while you share them.")
    if sight.is_owner:
        return _("You see totals for every municipality. Names are seen by each municipality's process leader, answers by the person alone and the manager they share with.")
    if sight.led:
        return _("You see the hours and sessions of your municipality's people because you are its process leader. An auditor sees the same way with a number instead of the name.")
    if sight.map.is_manager:
        return _("You see the hours and sessions of the people whose line manager you are. You see an answer only while the person shares it with you.")
    return _("You see what your part in the programme needs. Names, hours and answers of others are seen by those whom it concerns.")
