"""Long lists: rows of the same shape are drawn once and filled in for each."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from typing import Protocol

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
OPEN, CLOSE = "\ue000", "\ue001"  # of Unicode's private use: they stand in no text, and escaping leaves them alone
GAP = re.compile(f"{OPEN}(\\w+){CLOSE}")


class Row(Protocol):
    """A row of a long list: what decides how it looks, and the texts that differ from row to row."""

    @property
    def shape(self) -> Hashable: ...
    @property
    def texts(self) -> Mapping[str, str]: ...


class _Gaps:
    """In a stencil, `text.name` is the place where a row's text of that name comes."""

    def __getitem__(self, name: str) -> SafeString:
        return mark_safe(f"{OPEN}{name}{CLOSE}")  # noqa: S308  (a place, filled with escaped text)


class StencilNode(template.Node):
    """`{% stencil rows %}…{{ row.flag }}…{{ text.name }}…{% endstencil %}`: drawn once for each `row.shape`, filled in with each `row.texts`.

    Inside, `row` is the first row of its shape: only what the shape says may be asked of it. Texts are escaped.
    """

    def __init__(self, rows: FilterExpression, nodelist: NodeList) -> None:
        self.rows, self.nodelist = rows, nodelist

    def render(self, context: Context) -> SafeString:
        """All rows."""
        stencils: dict[Hashable, list[str]] = {}
        written: list[str] = []
        for row in self.rows.resolve(context):
            shape = row.shape
            if shape not in stencils:
                with context.push(row=row, text=_Gaps()):
                    stencils[shape] = GAP.split(self.nodelist.render(context))
            parts, texts = list(stencils[shape]), {name: escape(text) for name, text in row.texts.items()}
            parts[1::2] = [texts[name] for name in parts[1::2]]
            written += parts
        return mark_safe("".join(written))  # noqa: S308  (drawn by the template engine, filled with escaped text)


@register.tag
def stencil(parser: Parser, token: Token) -> StencilNode:
    """Draw a long list by shapes, see `StencilNode`."""
    _name, rows = token.split_contents()
    nodelist = parser.parse(("endstencil",))
    parser.delete_first_token()
    return StencilNode(parser.compile_filter(rows), nodelist)
