"""A framework as the draft that the file formats write."""

from __future__ import annotations

from handrail.competences.formats import DraftArea, DraftCompetence, FrameworkDraft
from handrail.competences.models import Framework
from handrail.competences.queries.frameworks import tree_of


def draft_of(framework: Framework) -> FrameworkDraft:
    """Everything in use in a framework, in every language."""
    tree = tree_of(framework)
    return FrameworkDraft(
        areas=tuple(
            DraftArea(one.area.code, dict(one.area.name), one.area.development_area.code if one.area.development_area else "") for one in tree
        ),
        competences=tuple(
            DraftCompetence(
                row.competence.code, one.area.code, dict(row.competence.name), dict(row.competence.description),
                {level: dict(text) for level, _name, text in row.levels},
            )
            for one in tree
            for row in one.rows
        ),
        levels={int(level): dict(names) for level, names in framework.level_names.items()}, code=framework.code, names=dict(framework.name),
    )  # fmt: skip
