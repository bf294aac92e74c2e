"""One page of a questionnaire as a form: only what is to be seen, in the person's language, with what was said before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from handrail.instruments import rules
from handrail.instruments.formats import GROUP, INTEGER, SELECT_MULTIPLE, SELECT_ONE, Form, Item

PREFIX = "q"  # question names may be anything; the page's own fields are key, language, shown, go


@dataclass(frozen=True)
class Entry:
    """One thing on the page: a heading, a note or a question."""

    kind: str
    text: str = ""
    field: Any = None


class AnswerPage(forms.Form):
    """The questions of one page. Nothing is validated here: the form's own rules do that, and nothing typed is lost."""

    use_required_attribute = False

    def __init__(
        self, form: Form, number: int, answers: Mapping[str, Any], language: str, *, today: Any, visible: frozenset[str] | None = None
    ) -> None:
        super().__init__(prefix=PREFIX)
        self.form, self.answers, self.language = form, answers, language
        self.page = rules.pages(form)[number]
        self.visible = visible if visible is not None else frozenset(rules.visible_items(form, answers, today=today))
        for item in self.items():
            if item.is_question:
                self.fields[item.name] = self.field_of(item)
                self.initial[item.name] = answers.get(item.name)

    @property
    def title(self) -> str:
        """The heading of the page: its group's label."""
        return self.text(self.page.labels)

    @property
    def shown(self) -> list[str]:
        """The names of the questions on the page as it is shown."""
        return list(self.fields)

    @property
    def entries(self) -> list[Entry]:
        """What stands on the page, in order."""
        found = []
        for item in self.items():
            if item.is_question:
                found.append(Entry("question", field=self[item.name]))
            elif item.kind == GROUP:
                found.append(Entry("heading", self.text(item.labels)))
            else:
                found.append(Entry("note", self.text(item.labels)))
        return [one for one in found if one.field is not None or one.text]

    def items(self) -> Iterator[Item]:
        """What is to be seen of the page; the group that is the page itself stands in its title."""
        for top in self.page.items:
            for item in top.walk():
                if item.name in self.visible and not (item is top and item.kind == GROUP):
                    yield item

    def text(self, texts: Mapping[str, str]) -> str:
        """A text of the form in the person's language."""
        return rules.text_for(self.form, texts, self.language, self.answers)

    def show_problems(self, problems: Sequence[rules.AnswerProblem]) -> None:
        """Put each problem beside its question."""
        self.cleaned_data = {}
        self._errors = forms.utils.ErrorDict()
        for problem in problems:
            if problem.name in self.fields:
                self.add_error(problem.name, problem.message)

    def field_of(self, item: Item) -> forms.Field:
        """The field for a question."""
        common: dict[str, Any] = {
            "label": self.text(item.labels), "help_text": self.text(item.hints), "required": bool(item.required)
        }
        if item.kind in (SELECT_ONE, SELECT_MULTIPLE):
            choices = [(choice.name, self.text(choice.labels) or choice.name) for choice in item.choices]
            if item.kind == SELECT_ONE:
                return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
        if item.kind == INTEGER:
            # A text field with digits: a number field drops what it cannot read, and turns with the wheel.
            return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}), **common)
        if "multiline" in item.appearance:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **common)
        return forms.CharField(**common)


def answers_sent(form: Form, number: int, sent: QueryDict) -> tuple[dict[str, Any], list[str]]:
    """The answers of one page as they were sent, and the questions that stood on it."""
    shown = set(sent.get("shown", "").split())
    names = [item.name for top in rules.pages(form)[number].items for item in top.walk() if item.is_question and item.name in shown]
    kinds = {item.name: item.kind for item in form.questions()}
    answers: dict[str, Any] = {}
    for name in names:
        values = [value.replace("\x00", "") for value in sent.getlist(f"{PREFIX}-{name}")]
        value: Any = values if kinds[name] == SELECT_MULTIPLE else (values[-1].strip() if values else "")
        if value:
            answers[name] = value
    return answers, names
