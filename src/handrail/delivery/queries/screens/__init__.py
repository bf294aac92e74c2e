"""Read models for the screens."""

from handrail.delivery.queries.screens.attendance import (
    last_saver,
    marks_from_preview,
    marks_preview,
    numbers_on_list,
    people_on_list,
    sheet,
    wall,
)
from handrail.delivery.queries.screens.own import attended_panel, my_sessions, own_seat, own_seats
from handrail.delivery.queries.screens.seats import (
    PlaceCount,
    approvals,
    away_by_week,
    counts_by_organisation,
    group_rows,
    one_seat,
    people_to_invite,
    seat_rows,
    versions_of,
)
from handrail.delivery.queries.screens.sessions import (
    counted,
    filtered,
    session_rows,
    siblings_of,
    time_span,
    trainer_names,
    trainers_text,
    where_of,
)

__all__ = [
    "PlaceCount",
    "approvals",
    "attended_panel",
    "away_by_week",
    "counted",
    "counts_by_organisation",
    "filtered",
    "group_rows",
    "last_saver",
    "marks_from_preview",
    "marks_preview",
    "my_sessions",
    "numbers_on_list",
    "one_seat",
    "own_seat",
    "own_seats",
    "people_on_list",
    "people_to_invite",
    "seat_rows",
    "session_rows",
    "sheet",
    "siblings_of",
    "time_span",
    "trainer_names",
    "trainers_text",
    "versions_of",
    "wall",
    "where_of",
]
