"""What is filled in to mark passages, to keep the codebook, and to exchange projects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from handrail.kit.forms import ActionForm
from handrail.kit.text import _, country_name, language_name
from handrail.people.models import Person
from handrail.research.forms.sources import language_choices
from handrail.research.models import Code, Study
from handrail.research.queries import coding as queries
from handrail.research.queries import sources

NUMBER = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
FILE_MAX = 60 * 1024 * 1024


def code_choices(listed: list[queries.Listed], *, codable: bool = True) -> list[tuple[str, str]]:
    """Codes by name, those under others set in."""
    return [(str(one.code.uid), "\u2003" * one.depth + str(one.code.name)) for one in listed if one.code.is_codable or not codable]


class MarkForm(ActionForm):
    """A passage and its code: characters where something was selected, else from one sentence to another."""

    act = _("Mark")

    code = forms.ChoiceField(label=_("Code"))
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput())
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput())
    first = forms.CharField(label=_("From"), required=False, max_length=9, widget=NUMBER, help_text=_("The number of a paragraph, 12, or of a sentence in it, 12.3."))
    last = forms.CharField(label=_("To"), required=False, max_length=9, widget=NUMBER)
    memo = forms.CharField(label=_("Memo"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, study: Study, listed: list[queries.Listed], places: Mapping[str, tuple[int, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._study, self._places = study, places
        self.fields["code"].choices = [("", _("Choose")), *code_choices(listed)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The action's `code`, `start` and `end`."""
        data = super().clean() or {}
        code = queries.code_by_uid(self._study, data.get("code"))
        start, end = data.get("start"), data.get("end")
        named = [self._place(name) for name in ("first", "last") if data.get(name)]
        if (start is None or end is None) and named and None not in named:
            start, end = min(one[0] for one in named if one), max(one[1] for one in named if one)
        if code is None or start is None or end is None:
            if code is not None:
                self.add_error(None, _("Select some words of the text, or write the number of a paragraph or sentence."))
            return data
        return {"code": code, "start": start, "end": end, "memo": data.get("memo", "")}

    def _place(self, name: str) -> tuple[int, int] | None:
        found = self._places.get(str(self.cleaned_data.get(name) or "").replace(",", ".").strip(" ."))
        if found is None:
            self.add_error(name, _("The text has no paragraph or sentence of this number."))
        return found



