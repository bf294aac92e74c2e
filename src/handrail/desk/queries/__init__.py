"""Read models for the screens that span apps."""

from handrail.desk.queries.figures import Figure, figures_of, public_figures
from handrail.desk.queries.home import greeting, panels_for
from handrail.desk.queries.local import cast_by_programme, cast_members, mails, mails_visible_in_local_mode, person_of_cast
from handrail.desk.queries.persons import PersonPage, competences_found, modules_found, people_found, person_page
from handrail.desk.queries.search import Hit, hits
from handrail.desk.queries.shell import shell_of, waiting_for
from handrail.desk.queries.thread import Thread, thread_of

__all__ = [
    "Figure",
    "Hit",
    "PersonPage",
    "Thread",
    "cast_by_programme",
    "cast_members",
    "competences_found",
    "figures_of",
    "greeting",
    "hits",
    "mails",
    "mails_visible_in_local_mode",
    "modules_found",
    "panels_for",
    "people_found",
    "person_of_cast",
    "person_page",
    "public_figures",
    "shell_of",
    "thread_of",
    "waiting_for",
]
