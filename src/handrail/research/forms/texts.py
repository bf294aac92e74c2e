"""Texts in several languages: one field for each, put together into one text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from handrail.kit.forms import ActionForm
from handrail.kit.text import _, language_name

FROM_THE_RIGHT = frozenset({"ar", "fa", "prs", "ps", "ur", "ckb", "he"})


def direction(language: str) -> str:
    """Where a language's lines begin."""
    return "rtl" if language.split("-")[0] in FROM_THE_RIGHT else "ltr"


class TextsForm(ActionForm):
    """A form some of whose texts are written in several languages: `texts` names them with their words, rows and whether one is needed."""

    texts: Mapping[str, tuple[Any, int, Any]] = {}

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = list(languages)
        for name, (label, rows, hint) in self.texts.items():
            given = self.initial.get(name) or {}
            for place, language in enumerate(self.codes):
                widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
                widget.attrs |= {"lang": language, "dir": direction(language)}
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=_("%(what)s, in %(language)s") % {"what": label, "language": language_name(language)}, required=False, widget=widget,
                    max_length=6000 if rows else 200, help_text=hint if not place else "", initial=given.get(language, ""),
                )  # fmt: skip
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Each text with its languages, without those left empty."""
        found = super().clean() or {}
        for name in self.texts:
            found[name] = {language: text for language in self.codes if (text := (found.pop(f"{name}_{language}", "") or "").strip())}
        return found

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong with a text stands beside its first language."""
        super().add_error(f"{field}_{self.codes[0]}" if field in self.texts else field, error)
