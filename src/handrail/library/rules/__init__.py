"""What is true of practices, reviews, searches and checklists: plain Python, no database."""

from handrail.library.rules.checklist import Change, change_between, checklist_code, checklist_criteria, checklist_steps
from handrail.library.rules.lifecycle import Criterion, Verdict, criteria, disagreements, is_recommended, may_move, reviews_wanted
from handrail.library.rules.lists import Licence, country_codes, country_name, licence, licences, text_languages, work_fields
from handrail.library.rules.search import fold, index_of, looked_for, stems_of
from handrail.library.rules.template import (
    TRANSLATED_FIRST,
    CardPart,
    card_parts,
    count_words,
    is_old_enough,
    is_outdated_text,
    missing_parts,
    template_source,
    too_long,
)

__all__ = [
    "TRANSLATED_FIRST", "CardPart", "Change", "Criterion", "Licence", "Verdict", "card_parts", "change_between", "checklist_code", "checklist_criteria", "checklist_steps", "count_words",
    "country_codes", "country_name", "criteria", "disagreements", "fold", "index_of", "is_old_enough", "is_outdated_text", "is_recommended", "licence", "licences",
    "looked_for", "may_move", "missing_parts", "reviews_wanted", "stems_of", "template_source", "text_languages", "too_long", "work_fields",
]  # fmt: skip
