"""Frameworks from files: read, looked at, and taken over whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from handrail.competences import formats
from handrail.competences.events import FrameworkImported
from handrail.competences.formats import FrameworkDraft, FrameworkProblem, FrameworkReading
from handrail.competences.models import Area, Competence, Framework, LevelText
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.programmes.models import DevelopmentArea, Programme


@dataclass(frozen=True)
class FrameworkPreview:
    """What a file would change, and everything that stands in the way."""

    draft: FrameworkDraft | None
    problems: tuple[FrameworkProblem, ...]
    added: tuple[str, ...] = ()  # codes
    kept: int = 0
    retired: tuple[str, ...] = ()
    framework: Framework | None = None


def preview_framework(*, programme: Programme, file_name: str, content: bytes) -> FrameworkPreview:
    """Read a framework's file and say what it would change; nothing is kept. Raises RuleBroken for a file that is none."""
    reading = _read(file_name, content)
    if reading.draft is None:
        return FrameworkPreview(None, reading.problems)
    framework = _existing(programme, reading.draft)
    before = set(Competence.objects.filter(framework=framework, retired_at=None).values_list("code", flat=True)) if framework else set()
    after = [one.code for one in reading.draft.competences]
    return FrameworkPreview(
        reading.draft, reading.problems, tuple(code for code in after if code not in before), len(before & set(after)),
        tuple(sorted(before - set(after))), framework,
    )  # fmt: skip


@transaction.atomic
def import_framework(*, programme: Programme, file_name: str, content: bytes, by: Person | None) -> Framework:
    """Bring in a framework from our CSV, a workbook or Moodle's CSV; the same file again changes nothing.

    Competences are matched by code. Those that the file no longer has are taken out of use, never deleted: their ratings stay.
    Raises RuleBroken naming the first wrong row; then nothing is brought in.
    """
    reading = _read(file_name, content)
    if reading.draft is None:
        errors = [problem for problem in reading.problems if problem.is_error]
        first = errors[0]
        text = str(_("Row %(row)d, %(column)s: %(cause)s %(remedy)s")) % {
            "row": first.row, "column": first.column, "cause": first.cause, "remedy": first.remedy,
        }  # fmt: skip
        more = str(_("(%(more)d more)") % {"more": len(errors) - 1}) if len(errors) > 1 else ""
        raise RuleBroken(f"{text} {more}".strip(), field="file")
    return save_framework(programme=programme, draft=reading.draft, by=by)


@transaction.atomic
def save_framework(*, programme: Programme, draft: FrameworkDraft, by: Person | None) -> Framework:
    """Take a draft over as the programme's framework, matched by codes; texts in languages that the draft lacks stay."""
    framework = _existing(programme, draft) or Framework(programme=programme, code=draft.code[:60] or programme.code)
    framework.name = {**framework.name, **draft.names} or {"sv": str(programme.name)}
    framework.level_names = {
        str(level): {**framework.level_names.get(str(level), {}), **draft.levels.get(level, {})} for level in range(5)
    }
    framework.save()
    areas = _save_areas(programme, framework, draft)
    known = {row.code: row for row in Competence.objects.filter(framework=framework)}
    added = 0
    for order, one in enumerate(draft.competences):
        row = known.pop(one.code, None)
        added += row is None or row.retired_at is not None
        row = row or Competence(framework=framework, code=one.code)
        row.area, row.order, row.retired_at = areas[one.area], order, None
        row.name = {**row.name, **one.names}
        row.description = {**row.description, **one.descriptions}
        row.save()
        _save_levels(row, one.levels)
    left = [row.pk for row in known.values() if row.retired_at is None]
    Competence.objects.filter(pk__in=left).update(retired_at=clock.now())
    announce(FrameworkImported(framework.uid, programme.uid, len(draft.competences), added, len(left)), by=by)
    return framework


def _read(file_name: str, content: bytes) -> FrameworkReading:
    is_moodle = file_name.lower().endswith((".csv", ".txt")) and formats.is_moodle(content)
    return formats.read_moodle(content) if is_moodle else formats.read_framework(content, name=file_name)


def _existing(programme: Programme, draft: FrameworkDraft) -> Framework | None:
    rows = Framework.objects.filter(programme=programme)
    if draft.code:
        return rows.filter(code=draft.code[:60]).first()
    return rows.order_by("-pk").first()


def _save_areas(programme: Programme, framework: Framework, draft: FrameworkDraft) -> dict[str, Area]:
    development = list(DevelopmentArea.objects.filter(programme=programme))
    by_code = {one.code.casefold(): one for one in development}
    by_name = {text.casefold(): one for one in development for text in one.name.values()}
    known = {row.code: row for row in Area.objects.filter(framework=framework)}
    for order, one in enumerate(draft.areas):
        row = known.get(one.code) or Area(framework=framework, code=one.code)
        row.name, row.order = {**row.name, **one.names}, order
        names = [one.development_area, one.code, *one.names.values()] if not one.development_area else [one.development_area]
        row.development_area = next(
            (found for text in names if (found := by_code.get(text.casefold()) or by_name.get(text.casefold()))), row.development_area
        )
        row.save()
        known[one.code] = row
    return known


def _save_levels(competence: Competence, levels: Mapping[int, Mapping[str, str]]) -> None:
    known = {row.level: row for row in LevelText.objects.filter(competence=competence)}
    for level, text in levels.items():
        row = known.get(level) or LevelText(competence=competence, level=level)
        row.text = {**row.text, **text}
        row.save()
