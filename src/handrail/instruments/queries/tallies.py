"""What is counted: true sums, for those who draw figures from them. No screen shows them as such but the number of answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from handrail.instruments.models import Book, Collection, ColumnBlock, Columns, Drawn, Questionnaire, Response, ScaleUse, Tally, TallyDelta
from handrail.instruments.queries.forms import form_of
from handrail.instruments.rules import columns as rules
from handrail.instruments.rules.instruments_scored import scored
from handrail.instruments.rules.tallying import Sums, add_answers, add_sums, counted
from handrail.kit import clock

Heap = dict[tuple[int, str, str], tuple[int, Sums]]  # version, language, period -> people and sums


def people_answered(collections: Iterable[Collection]) -> dict[int, int]:
    """How many answered in each collection, to the last one: what is added up, and what came since."""
    ids = [one.pk for one in collections]
    found: dict[int, int] = dict.fromkeys(ids, 0)
    for model, what in ((Tally, "people"), (TallyDelta, "sign")):
        rows = model.objects.filter(collection_id__in=ids).order_by().values_list("collection_id").annotate(n=Coalesce(Sum(what), 0))  # type: ignore[attr-defined]
        for collection, count in rows:
            found[collection] += count
    return found


def active_scales(questionnaire: Questionnaire) -> dict[str, str]:
    """The published instruments that a questionnaire uses, each with where its words come from."""
    return dict(ScaleUse.objects.filter(questionnaire=questionnaire).values_list("scale", "source"))


def whole(collection: Collection) -> Heap:
    """Everything that is counted of a collection now: what is added up, and what came since."""
    heap: Heap = {(row.version_id, row.language, row.period): (row.people, row.sums) for row in Tally.objects.filter(collection=collection)}
    scales = active_scales(collection.version.questionnaire)
    for delta in TallyDelta.objects.filter(collection=collection).select_related("version"):
        add_to(heap, delta, with_scores(delta, scales))
    return {key: value for key, value in heap.items() if value[0] or value[1]}


def with_scores(delta: TallyDelta, scales: Mapping[str, str]) -> dict[str, Any]:
    """What a response adds, the scores of published instruments included."""
    return {**delta.counted, **scored(form_of(delta.version), scales, delta.counted)} if scales else delta.counted


def add_to(heap: Heap, delta: TallyDelta, given: Mapping[str, Any]) -> None:
    """Add one response, or take it away."""
    key = (delta.version_id, delta.language, delta.period)
    people, sums = heap.get(key, (0, {}))
    add_answers(sums, dict(given), sign=delta.sign)
    heap[key] = (people + delta.sign, sums)


def counted_of(response: Response) -> dict[str, Any]:
    """What of a response is counted."""
    return counted(form_of(response.version), response.answers)


def atoms_of(heap: Heap) -> list[dict[str, Any]]:
    """The same by language: people, and the sums of all versions together."""
    people: dict[str, int] = defaultdict(int)
    sums: dict[str, Sums] = defaultdict(dict)
    for (_version, language, _period), (count, some) in sorted(heap.items(), key=lambda one: one[0]):
        people[language] += count
        add_sums(sums[language], some)
    return [{"language": language, "people": people[language], "sums": sums[language]} for language in sorted(people) if people[language]]


def people_added(collections: Iterable[int]) -> dict[int, int]:
    """How many of each collection are added up."""
    rows = Tally.objects.filter(collection_id__in=list(collections)).order_by().values_list("collection_id")
    return dict(rows.annotate(n=Coalesce(Sum("people"), 0)))


def atoms_added(collection: int) -> list[dict[str, Any]]:
    """What is added up of a collection, by language."""
    return atoms_of({(row.version_id, row.language, row.period): (row.people, row.sums) for row in Tally.objects.filter(collection_id=collection)})


def collections_of(questionnaire: Questionnaire) -> QuerySet[Collection]:
    """Everywhere a questionnaire's answers are collected."""
    return Collection.objects.filter(version__questionnaire=questionnaire).select_related("organisation", "version")


def is_over(collection: Collection) -> bool:
    """Whether nothing more comes in: closed, or past its last day."""
    return collection.closed_at is not None or collection.closes_on < clock.today()


def collections_to_add() -> list[int]:
    """Collections of which something came that is not yet added."""
    return list(TallyDelta.objects.order_by().values_list("collection_id", flat=True).distinct())


def books_to_move() -> QuerySet[Book]:
    """Books with a collection that is over and not yet drawn to its end."""
    over = Q(collection__closed_at__isnull=False) | Q(collection__closes_on__lt=clock.today())
    waiting = Drawn.objects.filter(over, is_final=False).order_by().values("collection__version__questionnaire_id")
    return Book.objects.filter(questionnaire_id__in=waiting).select_related("questionnaire")


def column(columns: Columns, question: str, rows: int) -> Any:
    """The first rows of one column; what has no block has no answer."""
    kind = columns.books[question]["kind"]
    blocks = ColumnBlock.objects.filter(columns=columns, question=question, number__lt=-(-rows // rules.ROWS)).order_by("number")
    found: list[Any] = []
    for number, codes in blocks.values_list("number", "codes"):
        while len(found) < number:
            found.append(rules.empty(kind, rules.ROWS))
        block = rules.read(kind, bytes(codes))
        found.append(block if len(block) == rules.ROWS else np.concatenate([block, rules.empty(kind, rules.ROWS - len(block))]))
    while len(found) * rules.ROWS < rows:
        found.append(rules.empty(kind, rules.ROWS))
    return np.concatenate(found)[:rows] if found else rules.empty(kind, rows)
