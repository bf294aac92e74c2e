"""What the gallery page shows: every component in every state, with invented content."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest

from handrail.kit.tables import Paged
from handrail.kit.text import _


class ExampleForm(forms.Form):
    """One field of each kind, some of them wrong."""

    name = forms.CharField(label=_("Name of the session"), help_text=_("As it shall stand in the calendar."))
    minutes = forms.IntegerField(label=_("Attendance in minutes"), max_value=105)
    when = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    place = forms.ChoiceField(label=_("Municipality"), choices=[("osby", "Osby"), ("goinge", "Östra Göinge")])
    contact = forms.ChoiceField(label=_("Contact with newcomers"), widget=forms.RadioSelect, choices=[("d", _("Direct")), ("i", _("Indirect"))])
    languages = forms.MultipleChoiceField(
        label=_("Languages"), widget=forms.CheckboxSelectMultiple, required=False, choices=[("sv", "Svenska"), ("ar", "العربية")]
    )
    note = forms.CharField(label=_("Note to the trainer"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    sheet = forms.FileField(label=_("Staff list"), help_text=_("XLSX or CSV, up to 10 MB."))
    agreed = forms.BooleanField(label=_("The manager has agreed"), help_text=_("Asked for where a session lasts the whole day."))

    def clean_minutes(self) -> int:
        """An error as a person should meet it: the fact, then the remedy."""
        raise forms.ValidationError(_("The session was 105 minutes. Write 105 or less."))


class ExampleFilters(forms.Form):
    """A sentence to choose by."""

    rating = forms.ChoiceField(label=_("Rating"), choices=[("both", _("Own and manager's, mean")), ("own", _("Own only"))])
    profile = forms.ChoiceField(label=_("Role profile"), choices=[("all", _("All with direct contact"))])


def gallery_context(request: HttpRequest) -> dict[str, Any]:
    """The gallery's content; `?dir=rtl` and `?theme=dark` turn the page."""
    form = ExampleForm({"name": "Samtal genom tolk, grupparbete 3", "minutes": "185", "place": "goinge", "contact": "d"})
    form.is_valid()
    return {
        "dir": "rtl" if request.GET.get("dir") == "rtl" else "",
        "theme": request.GET.get("theme", "") if request.GET.get("theme") in {"light", "dark"} else "",
        "form": form, "empty_form": ExampleForm(), "filters": ExampleFilters(),
        "swatches": ["ink", "action", "thread", "linen", "ok", "wait", "alarm", "page"],
        "steps": ["over-2", "over-1", "target", "need-1", "need-2", "need-3", "need-4", "need-5"],
        "days": [date(2018, 4, 19), date(2018, 4, 24), date(2018, 5, 3)],
        "paged": Paged(rows=list(range(50)), number=2, total=1133, is_capped=False, per_page=50, previous_url="?page=1", next_url="?page=3"),
        **_lists(),
    }  # fmt: skip


def _lists() -> dict[str, Any]:
    return {
        "trail": [(_("Plan"), "#plan"), (_("Autumn 2018"), "")],
        "tabs": [{"label": _("Competence"), "url": "#a", "current": True}, {"label": _("Sessions"), "url": "#b"}, {"label": _("Hours"), "url": "#c"}],
        "segments": [{"label": _("Map"), "url": "#map", "current": True}, {"label": _("Table"), "url": "#table"}],
        "menu": [{"label": _("Settings"), "url": "#s"}, {"label": _("My devices"), "url": "#d"}],
        "facts": [(_("Trainer"), "Samira Haddad"), (_("Place"), "Osby bibliotek"), (_("Language"), "svenska, arabiska"), (_("Seats"), "15 / 18")],
        "figures": [(_("Closes"), "61 %", "574 / 940"), (_("Reaches"), "286", _("persons, 31 units")), (_("Costs"), "412 000", "/ 425 000 kr")],
        "columns": [
            {"label": _("Period"), "key": "period"}, {"label": _("State")}, {"label": _("Certified h"), "key": "hours", "number": True},
            {"label": _("Value kr"), "number": True},
        ],
        "rows": [
            {"cells": [{"text": "dec 2017", "url": "#dec"}, {"text": _("Submitted"), "tag": "lock"}, {"text": "212", "strong": True}, "59 360"]},
            {"cells": [{"text": "feb 2018", "url": "#feb"}, {"text": _("Certified"), "tag": "ok"}, {"text": "468", "strong": True}, "135 720"]},
            {"cells": [{"text": "mar 2018", "url": "#mar"}, {"text": _("Open until 20 April"), "tag": "wait"}, {"text": "574", "strong": True}, "166 460"], "state": "chosen"},
        ],
        "total": [_("Up to and with March 2018"), "", "1 254", "361 540"],
        "errors": [{"text": _("Row 14: the personal number lacks a digit"), "url": "#r14"}, {"text": _("Row 88: there is no unit “Barnomsorg N”"), "url": "#r88"}],
        "acts": [{"label": _("Compare with proposal 2"), "href": "#compare"}, {"label": _("Adopt the plan"), "href": "#adopt", "kind": "primary"}],
    }  # fmt: skip
