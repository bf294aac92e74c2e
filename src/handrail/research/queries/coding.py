"""Marks and who sees them: of a text that two read without seeing each other, a coder sees only their own until both are done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from handrail.kit import ids
from handrail.people.models import Person
from handrail.research import rules
from handrail.research.models import Code, Coding, CodingPart, CodingTask, SourceText, Study
from handrail.research.queries.sources import researched_studies, sources_read_by
from handrail.research.queries.studies import studies_visible_to


def open_task(text: SourceText) -> CodingTask | None:
    """The double coding of a text that is not over."""
    return text.tasks.filter(closed_at=None).prefetch_related("parts__coder__identity").first()


def part_of(task: CodingTask, person: Person) -> CodingPart | None:
    """A person's part in a double coding."""
    return next((one for one in task.parts.all() if one.coder_id == person.pk), None)


def may_mark_now(text: SourceText, person: Person) -> bool:
    """Whether nothing stands in the way of marking: while two read a text blind, only they mark, and each until done."""
    task = open_task(text)
    if task is None:
        return True
    part = part_of(task, person)
    return part is not None and part.done_at is None


def marks_seen(text: SourceText, person: Person) -> QuerySet[Coding]:
    """The marks of a text that a person sees now: while two read it blind, a coder only their own and everybody else none of theirs."""
    rows = Coding.objects.filter(text=text, removed_at=None).select_related("code", "coder__identity").order_by("start", "end", "pk")
    task = open_task(text)
    if task is None:
        return rows
    if part_of(task, person) is not None:
        return rows.filter(coder=person)
    return rows.exclude(coder__in=[one.coder_id for one in task.parts.all()])


def codings_of(person: Person) -> QuerySet[Coding]:
    """A person's own marks that still stand, in texts that they may read."""
    return Coding.objects.filter(coder=person, removed_at=None, text__source__in=sources_read_by(person)).select_related("text__source__study", "code")


def digest_of(marks: Sequence[Coding]) -> str:
    """A sign that differs when the marks differ."""
    return ids.hashed("|".join(f"{one.pk}:{len(one.memo)}" for one in marks))[:16]


def counted_codings(study: Study) -> QuerySet[Coding]:
    """The marks that a study's figures and quotes count: in agreed texts of nobody who withdrew, and of no text that two still read blind."""
    blind = CodingTask.objects.filter(text=OuterRef("text"), closed_at=None)
    return Coding.objects.filter(
        ~Exists(blind), removed_at=None, text__kind=SourceText.Kind.REDACTED, text__agreed_at__isnull=False, text__source__study=study,
        text__source__withdrawn_at=None,
    )  # fmt: skip


def codes_visible_to(person: Person) -> QuerySet[Code]:
    """The codes of studies that a person coordinates or does research in."""
    return Code.objects.filter(codebook__study__in=studies_visible_to(person)).select_related("codebook__study__programme", "parent")


def codes_written_by(person: Person) -> QuerySet[Code]:
    """The codes that a person may change: of the studies they do research in."""
    return Code.objects.filter(codebook__study__in=researched_studies(person)).select_related("codebook__study__programme", "parent")


@dataclass(frozen=True)
class Listed:
    """A code in the order of the book, with how deep it stands, and how many marks it has if that was asked."""

    code: Code
    depth: int
    marks: int = 0

    @property
    def tone(self) -> int:
        """Which of our tones it is shown in."""
        return rules.tone(self.code.colour) if self.code.colour else self.code.pk % rules.TONES + 1


def codebook_of(study: Study, *, counted: bool = False, retired: bool = False) -> list[Listed]:
    """A study's codes, each under the one above it."""
    rows = study.codebook.codes.order_by("order", "pk")
    if not retired:
        rows = rows.filter(retired_at=None)
    counts: dict[int, int] = {}
    if counted:
        counts = dict(counted_codings(study).order_by().values_list("code").annotate(n=Count("pk")))
    under: dict[int | None, list[Code]] = {}
    every = {one.pk for one in rows}
    for one in rows:
        under.setdefault(one.parent_id if one.parent_id in every else None, []).append(one)

    def walk(above: int | None, depth: int) -> list[Listed]:
        found = []
        for one in under.get(above, []):
            found += [Listed(one, depth, counts.get(one.pk, 0)), *walk(one.pk, depth + 1)]
        return found

    return walk(None, 0)


