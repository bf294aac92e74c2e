"""What is filled in about barriers, adoptions and the quality checklist, and what the catalogue is narrowed by."""

from __future__ import annotations

from typing import Any

from django import forms

from handrail.kit.forms import ActionForm
from handrail.kit.text import _, plain_language
from handrail.library import rules
from handrail.library.forms.practices import DAY, countries, fill_choices, languages
from handrail.library.models import Adoption, Practice, PracticeTag
from handrail.library.queries.toolbox import NOT_FIRST
from handrail.people.models import Organisation
from handrail.programmes.models import Programme

ALL = ("", _("all"))


class FilterForm(forms.Form):
    """What the catalogue shows, kept in the address."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    audience = forms.ChoiceField(label=_("I am a"), required=False, choices=[
        ALL, ("commissioner", _("commissioner")), ("provider", _("provider")), ("practitioner", _("practitioner")),
    ])  # fmt: skip
    services = forms.ChoiceField(label=_("Services"), required=False, choices=[ALL, ("children", _("children's services")), ("adults", _("adults' services"))])
    field = forms.ChoiceField(label=_("Field"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    context = forms.ChoiceField(label=_("Place"), required=False, choices=[
        ALL, (NOT_FIRST, _("neither first entrance nor hot spot")), ("entrance", _("first entrance")), ("hot_spot", _("hot spot")),
    ])  # fmt: skip
    cost = forms.ChoiceField(label=_("Cost"), required=False, choices=[ALL, *Practice.Cost.choices])
    evidence = forms.ChoiceField(label=_("Proof"), required=False, choices=[ALL, *Practice.Evidence.choices])
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, countries_present: list[str], languages_present: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names, tongues = rules.work_fields(), rules.text_languages()
        fill_choices(
            self, field=[ALL, *names.items()], country=[ALL, *((code, rules.country_name(code)) for code in countries_present)],
            language=[ALL, *((code, tongues.get(code, code)) for code in languages_present)],
        )  # fmt: skip

    def chosen(self) -> dict[str, str]:
        """What the address asks for; nonsense counts as nothing."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}

    def in_words(self) -> list[str]:
        """What was chosen, as the print-out says it."""
        chosen = self.chosen()
        audiences, services = dict(PracticeTag.Audience.choices), dict(Practice.Services.choices)
        found = [str(audiences[chosen["audience"]])] if chosen["audience"] else []
        found += [str(services[chosen["services"]])] if chosen["services"] else []
        for name in ("field", "country", "context", "cost", "evidence", "language"):
            if chosen[name]:
                found.append(str(dict(self.fields[name].choices)[chosen[name]]))  # type: ignore[attr-defined]
        return found + ([f"“{chosen['q']}”"] if chosen["q"] else [])


class BarrierForm(ActionForm):
    """A barrier in one language."""

    act = _("Save the barrier")

    title = forms.CharField(label=_("The barrier in a few words"), max_length=150)
    text = forms.CharField(label=_("What it does to people, and why it is there"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    language = forms.ChoiceField(label=_("Language"))
    field = forms.ChoiceField(label=_("Field"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", plain_language())
        fill_choices(self, language=languages(), field=rules.work_fields().items())

    def clean(self) -> dict[str, Any]:
        """The arguments of the action: words with their language."""
        found = dict(self.cleaned_data)
        language = found.pop("language", "en")
        return {**found, "title": {language: found.get("title", "")}, "text": {language: found.get("text", "")}}


class BarrierReportForm(ActionForm):
    """Where a barrier was reported."""

    act = _("Save the report")

    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(label=_("Organisation"), queryset=None, to_field_name="uid", required=False)
    country = forms.ChoiceField(label=_("Country"))
    reported_on = forms.DateField(label=_("Day"), widget=DAY, required=False)
    words = forms.CharField(label=_("How it was put"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Name nobody."))

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        fill_choices(self, country=[("", _("Choose")), *countries()])


class RemedyForm(ActionForm):
    """Which practice lowers a barrier, and how."""

    act = _("Save")

    practice = forms.ChoiceField(label=_("Practice"))
    how = forms.CharField(label=_("How it helps, in a sentence"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, practices: list[tuple[Practice, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._practices = {str(one.uid): one for one, _title in practices}
        fill_choices(self, practice=[(str(one.uid), title) for one, title in practices])

    def clean(self) -> dict[str, Any]:
        """The arguments of the action."""
        found = dict(self.cleaned_data)
        return {**found, "practice": self._practices.get(found.get("practice", "")), "how": {plain_language(): found.get("how", "")}}


class AdoptForm(ActionForm):
    """Which organisation begins."""

    act = _("Begin")

    where = forms.ChoiceField(label=_("For which organisation"), widget=forms.RadioSelect)
    country = forms.ChoiceField(label=_("Country"))

    def __init__(self, *args: Any, organisations: list[tuple[Programme, Organisation]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._organisations = {f"{programme.pk}-{one.pk}": (programme, one) for programme, one in organisations}
        choices = [(key, f"{one.name} ({programme})") for key, (programme, one) in self._organisations.items()]
        fill_choices(self, where=choices, country=[("", _("Choose")), *countries()])

    def clean(self) -> dict[str, Any]:
        """The arguments of the action."""
        found = dict(self.cleaned_data)
        programme, organisation = self._organisations.get(found.pop("where", ""), (None, None))
        return {**found, "programme": programme, "organisation": organisation}


class TickForm(ActionForm):
    """A step that is done."""

    place = forms.IntegerField(widget=forms.HiddenInput)
    is_done = forms.BooleanField(required=False)
    done_on = forms.DateField(label=_("Day"), widget=DAY, required=False)


class ResultForm(ActionForm):
    """What came of it, for those who come after."""

    act = _("Tell the result")

    happened = forms.CharField(label=_("What happened"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}), help_text=_("Everybody reads it on the card. Name nobody."))
    changed = forms.CharField(label=_("What you did otherwise"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    people = forms.IntegerField(label=_("How many people it reached"), min_value=0, max_value=10_000_000, required=False)
    figures = forms.CharField(label=_("Other figures"), max_length=300, required=False)
    advice = forms.ChoiceField(label=_("Should others do the same?"), choices=Adoption.Advice.choices, widget=forms.RadioSelect)


class ChecklistForm(ActionForm):
    """The quality checklist for one organisation."""

    act = _("Save the answers")

    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(label=_("Organisation"), queryset=None, to_field_name="uid", empty_label=None)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        choices = [(str(value), words) for value, words in enumerate(rules.checklist_steps(), start=1)]
        for code, label in rules.checklist_criteria().items():
            self.fields[code] = forms.TypedChoiceField(label=label, choices=choices, coerce=int, widget=forms.RadioSelect)

    def clean(self) -> dict[str, Any]:
        """The arguments of the action."""
        found = dict(self.cleaned_data)
        return {"organisation": found.get("organisation"), "values": {code: found[code] for code in rules.checklist_criteria() if code in found}}
