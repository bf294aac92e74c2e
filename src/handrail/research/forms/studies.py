"""The frame of a study as it is filled in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from handrail.instruments.models import Questionnaire
from handrail.instruments.queries import languages_offered
from handrail.kit import clock
from handrail.kit.forms import ActionForm
from handrail.kit.text import _, language_name
from handrail.people.models import Organisation
from handrail.programmes.models import Programme
from handrail.research import queries
from handrail.research.forms.texts import TextsForm
from handrail.research.models import RespondentGroup, Study, StudyPartner, StudyRound

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class StudyForm(TextsForm):
    """A new study."""

    act = _("Open the study")
    texts = {
        "title": (_("Name of the study"), 0, ""),
        "question": (_("What it wants to know"), 3, _("In plain words: people who are asked may read it.")),
    }
    field_order = ["title_en", "title_sv", "title_da", "question_en", "question_sv", "question_da", "coordinator", "languages", "starts_on", "ends_on"]

    coordinator: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(label=_("Which organisation holds it together"), queryset=None, to_field_name="uid", empty_label=None)
    languages = forms.MultipleChoiceField(label=_("Languages in which people are asked"), widget=forms.CheckboxSelectMultiple)
    starts_on = forms.DateField(label=_("First day"), widget=DAY)
    ends_on = forms.DateField(label=_("Last day"), widget=DAY)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["coordinator"]
        field.queryset = queries.organisations_of_programme(programme)  # type: ignore[attr-defined]
        self.fields["languages"].choices = [(code, language_name(code)) for code in languages_offered()]  # type: ignore[attr-defined]
        self.initial.setdefault("starts_on", clock.today())
        self.initial.setdefault("ends_on", clock.today() + timedelta(days=180))


class PartnerForm(ActionForm):
    """Who asks, and where."""

    act = _("Add the partner")

    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(label=_("Organisation"), queryset=None, to_field_name="uid", empty_label=None)
    country = forms.ChoiceField(label=_("Country"))
    area = forms.CharField(label=_("Town or area"), required=False, max_length=100)
    context = forms.ChoiceField(label=_("Where people are asked"), choices=StudyPartner.Context.choices, widget=forms.RadioSelect, initial="local")

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = queries.organisations_to_ask(study)  # type: ignore[attr-defined]
        self.fields["country"].choices = queries.countries_offered()  # type: ignore[attr-defined]


class GroupForm(TextsForm):
    """People of one kind, and what they are told."""

    act = _("Add the group")
    texts = {
        "title": (_("Name of the group"), 0, ""),
        "consent": (_("What they are told before they answer"), 5, _("Who asks and why, what becomes of the answers, that it is free to say no and to stop. Write it as you would say it.")),
    }

    code = forms.CharField(label=_("Letter for signs"), max_length=4, help_text=_("R for refugees gives signs like PT-R-03."))


class ConsentForm(TextsForm):
    """Other words for a group."""

    act = _("Save the words")
    texts = {"consent": (_("What they are told before they answer"), 6, _("Answers given before keep the words that stood then."))}


class RoundForm(TextsForm):
    """A time in which everybody is asked."""

    act = _("Add the round")
    texts = {"title": (_("Name of the round"), 0, _("For example Spring 2018."))}

    opens_on = forms.DateField(label=_("First day"), widget=DAY)
    closes_on = forms.DateField(label=_("Last day"), widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("opens_on", clock.today())
        self.initial.setdefault("closes_on", clock.today() + timedelta(days=60))


class SurveyForm(ActionForm):
    """Which group answers which questionnaire."""

    act = _("Use the questionnaire")

    group: forms.ModelChoiceField[RespondentGroup] = forms.ModelChoiceField(label=_("Who answers"), queryset=None, to_field_name="uid", empty_label=None)
    questionnaire: forms.ModelChoiceField[Questionnaire] = forms.ModelChoiceField(label=_("Questionnaire"), queryset=None, to_field_name="uid", empty_label=None)

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = study.groups.all()  # type: ignore[attr-defined]
        self.fields["questionnaire"].queryset = queries.questionnaires_of(study)  # type: ignore[attr-defined]


class GatherForm(ActionForm):
    """How a round's answers are collected, by every partner and from every group."""

    act = _("Open for every partner and group")

    round: forms.ModelChoiceField[StudyRound] = forms.ModelChoiceField(label=_("Round"), queryset=None, to_field_name="uid", empty_label=None)
    way = forms.ChoiceField(
        label=_("Who can answer"), widget=forms.RadioSelect, initial="open",
        choices=[("open", _("Whoever has the address")), ("closed", _("Only with a link of one's own, which works once")), ("staffed", _("Only together with an interviewer, or on paper"))],
    )  # fmt: skip
    is_anonymous = forms.BooleanField(
        label=_("Anonymous"), required=False, initial=True,
        help_text=_("Only the day is kept. Nobody, not even we, can find out later who gave an answer, so it cannot be taken back either."),
    )  # fmt: skip
    keeps_together = forms.BooleanField(
        label=_("Ask whoever agrees again in a later round"), required=False,
        help_text=_("They get a word to bring next time. No name and no address is kept."),
    )  # fmt: skip

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = study.rounds.order_by("-number")  # type: ignore[attr-defined]


class QuotasForm(ActionForm):
    """How many each partner wants to hear of each group."""

    act = _("Save the numbers")

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells = queries.quota_cells(study)
        for cell in self.cells:
            self.fields[cell.name] = forms.IntegerField(
                label=cell.label, min_value=0, max_value=100_000, required=False, initial=cell.target or None,
                widget=forms.NumberInput(attrs={"class": "input-short", "inputmode": "numeric"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What each cell asks for now."""
        found = super().clean() or {}
        return {"wanted": [(cell, found.get(cell.name) or 0) for cell in self.cells]}

    def rows(self) -> list[tuple[str, list[tuple[str, Any]]]]:
        """For each partner its cells, to be drawn as a table."""
        found: dict[str, list[tuple[str, Any]]] = {}
        for cell in self.cells:
            found.setdefault(cell.partner_name, []).append((cell.column, self[cell.name]))
        return list(found.items())
