"""Finds practices, reviews, barriers and adoptions, starting from who asks."""

from handrail.library.queries.practices import (
    Spoken,
    authors_of,
    best_text,
    due_for_a_look,
    has_open_link,
    history_of,
    kept_waiting,
    parts_shown,
    practice_at,
    practice_by_uid,
    practices_of,
    practices_to_adopt,
    practices_visible_to,
    public_practices,
    spoken_texts,
    tags_of,
    text_of,
    version_of,
    working_titles,
)
from handrail.library.queries.reviews import (
    Standing,
    review_by_uid,
    reviews_visible_to,
    reviews_waiting_for,
    standing_of,
    verdict_of,
)
from handrail.library.queries.sight import acts_for, keeps, reads, reads_any, reviewers_of, writes_for
from handrail.library.queries.toolbox import (
    Card,
    Overview,
    cards_of,
    countries_present,
    languages_present,
    overview_of,
    practices_found,
    transfers_of,
    whole_toolbox,
)
from handrail.library.queries.use import (
    adoptions_of,
    adoptions_visible_to,
    barriers_lowered_by,
    barriers_shown,
    barriers_visible_to,
    checklist_answers,
    checklist_seen,
    may_act_in,
    organisations_acting,
    public_barriers,
    running_adoption,
    steps_of,
    writes_in,
)

__all__ = [
    "Card", "Overview", "Spoken", "Standing", "acts_for", "adoptions_of", "adoptions_visible_to", "authors_of", "barriers_lowered_by", "barriers_shown",
    "barriers_visible_to", "best_text", "cards_of", "checklist_answers", "checklist_seen", "countries_present", "due_for_a_look", "has_open_link", "history_of", "keeps",
    "kept_waiting", "languages_present", "may_act_in", "organisations_acting", "overview_of", "parts_shown", "practice_at", "practice_by_uid", "practices_found", "practices_of",
    "practices_to_adopt", "practices_visible_to", "public_barriers", "public_practices", "reads", "reads_any", "review_by_uid", "reviewers_of", "reviews_visible_to",
    "reviews_waiting_for", "running_adoption", "spoken_texts", "standing_of", "steps_of", "tags_of", "text_of", "transfers_of", "verdict_of", "version_of",
    "whole_toolbox", "working_titles", "writes_for", "writes_in",
]  # fmt: skip
