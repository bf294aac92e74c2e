"""Projects of other tools come in, and a study's texts and marks go out, as REFI-QDA."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.dateparse import parse_datetime

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.research import formats, rules
from handrail.research.actions.codebook import add_refi_codes
from handrail.research.events import CodebookChanged, ProjectBrought, ProjectTaken
from handrail.research.models import Code, Codebook, Coding, RespondentGroup, Source, SourceText, Study, StudyPartner
from handrail.research.queries import exchange as queries
from handrail.research.queries.sources import partners_collected_for

SIGN = 40
GROUP_WORDS, COUNTRY_WORDS, LANGUAGE_WORDS = {"group"}, {"country"}, {"language"}


def look_at_project(content: bytes) -> formats.RefiProject:
    """What a project holds and what could not be read of it, before anything is stored."""
    return formats.read_project(content)


@transaction.atomic
def bring_project(*, study: Study, partner: StudyPartner, content: bytes, language: str, group: RespondentGroup | None = None, by: Person) -> dict[str, Any]:
    """Take a project's codes, texts and marks into a study. A second reader looks at every text, as at any other, before others read it."""
    if study.closed_at is not None:
        raise RuleBroken(_("The study is closed. What it found stays as it is."))
    if not partners_collected_for(by, study).filter(pk=partner.pk).exists():
        raise RuleBroken(_("You bring in what your own organisation heard."), field="partner")
    project = formats.read_project(content)
    if any(one.text is not None and len(one.text) > formats.MAX_CHARACTERS for one in project.sources):
        raise RuleBroken(_("A text of the project has more than %(limit)d characters.") % {"limit": formats.MAX_CHARACTERS}, field="file")
    book = Codebook.objects.select_for_update(no_key=True).get(study=study)
    codes, new = add_refi_codes(book, project.codes, language)
    if new:
        book.number += 1
        book.save(update_fields=["number"])
        announce(CodebookChanged(study.uid, "brought", None, book.number), by=by)
    taken = set(study.sources.values_list("sign", flat=True))
    known = set(study.sources.exclude(guid=None).values_list("guid", flat=True))
    here, count, again = 0, 0, 0
    for one in project.sources:
        if _uuid(one.guid) in known and one.guid:
            again += 1
            continue
        source = _source(study, partner, group, one, language, taken, by)
        here += 1
        if one.text is not None and one.text.strip():
            count += _text(source, one, codes, by)
    if here == 0 and new == 0:
        raise RuleBroken(_("Everything in this project is in the study already."), field="file")
    announce(ProjectBrought(study.uid, here, count), by=by)
    return {"sources": here, "codings": count, "codes": new, "again": again, "problems": [formats.problem_words(one) for one in project.problems]}


@transaction.atomic
def take_project(*, study: Study, language: str, by: Person) -> bytes:
    """A study's codebook, agreed texts and marks as a REFI-QDA project; that it was taken is written down. What two still read blind stays out."""
    project = queries.project_of(study, language)
    announce(ProjectTaken(study.uid, len(project.sources)), by=by)
    return formats.write_project(project, at=clock.now())


def _source(study: Study, partner: StudyPartner, group: RespondentGroup | None, one: formats.RefiSource, language: str, taken: set[str], by: Person) -> Source:
    values = dict(one.attributes)
    facts = {name.casefold(): value for name, value in values.items()}
    groups = {word.casefold(): row for row in study.groups.all() for word in (row.code, *row.title.values())}
    partners = {row.country.casefold(): row for row in partners_collected_for(by, study)}
    sign = _sign(one.name, taken)
    return Source.objects.create(
        study=study, kind=Source.Kind.DOCUMENT, sign=sign, partner=partners.get(_first(facts, COUNTRY_WORDS).casefold(), partner),
        group=groups.get(_first(facts, GROUP_WORDS).casefold(), group), language=_first(facts, LANGUAGE_WORDS)[:10] or language, brought_by=by,
        brought_at=clock.now(), guid=_uuid(one.guid), memo=one.memo, attributes=values,
    )  # fmt: skip


def _text(source: Source, one: formats.RefiSource, codes: dict[str, Code], by: Person) -> int:
    body = "".join(" " if ord(char) < 0x20 and char != "\n" else char for char in one.text or "")
    text = SourceText.objects.create(
        source=source, kind=SourceText.Kind.REDACTED, language=source.language, body=body, turns=[turn.as_json() for turn in rules.find_turns(body)],
        made_by=by, made_at=clock.now(), asked_at=clock.now(),
    )  # fmt: skip
    rows = [
        Coding(
            text=text, code=codes[coding.code], start=coding.start, end=coding.end, coder_name=coding.user[:100], memo=coding.memo,
            coded_at=_moment(coding.at), guid=_uuid(coding.guid),
        )
        for coding in one.codings
    ]  # fmt: skip
    Coding.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _sign(name: str, taken: set[str]) -> str:
    """A file's name as a sign: without its ending, and another number where it is taken."""
    stem = name.rsplit(".", 1)[0] if "." in name[-5:] else name
    head = " ".join(stem.split())[: SIGN - 4] or "?"
    sign = next(one for number in range(1, 10_000) if (one := head if number == 1 else f"{head} {number}") not in taken)
    taken.add(sign)
    return sign


def _first(facts: dict[str, str], words: set[str]) -> str:
    return next((value for name, value in facts.items() if name in words), "")


def _moment(text: str) -> datetime:
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        return clock.now()
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _uuid(guid: str) -> UUID | None:
    try:
        return UUID(guid)
    except ValueError:
        return None
