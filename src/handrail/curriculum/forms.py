"""What a coordinator fills in for modules and outcomes."""

from __future__ import annotations

from typing import Any

from django import forms

from handrail.competences.models import Competence
from handrail.curriculum.models import LearningOutcome, Module
from handrail.curriculum.queries import competences_of, other_modules
from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.people.models import Role
from handrail.programmes.models import Programme

LANGUAGES = ("sv", "en")
LEVELS = [(level, str(level)) for level in (1, 2, 3, 4)]


class InLanguages(ActionForm):
    """A form in which some texts are written once per language: title_sv and title_en become title."""

    translated: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Bring the languages of each text together."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.translated:
            cleaned[name] = {language: cleaned.pop(f"{name}_{language}", "") for language in LANGUAGES}
        return cleaned


class ModuleForm(InLanguages):
    """A module's facts."""

    translated = ("title", "description")

    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("Short, such as M3."))
    title_sv = forms.CharField(label=_("Title in Swedish"), max_length=150)
    title_en = forms.CharField(label=_("Title in English"), max_length=150, required=False)
    description_sv = forms.CharField(label=_("Description in Swedish"), widget=forms.Textarea({"rows": 4}), required=False)
    description_en = forms.CharField(label=_("Description in English"), widget=forms.Textarea({"rows": 4}), required=False)
    form = forms.ChoiceField(label=_("Form"), choices=Module.Form.choices)
    minutes = forms.IntegerField(label=_("Minutes without breaks"), min_value=1, max_value=1440)
    requires: forms.ModelChoiceField[Module] = forms.ModelChoiceField(
        label=_("Asks for this module first"), queryset=None, required=False, empty_label=_("None")
    )
    prepares_for = forms.ChoiceField(
        label=_("Prepares for the role"), required=False, choices=[("", _("No role")), (Role.PROCESS_LEADER.value, Role.PROCESS_LEADER.label)]
    )

    def __init__(self, *args: Any, programme: Programme, module: Module | None = None, **kwargs: Any) -> None:
        if module is not None:
            kwargs["initial"] = {
                "code": module.code, "form": module.form, "minutes": module.minutes, "requires": module.requires_id, "prepares_for": module.prepares_for,
                **{f"{name}_{language}": getattr(module, name).get(language, "") for name in self.translated for language in LANGUAGES},
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        field = self.fields["requires"]
        field.queryset = other_modules(programme, module)  # type: ignore[attr-defined]


class OutcomeForm(InLanguages):
    """What a participant can do afterwards."""

    translated = ("statement",)

    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("Short, such as M3.1."))
    statement_sv = forms.CharField(
        label=_("The participant can … (Swedish)"), max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text=_("Begin with a verb that can be assessed: describe, apply, plan, conduct."),
    )  # fmt: skip
    statement_en = forms.CharField(label=_("The participant can … (English)"), max_length=300, widget=forms.Textarea({"rows": 2}), required=False)
    competence: forms.ModelChoiceField[Competence] = forms.ModelChoiceField(label=_("Competence"), queryset=None, empty_label=_("Choose"))
    to_level = forms.TypedChoiceField(label=_("Leads up to level"), choices=LEVELS, coerce=int, initial=3)
    adds = forms.TypedChoiceField(label=_("Adds at most, in levels"), choices=LEVELS, coerce=int, initial=1)

    def __init__(self, *args: Any, programme: Programme, outcome: LearningOutcome | None = None, **kwargs: Any) -> None:
        if outcome is not None:
            kwargs["initial"] = {
                "code": outcome.code, "competence": outcome.competence_id, "to_level": outcome.to_level, "adds": outcome.adds,
                **{f"statement_{language}": outcome.statement.get(language, "") for language in LANGUAGES},
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        field = self.fields["competence"]
        field.queryset = competences_of(programme)  # type: ignore[attr-defined]
