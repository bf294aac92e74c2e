"""What is filled in about cases."""

from handrail.cases.forms.cases import ChangeForm, EndForm, FilterForm, GiveForm, LanguagesForm, OpenForm, ReopenForm
from handrail.cases.forms.needs import NeedForm, StepForm
from handrail.cases.forms.notes import GlassForm, NoteForm, OpenNoteForm

__all__ = ["ChangeForm", "EndForm", "FilterForm", "GiveForm", "GlassForm", "LanguagesForm", "NeedForm", "NoteForm", "OpenForm", "OpenNoteForm", "ReopenForm", "StepForm"]
