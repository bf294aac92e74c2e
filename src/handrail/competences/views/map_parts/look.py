"""What the address of a map asks for, and what is there to see for this person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from handrail.competences import queries
from handrail.competences.forms import MapFilters
from handrail.competences.models import Framework, MapRelease, Rating, RoleProfile
from handrail.competences.queries import ColumnView, MapTable, Sight, UnitPart
from handrail.competences.views.map_parts.figures import column_name, is_meant
from handrail.kit.tables import Paged, paged, with_query
from handrail.kit.text import _, plural, signed, spelled
from handrail.people.models import Organisation
from handrail.programmes.models import Programme

UNITS_A_PAGE = 25


@dataclass
class Look:
    """What the address asks for, and what is there to see."""

    request: HttpRequest
    programme: Programme
    sight: Sight
    framework: Framework | None = None
    release: MapRelease | None = None
    releases: list[MapRelease] = field(default_factory=list)
    kind: str = queries.SELF
    profile: RoleProfile | None = None
    profiles: list[RoleProfile] = field(default_factory=list)
    organisation: Organisation | None = None
    table: MapTable | None = None
    units: Paged | None = None  # the page of units that is drawn, where there are more than fit on one
    is_searched: bool = False

    @property
    def is_table(self) -> bool:
        """Whether the table is asked for instead of the map."""
        return self.request.GET.get("view") == "table"

    @property
    def is_preliminary(self) -> bool:
        """Whether answers still come in."""
        return self.release is not None and self.release.round is not None and self.kind not in self.release.closed_kinds


def look_at(request: HttpRequest, programme: Programme, *, whole: bool = False) -> Look:
    """Read the address: whose rating, which role profile, which measurement, which municipality, which of its units (`whole`: all, as in
    table and file). Raises Http404 for what one may not see."""
    asked, person = request.GET, request.person  # type: ignore[attr-defined]
    look = Look(request, programme, queries.sight_of(person, programme), queries.framework_of(programme))
    if look.framework is None:
        return look
    look.releases = [one for one in queries.releases_of(look.framework) if one.answers]
    look.release = queries.release_to_show(look.releases, asked.get("round", ""))
    if look.release is None:
        return look
    if look.sight.may_filter:
        look.kind = queries.MANAGER if asked.get("kind") == queries.MANAGER else queries.SELF
        wanted = asked.get("profile", "")
        look.profiles = list(queries.profiles_in(look.release))
        look.profile = next((one for one in look.profiles if str(one.uid) == wanted), None)
    look.organisation = _organisation(look, asked.get("in", ""))
    if look.organisation is not None:
        look.table = queries.units_table(
            look.framework, look.release, look.organisation, look.sight, kind=look.kind, profile=look.profile,
            part=None if whole or look.is_table else _part(look),
        )  # fmt: skip
    elif look.sight.municipalities:
        look.table = queries.municipalities_table(look.framework, look.release, look.sight, kind=look.kind, profile=look.profile)
    else:
        look.table = queries.own_units_table(look.framework, look.release, look.sight)
    return look


def _part(look: Look) -> UnitPart | None:
    """The units that were searched for, a page of them; the page of the opened column where none is named. None: all fit on one."""
    assert look.release is not None and look.organisation is not None
    units = queries.unit_names(look.release, look.organisation, kind=look.kind, profile=look.profile)
    if len(units) <= UNITS_A_PAGE:
        return None
    wanted = look.request.GET.get("q", "").casefold().split()
    look.is_searched = bool(wanted)
    found = [one for one in units if all(word in one.label.casefold() for word in wanted)]
    opened = look.request.GET.get("column", "")
    place = next((index for index, one in enumerate(found) if is_meant(column_name(one.uid), opened)), 0)
    look.units = paged(look.request, found, per_page=UNITS_A_PAGE, otherwise=1 + place // UNITS_A_PAGE)
    return UnitPart(look.units.rows, len(units))


def _organisation(look: Look, wanted: str) -> Organisation | None:
    if not wanted:
        return None
    try:
        found = queries.municipality(look.programme, UUID(wanted))
    except ValueError:
        raise Http404 from None
    if found is None or not look.sight.sees_units_of(found.pk):
        raise Http404
    return found


def frame(look: Look) -> dict[str, Any]:
    """Heading, finding, filters, and the ways to look at the same."""
    assert look.table is not None and look.release is not None
    found = look.table.widest_gap()
    chosen = {**look.request.GET.dict(), "kind": look.kind}
    chosen["round"] = str(look.release.round.uid) if look.release.round else ""
    few, neighbours = look.table.hidden()
    return {
        "filters": MapFilters(chosen=chosen, releases=look.releases, profiles=look.profiles, may_filter=look.sight.may_filter, may_search=look.units is not None),
        "finding": {"where": _where(look, found[1]), "competence": str(found[0]), "distance": signed(found[2].distance)} if found else None,
        "views": [
            {"label": _("Map"), "url": with_query(look.request, view=None, page=None, sort=None), "current": not look.is_table},
            {"label": _("Table"), "url": with_query(look.request, view="table", cell=None, column=None, page=None, q=None), "current": look.is_table},
        ],
        "files": [
            {"label": kind.upper(), "url": reverse("competences:map_file", args=[look.programme.uid, kind]) + _query(look.request)}
            for kind in ("xlsx", "csv")
        ],
        "shown_as": ", ".join(str(part) for part in (queries.measurement_name(look.release), Rating.Kind(look.kind).label, look.profile) if part),
        "hidden_note": hidden_note(few, neighbours),
        "trail": _trail(look), "units": look.units, "all_units_url": with_query(look.request, q=None, page=None, cell=None, column=None),
    }  # fmt: skip


def hidden_note(few: int, neighbours: int) -> str:
    """How many cells are hidden, and why."""
    if not few + neighbours:
        return ""
    text = str(plural("One cell is hidden.", "%(words)s cells are hidden.", few + neighbours) % {"words": spelled(few + neighbours).capitalize(), "n": few + neighbours})
    parts = [
        str(plural("One has fewer than five answers", "%(words)s have fewer than five answers", few) % {"words": spelled(few), "n": few}) if few else "",
        str(plural("one could otherwise be worked out from the sum", "%(words)s could otherwise be worked out from the sum", neighbours) % {"words": spelled(neighbours), "n": neighbours}) if neighbours else "",
    ]  # fmt: skip
    why = ", ".join(part for part in parts if part)
    return f"{text} {why[:1].upper()}{why[1:]}."


def _where(look: Look, column: ColumnView) -> Any:
    if column.is_total and look.organisation is None:
        return _("all %(count)s municipalities") % {"count": spelled(sum(not one.is_total for one in look.table.columns))}  # type: ignore[union-attr]
    return column.label


def _trail(look: Look) -> list[tuple[Any, str]]:
    if look.organisation is None:
        return []
    return [(_("All municipalities"), with_query(look.request, **{"in": None, "cell": None, "column": None, "page": None, "q": None})), (str(look.organisation), "")]


def _query(request: HttpRequest) -> str:
    found = with_query(request, page=None, q=None, cell=None, column=None)
    return found if found.startswith("?") else ""
