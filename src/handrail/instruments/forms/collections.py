"""Opening a collection, making links of one's own, letting a device in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from handrail.instruments import actions, queries
from handrail.instruments.forms.rounds import day_field
from handrail.instruments.models import Collection, QuestionnaireVersion
from handrail.kit import clock
from handrail.kit.forms import ActionForm
from handrail.kit.text import _, language_name
from handrail.people.models import Person


class OpenCollectionForm(ActionForm):
    """Who asks, by which way, how long; title and consent in each language of the questionnaire."""

    organisation: Any = forms.ModelChoiceField(label=_("Who asks"), queryset=None, empty_label=None)
    unit: Any = forms.ModelChoiceField(
        label=_("At whose desk"), queryset=None, required=False, empty_label=_("At none"), help_text=_("For questions that stand at a desk: the unit whose service is meant.")
    )
    way = forms.ChoiceField(label=_("Who answers"), choices=Collection.Way.choices, widget=forms.RadioSelect, initial="open")
    is_anonymous = forms.BooleanField(
        label=_("Anonymous"), required=False, initial=True,
        help_text=_("Only the day is kept: no time, no link, no name. Nobody can find an answer again to change or erase it."),
    )  # fmt: skip
    keeps_together = forms.BooleanField(
        label=_("The same people are asked again"), required=False,
        help_text=_("Whoever wants gets a word to bring next time. It joins the answers of one person and tells nobody who it is."),
    )  # fmt: skip
    opens_on = day_field(_("First day"))
    closes_on = day_field(_("Last day"), _("Answers that were kept on a phone are taken three days longer."))

    def __init__(self, *args: Any, version: QuestionnaireVersion, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = version.questionnaire.programme
        partners = queries.organisations_collecting(person, programme)
        self.fields["organisation"].queryset = partners  # type: ignore[attr-defined]
        self.fields["unit"].queryset = queries.units_of(partners)  # type: ignore[attr-defined]
        self.languages = [one.code for one in queries.form_of(version).languages] or ["sv"]
        for code in self.languages:
            name = language_name(code)
            self.fields[f"title_{code}"] = forms.CharField(label=_("Heading, %(language)s") % {"language": name}, max_length=120, initial=version.questionnaire.title.get(code, ""))
            self.fields[f"consent_{code}"] = forms.CharField(
                label=_("What people read first, %(language)s") % {"language": name}, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
                help_text=_("Who asks, what for, who sees the answers, that they may stop at any time."),
            )  # fmt: skip
        today = clock.today()
        self.initial.setdefault("opens_on", today)
        self.initial.setdefault("closes_on", today + timedelta(days=28))

    def clean(self) -> dict[str, Any]:
        """Put the languages together."""
        found = super().clean() or {}
        texts = {name: {code: found.pop(f"{name}_{code}", "") for code in self.languages} for name in ("title", "consent")}
        return {**found, **texts}


class TicketsForm(ActionForm):
    """How many links of one's own."""

    count = forms.IntegerField(label=_("How many links"), min_value=1, max_value=500, initial=20)


class DeviceForm(ActionForm):
    """Which collections a phone fetches, and until when."""

    collections: Any = forms.ModelMultipleChoiceField(label=_("Which questions"), queryset=None, widget=forms.CheckboxSelectMultiple)
    label = forms.CharField(label=_("A sign for the device"), max_length=60, help_text=_("For example Phone 3. No name of a person."))
    until = day_field(_("Let in until"))

    def __init__(self, *args: Any, collection: Collection, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        same = queries.collections_visible_to(person).filter(programme=collection.programme, organisation=collection.organisation, closed_at=None)
        self.fields["collections"].queryset = same  # type: ignore[attr-defined]
        self.initial.setdefault("collections", [collection.pk])
        self.initial.setdefault("until", collection.closes_on)


class TakeForm(ActionForm):
    """In which shape, with names or labels, and what for."""

    kind = forms.ChoiceField(
        label=_("Shape"), widget=forms.RadioSelect, initial="xlsx",
        choices=[("xlsx", _("Excel, a sheet for each repeat")), ("csv", _("CSV")), ("spss", _("SPSS: data and syntax")), ("ddi", _("Codebook alone (DDI)"))],
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Columns and answers"), required=False)
    purpose = forms.ChoiceField(label=_("What for"), choices=actions.Purpose.choices, widget=forms.RadioSelect, help_text=_("It is noted in the journal, with your name."))

    def __init__(self, *args: Any, collection: Collection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = queries.form_of(collection.version).languages
        self.fields["language"].choices = [("", _("As stored: names of questions and answers")), *((one.code, one.name) for one in languages)]  # type: ignore[attr-defined]
