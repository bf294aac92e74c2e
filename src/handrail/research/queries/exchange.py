"""A study as a REFI-QDA project."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

from handrail.kit.text import in_language
from handrail.research.formats import RefiCode, RefiCoding, RefiProject, RefiSource, TableCode
from handrail.research.models import Code, Coding, Source, SourceText, Study
from handrail.research.queries.coding import counted_codings


def project_of(study: Study, language: str) -> RefiProject:
    """The codebook with names in one language, every agreed text, and the marks that count, in their order."""
    codings: dict[int, list[Coding]] = defaultdict(list)
    for one in counted_codings(study).select_related("code", "coder").order_by("start", "end", "pk"):
        codings[one.text_id].append(one)
    texts = (
        SourceText.objects.filter(source__study=study, source__withdrawn_at=None, kind=SourceText.Kind.REDACTED, agreed_at__isnull=False)
        .select_related("source__partner", "source__group").order_by("source__sign", "pk")
    )  # fmt: skip
    wordless = Source.objects.filter(study=study, withdrawn_at=None, texts=None).order_by("sign", "pk")
    sources = [_source(text, codings[text.pk], language) for text in texts]
    sources += [RefiSource(str(one.guid or one.uid), one.sign, None, memo=one.memo, attributes=tuple(sorted(one.attributes.items()))) for one in wordless]
    return RefiProject(name=in_language(study.title, language), codes=codes_of(study, language), sources=tuple(sources))


def codes_of(study: Study, language: str) -> tuple[RefiCode, ...]:
    """The codebook as a tree with names in one language."""
    under: dict[int | None, list[Code]] = defaultdict(list)
    rows = list(study.codebook.codes.order_by("order", "pk"))
    used = set(counted_codings(study).order_by().values_list("code", flat=True).distinct())
    kept = {one.pk for one in rows if one.retired_at is None or one.pk in used}
    for one in rows:
        if one.pk in kept:
            under[one.parent_id if one.parent_id in kept else None].append(one)

    def tree(above: int | None) -> tuple[RefiCode, ...]:
        return tuple(
            RefiCode(
                str(one.guid or one.uid), in_language(one.name, language), one.is_codable, one.colour, in_language(one.description, language), one.memo, tree(one.pk)
            )
            for one in under[above]
        )

    return tree(None)


def table_of(study: Study, language: str) -> list[TableCode]:
    """The codebook as rows, each with the names above it in one language and its own in all."""
    rows = list(study.codebook.codes.filter(retired_at=None).order_by("order", "pk"))
    by_pk = {one.pk: one for one in rows}
    found = []

    def path(one: Code) -> tuple[str, ...]:
        above = by_pk.get(one.parent_id or 0)
        return (*(path(above) if above else ()), in_language(one.name, language))

    for one in sorted(rows, key=lambda one: [by_pk[pk].order for pk in _line(one, by_pk)]):
        found.append(TableCode(path(one), dict(one.name), dict(one.description), one.colour, one.is_codable, one.memo))
    return found


def _line(one: Code, by_pk: dict[int, Code]) -> list[int]:
    above = by_pk.get(one.parent_id or 0)
    return [*(_line(above, by_pk) if above else []), one.pk]


def _source(text: SourceText, codings: list[Coding], language: str) -> RefiSource:
    source = text.source
    facts = dict(source.attributes)
    if source.group is not None:
        facts.setdefault("Group", in_language(source.group.title, language))
    if source.partner is not None:
        facts.setdefault("Country", source.partner.country)
    facts.setdefault("Language", source.language)
    return RefiSource(
        guid=str(source.guid or source.uid), name=source.sign, text=text.body, memo=source.memo, attributes=tuple(sorted(facts.items())),
        codings=tuple(
            RefiCoding(
                str(one.guid or one.uid), str(one.code.guid or one.code.uid), one.start, one.end,
                one.coder_name or (f"Reader {one.coder.uid.hex[:6]}" if one.coder else ""), _stamp(one.coded_at), one.memo,
            )
            for one in codings
        ),
    )  # fmt: skip


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
