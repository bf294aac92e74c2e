"""Guides as plain data."""

from __future__ import annotations

from handrail.research import rules

FIRST = [{"title": {"en": "To begin"}, "questions": [{"en": "Who are you?"}, {"en": "What helped?", "sv": "Vad hjälpte?"}]}]


def test_what_was_left_empty_is_left_out() -> None:
    typed = [
        {"title": {"en": "  To   begin ", "sv": ""}, "questions": [{"en": "Who\nare you?", "sv": " "}, {"en": "", "sv": ""}]},
        {"title": {"en": ""}, "questions": [{"en": ""}]},
        {"title": {}, "questions": [{"ar": "من كان هناك؟"}]},
    ]
    assert rules.filled_topics(typed) == [
        {"title": {"en": "To begin"}, "questions": [{"en": "Who are you?"}]},
        {"title": {}, "questions": [{"ar": "من كان هناك؟"}]},
    ]


def test_a_comparison_says_what_is_new_gone_and_changed() -> None:
    now = [
        {"title": {"en": "To begin"}, "questions": [{"en": "Who is with you?"}, {"en": "What helped?", "sv": "Vad hjälpte?"}]},
        {"title": {"en": "Letters"}, "questions": []},
    ]
    told = [(one.kind, one.what, one.before.get("en"), one.now.get("en")) for one in rules.changes(FIRST, now)]
    assert told == [
        ("title", "same", "To begin", "To begin"),
        ("question", "changed", "Who are you?", "Who is with you?"),
        ("question", "same", "What helped?", "What helped?"),
        ("title", "new", None, "Letters"),
    ]
    assert [one.what for one in rules.changes(FIRST, [])] == ["gone", "gone", "gone"]


def test_a_line_of_another_kind_is_never_called_changed() -> None:
    now = [{"title": {"en": "To begin"}, "questions": []}, {"title": {"en": "Who are you?"}, "questions": []}]
    assert [(one.kind, one.what) for one in rules.changes([{"title": {"en": "To begin"}, "questions": [{"en": "Who?"}]}], now)] == [
        ("title", "same"), ("question", "gone"), ("title", "new"),
    ]  # fmt: skip
