"""A person's levels in the shapes that the components take."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from handrail.competences import queries
from handrail.competences.models import Framework, Rating
from handrail.competences.queries import LevelRow
from handrail.kit import drawing as draw
from handrail.kit import slots
from handrail.kit.text import _, date_medium, number, signed
from handrail.people.models import Person
from handrail.people.queries import names_visible_to


def levels(person: Person, *, may_observe: bool = False) -> dict[str, Any]:
    """Competence by competence: before, target, sessions, after, and each kind of rating by itself."""
    rows = queries.levels_of(person)
    if not rows:
        return {"areas": [], "profile": None, "finding": ""}
    framework = rows[0].competence.framework
    framework = queries.framework_by_uid(framework.uid) or framework
    sessions = slots.gathered("levels.sessions", person, [row.competence.pk for row in rows])
    for row in rows:
        row.sessions = [one for one in sessions if one.competence_id == row.competence.pk]
    areas: dict[int, dict[str, Any]] = {}
    for row in rows:
        area = areas.setdefault(row.competence.area_id, {"name": row.competence.area, "rows": []})
        area["rows"].append(_row(framework, row, person if may_observe else None))
    return {
        "areas": list(areas.values()), "profile": queries.profile_name(person, framework), "finding": finding(rows),
        "scale": [f"{level} {name}" for level, name in queries.level_names(framework)],
    }  # fmt: skip


def finding(rows: list[LevelRow]) -> Any:
    """What the levels say, in one sentence."""
    changed = [row for row in rows if row.change is not None]
    up = sum((row.change or 0) > 0 for row in changed)
    if changed:
        return _("Higher in %(up)d of the %(all)d competences that were rated before and after.") % {"up": up, "all": len(changed)}
    rated = [row for row in rows if row.now and row.target is not None]
    reached = sum(row.gap == 0 for row in rated)
    if rated:
        return _("At the target or above in %(reached)d of %(all)d competences.") % {"reached": reached, "all": len(rated)}
    return _("Nobody has rated anything yet.")


def _row(framework: Framework, row: LevelRow, observed: Person | None) -> dict[str, Any]:
    now, target = row.now, row.target
    line = draw.level_line(now.level, target, lowest=0) if now and target is not None else None
    return {
        "name": str(row.competence), "target": _("%(level)s %(name)s") % {"level": number(target), "name": queries.level_name(framework, target)} if target is not None else "–",
        "line": line, "value": number(now.level) if now else "", "distance": signed(now.level - target, 0) if now and target is not None else "",
        "ratings": [
            (_("Own, before"), _said(framework, row.before)), (_("Own, after"), _said(framework, row.after)),
            (_("Manager's"), _said(framework, row.manager_after or row.manager_before)), (_("Seen at work"), _said(framework, row.observed)),
        ],
        "note": row.observed.note if row.observed else "", "sessions": row.sessions,
        "observe_url": reverse("competences:level_observe", args=[observed.uid, row.competence.uid]) if observed else "",
    }  # fmt: skip


def _said(framework: Framework, rating: Rating | None) -> str:
    if rating is None:
        return "–"
    return f"{number(rating.level)} {queries.level_name(framework, rating.level)}, {date_medium(rating.rated_at)}"


def sharing(person: Person) -> list[dict[str, Any]]:
    """Line managers with what each may see now, and whether one asks."""
    managers = list(queries.line_managers_of(person))
    names = names_visible_to(person, [one.pk for one in managers], also=[one.pk for one in managers])
    sharing_with = {one.manager_id: one for one in queries.sharings_of(person)}
    asking = {one.manager_id for one in queries.requests_of(person)}
    return [
        {"manager": one, "name": names[one.pk], "since": sharing_with[one.pk].agreed_at if one.pk in sharing_with else None, "asks": one.pk in asking}
        for one in managers
    ]
