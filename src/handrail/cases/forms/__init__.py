"""What is filled in about cases."""

from handrail.cases.forms.cases import ChangeForm, EndForm, FilterForm, GiveForm, LanguagesForm, OpenForm, ReopenForm
from handrail.cases.forms.conflicts import ConflictForm
from handrail.cases.forms.consents import ConsentForm
from handrail.cases.forms.courses import CourseForm, PlacesForm, TakeBackForm
from handrail.cases.forms.needs import NeedForm, PathForm, StepForm
from handrail.cases.forms.notes import GlassForm, NoteForm, OpenNoteForm
from handrail.cases.forms.referrals import DeclineForm, ReferForm
from handrail.cases.forms.star import StarForm

__all__ = [
    "ChangeForm", "ConflictForm", "ConsentForm", "CourseForm", "DeclineForm", "EndForm", "FilterForm", "GiveForm", "GlassForm", "LanguagesForm", "NeedForm",
    "NoteForm", "OpenForm", "OpenNoteForm", "PathForm", "PlacesForm", "ReferForm", "ReopenForm", "StarForm", "StepForm", "TakeBackForm",
]  # fmt: skip
