"""The field for each type of question: what any browser offers, without script."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from django import forms

from handrail.instruments import rules
from handrail.instruments.formats import Item
from handrail.kit.text import _

LONG_LIST = 30  # answers beyond which a list to choose from is kinder than a page of them
LONG_SCALE = 11
ACCEPTS = {"image": "image/*", "audio": "audio/*", "video": "video/*"}
TYPES = {"date": "date", "time": "time", "datetime": "datetime-local"}
Choices = Sequence[tuple[str, str]]


def field_of(item: Item, answer: Any, choices: Choices, *, seed: str = "", **common: Any) -> tuple[Any, Any]:
    """The field for a question, and what stands in it."""
    if item.kind in {"select_one", "select_multiple"}:
        return _select(item, _mixed(item, choices, seed), **common), answer
    if item.kind == "range":
        return _scale(item, common), rules.text_of(answer)
    if item.kind == "acknowledge":
        return forms.BooleanField(widget=forms.CheckboxInput(attrs={"value": rules.OK}), **common), bool(answer)
    if item.kind == "file":
        attrs = {"accept": ACCEPTS[item.media]} if item.media in ACCEPTS else {}
        if answer:
            common["help_text"] = " ".join(filter(None, [common["help_text"], str(_("Kept: %(name)s") % {"name": answer})]))
        return forms.FileField(widget=forms.FileInput(attrs=attrs), **common), None
    if item.kind in TYPES:
        return _moment(item, str(answer or ""), common)
    return _line(item, common), rules.text_of(answer)


def place_fields(choices: Choices) -> list[Any]:
    """A field for each place of a rank: which answer stands there."""
    every = [("", "–"), *choices]
    return [forms.ChoiceField(label=str(_("Place %(number)d") % {"number": number}), choices=every, required=True) for number in range(1, len(choices) + 1)]


def _select(item: Item, choices: Choices, **common: Any) -> Any:
    if item.kind == "select_multiple":
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
    if "minimal" in item.appearance.split() or len(choices) > LONG_LIST:
        return forms.ChoiceField(choices=[("", "–"), *choices], **common)
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)


def _scale(item: Item, common: dict[str, Any]) -> Any:
    """A scale as its places beside each other; a long one as a number to write, as a slider would answer for people who did not."""
    start, end, step = rules.scale_of(item)
    count = int((end - start) / step + 1e-9) + 1
    if count <= LONG_SCALE:
        places = [rules.number_text(round(start + step * place, 6)) for place in range(count)]
        return forms.ChoiceField(choices=[(place, place) for place in places], widget=forms.RadioSelect, **common)
    limits = _("From %(start)s to %(end)s.") % {"start": rules.number_text(start), "end": rules.number_text(end)}
    common["help_text"] = f"{common['help_text']} {limits}".strip()
    return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), **common)


def _moment(item: Item, answer: str, common: dict[str, Any]) -> tuple[Any, Any]:
    kind = "month" if item.kind == "date" and "month-year" in item.appearance else TYPES[item.kind]
    length = {"month": 7, "date": 10, "time": 5, "datetime-local": 16}[kind]
    return forms.CharField(widget=forms.TextInput(attrs={"type": kind}), **common), answer[:length]


def _line(item: Item, common: dict[str, Any]) -> Any:
    if item.kind == "text" and "multiline" in item.appearance:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **common)
    if item.kind.startswith("geo"):
        common["help_text"] = common["help_text"] or _("Latitude and longitude, such as 55.85 13.66.")
        words = {"data-place-act": _("Use where I am now"), "data-place-no": _("The device does not say where it is. Write it instead.")}
        return forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "data-place": item.kind, **words}), **common)
    # A text field with digits: a number field drops what it cannot read, and turns with the wheel.
    modes = {"integer": "numeric", "decimal": "decimal"} | ({"text": "numeric"} if "numbers" in item.appearance else {})
    attrs = {"inputmode": modes[item.kind], "autocomplete": "off"} if item.kind in modes else {}
    return forms.CharField(widget=forms.TextInput(attrs=attrs), **common)


def _mixed(item: Item, choices: Choices, seed: str) -> Choices:
    if item.parameters.get("randomize", "").casefold() != "true" or not seed:
        return choices
    return random.Random(seed).sample(list(choices), len(choices))  # noqa: S311  (the order of answers is no secret)
