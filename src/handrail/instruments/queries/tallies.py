"""What is counted: true sums, for those who draw figures from them. No screen shows them as such but the number of answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Several
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from handrail.instruments.models import (
    Book,
    Collection,
    ColumnBlock,
    Columns,
    Drawn,
    Questionnaire,
    Response,
    ScaleUse,
    Tally,
    TallyDelta,
)
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
        rows = model.objects.filter(collection_id__in=ids).order_by().values_list("collection_id").annotate(n=Coalesce(Sum(what), 0))
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


def collections_asking(questionnaire: UUID) -> QuerySet[Collection]:
    """Everywhere a questionnaire's answers are collected, by its uid."""
    return Collection.objects.filter(version__questionnaire__uid=questionnaire).select_related("version__questionnaire")


def collections_to_recount() -> QuerySet[Collection]:
    """Collections with replaced answers in their columns that are over: what is shown of them does not change by it."""
    over = Q(closed_at__isnull=False) | Q(closes_on__lt=clock.today())
    return Collection.objects.filter(over, columns__gone__gt=0).select_related("version__questionnaire")


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
    return columns_read({columns: rows}, [question])[columns.pk, question]


def columns_read(wanted: Mapping[Columns, int], questions: Several[str]) -> dict[tuple[int, str], Any]:
    """The first rows of these columns of several collections, in one query: by collection's columns and question."""
    blocks: dict[tuple[int, str], list[tuple[int, bytes]]] = {}
    rows = ColumnBlock.objects.filter(columns__in=wanted, question__in=questions).order_by("number")
    for key, question, number, codes in rows.values_list("columns_id", "question", "number", "codes"):
        blocks.setdefault((key, question), []).append((number, bytes(codes)))
    found: dict[tuple[int, str], Any] = {}
    for columns, count in wanted.items():
        for question in questions:
            if question in columns.books:
                kind = columns.books[question]["kind"]
                whole = rules.empty(kind, count)
                for number, codes in blocks.get((columns.pk, question), ()):
                    block = rules.read(kind, codes)[: max(0, count - number * rules.ROWS)]
                    whole[number * rules.ROWS : number * rules.ROWS + len(block)] = block
                found[columns.pk, question] = whole
    return found
