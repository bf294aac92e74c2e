"""Erasing somebody: the reason and the number that is typed."""

from __future__ import annotations

from django import forms

from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.people.models import Erasure


class AgreeForm(ActionForm):
    """The number of whom it is about, so that nobody is erased by a slip of the hand."""

    act = _("Erase for good")
    typed = forms.CharField(label=_("Type the number above"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))


class AskErasureForm(AgreeForm):
    """The same with the reason; nothing happens until somebody else agrees."""

    act = _("Ask for erasure")
    reason = forms.ChoiceField(label=_("Why is the person erased?"), choices=Erasure.Reason.choices, widget=forms.RadioSelect)
    field_order = ("reason", "typed")


class FindForm(ActionForm):
    """Whom, also somebody who has left and stands in no list any more."""

    act = _("Go on")
    which = forms.CharField(
        label=_("Participation number, employee number or e-mail address"), max_length=254, help_text=_("Also of somebody who has left."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
