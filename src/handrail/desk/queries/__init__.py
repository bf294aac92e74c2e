"""Read models for the screens that span apps."""

from handrail.desk.queries.home import greeting, panels_for
from handrail.desk.queries.local import cast_members, mails, mails_visible_in_local_mode, person_of_cast
from handrail.desk.queries.search import Hit, hits
from handrail.desk.queries.shell import shell_of, waiting_for

__all__ = [
    "Hit",
    "cast_members",
    "greeting",
    "hits",
    "mails",
    "mails_visible_in_local_mode",
    "panels_for",
    "person_of_cast",
    "shell_of",
    "waiting_for",
]
