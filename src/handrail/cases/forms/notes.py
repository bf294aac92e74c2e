"""Sealed notes and the glass."""

from __future__ import annotations

from django import forms

from handrail.cases.models import SealedNote
from handrail.kit.forms import ActionForm
from handrail.kit.text import _


class NoteForm(ActionForm):
    """A note that is sealed at once."""

    act = _("Seal the note")

    kind = forms.ChoiceField(label=_("About"), choices=SealedNote.Kind.choices)
    text = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}), max_length=5000, help_text=_("Only what others need to know in order to help."))


class OpenNoteForm(ActionForm):
    """Why a note is opened."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class GlassForm(ActionForm):
    """Why somebody who is not the caseworker must read it now."""

    act = _("Break the glass")

    reason = forms.CharField(label=_("What has happened?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
