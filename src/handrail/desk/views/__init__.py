"""Screens that span apps."""

from handrail.desk.views.evidence import evidence
from handrail.desk.views.main import continue_as, home, outbox, outbox_mail, search, start, tasks, turn_clock
from handrail.desk.views.persons import person
from handrail.desk.views.thread import thread

__all__ = ["continue_as", "evidence", "home", "outbox", "outbox_mail", "person", "search", "start", "tasks", "thread", "turn_clock"]
