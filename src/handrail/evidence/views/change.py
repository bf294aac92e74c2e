"""What changed: confidence and levels, before, after and six months later."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from handrail.evidence import access, queries, rules
from handrail.instruments.models import Round
from handrail.kit import drawing
from handrail.kit.screens import page, screen
from handrail.kit.text import _, number, percent
from handrail.people.models import Organisation, Person
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to


@screen(programmes_visible_to, may=access.may_see_change)
def change(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The finding, the answers by question, and the levels by competence and unit."""
    person: Person = request.person  # type: ignore[attr-defined]
    is_owner = access.is_coordinator(person, programme)
    offered = list(queries.organisations_of(programme) if is_owner else queries.organisations_of(programme).filter(pk__in=queries.led_organisations(person, programme)))
    chosen = next((one for one in offered if str(one.uid) == request.GET.get("of", "")), None)
    if request.GET.get("of") and chosen is None:
        raise Http404
    seen = None if is_owner else [one.pk for one in offered]
    answers = queries.confidence_answers(programme)
    shown = [(one, queries.phases_of(answers, one.name, organisation=chosen.pk if chosen else None, seen=seen)) for one in answers.asked]
    levels = queries.level_changes(programme, organisation=chosen, seen=seen)
    middle, questions, paired = _bars(shown)
    return page(
        request, "evidence/change.html", programme=programme, heading=_heading(shown), lead=_lead(shown), questions=questions, paired=paired, middle=middle,
        scale=answers.asked[0].scale if answers.asked else (), hidden=_hidden(shown), choices=_choices(programme, offered, chosen),
        levels=_slopes(levels), units=_slopes(queries.unit_changes(programme, chosen)) if chosen else [], chosen=chosen,
        has_answers=any(phases for _one, phases in shown),
        by_place=_places(answers, offered, seen) if is_owner and not chosen else [],
    )  # fmt: skip


Shown = list[tuple[Any, list[queries.PhaseCounts]]]


def _bars(shown: Shown) -> tuple[str, list[dict[str, Any]], list[dict[str, Any]]]:
    """All questions on one scale, everybody's answers and those of people who answered both times; hidden phases have no bar."""
    rows = [(asked, one) for asked, phases in shown for one in phases if not one.is_hidden]
    middle, drawn = drawing.likert([(_phase(one), one.counts) for _asked, one in rows])
    everybody: dict[str, list[drawing.LikertRow]] = {}
    paired: dict[str, list[drawing.LikertRow]] = {}
    for (asked, one), row in zip(rows, drawn, strict=True):
        (paired if one.is_paired else everybody).setdefault(asked.name, []).append(row)
    both = [[{"text": asked.text, "rows": some[asked.name]} for asked, _phases in shown if asked.name in some] for some in (everybody, paired)]
    return middle, both[0], both[1]


def _phase(one: queries.PhaseCounts) -> str:
    return str(Round.Phase(one.phase).label)


def _hidden_phase(one: queries.PhaseCounts) -> str:
    return str(_("%(phase)s, same people")) % {"phase": _phase(one)} if one.is_paired else _phase(one)


def _hidden(shown: Shown) -> list[str]:
    """What is hidden, in words."""
    return [
        str(_("%(question)s – %(phase)s: hidden, fewer than five answers or too easily worked out.")) % {"question": asked.text, "phase": _hidden_phase(one)}
        for asked, phases in shown for one in phases if one.is_hidden
    ]  # fmt: skip


def _compared(shown: Shown, later: str) -> list[tuple[float, float, int]]:
    """The yes side before and at a later phase, for the questions where both may be shown."""
    found = []
    for _asked, phases in shown:
        by_phase = {one.phase: one for one in phases if not one.is_hidden and not one.is_paired}
        if Round.Phase.BEFORE in by_phase and later in by_phase:
            before, after = by_phase[Round.Phase.BEFORE], by_phase[later]
            found.append((rules.positive_share(before.counts), rules.positive_share(after.counts), after.n))
    return found


def _heading(shown: Shown) -> str:
    found = _compared(shown, Round.Phase.AFTER)
    if not found:
        return str(_("Change can be shown when people have answered before and after"))
    risen = sum(1 for before, after, _n in found if after > before)
    if not risen:
        return str(_("People do not feel more confident after the training"))
    return str(_("People feel more confident in %(risen)s of %(all)s questions")) % {"risen": number(risen), "all": number(len(found))}


def _lead(shown: Shown) -> str:
    parts = []
    for later, words in (
        (Round.Phase.AFTER, _("On average %(after)s answer on the yes side after the training, %(before)s before (%(n)s answers).")),
        (Round.Phase.LATER, _("Six months later it is %(after)s (%(n)s answers).")),
    ):
        if found := _compared(shown, later):
            before, after = (sum(one[index] for one in found) / len(found) for index in (0, 1))
            parts.append(str(words) % {"before": percent(before, 0), "after": percent(after, 0), "n": number(max(one[2] for one in found))})
    return " ".join(parts)


def _choices(programme: Programme, offered: list[Organisation], chosen: Organisation | None) -> list[dict[str, Any]]:
    base = reverse("evidence:change", args=[programme.uid])
    every = {"label": queries.all_words(programme), "url": base, "current": chosen is None}
    return [every, *({"label": one.short_name, "url": f"{base}?of={one.uid}", "current": one == chosen} for one in offered)]


def _slopes(changes: list[queries.LevelChange]) -> list[dict[str, Any]]:
    return [
        {"label": one.label, "hidden": True, "n": ""} if one.is_hidden else {
            "label": one.label, "before": number(one.before, 1), "after": number(one.after, 1), "n": number(one.n),
            "slope": drawing.slope(one.before, one.after, lowest=0),
        }
        for one in changes
    ]  # fmt: skip


def _places(answers: queries.Answers, offered: list[Organisation], seen: list[int] | None) -> list[dict[str, Any]]:
    """The yes side by municipality, all questions together: one row each, before, after and later."""
    rows = []
    for place in offered:
        shown = [(one, queries.phases_of(answers, one.name, organisation=place.pk, seen=seen)) for one in answers.asked]
        cells = []
        for phase in Round.Phase.values:
            some = [one for _asked, phases in shown for one in phases if one.phase == phase and not one.is_paired]
            if not some:
                cells.append("–")
            elif any(one.is_hidden for one in some):
                cells.append(str(_("hidden")))
            else:
                share = sum(rules.positive_share(one.counts) for one in some) / len(some)
                cells.append(f"{percent(share, 0)} ({number(max(one.n for one in some))})")
        rows.append({"label": place.short_name, "cells": cells})
    return rows
