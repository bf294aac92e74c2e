"""What visitors read about a programme, and who answers them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings

from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.programmes.models import Programme

EMBLEMS = [("", _("none")), ("eu", _("the European flag"))]
TEXTS: dict[str, tuple[Any, int]] = {
    "summary": (_("In one sentence"), 2), "background": (_("Background"), 8), "funder": (_("Funder"), 1),
    "funder_statement": (_("What must be said of the funding"), 2),
}  # fmt: skip


class PublicPageForm(ActionForm):
    """The public page's words, one field for each language."""

    act = _("Save")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, rows) in TEXTS.items():
            for code, language in settings.LANGUAGES:
                widget = forms.Textarea(attrs={"rows": rows, "lang": code}) if rows > 1 else forms.TextInput(attrs={"lang": code})
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=_("%(text)s, %(language)s") % {"text": label, "language": language}, required=False, max_length=6000,
                    widget=widget, initial=getattr(programme, name).get(code, ""),
                )  # fmt: skip
        self.fields["funder_emblem"] = forms.ChoiceField(
            label=_("Emblem"), choices=EMBLEMS, required=False, initial=programme.funder_emblem
        )
        self.fields["is_public"] = forms.BooleanField(
            label=_("Visitors can read the page"), required=False, initial=programme.is_public
        )

    def clean(self) -> dict[str, Any]:
        """What the action takes: one text in several languages each."""
        data = super().clean() or {}
        texts = {
            name: {code: data[f"{name}_{code}"].strip() for code, _name in settings.LANGUAGES if data.get(f"{name}_{code}", "").strip()}
            for name in TEXTS
        }
        return {**texts, "funder_emblem": data.get("funder_emblem", ""), "is_public": data.get("is_public", False)}


class ContactPersonForm(ActionForm):
    """Who answers what visitors write."""

    act = _("Save")
    contact_person = forms.ChoiceField(label=_("Contact person"), required=False)

    def __init__(self, *args: Any, holders: Sequence[tuple[Person, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holders = {str(person.uid): person for person, _name in holders}
        self.fields["contact_person"].choices = [  # type: ignore[attr-defined]
            ("", _("nobody: the project owner answers")), *((str(person.uid), name) for person, name in holders),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What the action takes: a person or nobody."""
        data = super().clean() or {}
        if "contact_person" in data:
            data["contact_person"] = self.holders.get(data["contact_person"])
        return data
