"""What is filled in about questions, answers, guidance and duties."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings

from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.placements.models import Contact, Placement

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FilterForm(forms.Form):
    """What the list of questions shows, kept in the address."""

    whose = forms.ChoiceField(label=_("Whose"), required=False, choices=[("", _("all")), ("mine", _("mine"))])
    state = forms.ChoiceField(
        label=_("Which"), required=False,
        choices=[("", _("all")), ("open", _("open")), ("late", _("late")), ("answered", _("answered")), ("closed", _("closed"))],
    )  # fmt: skip

    def chosen(self) -> dict[str, str]:
        """What the address asks for; nonsense counts as nothing."""
        self.is_valid()
        return {"whose": str(self.cleaned_data.get("whose") or ""), "state": str(self.cleaned_data.get("state") or "")}


class _WithPlacement(ActionForm):
    """Which of the company's placements it is about, if one."""

    def __init__(self, *args: Any, placements: Sequence[tuple[Placement, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._placements = {str(one.uid): one for one, _called in placements}
        field = self.fields["placement"]
        field.choices = [("", _("no placement, something else")), *((str(one.uid), called) for one, called in placements)]  # type: ignore[attr-defined]
        if not placements:
            field.widget = forms.HiddenInput()

    def clean_placement(self) -> Placement | None:
        """The placement itself."""
        return self._placements.get(str(self.cleaned_data.get("placement") or ""))


class AskForm(_WithPlacement):
    """A company's own question, in its own words."""

    act = _("Send the question")

    text = forms.CharField(
        label=_("Your question"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text=_("Write no names and nothing about anybody's health."),
    )  # fmt: skip
    placement = forms.ChoiceField(label=_("About"), required=False)


class PhoneForm(_WithPlacement):
    """What a company asked on the phone."""

    act = _("Save the question")

    text = forms.CharField(
        label=_("What did the company ask?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text=_("Write no names and nothing about anybody's health."),
    )  # fmt: skip
    placement = forms.ChoiceField(label=_("About"), required=False)
    contact: forms.ModelChoiceField[Contact] = forms.ModelChoiceField(label=_("Who rang"), queryset=None, to_field_name="uid", required=False, empty_label=_("somebody else"))

    def __init__(self, *args: Any, contacts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["contact"]
        field.queryset = contacts  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.name  # type: ignore[attr-defined]


class AnswerForm(ActionForm):
    """The answer, as the company will read it."""

    act = _("Send the answer")

    text = forms.CharField(
        label=_("Answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The company reads it on its page. Write no names and nothing about anybody's health."),
    )  # fmt: skip
    guidance = forms.CharField(widget=forms.HiddenInput(), required=False)


class GiveForm(ActionForm):
    """Who answers instead."""

    act = _("Give the question")

    owner: forms.ModelChoiceField[Person] = forms.ModelChoiceField(label=_("Who answers"), queryset=None, to_field_name="uid", empty_label=None)

    def __init__(self, *args: Any, helpers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        field.queryset = helpers  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.called  # type: ignore[attr-defined]


class SearchForm(forms.Form):
    """Words to look for in guidance."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))

    def words(self) -> str:
        """What is looked for; nonsense counts as nothing."""
        self.is_valid()
        return str(self.cleaned_data.get("q") or "")


class GuidanceForm(ActionForm):
    """An answer that others can use."""

    act = _("Keep as guidance")

    title = forms.CharField(label=_("Title"), max_length=150, help_text=_("The question in a few words."))
    text = forms.CharField(label=_("What others should know"), widget=forms.Textarea(attrs={"rows": 8}), max_length=6000)
    tags = forms.CharField(label=_("Words to find it by"), required=False, max_length=200, help_text=_("Separated by commas."))
    language = forms.ChoiceField(label=_("Language"))
    is_offered = forms.BooleanField(label=_("Companies read it on their own pages"), required=False, initial=True)
    names_ok = forms.BooleanField(label=_("I have looked: no word in it names a person"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = list(settings.LANGUAGES)  # type: ignore[attr-defined]

    def clean_tags(self) -> list[str]:
        """One word each."""
        return [tag for tag in str(self.cleaned_data.get("tags") or "").split(",") if tag.strip()]


class DutyForm(ActionForm):
    """Who is on duty, and when."""

    act = _("Put on duty")

    person: forms.ModelChoiceField[Person] = forms.ModelChoiceField(label=_("Who"), queryset=None, to_field_name="uid", empty_label=None)
    starts_on = forms.DateField(label=_("First day"), required=False, widget=DAY, help_text=_("Today, unless you write another day."))
    ends_on = forms.DateField(label=_("Last day"), required=False, widget=DAY, help_text=_("Until further notice, unless you write a day."))

    def __init__(self, *args: Any, helpers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        field.queryset = helpers  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.called  # type: ignore[attr-defined]
