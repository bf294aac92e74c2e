"""Practices and whose words they were drafted from."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.library.models import Practice, PracticeSource
from handrail.people.models import Person
from handrail.research.models import Code, Coding
from handrail.research.queries.coding import codes_visible_to
from handrail.research.queries.matrix import quotes_of, with_translations

MOST = 100


@dataclass(frozen=True)
class Drafted:
    """How many people's words a practice was drafted from, and the codes they stand under, as far as one reads them."""

    count: int
    codes: list[Code]


def drafted_from(practice: Practice, person: Person) -> Drafted | None:
    """Whose words a practice was drafted from; nobody's where it was written by hand. Who took their words back counts no longer."""
    rows = list(PracticeSource.objects.filter(practice=practice, source__withdrawn_at=None).values_list("source", "code"))
    if not rows:
        return None
    return Drafted(len({source for source, _code in rows}), list(codes_visible_to(person).filter(pk__in={code for _source, code in rows})))


def passages_of(code: Code, language: str) -> list[tuple[Coding, str]]:
    """What was said under a code, to be chosen from: each mark with its words, in the reader's language where there is a translation."""
    return [(one.coding, f"{one.translation or one.text} ({one.sign})") for one in with_translations(list(quotes_of(code)[:MOST]), language)]
