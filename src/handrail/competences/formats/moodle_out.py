"""Moodle's competency CSV out: areas as domains, competences below them, the level texts inside the description."""

from __future__ import annotations

import csv
import html
import io
import json

from handrail.competences.formats.draft import DraftCompetence, FrameworkDraft, Texts
from handrail.kit.files import write_delimited

MOODLE_HEADER = (
    '"Parent ID number","ID number",Shortname,Description,"Description format","Scale values","Scale configuration",'
    '"Rule type","Rule outcome","Rule config","Is framework",Taxonomy'
)
TAXONOMY = {"1": "domain", "2": "competency", "3": "competency", "4": "competency"}
SHORTNAME = 100  # characters that Moodle keeps
HTML = "1"
LEVELS_CLASS = "handrail-levels"


def write_moodle_csv(draft: FrameworkDraft, *, language: str) -> bytes:
    """The framework in one language (Moodle has no more), for Site administration → Competencies → Import."""
    names = [_in(draft.levels[level], language) or str(level) for level in sorted(draft.levels)] or ["0", "1", "2", "3", "4"]
    # Moodle keeps a scale as one text with commas.
    scale = ",".join(name.replace(",", " /") for name in names)
    proficient = draft.proficient_from if draft.proficient_from is not None else len(names) // 2
    configuration: list[dict[str, object]] = [{"scaleid": "1"}]
    configuration += [
        {"id": place, **({"scaledefault": 1} if place == proficient + 1 else {}), "proficient": 1}
        for place in range(proficient + 1, len(names) + 1)
    ]
    name = _in(draft.names, language) or draft.code or "Framework"
    rows = [
        ["", draft.code or "framework", name[:SHORTNAME], _description(name, _in(draft.descriptions, language)), HTML, scale,
         json.dumps(configuration, separators=(",", ":")), "", "", "", "1", json.dumps(TAXONOMY, separators=(",", ":"))]
    ]  # fmt: skip
    taken = {competence.code for competence in draft.competences}
    ids = {area.code: area.code if area.code not in taken else f"area-{area.code}" for area in draft.areas}
    for area in draft.areas:
        title = _in(area.names, language) or area.code
        rows.append(["", ids[area.code], title[:SHORTNAME], _description(title, ""), HTML, "", "", "", "", "null", "", ""])
        for competence in draft.competences:
            if competence.area == area.code:
                title = _in(competence.names, language) or competence.code
                rows.append(
                    [competence.parent or ids[area.code], competence.code, title[:SHORTNAME], _about(competence, title, language), HTML,
                     "", "", "", "", "null", "", ""]
                )  # fmt: skip
    body = write_delimited(rows).decode(
        "utf-8-sig"
    )  # formulas disarmed and everything quoted; Moodle wants no mark before its header
    return (MOODLE_HEADER + "\r\n" + body).encode()


def header_fields() -> list[str]:
    """The names of Moodle's columns, in its order."""
    return next(csv.reader(io.StringIO(MOODLE_HEADER)))


def _in(texts: Texts, language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")


def _description(title: str, text: str) -> str:
    parts = [title] if len(title) > SHORTNAME else []  # a name that Moodle would cut stands whole in the description
    parts += [part for part in text.split("\n") if part.strip()]
    return "".join(f"<p>{html.escape(part)}</p>" for part in parts)


def _about(competence: DraftCompetence, title: str, language: str) -> str:
    items = [f"<li>{level}: {html.escape(_in(texts, language))}</li>" for level, texts in sorted(competence.levels.items())]
    levels = f'<ul class="{LEVELS_CLASS}">{"".join(items)}</ul>' if items else ""
    return _description(title, _in(competence.descriptions, language)) + levels
