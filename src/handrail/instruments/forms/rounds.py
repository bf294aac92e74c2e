"""Opening a round and inviting to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from handrail.instruments import queries
from handrail.instruments.models import Round
from handrail.kit import clock
from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.programmes.models import Programme


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """A day, by the device's own calendar."""
    return forms.DateField(label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class VersionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A questionnaire with the number of its version."""

    def label_from_instance(self, obj: Any) -> str:
        return str(_("%(title)s, version %(number)d") % {"title": obj.questionnaire, "number": obj.number})


class InviteForm(ActionForm):
    """Whom to ask: units of the own municipality, or whole partners for the project owner."""

    whom = forms.MultipleChoiceField(
        label=_("Whom to ask"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one, so that there is somebody to ask.")},
    )  # fmt: skip

    def __init__(self, *args: Any, programme: Programme, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.led = programme, queries.organisations_led(person, programme)
        groups = queries.groups_to_ask(programme, self.led)
        field = self.fields["whom"]
        field.choices = [(str(one.uid), f"{one.label} ({one.invited})") for one in groups]  # type: ignore[attr-defined]
        self.initial.setdefault("whom", [str(one.uid) for one in groups])

    def clean(self) -> dict[str, Any]:
        """Turn the chosen groups into the people in them."""
        found = super().clean() or {}
        found["persons"] = queries.people_of_groups(self.programme, self.led, found.pop("whom", []))
        return found


class OpenRoundForm(InviteForm):
    """Which questionnaire, about whom, when, whom."""

    field_order = ["version", "title", "respondent", "phase", "opens_on", "closes_on", "follows", "whom"]
    version = VersionChoice(label=_("Questionnaire"), queryset=None)
    title = forms.CharField(label=_("Name of the round"), max_length=120, help_text=_("Those you ask read it as the heading, for example Mapping, spring 2018."))
    respondent = forms.ChoiceField(label=_("Who answers"), choices=Round.Respondent.choices, widget=forms.RadioSelect, initial="self")
    phase = forms.ChoiceField(label=_("When in the programme"), choices=Round.Phase.choices, widget=forms.RadioSelect, initial="before")
    opens_on = day_field(_("First day"))
    closes_on = day_field(_("Last day"), _("Links work three days longer, so that an answer over the weekend counts."))
    follows: Any = forms.ModelChoiceField(
        label=_("Compare with an earlier round"), queryset=None, required=False, empty_label=_("No earlier round"),
        help_text=_("For rounds after and six months later: change is shown against it."),
    )  # fmt: skip

    def __init__(self, *args: Any, programme: Programme, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, programme=programme, person=person, **kwargs)
        self.fields["version"].queryset = versions = queries.versions_of(programme)  # type: ignore[attr-defined]
        self.fields["follows"].queryset = queries.rounds_visible_to(person).filter(programme=programme)  # type: ignore[attr-defined]
        today = clock.today()
        self.initial.setdefault("version", versions.first())
        self.initial.setdefault("opens_on", today)
        self.initial.setdefault("closes_on", today + timedelta(days=14))


class SettleForm(ActionForm):
    """What was found out."""

    note = forms.CharField(
        label=_("What you found out"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000,
        help_text=_("One sentence, without names. The first answers keep counting; these stay beside them."),
    )  # fmt: skip
