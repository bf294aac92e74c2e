"""Everything that changes practices, reviews, barriers and adoptions."""

from handrail.library.actions.finding import build_whole, index_practice, look_at_dates
from handrail.library.actions.forgetting import forget_in_library
from handrail.library.actions.reviews import ask_for_reviews, give_review
from handrail.library.actions.states import (
    archive_practice,
    keep_practice,
    mark_outdated,
    publish_practice,
    send_back,
    submit_practice,
)
from handrail.library.actions.use import (
    answer_checklist,
    begin_adoption,
    lower_barrier,
    note_barrier,
    report_adoption,
    report_barrier,
    stop_adoption,
    tick_step,
)
from handrail.library.actions.writing import (
    begin_practice,
    draft_practice,
    invite_to_write,
    revise_practice,
    send_link,
    settle_contact,
    sort_practice,
    write_text,
)

__all__ = [
    "answer_checklist", "archive_practice", "ask_for_reviews", "begin_adoption", "begin_practice", "build_whole", "draft_practice", "forget_in_library", "give_review", "index_practice",
    "invite_to_write", "keep_practice", "look_at_dates", "lower_barrier", "mark_outdated", "note_barrier", "publish_practice", "report_adoption", "report_barrier",
    "revise_practice", "send_back", "send_link", "settle_contact", "sort_practice", "stop_adoption", "submit_practice", "tick_step", "write_text",
]  # fmt: skip
