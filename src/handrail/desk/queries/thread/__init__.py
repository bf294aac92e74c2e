"""The thread: from any figure down to its reasons, one record at a time, and up again to what came of it."""

from handrail.desk.queries.thread.shown import Thread, thread_of
from handrail.desk.queries.thread.starts import KINDS

__all__ = ["KINDS", "Thread", "thread_of"]
