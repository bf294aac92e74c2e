"""One page of a questionnaire as a form: only what is to be seen, in the person's language, with what was said before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from handrail.instruments import rules
from handrail.instruments.formats import ACKNOWLEDGE, FILE, GROUP, RANK, REPEAT, SELECT_MULTIPLE, Form, Item
from handrail.instruments.forms.fields import field_of, place_fields
from handrail.kit.text import _

PREFIX = "q"  # question names may be anything; the page's own fields are key, language, shown, go
Upload: TypeAlias = "UploadedFile[Any]"
Keep = Callable[[Item, Upload], str]  # stores a file and answers the name under which it is kept


@dataclass(frozen=True)
class Entry:
    """One thing on the page: a heading, a note, a question, a value to be read, a rank, a repeat."""

    kind: str
    text: str = ""
    field: Any = None
    more: str = ""  # what else there is to know about a question
    hint: str = ""
    value: str = ""
    fields: tuple[Any, ...] = ()
    rounds: tuple[Once, ...] = ()
    key: str = ""
    can_change: bool = False
    image: str = ""


@dataclass(frozen=True)
class Once:
    """One time round a repeat."""

    key: str
    title: str
    entries: tuple[Entry, ...]


class AnswerPage(forms.Form):
    """The questions of one page. Nothing is validated here: the form's own rules do that, and nothing typed is lost.

    `takes_files` where files can be sent; `picture` gives the address of a picture that the form names; `seed` (of the person)
    mixes the answers of questions that want it, for each person in one way.
    """

    use_required_attribute = False

    def __init__(
        self, form: Form, number: int, answers: Mapping[str, Any], language: str, *, today: Any, takes_files: bool = False,
        picture: Callable[[str], str] | None = None, seed: str = "",
    ) -> None:  # fmt: skip
        super().__init__(prefix=PREFIX)
        self.form, self.language, self.takes_files, self.picture, self.seed = form, language, takes_files, picture, seed
        self.page = rules.pages(form)[number]
        self.state = rules.work_out(form, rules.as_first_shown(self.page.items, answers), today=today, language=language)
        self.marks: list[str] = []  # repeats, and each time round them: so that what is sent says how many there were
        self.entries = tuple(self._entries(self.page.items, self.state.top))

    @property
    def title(self) -> str:
        """The heading of the page: its group's label."""
        return rules.plain(rules.text_for(self.form, self.page.labels, self.language, self.state.top.values))

    @property
    def shown(self) -> list[str]:
        """The keys of everything on the page as it is shown, for the field `shown`."""
        return [*self.marks, *dict.fromkeys(self.questions)]

    @property
    def has_places(self) -> bool:
        """Whether a place is asked for, which a device can tell."""
        return any("data-place" in field.widget.attrs for field in self.fields.values())

    @property
    def questions(self) -> list[str]:
        """The keys of the questions on the page: name, or members/1/name in a repeat."""
        return list(dict.fromkeys(getattr(field, "key", name) for name, field in self.fields.items()))

    def show_problems(self, problems: Sequence[rules.AnswerProblem]) -> None:
        """Put each problem beside its question, and what is about a whole repeat at the top."""
        self.cleaned_data = {}
        self._errors = forms.utils.ErrorDict()
        for problem in problems:
            name = next((name for name in (problem.name, f"{problem.name}/1") if name in self.fields), None)
            if name or problem.name in self.marks:
                self.add_error(name, problem.message)

    def _entries(self, items: Iterable[Item], scope: rules.Scope) -> Iterator[Entry]:
        for item in items:
            if item.name in scope.values:
                yield from self._entry(item, scope)

    def _entry(self, item: Item, scope: rules.Scope) -> Iterator[Entry]:
        text, key = self._text(item.labels, item, scope), scope.prefix + item.name
        image = self.picture(rules.text_for(self.form, item.images, self.language)) if self.picture and item.images else ""
        if item.kind == GROUP:
            if text and item not in self.page.items:
                yield Entry("heading", text)
            yield from self._entries(item.items, scope)
        elif item.kind == REPEAT:
            yield self._repeat(item, scope, text, key)
        elif item.readonly == "true()" and item.has_value:
            if text:
                yield Entry("value", text, value=rules.choice_labels(self.form, item, scope.values[item.name], self.language) or scope.values[item.name])
        elif item.kind == FILE and not self.takes_files:
            yield Entry("note", text, more=str(_("A file cannot be sent here.")))
        elif item.is_question:
            yield self._question(item, scope, text, key, image)
        elif item.kind == "note" and (text or image):
            yield Entry("note", text, hint=self._text(item.hints, item, scope), image=image)

    def _question(self, item: Item, scope: rules.Scope, text: str, key: str, image: str) -> Entry:
        choices = [(one.name, rules.plain(rules.text_for(self.form, one.labels, self.language)) or one.name) for one in self.state.choices(item, scope)]
        hint, more = self._text(item.hints, item, scope), self._text(item.guidance, item, scope)
        common: dict[str, Any] = {"label": text or hint or item.name, "help_text": hint if text else "", "required": self.state.is_required(item, scope)}
        answer = scope.typed.get(item.name, scope.raw.get(item.name))
        if answer is None and (default := self.state.plan.steps[item.name].default):
            answer = default.text(self.state.context(item, scope))
        if item.kind == RANK:
            given = rules.text_of(answer).split()
            fields = place_fields(choices)
            for place, field in enumerate(fields, start=1):
                field.key = key
                self.fields[f"{key}/{place}"] = field
                self.initial[f"{key}/{place}"] = given[place - 1] if place <= len(given) else ""
            places = tuple(self[f"{key}/{place}"] for place in range(1, len(fields) + 1))
            return Entry("rank", common["label"], fields=places, more=more, hint=common["help_text"], key=key, image=image)
        self.fields[key], self.initial[key] = field_of(item, answer, choices, seed=self.seed and self.seed + key, **common)
        return Entry("scale" if "likert" in item.appearance or item.kind == "range" else "question", field=self[key], more=more, key=key, image=image)

    def _repeat(self, item: Item, scope: rules.Scope, text: str, key: str) -> Entry:
        self.marks.append(key)
        title = text or str(_("Part"))
        rounds = []
        for number, inside in enumerate(scope.children.get(item.name, []), start=1):
            self.marks.append(f"{key}/{number}")
            rounds.append(Once(f"{key}/{number}", f"{title} {number}", tuple(self._entries(item.items, inside))))
        can_change = not item.repeat_count and len(rounds) < rules.MOST_TIMES
        return Entry("repeat", title, rounds=tuple(rounds), key=key, can_change=can_change)

    def _text(self, texts: Mapping[str, str], item: Item, scope: rules.Scope) -> str:
        return rules.plain(self.state.text(texts, scope, item)) if texts else ""


