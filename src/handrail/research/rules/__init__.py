"""What is decided about studies without asking a database."""

from handrail.research.rules.topics import Change, changes, filled_topics

__all__ = ["Change", "changes", "filled_topics"]
