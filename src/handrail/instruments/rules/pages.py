"""One thing per screen: the groups and repeats at the top of a form are its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from handrail.instruments.rules.values import Answers
from handrail.instruments.rules.visibility import visible_items

if TYPE_CHECKING:
    from handrail.instruments.formats import Form, Item


@dataclass(frozen=True)
class Page:
    """A screen of the form: a group or repeat at its top, or questions between two; `labels` are the group's."""

    labels: dict[str, str]
    items: tuple[Item, ...]

    def names(self) -> frozenset[str]:
        """Everything on the page that can be answered or read."""
        inner = (one for item in self.items for one in item.walk())
        return frozenset(one.name for one in inner if one.kind != "group" and (one.is_question or not one.has_value))


def pages(form: Form) -> tuple[Page, ...]:
    """All pages of the form, seen or not."""
    found: list[Page] = []
    loose: list[Item] = []
    for item in form.items:
        if not item.holds_items:
            loose.append(item)
            continue
        if loose:
            found.append(Page({}, tuple(loose)))
            loose = []
        found.append(Page(dict(item.labels), (item,)))
    if loose:
        found.append(Page({}, tuple(loose)))
    return tuple(found)


def next_page(form: Form, answers: Answers, page: int = -1, *, today: date | None = None) -> int | None:
    """The next page with something to be seen on it, after `page` (-1: from the start); None at the end."""
    seen = set(visible_items(form, answers, today=today))
    return next((n for n, p in enumerate(pages(form)) if n > page and p.names() & seen), None)


def previous_page(form: Form, answers: Answers, page: int, *, today: date | None = None) -> int | None:
    """The page before `page` with something to be seen on it; None at the start."""
    seen = set(visible_items(form, answers, today=today))
    return next((n for n, p in reversed(list(enumerate(pages(form)))) if n < page and p.names() & seen), None)
