"""An interview guide as it is written: topics and questions in every language, with empty lines for more."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.research import rules

MOST_TOPICS, MOST_QUESTIONS = 40, 40
_NAME = re.compile(r"t(\d{1,2})_(title|q(\d{1,2}))_([a-z-]{2,8})")


class GuideForm(ActionForm):
    """The whole guide; `seen` is the version that the writer had before them."""

    act = _("Save as a new version")

    note = forms.CharField(label=_("Why it is changed"), max_length=300, required=False, help_text=_("For the partners, for example: shorter, after the first two interviews."))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, languages: Sequence[str], topics: Sequence[Mapping[str, Any]] = (), needs_title: bool = False, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.languages = list(languages)
        self._topics = self._sent() if self.is_bound else list(topics)
        if needs_title:
            self.fields["title"] = forms.CharField(label=_("Name of the guide"), max_length=120)

    def _sent(self) -> list[dict[str, Any]]:
        """What was typed, by place."""
        found: dict[int, dict[str, Any]] = {}
        for name, text in self.data.items():
            match = _NAME.fullmatch(name)
            if not match or match[4] not in self.languages:
                continue
            topic = found.setdefault(int(match[1]), {"title": {}, "lines": {}})
            if match[2] == "title":
                topic["title"][match[4]] = text[:300]
            else:
                topic["lines"].setdefault(int(match[3]), {})[match[4]] = text[:1000]
        return [{"title": one["title"], "questions": [line for _place, line in sorted(one["lines"].items())]} for _place, one in sorted(found.items())]

    def clean(self) -> dict[str, Any]:
        """The topics without what was left empty."""
        found = super().clean() or {}
        topics = rules.filled_topics(self._topics)
        if len(topics) > MOST_TOPICS or any(len(topic["questions"]) > MOST_QUESTIONS for topic in topics):
            raise forms.ValidationError(_("A guide has at most 40 topics with 40 questions each."))
        if "title" in found:
            found["title"] = {self.languages[0]: found["title"]}
        return found | {"topics": topics, "seen": found.get("seen") or 0}

    def parts(self) -> list[dict[str, Any]]:
        """Topics to be drawn, each with its lines and one empty, and an empty topic at the end."""
        topics = [*rules.filled_topics(self._topics), {"title": {}, "questions": []}]
        return [
            {
                "number": number + 1, "title": self._fields(f"t{number}_title", topic["title"]),
                "lines": [self._fields(f"t{number}_q{place}", texts) for place, texts in enumerate([*topic["questions"], {}])],
            }
            for number, topic in enumerate(topics)
        ]  # fmt: skip

    def _fields(self, name: str, texts: Mapping[str, str]) -> list[dict[str, str]]:
        return [{"name": f"{name}_{language}", "language": language, "text": texts.get(language, "")} for language in self.languages]
