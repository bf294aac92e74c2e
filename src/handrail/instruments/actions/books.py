"""Books: what of a questionnaire's answers people see, drawn anew only when enough more have answered."""

from __future__ import annotations

from collections.abc import Collection as Several
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from handrail.instruments.actions.drawing import draw_figures
from handrail.instruments.actions.shuffling import shuffle_rows
from handrail.instruments.events import ScaleTakenUp
from handrail.instruments.models import Book, Collection, Columns, Drawn, Questionnaire, ScaleUse
from handrail.instruments.queries import tallies as queries
from handrail.instruments.queries.forms import form_of
from handrail.instruments.queries.questionnaires import latest_version
from handrail.instruments.rules.instruments_scored import check_licence, scales, scales_in
from handrail.instruments.rules.results import Reach, next_reach, steps_allowed
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person


@dataclass(frozen=True)
class Part:
    """One part by which answers are told apart: a country, a group, a round, with its collections."""

    code: str
    title: Mapping[str, str]
    collections: Sequence[Collection]


@transaction.atomic
def set_split(*, questionnaire: Questionnaire, name: str, title: Mapping[str, str], parts: Sequence[Part], is_round: bool = False) -> Book:
    """Say by what a questionnaire's answers are told apart (country, group, round), once for everybody; no other split can be asked for."""
    book = _held(questionnaire)
    split = {
        "name": name, "title": dict(title), "is_round": is_round,
        "parts": [{"code": one.code, "title": dict(one.title), "collections": sorted(each.pk for each in one.collections)} for one in parts],
    }  # fmt: skip
    kept = [one for one in book.splits if one["name"] != name]
    if split not in book.splits:
        book.splits = [*kept, split]
        book.moves += 1
        book.save(update_fields=["splits", "moves"])
        draw_figures(book)
    return book


@transaction.atomic
def mark_health(*, questionnaire: Questionnaire, questions: Several[str]) -> Book:
    """Say which questions are about health: their groups are hidden under ten."""
    book = _held(questionnaire)
    book.health = sorted(set(questions))
    book.moves += 1
    book.save(update_fields=["health", "moves"])
    draw_figures(book)
    return book


@transaction.atomic
def use_scale(*, questionnaire: Questionnaire, scale: str, source: str = "", by: Person | None) -> ScaleUse:
    """Take a published instrument into use in a questionnaire that asks all its items; nothing is scored before, and never without a licence."""
    found = scales().get(scale)
    if found is None:
        raise RuleBroken(_("This instrument is not known here."), field="scale")
    check_licence(found, source=source)
    if found not in scales_in(form_of(latest_version(questionnaire))):
        raise RuleBroken(_("The questionnaire does not ask all its items. Name the questions %(first)s to %(last)s.") % {"first": f"{scale}_1", "last": f"{scale}_{found.count}"}, field="scale")
    made, _new = ScaleUse.objects.update_or_create(
        questionnaire=questionnaire, scale=scale, defaults={"source": source.strip(), "used_by": by, "used_at": clock.now()}
    )
    announce(ScaleTakenUp(questionnaire.uid, questionnaire.programme.uid, scale), by=by)
    return made


def _held(questionnaire: Questionnaire) -> Book:
    Book.objects.get_or_create(questionnaire=questionnaire)
    return Book.objects.select_for_update(no_key=True).get(questionnaire=questionnaire)


@transaction.atomic
def move_book(*, book: Book) -> bool:
    """Let each collection be seen as far as it may be; answers whether any is seen further. The figures are drawn afterwards."""
    book = _held(book.questionnaire)
    collections = {one.pk: one for one in queries.collections_of(book.questionnaire)}
    drawn = {one.collection_id: one for one in Drawn.objects.filter(collection__in=collections)}
    for key in collections.keys() - drawn.keys():
        drawn[key] = Drawn(collection_id=key)
    rows = dict(Columns.objects.filter(collection__in=collections).values_list("collection_id", "rows"))
    now = queries.people_added(collections)
    plans = {
        key: next_reach(Reach(one.people, one.waiting["people"] if one.waiting else None, now.get(key, 0), queries.is_over(collections[key])))
        for key, one in drawn.items()
    }
    wanted: dict[Any, int] = {
        key: ((drawn[key].waiting or {}).get("people", 0) if shown == "waiting" else now.get(key, 0)) - drawn[key].people
        for key, (shown, _waits) in plans.items() if shown != "keep"
    }  # fmt: skip
    parts = [set(collections), *({key} for key in collections), *(part["collections"] for split in book.splits for part in split["parts"])]
    may = steps_allowed(wanted, {key: one.people for key, one in drawn.items()}, parts)
    moved = [
        _move(one, plans[key], key in may, rows.get(key, 0), now.get(key, 0), is_over=queries.is_over(collections[key])) for key, one in drawn.items()
    ]
    if any(moved) or not book.moves:
        _has_moved(book)
    return any(moved)


def _has_moved(book: Book) -> None:
    """Its figures are drawn anew soon, by whoever looks after that."""
    book.moves += 1
    book.save(update_fields=["moves"])


def _move(drawn: Drawn, plan: tuple[str, str], may: bool, rows: int, now: int, *, is_over: bool) -> bool:
    """Store what became of one collection; answers whether more (or less) of it is shown."""
    shown, waits = plan
    moved = may and shown != "keep"
    if not moved and waits == "keep" and drawn.is_final == is_over and drawn.pk:
        return False
    current: dict[str, Any] = {"people": now, "rows": rows, "atoms": queries.atoms_added(drawn.collection_id)} if "now" in plan else {}
    if current:
        shuffle_rows(drawn.collection_id, max(drawn.rows, (drawn.waiting or {}).get("rows", 0)), rows)
    if moved:
        chosen = current if shown == "now" else drawn.waiting or current
        drawn.people, drawn.rows, drawn.atoms = chosen["people"], chosen["rows"], chosen["atoms"]
    if shown == "now" and moved:
        drawn.waiting = None
    elif waits == "now":
        drawn.waiting = current
    drawn.is_final = is_over
    drawn.save()
    return moved


def settle_after_recount(*, collection: Collection, rows: int) -> None:
    """Lay what is drawn of a recounted collection beside its new columns; scores of an instrument taken up meanwhile come in with it.

    Where answers were changed since it was drawn, what is shown stays, and until it moves again its questions cannot be crossed.
    """
    drawn = Drawn.objects.filter(collection=collection).first()
    if drawn is None:
        return
    now = queries.atoms_added(collection.pk)
    is_same = queries.is_over(collection) and _unscored(drawn.atoms) == _unscored(now)
    drawn.rows, drawn.waiting = (rows, None) if is_same else (0, None)
    has_more = is_same and drawn.atoms != now
    if has_more:
        drawn.atoms = now
    drawn.save()
    if has_more:
        _has_moved(_held(collection.version.questionnaire))


def _unscored(atoms: Sequence[Mapping[str, Any]]) -> list[Any]:
    return [(one["language"], one["people"], {name: sums for name, sums in one["sums"].items() if not name.startswith("@")}) for one in atoms]
