"""What changes frameworks, role profiles, ratings, sharing and the map."""

from handrail.competences.actions.forgetting import forget_levels
from handrail.competences.actions.frameworks import (
    add_profile,
    assign_profile,
    assign_profile_to_title,
    assign_profiles_by_title,
    change_profile,
    retire_competence,
    save_area,
    save_competence,
    set_target,
    set_targets,
)
from handrail.competences.actions.imports import FrameworkPreview, import_framework, preview_framework, save_framework
from handrail.competences.actions.maps import draw_map, draw_measurement, mark_stale
from handrail.competences.actions.needs import link_need, unlink_need
from handrail.competences.actions.ratings import bind_questions, rate_by_all_answers, rate_by_answers, rate_person
from handrail.competences.actions.sharing import ask_to_share, decline_sharing, end_sharing, share_levels

__all__ = [
    "FrameworkPreview",
    "add_profile",
    "ask_to_share",
    "assign_profile",
    "assign_profile_to_title",
    "assign_profiles_by_title",
    "bind_questions",
    "change_profile",
    "decline_sharing",
    "draw_map",
    "draw_measurement",
    "end_sharing",
    "forget_levels",
    "import_framework",
    "link_need",
    "mark_stale",
    "preview_framework",
    "rate_by_all_answers",
    "rate_by_answers",
    "rate_person",
    "retire_competence",
    "save_area",
    "save_competence",
    "save_framework",
    "set_target",
    "set_targets",
    "share_levels",
    "unlink_need",
]
