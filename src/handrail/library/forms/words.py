"""The card's own fields: one for each part of the European template, with its limit beside it, and the steps as rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms

from handrail.kit.forms import ActionForm
from handrail.kit.text import _, number
from handrail.library import rules
from handrail.library.rules import CardPart

MORE_ROWS, MOST_ROWS = 2, 20
COLUMNS = (("what", _("What one does")), ("who", _("Who does it")), ("time", _("Time")), ("cost", _("Cost")))


def words_field(part: CardPart, *, is_required: bool) -> forms.CharField:
    """The field of one part: what to write, how many words it may have, and the marks by which the counter finds it."""
    limit = _("At most %(most)s words.") % {"most": number(part.words)}
    attrs: dict[str, Any] = {"data-words": part.words, "rows": 1 if part.words <= 15 else 3 if part.words <= 40 else 6, "autocomplete": "off"}
    return forms.CharField(
        label=part.label, required=is_required, max_length=part.words * 40, help_text=f"{part.help} {limit}", widget=forms.Textarea(attrs=attrs)
    )


class WordsForm(ActionForm):
    """The words of some parts of the card, and of its steps; a draft may be saved with parts missing."""

    act = _("Save")

    def __init__(
        self, *args: Any, group: str = "", has_steps: bool = False, words: Mapping[str, str] | None = None, steps: Sequence[Mapping[str, str]] = (),
        needed: Collection[str] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self._parts = [part.code for part in rules.card_parts(group)]
        self.has_steps = has_steps
        for part in rules.card_parts(group):
            self.fields[part.code] = words_field(part, is_required=part.code in needed)
            self.initial.setdefault(part.code, (words or {}).get(part.code, ""))
        self.row_count = self._rows(steps) if has_steps else 0
        for place in range(self.row_count):
            for name, label in COLUMNS:
                widget = forms.Textarea(attrs={"rows": 2}) if name == "what" else forms.TextInput()
                self.fields[f"step_{place}_{name}"] = forms.CharField(label=label, required=False, max_length=600 if name == "what" else 150, widget=widget)
                if place < len(steps):
                    self.initial.setdefault(f"step_{place}_{name}", steps[place].get(name, ""))

    def _rows(self, steps: Sequence[Mapping[str, str]]) -> int:
        sent = 0
        if self.is_bound:
            while f"step_{sent}_what" in self.data and sent < MOST_ROWS:
                sent += 1
        return min(max(sent, len(steps) + MORE_ROWS), MOST_ROWS)

    @property
    def part_fields(self) -> list[Any]:
        """The fields of the card's parts, drawn one below the other."""
        return [self[code] for code in self._parts]

    @property
    def more_fields(self) -> list[Any]:
        """What else the form asks for."""
        return [self[name] for name in self.fields if name not in self._parts and not name.startswith("step_")]

    @property
    def step_rows(self) -> list[tuple[int, list[Any]]]:
        """The rows of steps, each with its number and its four fields."""
        return [(place + 1, [self[f"step_{place}_{name}"] for name, _label in COLUMNS]) for place in range(self.row_count)]

    def clean(self) -> dict[str, Any]:
        """The arguments of the action: the words by part, the steps in their order, and whatever else is asked."""
        found = dict(self.cleaned_data)
        given: dict[str, Any] = {"parts": {code: found.pop(code, "") for code in self._parts}}
        rows = [{name: found.pop(f"step_{place}_{name}", "") for name, _label in COLUMNS} for place in range(self.row_count)]
        if self.has_steps:
            given["steps"] = [one for one in rows if any(one.values())]
        return {**found, **given}


class ReviseForm(WordsForm):
    """A new version of what everybody reads."""

    act = _("Save the new version")

    changes_meaning = forms.TypedChoiceField(
        label=_("What changed?"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[("no", _("Wording only: it is shown at once")), ("yes", _("The meaning: two people review it first, and translations are out of date then"))],
    )  # fmt: skip
