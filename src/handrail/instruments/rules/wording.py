"""The words of a questionnaire, one by one, so that several people can write and translate them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handrail.instruments.formats import Form, Item

Key = str  # "label question", "choice list answer"
TITLE: Key = "title"  # of the questionnaire itself, which the form holds in its own language only


def texts_of(form: Form) -> Iterator[tuple[Key, Mapping[str, str]]]:
    """Every text that people read, in the order of the form, each once: labels, hints, messages, and the answers of a list where it is first asked."""
    lists: set[str] = set()
    for item in form.walk():
        for kind, texts in (("label", item.labels), ("hint", item.hints), ("required", item.required_messages), ("constraint", item.constraint_messages)):
            if texts:
                yield f"{kind} {item.name}", texts
        if item.choices and item.list_name not in lists:
            lists.add(item.list_name)
            for choice in item.choices:
                yield f"choice {item.list_name} {choice.name}", choice.labels


def worded(form: Form, language: str, words: Mapping[Key, str]) -> Form:
    """The form with other words in a language; an empty one takes the language's text away."""
    return replace(form, items=tuple(_worded(item, language, words) for item in form.items))


def _worded(item: Item, language: str, words: Mapping[Key, str]) -> Item:
    return replace(
        item, labels=_text(item.labels, language, words.get(f"label {item.name}")), hints=_text(item.hints, language, words.get(f"hint {item.name}")),
        required_messages=_text(item.required_messages, language, words.get(f"required {item.name}")),
        constraint_messages=_text(item.constraint_messages, language, words.get(f"constraint {item.name}")),
        choices=tuple(replace(one, labels=_text(one.labels, language, words.get(f"choice {item.list_name} {one.name}"))) for one in item.choices),
        items=tuple(_worded(inner, language, words) for inner in item.items),
    )  # fmt: skip


def _text(texts: Mapping[str, str], language: str, word: str | None) -> Mapping[str, str]:
    if word is None or word == texts.get(language, ""):
        return texts
    rest = {code: text for code, text in texts.items() if code != language}
    return rest | {language: word} if word else rest


def clashes(seen: Form, latest: Form, language: str, words: Mapping[Key, str]) -> list[Key]:
    """What two people worded differently at once: changed here, changed there since it was seen, and not to the same."""
    before, now = dict(texts_of(seen)), dict(texts_of(latest))
    found = []
    for key, word in words.items():
        was, stands = before.get(key, {}).get(language, ""), now.get(key, {}).get(language, "")
        if word not in (was, stands) and stands != was:
            found.append(key)
    return found


def changed(seen: Form, language: str, words: Mapping[Key, str]) -> dict[Key, str]:
    """Of what was typed, what differs from what was seen."""
    before = dict(texts_of(seen))
    return {key: word for key, word in words.items() if key in before and word != before[key].get(language, "")}
