"""The web face of what may be done with competences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings

from handrail.competences import rules
from handrail.competences.models import Area, Competence, MapRelease, ProfileTarget, RoleProfile
from handrail.competences.queries import measurement_name
from handrail.kit.forms import ActionForm
from handrail.kit.text import Translations, _

LEVEL_CHOICES = [(str(level), str(level)) for level in range(5)]


class MapFilters(forms.Form):
    """The sentence above the map: whose rating, which role profile, which measurement, and which units where there are many."""

    kind = forms.ChoiceField(label=_("Rating"), required=False)
    profile = forms.ChoiceField(label=_("Role profile"), required=False)
    round = forms.ChoiceField(label=_("Measurement"), required=False)
    q = forms.CharField(label=_("Unit"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(
        self, *, chosen: Mapping[str, str], releases: Iterable[MapRelease], profiles: Iterable[RoleProfile], may_filter: bool,
        may_search: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(initial={name: chosen.get(name, "")[:100] for name in ("kind", "profile", "round", "q")})
        self.auto_id = "map_%s"
        rounds = [(str(one.round.uid) if one.round else "", measurement_name(one)) for one in releases]
        self.choose("kind", [("self", _("Own")), ("manager", _("The manager's"))] if may_filter else [])
        known = [(str(one.uid), str(one)) for one in profiles]
        self.choose("profile", [("", _("Everybody")), *known] if may_filter and known else [])
        self.choose("round", rounds)
        if not may_search:
            del self.fields["q"]
        for name in ("in", "view"):
            if chosen.get(name):
                self.fields[name] = forms.CharField(widget=forms.HiddenInput, initial=chosen[name])

    def choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Offer these, or leave the question out where there is nothing to choose."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if len(choices) < 2:
            del self.fields[name]


class FrameworkUpload(ActionForm):
    """A framework's file."""

    file = forms.FileField(
        label=_("File"), help_text=_("Our own CSV or workbook, or the competency CSV that Moodle exports. Nothing is saved until you say so.")
    )


class _TextsForm(ActionForm):
    """A form with texts in every language of the installation."""

    def add_texts(self, name: str, label: Any, initial: Mapping[str, str] | None, *, required: bool = False, long: bool = False) -> None:
        """One field per language."""
        for code, language in settings.LANGUAGES:
            self.fields[f"{name}_{code}"] = forms.CharField(
                label=f"{label} ({language})", required=required and code == settings.LANGUAGE_CODE, initial=(initial or {}).get(code, ""),
                max_length=4000 if long else 300, widget=forms.Textarea(attrs={"rows": 2}) if long else forms.TextInput(),
            )  # fmt: skip

    def texts(self, name: str) -> dict[str, str]:
        """What was written, by language."""
        written = {code: str(self.cleaned_data.get(f"{name}_{code}", "")).strip() for code, _language in settings.LANGUAGES}
        return {code: text for code, text in written.items() if text}


class AreaForm(_TextsForm):
    """An area of a framework."""

    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("Short and lasting: questionnaires and files point at it."))

    def __init__(self, *args: Any, area: Area | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].initial = area.code if area else ""
        self.add_texts("name", _("Name"), area.name if area else None, required=True)

    def clean(self) -> dict[str, Any]:
        """The arguments of `save_area`."""
        return {"code": str(self.cleaned_data.get("code", "")).strip(), "name": self.texts("name")}


