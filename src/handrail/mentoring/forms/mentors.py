"""Recruiting, preparing, matching and relieving; the card; what a programme agreed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from handrail.cases.rules import languages
from handrail.kit import clock
from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.mentoring.models import Mentor, Mentorship, Terms
from handrail.mentoring.rules import Language
from handrail.people.models import Organisation

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
HOUR = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PickField(forms.ChoiceField):
    """One of the objects that were offered, by uid; answers the object itself, None where nothing was chosen."""

    known: dict[str, Any]

    def offer(self, pairs: Iterable[tuple[Any, Any]], *, empty: Any = None) -> None:
        """What may be chosen, each with its words; `empty` stands first where nothing needs to be chosen."""
        pairs = list(pairs)
        self.known = {str(one.uid): one for one, _label in pairs}
        self.choices = [*([("", empty)] if empty is not None else []), *((str(one.uid), label) for one, label in pairs)]

    def clean(self, value: Any) -> Any:
        return self.known.get(super().clean(value))


class MentorFields(ActionForm):
    """What is agreed with a mentor."""

    languages = forms.MultipleChoiceField(label=_("Speaks"), required=False, widget=forms.CheckboxSelectMultiple)
    capacity = forms.IntegerField(label=_("People at most"), min_value=1, max_value=20, initial=2)
    hours = forms.CharField(label=_("Can be reached"), required=False, max_length=120, help_text=_("In words: weekdays after four, Sundays."))
    phone = forms.CharField(label=_("Phone"), required=False, max_length=30, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}))
    shows_phone = forms.BooleanField(label=_("Agreed: the person may see this number and ring"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = languages()  # type: ignore[attr-defined]


class RecruitForm(MentorFields):
    """A new mentor."""

    act = _("Take on")
    field_order = ("given_name", "family_name", "email", "organisation", "languages", "capacity", "hours", "phone", "shows_phone", "invite")

    given_name = forms.CharField(label=_("Given name"), max_length=100)
    family_name = forms.CharField(label=_("Family name"), max_length=100)
    email = forms.EmailField(label=_("E-mail"), help_text=_("Calls are told here. The mail names nobody."))
    organisation = PickField(label=_("Mentor of"))
    invite = forms.BooleanField(label=_("Send a link to an account"), required=False, initial=True, help_text=_("Without one the mentor answers by the link in each mail, and you log the minutes."))

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.offer([(one, str(one)) for one in organisations])
        if len(organisations) == 1:
            field.widget, field.initial = forms.HiddenInput(), str(organisations[0].uid)


class ChangeForm(MentorFields):
    """What is agreed anew."""

    act = _("Save")

    def __init__(self, *args: Any, mentor: Mentor, **kwargs: Any) -> None:
        names = ("languages", "capacity", "hours", "phone", "shows_phone")
        super().__init__(*args, initial={name: getattr(mentor, name) for name in names}, **kwargs)


class PreparedForm(ActionForm):
    """When a mentor was prepared."""

    act = _("Is prepared")

    prepared_on = forms.DateField(label=_("Prepared on"), widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"prepared_on": clock.today()}, **kwargs)


Free = Sequence[tuple[Mentor, int]]


def _label(mentor: Mentor, has: int) -> str:
    text = _("%(name)s, %(has)s of %(capacity)s") if mentor.prepared_on else _("%(name)s, %(has)s of %(capacity)s, not prepared yet")
    return text % {"name": mentor.person.called, "has": has, "capacity": mentor.capacity}


class MatchForm(ActionForm):
    """Who stands beside somebody, and who behind."""

    act = _("Give this mentor")

    mentor = PickField(label=_("Mentor"))
    backup = PickField(label=_("Back-up"), required=False, help_text=_("Is told when the mentor does not answer in time."))
    starts_on = forms.DateField(label=_("From"), widget=DAY)
    reach = forms.CharField(label=_("How the mentor reaches the person"), max_length=80, required=False, help_text=_("A number, and whether to ring or to write. The mentor sees this, the given name and the language, and nothing else."))
    next_on = forms.DateField(label=_("First contact"), widget=DAY, required=False)
    next_where = forms.CharField(label=_("Where or how"), max_length=80, required=False)

    def __init__(self, *args: Any, free: Free, **kwargs: Any) -> None:
        super().__init__(*args, initial={"starts_on": clock.today()}, **kwargs)
        pairs = [(one, _label(one, has)) for one, has in free]
        mentor: Any = self.fields["mentor"]
        backup: Any = self.fields["backup"]
        mentor.offer(pairs)
        backup.offer(pairs, empty=_("Nobody: the coordinator is told"))


class BackupForm(ActionForm):
    """Who stands behind a mentor."""

    act = _("Save")

    backup = PickField(label=_("Back-up"), required=False)

    def __init__(self, *args: Any, mentorship: Mentorship, free: Free, **kwargs: Any) -> None:
        super().__init__(*args, initial={"backup": str(mentorship.backup.uid) if mentorship.backup else ""}, **kwargs)
        field: Any = self.fields["backup"]
        field.offer([(one, _label(one, has)) for one, has in free if one.pk != mentorship.mentor_id], empty=_("Nobody: the coordinator is told"))


class RelieveForm(ActionForm):
    """Why it ends, and who goes on."""

    act = _("End it")

    reason = forms.ChoiceField(label=_("Why"), widget=forms.RadioSelect, choices=[pair for pair in Mentorship.Reason.choices if pair[0] not in {"stay", "erased"}])
    successor = PickField(label=_("Who goes on"), required=False, help_text=_("How to reach the person and the agreed day go along. Notes do not."))

    def __init__(self, *args: Any, mentorship: Mentorship, free: Free, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["successor"]
        field.offer([(one, _label(one, has)) for one, has in free if one.pk != mentorship.mentor_id], empty=_("Nobody for now"))


class CardForm(ActionForm):
    """In which language the page speaks."""

    act = _("Make the card")

    language = forms.ChoiceField(label=_("Language"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, offered: Sequence[Language], first: str, **kwargs: Any) -> None:
        codes = [one.code for one in offered]
        super().__init__(*args, initial={"language": first if first in codes else codes[0]}, **kwargs)
        draft = _("%(name)s (%(english)s): draft, shown as such")
        field: Any = self.fields["language"]
        field.choices = [(one.code, draft % {"name": one.name, "english": one.english} if one.is_draft else one.name) for one in offered]


class TermsForm(ActionForm):
    """What the programme agreed about calls."""

    act = _("Save")

    answer_minutes = forms.IntegerField(label=_("Minutes until the next one is told"), min_value=5, max_value=240)
    quiet_from = forms.TimeField(label=_("Night from"), widget=HOUR, help_text=_("At night the mentor gets the mail, and the minutes count from the morning."))
    quiet_until = forms.TimeField(label=_("Night until"), widget=HOUR)
    quiet_days = forms.IntegerField(label=_("Days without contact until a mentor is called too quiet"), min_value=3, max_value=90)

    def __init__(self, *args: Any, terms: Terms, **kwargs: Any) -> None:
        names = ("answer_minutes", "quiet_from", "quiet_until", "quiet_days")
        super().__init__(*args, initial={name: getattr(terms, name) for name in names}, **kwargs)
