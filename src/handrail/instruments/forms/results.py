"""Choosing what is crossed, and taking a published instrument into use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from handrail.instruments.rules.instruments_scored import Scale
from handrail.kit.forms import ActionForm
from handrail.kit.text import _


class CrossForm(forms.Form):
    """Which two questions, and within which part."""

    of = forms.ChoiceField(label=_("Question"))
    across = forms.ChoiceField(label=_("crossed with"))
    within = forms.ChoiceField(label=_("within"), required=False)

    def __init__(self, *args: Any, questions: Sequence[tuple[str, str]], across: Sequence[tuple[str, str]], parts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("of", questions), ("across", across), ("within", [("", _("everybody")), *parts])):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if not parts:
            del self.fields["within"]


class FilterForm(forms.Form):
    """Only the answers of those who gave one answer."""

    only = forms.ChoiceField(label=_("Only those who answered"), required=False)

    def __init__(self, *args: Any, answers: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["only"].choices = [("", _("anything")), *answers]  # type: ignore[attr-defined]


class RoundsForm(forms.Form):
    """Which two rounds are compared."""

    before = forms.ChoiceField(label=_("From"))
    after = forms.ChoiceField(label=_("to"))

    def __init__(self, *args: Any, rounds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            self.fields[name].choices = rounds  # type: ignore[attr-defined]


class ScaleForm(ActionForm):
    """A published instrument, and where its words were taken from."""

    act = _("Use it")
    scale = forms.ChoiceField(label=_("Instrument"), widget=forms.RadioSelect)
    source = forms.CharField(label=_("Where the wording comes from"), max_length=300, required=False, help_text=_("For example: who.int, Swedish version of 1998."))

    def __init__(self, *args: Any, scales: Sequence[Scale], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scale"].choices = [(one.code, one.title) for one in scales]  # type: ignore[attr-defined]