def answers_sent(
    form: Form, number: int, sent: QueryDict, *, earlier: Mapping[str, Any] | None = None, files: MultiValueDict[str, Upload] | None = None,
    keep: Keep | None = None,
) -> tuple[dict[str, Any], list[str]]:  # fmt: skip
    """The answers of one page as they were sent, and the names of what stood on it: what was kept of these before is replaced.

    `earlier` is what was kept before (hidden answers in a repeat and files stay); `keep` stores a file that was sent. The button
    that adds or takes away one time round a repeat has done so in what is answered here.
    """
    shown = set(sent.get("shown", "").split())
    reader = _Sent(sent, shown, files or MultiValueDict(), keep)
    tops = [item for item in _fields(rules.pages(form)[number].items) if item.name in shown]
    answers = reader.read(tops, "", {name: value for name, value in (earlier or {}).items() if name in {top.name for top in tops}})
    go = sent.get("go", "")
    return rules.change_times(answers, go) if is_change(go) else answers, [item.name for item in tops]


def keys_shown(sent: QueryDict) -> list[str]:
    """The keys of what stood on the page that was sent."""
    return sent.get("shown", "").split()


def is_change(go: str) -> bool:
    """Whether the pressed button adds or takes away one time round a repeat."""
    return go.startswith(("add:", "remove:"))


@dataclass(frozen=True)
class _Sent:
    """What a page sent."""

    sent: QueryDict
    shown: set[str]
    files: MultiValueDict[str, Upload]
    keep: Keep | None

    def read(self, items: Iterable[Item], prefix: str, earlier: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for item in items:
            key = prefix + item.name
            if key not in self.shown:
                value = earlier.get(item.name) if prefix else None  # hidden in a repeat: it may come back
            elif item.kind == REPEAT:
                value = self.rounds(item, key, earlier.get(item.name))
                found[item.name] = value
            else:
                value = self.value(item, key, earlier.get(item.name))
            if value not in (None, "", []):
                found[item.name] = value
        return found

    def rounds(self, item: Item, key: str, earlier: Any) -> list[dict[str, Any]]:
        before = earlier if isinstance(earlier, list) else []
        found: list[dict[str, Any]] = []
        while f"{key}/{len(found) + 1}" in self.shown and len(found) < rules.MOST_TIMES:
            known = before[len(found)] if len(found) < len(before) and isinstance(before[len(found)], Mapping) else {}
            found.append(self.read(item.fields(), f"{key}/{len(found) + 1}/", known))
        return found

    def value(self, item: Item, key: str, earlier: Any) -> Any:
        name = f"{PREFIX}-{key}"
        if item.kind == FILE:
            file = self.files.get(name)
            return self.keep(item, file) if file is not None and self.keep is not None else earlier
        if item.kind == RANK:
            given = [self.sent.get(f"{name}/{place}", "").strip() for place in range(1, len(item.choices) + 1)]
            return [one for one in given if one]
        values = [value.replace("\x00", "") for value in self.sent.getlist(name)]
        if item.kind == SELECT_MULTIPLE:
            return values
        value = values[-1].strip() if values else ""
        return rules.OK if item.kind == ACKNOWLEDGE and value else value


def _fields(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        if item.kind == GROUP:
            yield from item.fields()
        elif item.has_value or item.kind == REPEAT:
            yield item
