"""Bringing in a questionnaire: choose the workbook, look, publish."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core import signing

from handrail.instruments.models import Questionnaire
from handrail.kit.forms import ActionForm
from handrail.kit.text import _

SALT = "instruments.questionnaire"
AN_HOUR = 3600
A_LINE = 60  # signs


class UploadForm(ActionForm):
    """Choose the workbook."""

    file = forms.FileField(
        label=_("XLSForm workbook"), help_text=_("XLSX, at most 1 MB. Nothing is saved before you publish."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("What it measures"), choices=Questionnaire.Kind.choices, initial=Questionnaire.Kind.MAPPING)

    def __init__(self, *args: Any, kinds: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        field.choices = [(kind, label) for kind, label in Questionnaire.Kind.choices if kind in kinds]  # type: ignore[attr-defined]
        field.initial = kinds[0] if kinds else None


class PublishForm(ActionForm):
    """Publish what was looked at: the workbook itself, sealed so that it is the one that was checked."""

    sealed = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Open the seal."""
        found = super().clean() or {}
        try:
            opened = signing.loads(found.pop("sealed", ""), salt=SALT, max_age=AN_HOUR)
        except signing.BadSignature:
            raise forms.ValidationError(_("The preview is too old. Choose the file again.")) from None
        return {"file_name": opened["name"], "content": base64.b64decode(opened["content"]), "kind": opened["kind"]}


class WordsForm(ActionForm):
    """A questionnaire's words in one language; `rows` are what it says and the words to look at while writing."""

    act = _("Save the words")

    def __init__(self, *args: Any, rows: Mapping[str, Any], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = {f"w{number}": key for number, key in enumerate(rows)}
        for name, key in self._names.items():
            self.fields[name] = forms.CharField(
                label=rows[key].beside, required=False, max_length=3000, initial=rows[key].text, strip=True,
                widget=forms.Textarea(attrs={"rows": 1 if len(rows[key].beside) < 60 else 3, "lang": language, "dir": "auto"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What was typed, by what it is the word for."""
        found = super().clean() or {}
        return {"words": {key: " ".join(found[name].split()) for name, key in self._names.items() if name in found}}


def sealed(name: str, content: bytes, kind: str) -> str:
    """A workbook on its way from preview to publishing; it is kept nowhere."""
    return signing.dumps({"name": name, "content": base64.b64encode(content).decode(), "kind": kind}, salt=SALT)
