"""Drawing a book's figures from what may be seen of its collections."""

from __future__ import annotations

from time import monotonic

from django.db.models import F

from handrail.instruments.models import Book
from handrail.instruments.queries import results as queries
from handrail.instruments.rules.results import figures_of
from handrail.kit import clock

REST = 3.0  # a book that took a second to draw is left alone for three, so that a busy hour does not keep the worker at it
_rests_until: dict[int, float] = {}


def draw_figures(book: Book) -> None:
    """Draw all tables of a book together and keep them: they are shown as they are until the next time.

    Nobody is kept waiting meanwhile: it is worked out first, outside a transaction where it can be, and stored in one step.
    """
    begun, moves = monotonic(), book.moves
    figures = figures_of(queries.asked_of(book), queries.answers_of(book), queries.splits_of(book))
    Book.objects.filter(pk=book.pk).update(figures=figures, number=F("number") + 1, drawn_at=clock.now(), drawn_moves=moves)
    book.refresh_from_db(fields=["figures", "number", "drawn_at", "drawn_moves"])
    _rests_until[book.pk] = monotonic() + REST * (monotonic() - begun)


def draw_books() -> None:
    """Draw every book of which more may be seen than is drawn."""
    for book in Book.objects.exclude(drawn_moves=F("moves")).select_related("questionnaire"):
        if monotonic() >= _rests_until.get(book.pk, 0):
            draw_figures(book)