class MemoForm(ActionForm):
    """Why one made a mark."""

    memo = forms.CharField(label=_("Memo"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Everybody in the research reads it."))


class TwoForm(ActionForm):
    """Who reads the same text without seeing the other's marks."""

    act = _("Give it to them")

    first: forms.ModelChoiceField[Person] = forms.ModelChoiceField(label=_("First reader"), queryset=None, to_field_name="uid")
    second: forms.ModelChoiceField[Person] = forms.ModelChoiceField(label=_("Second reader"), queryset=None, to_field_name="uid")

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            field: Any = self.fields[name]
            field.queryset = sources.researchers_found(study)
            field.label_from_instance = lambda one: one.called

    def clean(self) -> dict[str, Any]:
        """Both as the action's `coders`."""
        data = super().clean() or {}
        return {"coders": [one for one in (data.get("first"), data.get("second")) if one is not None]}


class CodeForm(ActionForm):
    """A word of the codebook in the study's languages."""

    parent = forms.ChoiceField(label=_("Stands under"), required=False)
    colour = forms.CharField(label=_("Colour"), required=False, max_length=7, help_text=_("As other tools write it, #46AA00. The name always stands beside it."))
    is_codable = forms.BooleanField(label=_("Passages are marked with it"), required=False, initial=True, help_text=_("Not ticked: it only holds others together."))
    memo = forms.CharField(label=_("Memo"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, study: Study, listed: list[queries.Listed], code: Code | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._study, self._code = study, code
        self._languages = sources.languages_of(study)
        named = {}
        for language in self._languages:
            named[f"name_{language}"] = forms.CharField(
                label=_("Name, %(language)s") % {"language": language_name(language)}, required=False, max_length=200, initial=(code.name if code else {}).get(language, ""),
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )  # fmt: skip
        for language in self._languages:
            named[f"description_{language}"] = forms.CharField(
                label=_("When to use it and when not, %(language)s") % {"language": language_name(language)}, required=False, max_length=4000,
                initial=(code.description if code else {}).get(language, ""), widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            )  # fmt: skip
        self.fields = {**named, **self.fields}
        choices = [one for one in code_choices(listed, codable=False) if code is None or one[0] != str(code.uid)]
        self.fields["parent"].choices = [("", _("nothing, it stands at the top")), *choices]  # type: ignore[attr-defined]
        if code is None:
            del self.fields["seen"]
        else:
            facts = {"parent": str(code.parent.uid) if code.parent else "", "colour": code.colour, "is_codable": code.is_codable, "memo": code.memo, "seen": study.codebook.number}
            for name, value in facts.items():
                self.fields[name].initial = value

    def clean(self) -> dict[str, Any]:
        """The arguments of `add_code` and `change_code`."""
        data = super().clean() or {}

        def texts(name: str) -> dict[str, str]:
            written = {language: str(data.get(f"{name}_{language}") or "").strip() for language in self._languages}
            return {language: text for language, text in written.items() if text}

        kept = {
            "name": texts("name"), "description": texts("description"), "memo": data.get("memo", ""), "colour": data.get("colour", ""),
            "is_codable": bool(data.get("is_codable")), "parent": queries.code_by_uid(self._study, data.get("parent")),
        }  # fmt: skip
        return kept | ({"seen": data.get("seen") or 0} if self._code else {})


class MergeForm(ActionForm):
    """Which code the marks go to."""

    into = forms.ChoiceField(label=_("All marks go to"))

    def __init__(self, *args: Any, code: Code, listed: list[queries.Listed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._study = code.codebook.study
        self.fields["into"].choices = [one for one in code_choices(listed) if one[0] != str(code.uid)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The code itself."""
        return {"into": queries.code_by_uid(self._study, self.cleaned_data.get("into"))} if self.cleaned_data.get("into") else {}


class CodebookForm(ActionForm):
    """A codebook's file."""

    file = forms.FileField(label=_("File"), help_text=_("REFI-QDA (.qdc), or our own table as CSV or a workbook. What the study has already stays."))
    language = forms.ChoiceField(label=_("Language of its names"))

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices(study)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Name and bytes."""
        data = super().clean() or {}
        file = data.get("file")
        return {"name": file.name, "content": file.read(FILE_MAX), "language": data.get("language")} if file else data


class ProjectForm(CodebookForm):
    """A project's file, and what is not in it."""

    act = _("Bring it in")

    partner: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Heard by"), queryset=None, to_field_name="uid", empty_label=None)
    group: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Group"), queryset=None, to_field_name="uid", required=False, empty_label=_("as the project says"))

    def __init__(self, *args: Any, study: Study, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, study=study, **kwargs)
        self.fields["file"].help_text = _("REFI-QDA (.qdpx), as ATLAS.ti, MAXQDA, NVivo, QualCoder and others export it.")
        self.fields["language"].label = _("Language of texts and codes")
        self.fields["partner"].queryset = sources.partners_collected_for(person, study)  # type: ignore[attr-defined]
        self.fields["partner"].label_from_instance = lambda one: str(one.organisation)  # type: ignore[attr-defined]
        self.fields["group"].queryset = sources.groups_of(study)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Bytes, partner and group."""
        rest = {name: self.cleaned_data.get(name) for name in ("partner", "group")}
        data = super().clean()
        data.pop("name", None)
        return data | rest


class QuoteFilterForm(forms.Form):
    """Which quotes are shown, kept in the address."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = sorted({one.country for one in study.partners.all()})
        choices = {
            "country": [(one, country_name(one)) for one in countries], "group": [(str(one.pk), str(one.title)) for one in study.groups.all()],
            "language": [(one, language_name(one)) for one in sources.languages_said(study)],
        }  # fmt: skip
        for name, some in choices.items():
            self.fields[name].choices = [("", _("all")), *some]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """What the address asks for; nonsense counts as nothing."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
