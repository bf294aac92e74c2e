"""Programme 001 as a demonstration: built by calling the actions, so that every screen has a history to show.

Everybody is fictional. The same seed builds the same demonstration.
"""

from handrail.desk.demonstration.build import build

__all__ = ["build"]
