"""Finds studies and what belongs to them, starting from who asks."""

from handrail.research.queries.frame import (
    countries_offered,
    languages_offered,
    organisations_of_programme,
    organisations_to_ask,
    questionnaires_of,
)
from handrail.research.queries.guides import Said, guide_versions, guides_visible_to, read_topics, versions_of_guide
from handrail.research.queries.progress import PartnerLine, QuotaCell, Reached, languages_of, progress_of, quota_cells
from handrail.research.queries.studies import (
    by_role,
    gatherings_of,
    groups_steered,
    organisations_researched,
    steered_studies,
    studies_of,
    studies_visible_to,
    surveys_of,
)

__all__ = [
    "PartnerLine", "QuotaCell", "Reached", "Said", "by_role", "countries_offered", "gatherings_of", "groups_steered", "guide_versions", "guides_visible_to", "languages_of",
    "languages_offered", "organisations_of_programme", "organisations_researched", "organisations_to_ask", "progress_of", "questionnaires_of", "quota_cells", "read_topics",
    "steered_studies", "studies_of", "studies_visible_to", "surveys_of", "versions_of_guide",
]  # fmt: skip
