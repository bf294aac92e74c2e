"""In each programme a questionnaire that was answered in two rounds, and what is drawn of it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from handrail.instruments import actions
from handrail.instruments.models import Book
from tests.instruments.answered import give, make_collection, make_version


def add_results(world: Any) -> None:
    """Last: both programmes have their owner by then."""
    for place, owner in (("lfi", "owner"), ("other", "other owner")):
        here = world.places[place]
        cast = SimpleNamespace(programme=here["programme"], amal=world.people[owner], osby=world.cast.osby)
        version = make_version(cast)
        rounds = [make_collection(cast, version, closes_on=date(2018, 4, 1)) for _index in range(2)]
        for one in rounds:
            give(one, [{"work": "yes", "met": "a5", "more": "Hemliga ord"}] * 6 + [{"work": "no", "met": "a1"}] * 7)
        actions.set_split(
            questionnaire=version.questionnaire, name="round", title={"en": "Round"}, is_round=True,
            parts=[actions.Part(str(number), {"en": f"Round {number}"}, [one]) for number, one in enumerate(rounds, start=1)],
        )  # fmt: skip
        here |= {"answered": version, "answered_collection": rounds[0], "book": Book.objects.get(questionnaire=version.questionnaire)}
