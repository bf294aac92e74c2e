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
register.filter("country", text.country_name)
register.filter("language", text.language_name)

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
def sentence(words: object) -> str:
    """Words that another sentence follows, with a full stop where nobody wrote one: what people write about a step often has none."""
    found = str(words).rstrip()
    return found if not found or found[-1] in ".!?…:؟。" else f"{found}."


@register.filter
def day_of_month(value: date | None) -> str:
    """18."""
    return str(value.day) if value else ""


@register.filter
def day_and_month(value: date | None) -> str:
    """Thu Apr, under a day's number."""
    return format_date(value, "EEE MMM", locale=text.locale()).replace(".", "") if value else ""


@register.simple_tag
def heat_rows(areas: Sequence[Mapping[str, Any]], columns: int) -> SafeString:
    """The body of a heat map: areas, their rows and cells. Written here and not in the template: a map of twenty-five units has more than
    a thousand cells, and each would cost a dozen decisions of the template engine (four times as slow).

    A cell is what it shows, or a pair of that and its address: cells that show the same share one face, which is written once.
    """
    words = {"hidden": f'<span class="word">{escape(str(text._("hidden")))}</span>', "none": '<span class="word">–</span>'}
    faces: dict[int, tuple[str, str]] = {}
    written: list[str] = []
    for area in areas:
        written.append("<tbody>")
        if area.get("name"):
            written.append(f'<tr class="map-area"><th scope="rowgroup" colspan="{columns + 1}">{conditional_escape(str(area["name"]))}</th></tr>')
        for row in area["rows"]:
            label = conditional_escape(str(row["label"]))
            head = f'<a href="{conditional_escape(row["url"])}">{label}</a>' if row.get("url") else label
            sub = f"<small>{conditional_escape(str(row['sub']))}</small>" if row.get("sub") else ""
            written.append(f'<tr><th scope="row">{head}{sub}</th>')
            written += [_heat_cell(cell, words, faces) for cell in row["cells"]]
            written.append("</tr>\n")
        written.append("</tbody>")
    return mark_safe("".join(written))  # noqa: S308  (names, figures and addresses are escaped)


def _heat_cell(cell: Mapping[str, Any] | tuple[Mapping[str, Any], str], words: Mapping[str, str], faces: dict[int, tuple[str, str]]) -> str:
    shown, url = cell if isinstance(cell, tuple) else (cell, cell.get("url", ""))
    face = faces.get(id(shown))
    if face is None:
        face = faces[id(shown)] = _heat_face(shown, words, is_open=bool(url))
    start, figures = face
    if not url or shown.get("hidden"):
        return f"{start}{figures}</td>"
    current = ' aria-current="true"' if shown.get("chosen") else ""
    return f'{start}<a href="{conditional_escape(url)}"{current}>{figures}</a></td>'


def _heat_face(cell: Mapping[str, Any], words: Mapping[str, str], *, is_open: bool) -> tuple[str, str]:
    """How a cell begins, and what stands in it."""
    kind = "hidden" if cell.get("hidden") else cell.get("step") or ""
    marks = (" chosen" if cell.get("chosen") else "") + (" apart" if cell.get("total") else "")
    start = f'<td class="{escape(kind)}{marks}">'
    if kind == "hidden" or (kind == "none" and not is_open):
        return start, words[kind]
    level = f"<b>{escape(str(cell['level']))}</b> " if cell.get("level") else ""
    return start, f"{level}<span>{escape(str(cell.get('distance', '')))}</span>"


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
