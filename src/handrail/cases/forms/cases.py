"""Meeting somebody, writing down what they can and want, ending a stay."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from handrail.cases.models import Case, CaseLanguage, Entry
from handrail.cases.rules import languages
from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.people.models import Organisation, Person

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
AREA = forms.Textarea(attrs={"rows": 4})


class FilterForm(forms.Form):
    """What the case list shows, kept in the address."""

    q = forms.CharField(label=_("Name or number"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(label=_("Who"), required=False, choices=[("", _("everybody")), ("open", _("here now")), ("ended", _("has ended")), ("nobody", _("without a caseworker"))])

    def chosen(self) -> dict[str, str]:
        """What the address asks for; nonsense counts as nothing."""
        self.is_valid()
        return {"words": str(self.cleaned_data.get("q") or ""), "state": str(self.cleaned_data.get("state") or "")}

    @property
    def narrows(self) -> bool:
        """Whether fewer than all are asked for."""
        return any(self.chosen().values())


class OpenForm(ActionForm):
    """The first talk: what to call somebody, which language, what they are good at and want. Nothing about status."""

    act = _("Save and go on")

    given_name = forms.CharField(label=_("What does the person want to be called?"), max_length=100)
    family_name = forms.CharField(label=_("Family name"), max_length=100, required=False)
    language = forms.ChoiceField(label=_("First language"), required=False)
    strengths = forms.CharField(label=_("Good at"), widget=AREA, required=False, help_text=_("In the person's own words where you can: what do others ask you for help with?"))
    wishes = forms.CharField(label=_("Wants"), widget=AREA, required=False, help_text=_("What kind of work, what kind of day, what next."))
    experience = forms.CharField(label=_("Has worked with"), widget=AREA, required=False)
    started_on = forms.DateField(label=_("First day"), required=False, widget=DAY, help_text=_("Today, unless you write another day."))
    is_protected = forms.BooleanField(label=_("The name is protected: only the caseworker reads it"), required=False)
    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(label=_("Organisation"), queryset=None, to_field_name="uid", empty_label=None)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("Not said")), *languages()]  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        if len(organisations) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = organisations[0].uid


class ChangeForm(ActionForm):
    """What somebody can, wants, and what a day may look like."""

    act = _("Save")

    strengths = forms.CharField(label=_("Good at"), widget=AREA, required=False)
    wishes = forms.CharField(label=_("Wants"), widget=AREA, required=False)
    experience = forms.CharField(label=_("Has worked with"), widget=AREA, required=False)
    hours_wanted = forms.IntegerField(label=_("Hours a week"), min_value=1, max_value=48, required=False)
    travel_minutes = forms.IntegerField(label=_("Way to work at most, in minutes"), min_value=1, max_value=240, required=False)
    interpreter = forms.ChoiceField(label=_("Wants an interpreter in"), required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        names = ("strengths", "wishes", "experience", "hours_wanted", "travel_minutes", "interpreter")
        super().__init__(*args, initial={name: getattr(case, name) for name in names}, **kwargs)
        self.fields["interpreter"].choices = [("", _("None")), *languages()]  # type: ignore[attr-defined]


class LanguagesForm(ActionForm):
    """Up to five languages, and how well each is spoken."""

    act = _("Save the languages")
    MOST = 5

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(case.languages.values_list("code", "level"))
        for index in range(self.MOST):
            code, level = known[index] if index < len(known) else ("", "")
            self.fields[f"code_{index}"] = forms.ChoiceField(label=_("Language"), required=False, choices=[("", "–"), *languages()], initial=code)
            self.fields[f"level_{index}"] = forms.ChoiceField(label=_("How well"), required=False, choices=[("", "–"), *CaseLanguage.Level.choices], initial=level)

    def pairs(self) -> list[tuple[Any, Any]]:
        """The fields two by two, for the page."""
        return [(self[f"code_{index}"], self[f"level_{index}"]) for index in range(self.MOST)]

    def clean(self) -> dict[str, Any]:
        """One mapping of languages to levels."""
        sent = super().clean() or self.cleaned_data
        levels = {}
        for index in range(self.MOST):
            code, level = sent.get(f"code_{index}"), sent.get(f"level_{index}")
            if code and not level:
                self.add_error(f"level_{index}", _("Choose how well the language is spoken."))
            elif code:
                levels[code] = level
        return {"levels": levels}


class GiveForm(ActionForm):
    """Who looks after the case from now on."""

    act = _("Give the case")

    caseworker: forms.ModelChoiceField[Person] = forms.ModelChoiceField(label=_("Caseworker"), queryset=None, to_field_name="uid", empty_label=None)

    def __init__(self, *args: Any, workers: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["caseworker"]
        field.queryset = workers  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.called  # type: ignore[attr-defined]


class EndForm(ActionForm):
    """When and why a stay ends."""

    act = _("End the stay")

    reason = forms.ChoiceField(label=_("Why"), choices=Entry.Reason.choices, widget=forms.RadioSelect)
    ended_on = forms.DateField(label=_("Last day"), required=False, widget=DAY, help_text=_("Today, unless you write another day."))


class ReopenForm(ActionForm):
    """The day on which somebody came back."""

    act = _("Open again")

    started_on = forms.DateField(label=_("First day"), required=False, widget=DAY, help_text=_("Today, unless you write another day."))
