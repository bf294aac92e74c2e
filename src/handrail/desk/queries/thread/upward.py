"""And up again: what came of a need, as far as its reader may count it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse

from handrail.curriculum.models import LearningOutcome
from handrail.delivery.models import Session
from handrail.delivery.queries import current_attendance
from handrail.desk.queries.thread.counting import counted
from handrail.desk.queries.thread.trail import Trail
from handrail.evidence.models import Certificate, CertificateLine
from handrail.evidence.queries import certificates_visible_to, counted_lines, level_changes
from handrail.kit.disclosure import is_shown
from handrail.kit.text import _, money, number, plural
from handrail.programmes.models import Programme

Item = dict[str, Any]


def what_came_of(trail: Trail) -> list[Item]:
    """Outcomes, sessions, people, levels before and after, months and their value, for the competence that the thread reached."""
    if trail.competence is None:
        return []
    programme, sight = trail.programme, trail.sight
    training = LearningOutcome.objects.filter(competence=trail.competence, module__programme=programme)
    modules = training.order_by().values("module_id")
    sessions = Session.objects.filter(programme=programme, audience=Session.Audience.STAFF, module_id__in=modules)
    states = counted(
        programme, outcomes=training, held=sessions.filter(state=Session.State.HELD), planned=sessions.filter(state=Session.State.PLANNED),
    )  # fmt: skip
    outcomes, there = states["outcomes"], _people(programme, modules)
    items: list[Item] = [
        {
            "title": plural("%(n)s learning outcome", "%(n)s learning outcomes", outcomes) % {"n": number(outcomes)},
            "text": _("for this competence"), "url": reverse("curriculum:module_list", args=[programme.uid]),
        },
        {
            "title": plural("%(n)s session", "%(n)s sessions", states["held"]) % {"n": number(states["held"])},
            "text": _("held; planned ahead: %(n)s") % {"n": number(states["planned"])},
            "url": reverse("delivery:session_list", args=[programme.uid]) if sight.sees_totals else "",
        },
    ]  # fmt: skip
    if there == 0 or is_shown(there):
        items.append({"title": plural("%(n)s person", "%(n)s people", there) % {"n": number(there)}, "text": _("were at one or more of them")})
    else:
        items.append({"title": _("Fewer than five people"), "text": _("were at one or more of them")})
    return [*items, *_levels(trail), *_months(trail, modules)]


def _people(programme: Programme, modules: QuerySet[Any]) -> int:
    there = current_attendance(programme).filter(session__module_id__in=modules, minutes__gt=0)
    return there.order_by().values("person").distinct().count()


def _levels(trail: Trail) -> list[Item]:
    """Levels before and after of the same people, for the project owner and process leaders; never of fewer than five."""
    sight = trail.sight
    if sight.is_auditor or not (sight.is_owner or sight.led) or trail.competence is None:
        return []
    place = trail.organisation if trail.organisation and (sight.is_owner or trail.organisation.pk in sight.led) else None
    changes = level_changes(trail.programme, organisation=place, seen=None if sight.is_owner else sorted(sight.led), only=trail.competence)
    url = reverse("evidence:change", args=[trail.programme.uid]) + (f"?of={place.uid}" if place else "")
    where = str(place) if place else _("all municipalities")
    if not changes:
        return []
    if changes[0].is_hidden:
        return [{"title": _("Level: hidden"), "text": _("fewer than five rated themselves twice, or it could be worked out"), "url": url}]
    words = {"place": where, "n": number(changes[0].n)}
    text = plural("level before and after, %(place)s, %(n)s answer", "level before and after, %(place)s, %(n)s answers", changes[0].n) % words
    return [{"title": f"{number(changes[0].before, 1)} → {number(changes[0].after, 1)}", "text": text, "url": url}]


def _months(trail: Trail, modules: QuerySet[Any]) -> list[Item]:
    """Certified months that hold such a session, with their value: of those whose hours the reader may see, for the owner of all."""
    programme, sight = trail.programme, trail.sight
    seen: QuerySet[Certificate] = Certificate.objects.all() if sight.is_owner else certificates_visible_to(sight.viewer)
    holding = CertificateLine.objects.filter(attendance__session__module_id__in=modules).values("certificate_id")
    certified = seen.filter(programme=programme, state=Certificate.State.CERTIFIED, pk__in=holding)
    lines = counted_lines(programme).filter(certificate__in=certified.values("pk"))
    sums = lines.aggregate(months=Count("certificate", distinct=True), hours=Sum("hours", default=0), amount=Sum("amount", default=Decimal(0)))
    if not sums["months"]:
        return []
    text = plural(
        "certified, with %(n)s hour, counting every session of those months", "certified, with %(n)s hours, counting every session of those months",
        sums["hours"],
    ) % {"n": number(sums["hours"])}  # fmt: skip
    words = {"n": number(sums["months"]), "amount": money(sums["amount"], programme.currency)}
    url = reverse("evidence:hours", args=[programme.uid]) if sight.sees_totals else ""
    return [{"title": plural("%(n)s month, %(amount)s", "%(n)s months, %(amount)s", sums["months"]) % words, "text": text, "url": url}]
