"""What is filled in about a practice: its beginning, what it is sorted by, licence and contact, reviews and decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.library import rules
from handrail.library.models import Practice, PracticeTag, Review
from handrail.people.models import Organisation, Person

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
Choices = list[tuple[str, Any]]


def countries() -> Choices:
    """The countries by name."""
    return sorted(((code, rules.country_name(code)) for code in rules.country_codes()), key=lambda one: one[1])


def languages() -> Choices:
    """The languages of cards by name."""
    return sorted(rules.text_languages().items(), key=lambda one: one[1])


def fill_choices(form: forms.Form, **choices: Any) -> None:
    """Give fields their choices, in the reader's language."""
    for name, found in choices.items():
        form.fields[name].choices = list(found)  # type: ignore[attr-defined]


class BeginForm(ActionForm):
    """The first words of a practice."""

    act = _("Begin to write")

    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("The practice in a few words, at most fifteen."))
    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(label=_("Which organisation brings it"), queryset=None, to_field_name="uid", empty_label=None)
    language = forms.ChoiceField(label=_("Language"), help_text=_("The one you write in. It can be translated afterwards."))
    country = forms.ChoiceField(label=_("Country"))

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        fill_choices(self, language=languages(), country=[("", _("Choose")), *countries()])


class InviteForm(ActionForm):
    """Who is asked to write, and what about."""

    act = _("Send the link")

    email = forms.EmailField(label=_("Send the link to"), help_text=_("The address is used for this mail and stands on no page."))
    brought_by = forms.CharField(label=_("Which organisation it is about"), max_length=150)
    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("A first one; whoever writes can change it."))
    language = forms.ChoiceField(label=_("Language"))
    country = forms.ChoiceField(label=_("Country"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill_choices(self, language=languages(), country=[("", _("Choose")), *countries()])


class DraftForm(BeginForm):
    """A practice begun from what people said: `rows` are the passages to choose from, (uid, words)."""

    act = _("Begin the card")

    passages = forms.MultipleChoiceField(label=_("In whose words"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, rows: Sequence[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = {str(one.uid): one for one, _words in rows}
        self.fields["passages"].choices = [(str(one.uid), words) for one, words in rows]  # type: ignore[attr-defined]
        self.fields["organisation"].required = True

    def clean_passages(self) -> list[Any]:
        """The marks themselves."""
        return [self._rows[uid] for uid in self.cleaned_data["passages"]]


class SortForm(ActionForm):
    """What a practice is sorted by."""

    act = _("Save")

    brought_by = forms.CharField(label=_("Which organisation brings it"), max_length=150)
    country = forms.ChoiceField(label=_("Country"))
    area = forms.CharField(label=_("City or area"), max_length=120, required=False)
    context = forms.ChoiceField(label=_("Where newcomers are"), choices=Practice.Context.choices, widget=forms.RadioSelect)
    fields_of_work = forms.MultipleChoiceField(label=_("Fields of work"), widget=forms.CheckboxSelectMultiple)
    audiences = forms.MultipleChoiceField(label=_("For whom it is meant"), choices=PracticeTag.Audience.choices, widget=forms.CheckboxSelectMultiple)
    services = forms.ChoiceField(label=_("Which services"), choices=Practice.Services.choices, widget=forms.RadioSelect)
    cost = forms.ChoiceField(label=_("Cost"), choices=Practice.Cost.choices, widget=forms.RadioSelect)
    evidence = forms.ChoiceField(label=_("How well it is known to work"), choices=Practice.Evidence.choices, widget=forms.RadioSelect)
    starts_on = forms.DateField(label=_("First day"), widget=DAY, required=False, help_text=_("It should have run for at least a year."))
    ends_on = forms.DateField(label=_("Last day"), widget=DAY, required=False)
    is_regular = forms.BooleanField(label=_("It has become part of a regular service"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill_choices(self, country=countries(), fields_of_work=rules.work_fields().items())

    @staticmethod
    def known(practice: Practice, tags: dict[str, list[str]]) -> dict[str, Any]:
        """What stands in the form already."""
        names = ("brought_by", "country", "area", "context", "services", "cost", "evidence", "starts_on", "ends_on", "is_regular")
        return {**{name: getattr(practice, name) for name in names}, "fields_of_work": tags.get("field", []), "audiences": tags.get("audience", [])}


class ContactForm(ActionForm):
    """Under which licence it stands, and whom the library may ask."""

    act = _("Save")

    licence = forms.ChoiceField(label=_("Licence"), widget=forms.RadioSelect)
    contact_name = forms.CharField(label=_("Contact person"), max_length=150, required=False, help_text=_("Only those who keep the library see it."))
    contact_email = forms.EmailField(label=_("Their e-mail address"), required=False)
    contact_agrees = forms.BooleanField(label=_("The contact person has agreed to be asked by the library"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill_choices(self, licence=[(one.code, f"{one.name}. {one.says}") for one in rules.licences().values()])

    @staticmethod
    def known(practice: Practice) -> dict[str, Any]:
        """What stands in the form already."""
        return {
            "licence": practice.licence, "contact_name": practice.contact_name, "contact_email": practice.contact_email, "contact_agrees": practice.contact_agreed_at is not None,
        }  # fmt: skip


class AskForm(ActionForm):
    """Who reviews."""

    act = _("Ask for reviews")

    reviewers: forms.ModelMultipleChoiceField[Person] = forms.ModelMultipleChoiceField(
        label=_("Who reviews it"), queryset=None, to_field_name="uid", widget=forms.CheckboxSelectMultiple, help_text=_("Two people who did not write it.")
    )
    due_on = forms.DateField(label=_("Until when"), widget=DAY, required=False, help_text=_("In three weeks, unless you write another day."))

    def __init__(self, *args: Any, reviewers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reviewers"]
        field.queryset = reviewers  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.called  # type: ignore[attr-defined]


class ReviewForm(ActionForm):
    """One person's review: an answer and its evidence for each criterion, then the whole."""

    act = _("Finish the review")

    recommends = forms.ChoiceField(label=_("Should it be published?"), choices=Review.Recommends.choices, widget=forms.RadioSelect)
    comment = forms.CharField(label=_("To whoever writes it"), widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=4000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in rules.criteria():
            self.fields[one.code] = forms.ChoiceField(label=one.label, choices=Review.Answer.choices, widget=forms.RadioSelect, help_text=one.questions)
            self.fields[f"{one.code}_evidence"] = forms.CharField(
                label=_("What you saw"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Needed unless the answer is yes.")
            )
        self.order_fields([name for one in rules.criteria() for name in (one.code, f"{one.code}_evidence")] + ["recommends", "comment"])

    def clean(self) -> dict[str, Any]:
        """The arguments of the action."""
        found = dict(self.cleaned_data)
        answers = {one.code: {"answer": found.pop(one.code, ""), "evidence": found.pop(f"{one.code}_evidence", "")} for one in rules.criteria()}
        return {**found, "answers": answers}


class PublishForm(ActionForm):
    """From now on everybody reads it, until somebody looks again."""

    act = _("Publish")

    review_on = forms.DateField(label=_("Look at it again on"), widget=DAY, required=False, help_text=_("In two years, unless you write another day."))
    reason = forms.CharField(label=_("Why, in a sentence"), required=False, max_length=500)


class ReasonForm(ActionForm):
    """Why."""

    act = _("Save")

    reason = forms.CharField(label=_("Why, in a sentence"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class LinkForm(ActionForm):
    """Where a link goes."""

    act = _("Send a new link")

    email = forms.EmailField(label=_("Send the link to"))