def tasks_visible_to(person: Person) -> QuerySet[CodingTask]:
    """Double codings in the studies that a person does research in."""
    return CodingTask.objects.filter(text__source__study__in=researched_studies(person)).select_related("text__source__study").prefetch_related("parts__coder__identity")


def tasks_of_study(study: Study) -> QuerySet[CodingTask]:
    """A study's double codings, the open ones first."""
    return (
        CodingTask.objects.filter(text__source__study=study).defer("text__body", "text__turns", "found").select_related("text__source")
        .prefetch_related("parts__coder__identity").order_by(F("closed_at").desc(nulls_first=True), "-pk")
    )  # fmt: skip


def parts_waiting(person: Person) -> QuerySet[CodingPart]:
    """Double codings that wait for a person."""
    return CodingPart.objects.filter(coder=person, done_at=None, task__closed_at=None).select_related("task__text__source__study__programme")


@dataclass(frozen=True)
class CodeAgreement:
    """How two readers used one code."""

    code: Code
    figures: rules.Agreement


@dataclass(frozen=True)
class Difference:
    """A paragraph in which the two differ: which codes both gave it, and which only one."""

    number: int
    who: str
    text: str
    both: tuple[Code, ...]
    first: tuple[Code, ...]
    second: tuple[Code, ...]


@dataclass(frozen=True)
class Comparison:
    """Two readers beside each other."""

    coders: tuple[str, ...]
    paragraphs: int
    whole: rules.Agreement
    by_code: tuple[CodeAgreement, ...]
    differences: tuple[Difference, ...]
    same: int


def comparison_of(task: CodingTask) -> Comparison:
    """Where two readers agreed when both were done: the marks as they stood then, whatever was mended since."""
    text = task.text
    turns = rules.turns_of(text.turns, text.body)
    stored: list[dict[str, list[int]]] = (task.found or {}).get("readers", [{}, {}])
    first, second = ({code: set(places) for code, places in one.items()} for one in stored)
    codes = {str(one.uid): one for one in text.source.study.codebook.codes.all()}
    order = [uid for uid in codes if uid in first or uid in second]
    whole, by_code = rules.compare(first, second, paragraphs=len(turns), codes=order)
    rows: list[Difference] = []
    for index, turn in enumerate(turns):
        ones, twos = ({uid for uid in order if index in said.get(uid, set())} for said in (first, second))
        if ones != twos:
            pick = [[codes[uid] for uid in order if uid in some] for some in (ones & twos, ones - twos, twos - ones)]
            rows.append(Difference(index + 1, turn.who, text.body[turn.start : turn.end], *(tuple(some) for some in pick)))
    return Comparison(
        tuple(one.coder.called for one in task.parts.all()), len(turns), whole,
        tuple(CodeAgreement(codes[uid], by_code[uid]) for uid in order if uid in by_code), tuple(rows), len(turns) - len(rows),
    )  # fmt: skip


def coders_marks(task: CodingTask) -> list[dict[str, list[int]]]:
    """Each reader's codes with the paragraphs they stand in, as of now."""
    turns = rules.turns_of(task.text.turns, task.text.body)
    found = []
    for part in task.parts.all():
        places: dict[str, set[int]] = {}
        for uid, start, end in Coding.objects.filter(text=task.text, coder=part.coder_id, removed_at=None).values_list("code__uid", "start", "end"):
            places.setdefault(str(uid), set()).update(rules.touched(turns, start, end))
        found.append({uid: sorted(some) for uid, some in places.items()})
    return found


def said(codings: QuerySet[Coding]) -> QuerySet[Coding]:
    """Marks with the words they stand on (`said`), read by the database so that whole texts stay there."""
    return codings.annotate(said=Substr("text__body", F("start") + 1, F("end") - F("start")))


def code_by_uid(study: Study, uid: Any) -> Code | None:
    """A code of a study that is in use."""
    try:
        return study.codebook.codes.filter(uid=UUID(str(uid)), retired_at=None).first()
    except ValueError:
        return None


def is_used(code: Code) -> bool:
    """Whether a code has marks, or codes under it that are in use."""
    return Coding.objects.filter(code=code, removed_at=None).exists() or code.children.filter(retired_at=None).exists()


def coded_sources(person: Person, study: Study) -> dict[int, int]:
    """Each readable source's own number of marks by this person, for the list."""
    rows = Coding.objects.filter(Q(coder=person), removed_at=None, text__source__study=study).order_by().values_list("text__source").annotate(n=Count("pk"))
    return dict(rows)
