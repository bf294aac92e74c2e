"""What is filled in about findings."""

from __future__ import annotations

from typing import Any

from django import forms

from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.research import queries
from handrail.research.forms.texts import TextsForm
from handrail.research.models import Finding, Study


class FindingForm(TextsForm):
    """What was found, in words."""

    act = _("Save the finding")
    texts = {
        "title": (_("In one sentence"), 0, _("For example: People want somebody who explains letters from the authorities.")),
        "text": (_("What lies behind it"), 4, ""),
    }
    kind = forms.ChoiceField(label=_("What it is"), choices=Finding.Kind.choices, widget=forms.RadioSelect, initial="need")


class CountForm(ActionForm):
    """An answer that speaks for a finding."""

    act = _("Count these answers")

    question = forms.ChoiceField(label=_("Question"), widget=forms.HiddenInput)
    values = forms.MultipleChoiceField(label=_("Answers that speak for it"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, study: Study, chosen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {f"{one['survey'].uid}:{one['name']}": one for one in queries.questions_to_count(study)}
        picked = self.known.get(chosen)
        self.fields["question"].choices = [(key, one["label"]) for key, one in self.known.items()]  # type: ignore[attr-defined]
        self.fields["values"].choices = picked["choices"] if picked else []  # type: ignore[attr-defined]
        self.initial.setdefault("question", chosen)

    def clean(self) -> dict[str, Any]:
        """The question itself."""
        found = super().clean() or {}
        picked = self.known.get(str(found.get("question", "")))
        return found | ({"survey": picked["survey"], "question": picked["name"]} if picked else {})


class QuotesForm(ActionForm):
    """The passages that a finding stands on."""

    act = _("Stand on these passages")

    codings = forms.MultipleChoiceField(label=_("Passages"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = {str(one.uid): one for one in rows}
        self.fields["codings"].choices = [(uid, one.text.body[one.start : one.end][:300]) for uid, one in self._rows.items()]  # type: ignore[attr-defined]

    def clean_codings(self) -> list[Any]:
        """The marks themselves, in the order of the list."""
        wanted = set(self.cleaned_data["codings"])
        return [one for uid, one in self._rows.items() if uid in wanted]


class RankForm(ActionForm):
    """A number for each finding, 1 the most pressing."""

    act = _("Save the order")

    def __init__(self, *args: Any, findings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.findings = list(findings)
        for one in self.findings:
            self.fields[f"rank_{one.pk}"] = forms.IntegerField(label=str(one.title), min_value=1, max_value=len(self.findings), required=False, initial=one.rank)

    def clean(self) -> dict[str, Any]:
        """The order: by the numbers; each number once."""
        found = super().clean() or {}
        given = {one: found.get(f"rank_{one.pk}") for one in self.findings}
        numbers = [number for number in given.values() if number]
        if len(numbers) != len(set(numbers)):
            raise forms.ValidationError(_("Two have the same number. Give each its own."))
        return {"order": [one for one, number in sorted(given.items(), key=lambda pair: pair[1] or 0) if number]}
