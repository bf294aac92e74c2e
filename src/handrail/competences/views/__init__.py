"""Screens about competences."""

from handrail.competences.views.assignments import assignment_by_title, assignment_list, assignment_person, assignment_title
from handrail.competences.views.frameworks import (
    area_add,
    area_edit,
    competence_add,
    competence_edit,
    competence_retire,
    framework_file,
    framework_import,
    framework_list,
    framework_show,
)
from handrail.competences.views.levels import (
    level_observe,
    levels_own,
    levels_shared,
    sharing_ask,
    sharing_decline,
    sharing_end,
    sharing_start,
)
from handrail.competences.views.maps import map_file, map_people, map_show
from handrail.competences.views.needs import need_link, need_unlink
from handrail.competences.views.profiles import profile_add, profile_edit, profile_list, profile_targets

__all__ = [
    "area_add",
    "area_edit",
    "assignment_by_title",
    "assignment_list",
    "assignment_person",
    "assignment_title",
    "competence_add",
    "competence_edit",
    "competence_retire",
    "framework_file",
    "framework_import",
    "framework_list",
    "framework_show",
    "level_observe",
    "levels_own",
    "levels_shared",
    "map_file",
    "map_people",
    "map_show",
    "need_link",
    "need_unlink",
    "profile_add",
    "profile_edit",
    "profile_list",
    "profile_targets",
    "sharing_ask",
    "sharing_decline",
    "sharing_end",
    "sharing_start",
]
