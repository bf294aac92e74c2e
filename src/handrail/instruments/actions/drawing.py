"""Drawing a book's figures from what may be seen of its collections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handrail.instruments.models import Book
from handrail.instruments.queries import results as queries
from handrail.instruments.rules.results import figures_of
from handrail.kit import clock


def draw_figures(book: Book) -> Mapping[str, Any]:
    """Draw all tables of a book together and keep them: they are shown as they are until the next time."""
    book.figures = figures_of(queries.asked_of(book), queries.answers_of(book), queries.splits_of(book))
    book.number += 1
    book.drawn_at = clock.now()
    book.save(update_fields=["figures", "number", "drawn_at"])
    return book.figures  # type: ignore[no-any-return]
