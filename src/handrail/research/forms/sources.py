"""What is filled in to bring in, redact, agree on and translate what was said."""

from __future__ import annotations

from typing import Any

from django import forms

from handrail.instruments.queries import languages_offered
from handrail.kit.forms import ActionForm
from handrail.kit.text import _, language_name
from handrail.people.models import Person
from handrail.research import formats, rules
from handrail.research.models import RespondentGroup, Source, Study, StudyPartner
from handrail.research.queries import sources as queries

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
KIND_WORDS = {
    "name": _("a name"), "place": _("a place"), "date": _("a date"), "phone": _("a phone number"), "e-mail": _("an e-mail address"), "number": _("a number"),
    "something": _("something else that names somebody"),
}  # fmt: skip


def language_choices(study: Study) -> list[tuple[str, str]]:
    """Languages by name, those of the study first."""
    own = queries.languages_of(study)
    return [(code, language_name(code)) for code in [*own, *(code for code in languages_offered() if code not in own)]]


class FilterForm(forms.Form):
    """Which sources a list shows, kept in the address."""

    partner = forms.ChoiceField(label=_("From"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *Source.Kind.choices])
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("all")), ("agreed", _("can be read and marked")), ("open", _("not agreed yet")), ("withdrawn", _("taken back"))],
    )  # fmt: skip

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = [(str(one.uid), str(one.organisation)) for one in study.partners.select_related("organisation")]
        self.fields["partner"].choices = [("", _("all")), *partners]  # type: ignore[attr-defined]
        self.fields["group"].choices = [("", _("all")), *((str(one.uid), str(one.title)) for one in study.groups.all())]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """What the address asks for; nonsense counts as nothing."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}


class BringForm(ActionForm):
    """A transcript with what must be known about it."""

    act = _("Bring it in")

    partner: forms.ModelChoiceField[StudyPartner] = forms.ModelChoiceField(label=_("Heard by"), queryset=None, to_field_name="uid", empty_label=None)
    group: forms.ModelChoiceField[RespondentGroup] = forms.ModelChoiceField(label=_("Group"), queryset=None, to_field_name="uid", empty_label=None)
    language = forms.ChoiceField(label=_("Language"))
    consent = forms.ChoiceField(label=_("How did the person agree?"), choices=[("", _("Choose")), *Source.Consent.choices])
    held_on = forms.DateField(label=_("Day"), required=False, widget=DAY)
    round: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Round"), queryset=None, to_field_name="uid", required=False)
    guide: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Guide"), queryset=None, to_field_name="uid", required=False)
    sign = forms.CharField(label=_("Sign"), required=False, max_length=40, help_text=_("Made of country, group and a number unless you write your own. Never a name."))
    file = forms.FileField(label=_("File"), required=False, help_text=_("Text, Word (.docx) or PDF with text. Begin each line with I: for who asks and R: for who answers."))
    text = forms.CharField(
        label=_("Or paste the text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "autocomplete": "off"}), max_length=formats.MAX_CHARACTERS
    )

    def __init__(self, *args: Any, study: Study, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {"partner": queries.partners_collected_for(person, study), "group": queries.groups_of(study), "round": queries.rounds_of(study), "guide": queries.guide_versions_of(study)}
        for name, found in rows.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined]
        self.fields["partner"].label_from_instance = lambda one: str(one.organisation)  # type: ignore[attr-defined]
        self.fields["guide"].label_from_instance = lambda one: _("%(title)s, version %(number)d") % {"title": one.guide.title, "number": one.number}  # type: ignore[attr-defined]
        self.fields["language"].choices = language_choices(study)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The file's bytes are the action's `content`."""
        data = super().clean() or {}
        file = data.pop("file", None)
        return data | {"content": file.read(formats.MAX_BYTES + 1) if file else b""}


class RedactForm(ActionForm):
    """The copy without what names anybody; words that stand with a capital letter are offered one by one."""

    body = forms.CharField(
        label=_("The copy that others will read"), strip=False, widget=forms.Textarea(attrs={"rows": 18, "dir": "auto", "autocomplete": "off"}), max_length=formats.MAX_CHARACTERS
    )
    word = forms.CharField(label=_("Another word to replace everywhere"), required=False, max_length=100, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}))
    word_kind = forms.ChoiceField(label=_("with"), required=False, choices=[(kind, KIND_WORDS[kind]) for kind in rules.KINDS])

    def __init__(self, *args: Any, candidates: list[tuple[str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._words = [word for word, _count in candidates]
        for place, (word, count) in enumerate(candidates):
            self.fields[f"word_{place}"] = forms.ChoiceField(
                label=f"{word} ({count})", required=False, choices=[("", _("leave it")), *((kind, KIND_WORDS[kind]) for kind in rules.KINDS[:3]), ("something", KIND_WORDS["something"])]
            )

    @property
    def offered_words(self) -> list[Any]:
        """The fields of the words that may be names."""
        return [self[f"word_{place}"] for place in range(len(self._words))]

    def clean(self) -> dict[str, Any]:
        """The words to replace are the action's `marked`."""
        data = super().clean() or {}
        chosen = {word: str(data.get(f"word_{place}") or "") for place, word in enumerate(self._words)}
        if data.get("word"):
            chosen[str(data["word"])] = str(data.get("word_kind") or "name")
        return {"body": data.get("body", ""), "marked": {word: kind for word, kind in chosen.items() if kind}}


class SendBackForm(ActionForm):
    """What the second reader still found."""

    note = forms.CharField(
        label=_("What still names somebody?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_("Say where it stands. It is seen by those who may read the text as it was said, and deleted when the copy is agreed."),
    )  # fmt: skip


class ReaderForm(ActionForm):
    """A second reader from elsewhere."""

    reader: forms.ModelChoiceField[Person] = forms.ModelChoiceField(label=_("Second reader"), queryset=None, to_field_name="uid", empty_label=None)

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reader"]
        field.queryset = queries.researchers_found(study)
        field.label_from_instance = lambda one: one.called


class TranslationForm(ActionForm):
    """A text in another language, a field for each paragraph."""

    def __init__(self, *args: Any, turns: list[Any], written: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, turn in enumerate(turns):
            self.fields[f"turn_{place}"] = forms.CharField(
                label=f"{place + 1}. {turn.who}".strip(" ."), required=False, initial=written[place] if place < len(written) else "", max_length=20_000,
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The paragraphs in order."""
        return {"turns": [str(self.cleaned_data.get(name) or "") for name in self.fields]}


class BringAnswersForm(ActionForm):
    """Which question's open answers become sources."""

    question = forms.ChoiceField(label=_("Question"))

    def __init__(self, *args: Any, questions: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._questions = {one.key: one for one in questions}
        self.fields["question"].choices = [(one.key, one.label) for one in questions]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The questionnaire and the question's name."""
        one = self._questions.get(str(self.cleaned_data.get("question")))
        return {"questionnaire": one.questionnaire, "question": one.name} if one else {}