class CompetenceForm(_TextsForm):
    """A competence with its level texts."""

    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("Short and lasting: questionnaires and files point at it."))

    def __init__(
        self, *args: Any, competence: Competence | None = None, levels: Mapping[int, Translations] | None = None,
        level_names: Iterable[tuple[int, str]] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["code"].initial = competence.code if competence else ""
        self.add_texts("name", _("Name"), competence.name if competence else None, required=True)
        self.add_texts("description", _("What it is"), competence.description if competence else None, long=True)
        for level, name in level_names:
            self.add_texts(f"level_{level}", f"{level} {name}", (levels or {}).get(level), long=True)

    def clean(self) -> dict[str, Any]:
        """The arguments of `save_competence`."""
        levels = {level: self.texts(f"level_{level}") for level in range(5) if any(self.texts(f"level_{level}").values())}
        return {
            "code": str(self.cleaned_data.get("code", "")).strip(), "name": self.texts("name"), "description": self.texts("description"),
            "levels": levels,
        }  # fmt: skip


class ProfileForm(_TextsForm):
    """A role profile's name and the job titles that lead to it."""

    def __init__(self, *args: Any, profile: RoleProfile | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.profile = profile
        if profile is None:
            self.fields["code"] = forms.CharField(label=_("Code"), max_length=40)
        self.add_texts("name", _("Name"), profile.name if profile else None, required=True)
        self.fields["job_titles"] = forms.CharField(
            label=_("Job titles"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
            initial="\n".join(profile.job_titles) if profile else "",
            help_text=_("One a line. A title in the staff list that is the same, or begins with one of these, gets this profile."),
        )  # fmt: skip
        self.fields["is_default"] = forms.BooleanField(
            label=_("For everybody without a profile of their own"), required=False, initial=bool(profile and profile.is_default)
        )

    def clean(self) -> dict[str, Any]:
        """The arguments of `add_profile` and `change_profile`."""
        own = {} if self.profile else {"code": str(self.cleaned_data.get("code", "")).strip()}
        return {
            **own, "name": self.texts("name"), "job_titles": rules.titles_in_lines(self.cleaned_data.get("job_titles", "")),
            "is_default": bool(self.cleaned_data.get("is_default")),
        }  # fmt: skip


class TargetsForm(ActionForm):
    """What a role profile asks, competence by competence."""

    def __init__(
        self, *args: Any, competences: Iterable[Competence], targets: Mapping[int, ProfileTarget], level_names: Iterable[tuple[int, str]],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.competences = list(competences)
        levels = [("", _("Not asked")), *[(str(level), f"{level} {name}".strip()) for level, name in level_names]]
        for one in self.competences:
            target = targets.get(one.pk)
            self.fields[f"level_{one.pk}"] = forms.ChoiceField(
                label=_("Target level in %(name)s") % {"name": one}, choices=levels, required=False, initial=str(target.level) if target else ""
            )
            self.fields[f"weight_{one.pk}"] = forms.DecimalField(
                label=_("Weight of %(name)s") % {"name": one}, max_digits=4, decimal_places=2, min_value=Decimal("0.01"),
                max_value=Decimal("9.99"), required=False, initial=target.weight if target else Decimal(1), localize=True,
            )  # fmt: skip

    def rows(self) -> list[tuple[Competence, Any, Any]]:
        """Each competence with its two fields, for the table."""
        return [(one, self[f"level_{one.pk}"], self[f"weight_{one.pk}"]) for one in self.competences]

    def clean(self) -> dict[str, Any]:
        """The arguments of `set_targets`."""
        sent = self.cleaned_data
        return {
            "targets": {
                one: (
                    int(sent[f"level_{one.pk}"]) if sent.get(f"level_{one.pk}") else None, sent.get(f"weight_{one.pk}") or Decimal(1),
                )
                for one in self.competences
            }
        }  # fmt: skip


class PersonProfileForm(ActionForm):
    """A role profile for one person."""

    profile = forms.ChoiceField(label=_("Role profile"))

    def __init__(self, *args: Any, profiles: Iterable[RoleProfile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.profiles = {str(one.uid): one for one in profiles}
        field = self.fields["profile"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *((uid, str(one)) for uid, one in self.profiles.items())]

    def clean_profile(self) -> RoleProfile:
        """The role profile itself."""
        return self.profiles[self.cleaned_data["profile"]]


class TitleForm(PersonProfileForm):
    """A role profile for everybody with a job title."""

    title = forms.CharField(widget=forms.HiddenInput, required=False)


class ObservedForm(ActionForm):
    """A level that the line manager saw at work."""

    act = _("Save what you saw")
    level = forms.TypedChoiceField(label=_("Level"), coerce=int, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What did you see?"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads this. Write nothing about others."),
    )  # fmt: skip

    def __init__(self, *args: Any, levels: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(level, f"{level} {text}") for level, text in levels]


class NeedForm(ActionForm):
    """Which competence answers a need, and why."""

    act = _("Link the competence")

    competence: forms.ModelChoiceField[Competence] = forms.ModelChoiceField(label=_("Competence"), queryset=None, to_field_name="uid", empty_label=None)
    why = forms.CharField(label=_("Why"), max_length=300, required=False, help_text=_("In a sentence, where it is not plain."))

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["competence"]
        field.queryset = rows  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: f"{one.code} {one}"  # type: ignore[attr-defined]
