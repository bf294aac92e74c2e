"""What the library shows on lower screens: its station, what waits, what the search finds, what erasure takes."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from handrail.kit import clock
from handrail.kit.slots import Panel, Station, Waiting, fill
from handrail.kit.text import _
from handrail.library import access, queries, rules
from handrail.library.models import Practice
from handrail.people.models import Person
from handrail.people.rules import Part
from handrail.programmes.models import Programme
from handrail.research.models import Code

MOST, IN_SEARCH = 20, 6
State = Practice.State


@fill("shell.stations")
def stations(person: Person, programme: Programme | None) -> list[Station]:
    """The library, for those who write or read it from the inside."""
    if programme is None or not access.may_read_library(person, programme):
        return []
    url = reverse("library:board", args=[programme.uid])
    return [Station(45, _("Toolbox"), url, url)]


@fill("home.waiting", order=25, where=lambda person, _programme: queries.reviews_waiting_for(person))
def reviews_waiting(person: Person, programme: Programme | None) -> list[Waiting]:
    """Practices that one was asked to review."""
    rows = list(queries.reviews_waiting_for(person).order_by("due_on", "id")[:MOST])
    titles = queries.working_titles([one.version.practice for one in rows])
    return [
        Waiting(
            title=_("Review: %(title)s") % {"title": titles.get(one.version.practice_id, "")}, why=_("Two people look at each practice before it is published."), act=_("Review"),
            url=reverse("library:review", args=[one.uid]), due=one.due_on, is_overdue=one.due_on < clock.today(),
        )
        for one in rows
    ]  # fmt: skip


@fill("home.waiting", order=26, where=lambda person, _programme: queries.kept_waiting(person))
def practices_waiting(person: Person, programme: Programme | None) -> list[Waiting]:
    """What whoever keeps the library decides: reviewers to choose, something to publish, something that may be out of date."""
    if programme is None:
        return []
    rows = list(queries.kept_waiting(person).filter(programme=programme).order_by("made_at", "id")[:MOST])
    titles = queries.working_titles(rows)
    why = {
        State.SUBMITTED: (_("It was handed in; two people should review it."), _("Choose reviewers")),
        State.IN_REVIEW: (_("Everybody who was asked has reviewed it."), _("Decide")),
        State.OUTDATED: (_("Its review date has passed."), _("Look at it")),
    }  # fmt: skip
    return [
        Waiting(title=titles.get(one.pk, one.slug), why=why[State(one.state)][0], act=why[State(one.state)][1], url=reverse("library:practice", args=[one.uid]))
        for one in rows
    ]


@fill("search", order=45)
def search(person: Person, programme: Programme | None, words: str) -> list[dict[str, Any]]:
    """Practices that everybody reads, by words in any language."""
    cards = queries.cards_of(queries.practices_found({"q": words})[:IN_SEARCH]) if any(rules.looked_for(words, ["en"])) else []
    return [
        {"kind": _("Good practices"), "title": one.text.title, "line": f"{one.practice.brought_by}, {one.country}", "url": reverse("library:card", args=[one.practice.slug])}
        for one in cards
    ]


@fill("erasure.parts", order=35)
def parts_of_library(person: Person) -> list[Part]:
    """Being named as somebody to ask."""
    return [
        Part(_("Being named as the contact person of a good practice, and reviews that the person was asked for and had not finished.")),
        Part(_("Good practices, finished reviews and results that the person wrote for an organisation; they name nobody."), "stays"),
    ]


@fill("code.panels")
def card_of_passages(person: Person, code: Code) -> list[Panel]:
    """On what people say under a code: begin a practice card from it."""
    if not access.may_draft_from(person, code):
        return []
    return [Panel(50, "library/_draft_panel.html", {"code": code})]
