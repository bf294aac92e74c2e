"""Forms of staff lists."""

from __future__ import annotations

from typing import Any

from django import forms

from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.people import formats

NAMES = {
    "employee_number": _("Employee number"), "given_name": _("Given name"), "family_name": _("Family name"),
    "full_name": _("Whole name in one column"), "job_title": _("Job title"), "aid_code": _("AID code"), "department": _("Department"),
    "unit": _("Unit"), "employment_rate": _("Employment rate"), "manager": _("Line manager"), "email": _("E-mail address"),
    "protected": _("Protected identity"), "contact": _("Direct or indirect contact"), "language": _("Language"),
}  # fmt: skip


class StaffListForm(ActionForm):
    """The file with the list."""

    file = forms.FileField(
        label=_("Staff list"),
        help_text=_("XLSX or CSV as your HR system exports it, at most 10 MB. Nothing is saved until you say so. Personal identity numbers are left out."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )

    def clean(self) -> dict[str, Any]:
        """What the action takes: name and bytes."""
        data = super().clean() or {}
        if sent := data.pop("file", None):
            data.update(file_name=sent.name, content=sent.read())
        return data


class ColumnsForm(ActionForm):
    """Which column of the list is which of ours."""

    def __init__(self, *args: Any, headers: tuple[str, ...], guesses: list[formats.ColumnGuess], chosen: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unsure = {guess.field for guess in guesses if guess.certainty == "check"}
        choices = [("", _("not in this list")), *((header, header) for header in headers)]
        for name, label in NAMES.items():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=chosen.get(name, ""),
                help_text=_("Guessed from the header: check it.") if name in unsure and chosen.get(name) else "",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What the action takes: field → header."""
        data = super().clean() or {}
        return {"columns": {name: header for name, header in data.items() if header}}
