"""Finds studies and what belongs to them, starting from who asks."""

from handrail.research.queries.studies import organisations_researched, steered_studies, studies_visible_to

__all__ = ["organisations_researched", "steered_studies", "studies_visible_to"]
