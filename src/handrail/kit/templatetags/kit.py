"""What the components need of Python: icons, numbers and dates as the reader writes them, and geometry in attributes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from html import escape as escape_anew
from typing import Any

from babel.dates import format_date
from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select, Textarea
from django.middleware.csrf import get_token
from django.template.context import Context, RequestContext
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from handrail.kit import text

register = template.Library()

for _name in ("number", "signed", "money", "percent", "hours", "minutes", "date_long", "date_plain", "spelled", "date_medium", "date_short", "month_name",
              "month_short", "weekday_short", "time_short", "moment"):
    register.filter(_name, getattr(text, _name))

escape = lru_cache(maxsize=4096)(escape_anew)  # figures of a map are few and come back thousands of times

TURNING = {"next", "back", "undo"}  # arrows that point along the line of reading


@lru_cache
def _strokes(name: str) -> SafeString:
    return mark_safe(get_template(f"kit/icons/{name}.svg").render().strip())  # noqa: S308  (our own file, no data in it)


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """An icon, silent for screen readers: the word stands beside it."""
    return _icon(str(name), str(extra))


@lru_cache(maxsize=256)
def _icon(name: str, extra: str) -> SafeString:
    classes = " ".join(part for part in ("icon", "icon-turns" if name in TURNING else "", extra) if part)
    return format_html('<svg class="{}" viewBox="0 0 20 20" aria-hidden="true">{}</svg>', classes, _strokes(name))


@register.simple_tag(takes_context=True)
def csrf(context: Context) -> SafeString:
    """The token of a form inside a component that was included with `only`."""
    request = context.request if isinstance(context, RequestContext) else None
    if request is None:
        return SafeString("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


@register.simple_tag(takes_context=True)
def here(context: Context) -> str:
    """The path and query of the page that is being read, so that a choice can lead back to it."""
    request = context.request if isinstance(context, RequestContext) else None
    return request.get_full_path() if request else "/"


@register.simple_tag
def url_if_any(name: str) -> str:
    """The address of a screen, or nothing where the installation has none of that name."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.filter
def share(value: Decimal | float | None, whole: Decimal | float | None = 100) -> str:
    """A part of a whole as an SVG length: 3 of 4 is 75%. Never under 0 or over 100."""
    if not whole or value is None:
        return "0%"
    return f"{min(100.0, max(0.0, 100 * float(value) / float(whole))):.2f}%"


@register.filter
def day_of_month(value: date | None) -> str:
    """18."""
    return str(value.day) if value else ""


@register.filter
def day_and_month(value: date | None) -> str:
    """Thu Apr, under a day's number."""
    return format_date(value, "EEE MMM", locale=text.locale()).replace(".", "") if value else ""


@register.simple_tag
def heat_cells(cells: Sequence[Mapping[str, Any]]) -> SafeString:
    """A row's cells of a heat map. Written here and not in the template: a map of fifty units has thousands, and each would cost
    a dozen decisions of the template engine (four times as slow)."""
    words = {"hidden": f'<span class="word">{escape(str(text._("hidden")))}</span>', "none": '<span class="word">–</span>'}
    return mark_safe("".join([_heat_cell(cell, words) for cell in cells]))  # noqa: S308  (figures and addresses are escaped)


def _heat_cell(cell: Mapping[str, Any], words: Mapping[str, str]) -> str:
    kind = "hidden" if cell.get("hidden") else cell.get("step") or ""
    marks = (" chosen" if cell.get("chosen") else "") + (" apart" if cell.get("total") else "")
    start = f'<td class="{escape(kind)}{marks}">'
    if kind == "hidden" or (kind == "none" and not cell.get("url")):
        return f"{start}{words[kind]}</td>"
    level = f"<b>{escape(str(cell['level']))}</b> " if cell.get("level") else ""
    figures = f"{level}<span>{escape(str(cell.get('distance', '')))}</span>"
    if not cell.get("url"):
        return f"{start}{figures}</td>"
    current = ' aria-current="true"' if cell.get("chosen") else ""
    return f'{start}<a href="{conditional_escape(cell["url"])}"{current}>{figures}</a></td>'


@register.filter
def field_kind(field: BoundField) -> str:
    """How a form's field is drawn: choices, tick, select, textarea, file or line."""
    widget = field.field.widget
    kinds: list[tuple[type[Any], str]] = [
        (CheckboxSelectMultiple, "choices"), (RadioSelect, "choices"), (CheckboxInput, "tick"), (FileInput, "file"),
        (Select, "select"), (Textarea, "textarea"),
    ]
    return next((kind for cls, kind in kinds if isinstance(widget, cls)), "line")


@register.simple_tag
def here_station(stations: list[dict[str, str]] | None) -> str:
    """The name of the station where the reader stands, or nothing."""
    return next((one["label"] for one in stations or [] if one.get("state") == "here"), "")


@register.filter
def at(sequence: Sequence[Any], index: int) -> Any:
    """One of a sequence by its place, or nothing beyond the end."""
    return sequence[index] if index < len(sequence) else None


@register.filter
def first_input(field: BoundField) -> str:
    """The id that an error leads to: the field, or its first choice."""
    choices = field_kind(field) == "choices" and list(field)
    return (choices[0].id_for_label if choices else field.id_for_label) or field.html_name


@register.simple_tag(takes_context=True)
def sort_to(context: Context, sign: str, key: str) -> str:
    """The same list, sorted by another column, from its first page."""
    request = context.request if isinstance(context, RequestContext) else None
    if request is None:
        return f"?sort={sign}{key}"
    from handrail.kit.tables import with_query

    return with_query(request, sort=f"{sign}{key}", page=None, after=None, before=None)
