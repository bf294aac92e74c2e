"""One thing per screen: the groups at the top of a form are its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from handrail.instruments.rules.values import Answers
from handrail.instruments.rules.visibility import visible_values

if TYPE_CHECKING:
    from handrail.instruments.formats import Form, Item


@dataclass(frozen=True)
class Page:
    """A screen of the form: a group at its top, or questions between two groups; `labels` are the group's."""

    labels: dict[str, str]
    items: tuple[Item, ...]

    def names(self) -> frozenset[str]:
        """Everything on the page that can be answered or read."""
        return frozenset(inner.name for item in self.items for inner in item.walk() if inner.kind != "group")


def pages(form: Form) -> tuple[Page, ...]:
    """All pages of the form, seen or not."""
    found: list[Page] = []
    loose: list[Item] = []
    for item in form.items:
        if item.kind != "group":
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
    seen = visible_values(form, answers, today=today).keys()
    return next((n for n, p in enumerate(pages(form)) if n > page and p.names() & seen), None)


def previous_page(form: Form, answers: Answers, page: int, *, today: date | None = None) -> int | None:
    """The page before `page` with something to be seen on it; None at the start."""
    seen = visible_values(form, answers, today=today).keys()
    return next((n for n, p in reversed(list(enumerate(pages(form)))) if n < page and p.names() & seen), None)
