"""What the gallery page shows: every component in every state, with invented content."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest

from handrail.kit import drawing
from handrail.kit.tables import Paged
from handrail.kit.text import Translations, _, signed


class ExampleForm(forms.Form):
    """One field of each kind, some of them wrong."""

    name = forms.CharField(label=_("Name of the session"), help_text=_("As it shall stand in the calendar."))
    minutes = forms.IntegerField(label=_("Attendance in minutes"))
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
        **_drawings(),
        "steps_of_thread": _thread(), "up": _up(),
    }  # fmt: skip


def _say(sv: str, en: str) -> Translations:
    return Translations({"sv": sv, "en": en})


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


def _drawings() -> dict[str, Any]:
    middle, before_after = drawing.likert([(str(_say("Före", "Before")), (19, 29, 18, 14, 6)), (str(_say("Efter", "After")), (3, 10, 15, 29, 16))])
    return {
        "gauge": drawing.gauge(
            parts=[
                ("solid", 1_187_230, str(_say("Intygat 4 188 h", "Certified 4,188 h"))), ("hatched", 90_480, str(_say("Väntar 312 h", "Waits 312 h"))),
                ("dashed", 559_700, str(_say("Planerat 1 930 h", "Planned 1,930 h"))),
            ],
            target=1_811_937.5, target_text=str(_say("Mål 25 %", "Target 25 %")), top=2_030_000,
            ticks=[(0, "0 %"), (362_387, "5 %"), (724_775, "10 %"), (1_087_162, "15 %"), (1_449_550, "20 %")],
        ),
        "gauge_table": [(_say("Intygat", "Certified"), "1 187 230 kr"), (_say("Väntar", "Waits"), "90 480 kr"), (_say("Planerat", "Planned"), "559 700 kr")],
        "histogram": drawing.histogram([("0–10", 12, 0.24), ("10–20", 26, 0.52), ("20–30", None, None), ("30–", 12, 0.24)], top=0.52),
        "trend": drawing.trend([("Jan", 3.1), ("Feb", 3.4), ("Mar", None), ("Apr", 3.9), ("May", 4.2)], lowest=1, highest=5),
        "bars": [
            {"label": "Kristianstad", "value": 1612, "text": "1 612", "url": "#k"}, {"label": "Hässleholm", "value": 1004, "text": "1 004", "url": "#h"},
            {"label": "Osby", "value": 741, "text": "741", "url": "#o", "waits": 860, "more": "+119"}, {"label": "Hörby", "value": 329, "text": "329", "target": 600, "target_text": "600"},
        ],
        "map_columns": [
            {"label": "Osby", "sub": _say("212 svar", "212 answers"), "own": True}, {"label": "Kristianstad", "sub": _say("391 svar", "391 answers")},
            {"label": "Hörby", "sub": _say("96 svar", "96 answers")}, {"label": _say("Alla fem", "All five"), "sub": _say("1 133 svar", "1,133 answers"), "total": True},
        ],
        "areas": _areas(),
        "compact_columns": [{"label": "Osby", "own": True}, {"label": "Östra Göinge"}, {"label": "Kristianstad"}, {"label": "Hässleholm"}, {"label": "Hörby"}],
        "compact_areas": [{"rows": [
            {"label": _say("Psykisk hälsa", "Mental health"), "cells": [_cell("", one) for one in (-0.9, -0.8, -0.5, -0.8, -1.2)]},
            {"label": _say("Ledning", "Leadership"), "cells": [*(_cell("", one) for one in (-0.6, -0.8, -0.1)), {"hidden": True}, {"hidden": True}]},
        ]}],
        "legend": [
            ("over-1", _say("Över målet", "Above target")), ("target", _say("På målet", "At target")), ("need-1", _say("−0,2 till −0,4", "−0.2 to −0.4")),
            ("need-2", _say("−0,5 till −0,7", "−0.5 to −0.7")), ("need-3", _say("−0,8 till −1,0", "−0.8 to −1.0")),
            ("need-4", _say("−1,1 till −1,3", "−1.1 to −1.3")), ("need-5", _say("−1,4 och mer", "−1.4 and more")),
        ],
        "level": drawing.level_line(1.6, 3), "level_over": drawing.level_line(3.3, 3),
        "middle": middle, "questions": [{"text": _say("Jag vågar fråga om psykisk hälsa", "I dare ask about mental health"), "rows": before_after}],
        "scale": [
            _say("Stämmer inte", "Not at all"), _say("Stämmer lite", "A little"), _say("Varken eller", "Neither"), _say("Stämmer ganska", "Rather"), _say("Stämmer helt", "Wholly"),
        ],
        "slopes": [
            {"label": _say("Samtal genom tolk", "Conversation through an interpreter"), "before": "1,9", "after": "2,6", "n": "74", "slope": drawing.slope(1.9, 2.6), "url": "#c"},
            {"label": _say("Svåra besked", "Hard news"), "before": "2,1", "after": "2,0", "n": "31", "slope": drawing.slope(2.1, 2.0)},
            {"label": _say("Leda mångfaldsarbete", "Lead work for diversity"), "hidden": True, "n": ""},
        ],
        "signatures": [
            {"who": _say("Mirza Delić bekräftade", "Mirza Delić confirmed"), "when": "2 april 2018 19.42", "done": True},
            {"who": _say("Peter Holm kontrasignerade", "Peter Holm countersigned"), "when": "4 april 2018 08.10", "done": True},
            {"who": _say("Lämnas in med mars", "To be submitted with March"), "when": _say("låses 20 april", "locks 20 April"), "done": False},
        ],
        "knots": [
            {"title": _say("Nivå före 1,8", "Level before 1.8"), "text": _say("kartläggningen i mars", "the mapping in March"), "state": "behind"},
            {"title": _say("Grupparbete 2", "Group work 2"), "text": _say("i dag", "today"), "state": "here"},
            {"title": _say("Ny mätning", "New measurement"), "text": _say("i november", "in November"), "state": "ahead"},
        ],
        "day_items": [
            {"time": "08.30", "title": "Samtal genom tolk, grupparbete 2", "text": "Osby bibliotek", "url": "#s"},
            {"time": "11.00", "title": _say("Möte med enhetschef", "Meeting with the line manager"), "text": _say("Två att kontrasignera", "Two to countersign"), "tag_text": _say("väntar", "waits"), "tag_kind": "wait"},
        ],
        "rule_parts": [("185 min", False), ("→", False), ("3 h", True), ("× 290 kr =", False), ("870 kr", True)],
        "sheet_columns": [[{"name": "Amira Sjögren", "unit": "Arbete och integration"}, {"name": "Johan Brandt", "unit": "Skola"}, *[{"name": "", "unit": ""}] * 10]],
    }  # fmt: skip


def _cell(level: str, distance: float, **more: Any) -> dict[str, Any]:
    return {"level": level, "distance": signed(distance), "step": drawing.step(distance), "url": "#cell", **more}


def _areas() -> list[dict[str, Any]]:
    cell = _cell
    hidden = {"hidden": True}
    return [
        {"name": _say("Psykisk hälsa", "Mental health"), "rows": [
            {"label": _say("Känna igen trauma och stress", "Recognise trauma and stress"), "sub": _say("Mål 3,0", "Target 3.0"), "url": "#r1",
             "cells": [cell("2,0", -1.0), cell("2,4", -0.6), cell("1,8", -1.2), cell("2,2", -0.8, total=True)]},
            {"label": _say("Samtala om sömn och oro", "Talk about sleep and worry"), "sub": _say("Mål 3,0", "Target 3.0"), "url": "#r2",
             "cells": [cell("1,7", -1.3, chosen=True), cell("2,3", -0.7), cell("1,6", -1.4), cell("2,0", -1.0, total=True)]},
        ]},
        {"name": _say("Samtal", "Conversation"), "rows": [
            {"label": _say("Skriva och tala enkelt", "Write and speak plainly"), "sub": _say("Mål 3,0", "Target 3.0"), "url": "#r3",
             "cells": [cell("3,1", 0.1), cell("3,6", 0.6), cell("2,7", -0.3), cell("3,0", 0.0, total=True)]},
            {"label": _say("Svåra besked", "Hard news"), "sub": _say("Mål 2,5", "Target 2.5"), "url": "#r4",
             "cells": [cell("2,1", -0.4), {"step": "none"}, hidden, {**hidden, "total": True}]},
        ]},
    ]  # fmt: skip


def _thread() -> list[dict[str, Any]]:
    """The golden thread of an invented figure, closed at one step to show how that looks."""
    steps: list[dict[str, Any]] = [
        {"kind": _say("Siffran", "The figure"), "big": "1 187 230 kr", "before": _say("är intygad medfinansiering till och med mars 2018.", "are certified co-financing up to and with March 2018."),
         "how": _say("65,5 % av målet 1 811 937,50 kr. Regel: minuter per person och månad, hela timmar nedåt.", "65.5 % of the target 1 811 937.50 kr. Rule: minutes per person and month, whole hours, down."),
         "side": [{"text": _say("4 188 timmar", "4,188 hours"), "url": "#1"}, {"text": _say("412 personer", "412 persons")}]},
        {"kind": _say("Timmar", "Hours"), "before": _say("Den består bland annat av", "They are made, among others, of"), "link": _say("3 timmar i mars", "3 hours in March"), "url": "#2",
         "after": _say("för Mirza Delić, socialsekreterare i Osby.", "for Mirza Delić, social worker in Osby."), "how": _say("870 kr. Bekräftat av deltagaren 2 april, kontrasignerat av chefen 4 april.", "870 kr. Confirmed by the participant on 2 April, countersigned on 4 April."),
         "side": [{"text": _say("1 av 1 396 månadsrader", "1 of 1,396 monthly lines"), "url": "#2"}]},
        {"kind": _say("Minuter", "Minutes"), "before": _say("som kommer ur", "which come from"), "link": _say("90 + 95 minuter", "90 + 95 minutes"), "url": "#3", "after": _say("i två träffar.", "in two sessions."),
         "how": _say("185 minuter ger 3 hela timmar, 5 minuter räknas inte.", "185 minutes make 3 whole hours; 5 minutes do not count."), "side": [{"text": _say("2 av 6 902 närvarorader", "2 of 6,902 attendance lines"), "url": "#3"}, {"text": _say("1 rättelse", "1 correction")}]},
        {"kind": _say("Träff", "Session"), "before": _say("den ena var", "one was"), "link": "Samtal genom tolk, grupparbete 1", "url": "#4", "after": _say("den 14 mars.", "on 14 March."), "how": "Osby bibliotek, 15 / 18. Samira Haddad.", "side": [{"text": _say("1 av 34 träffar", "1 of 34 sessions"), "url": "#4"}]},
        {"kind": _say("Lärandemål", "Learning outcome"), "before": _say("där man övade att", "where one practised to"), "link": _say("leda ett samtal om sömn och oro genom tolk", "lead a talk on sleep and worry through an interpreter"), "url": "#5", "how": _say("Modul 2, version 3.", "Module 2, version 3."), "side": [{"text": _say("1 av 11 lärandemål", "1 of 11 outcomes"), "url": "#5"}]},
        {"kind": _say("Kompetens", "Competence"), "before": _say("för att bli trygg i", "to grow confident in"), "link": _say("Samtal genom tolk, nivå 3", "Conversation through an interpreter, level 3"), "url": "#6", "how": _say("Ingår i fyra rollprofiler.", "Part of four role profiles."), "side": [{"text": _say("1 av 12 kompetenser", "1 of 12 competences"), "url": "#6"}]},
        {"kind": _say("Gap", "Gap"), "before": _say("där Osby låg", "where Osby stood"), "link": _say("1,1 nivåer under målet", "1.1 levels below the target"), "url": "#7", "after": _say("i kartläggningen.", "in the mapping."), "how": _say("1,9 mot 3,0, 212 svar.", "1.9 against 3.0, 212 answers."), "side": [{"text": _say("141 svar under målet", "141 answers below"), "url": "#7"}]},
        {"kind": _say("Svaret", "The answer"), "before": _say("Enskilda svar är stängda för dig.", "Single answers are closed to you."), "closed": _say("De syns för personen själv och den chef som man kommit överens om.", "They are seen by the person and the line manager agreed upon."), "side": []},
        {"kind": _say("Rösten", "The voice"), "quote": {"text": "”Jag frågar hur hon sover. Tolken säger något längre än det jag sade. Då slutar jag fråga.”", "lang": "sv", "who": _say("Socialsekreterare i Skåne nordost, november 2016. Samtycke till anonymt citat.", "Social worker in northeast Skåne, November 2016. Consent to anonymous quotation.")},
         "side": [{"text": _say("13 andra röster", "13 other voices"), "url": "#9"}]},
    ]  # fmt: skip
    for one, piece in zip(steps, drawing.rope(len(steps), records=412, narrow=5, voices=8, voice_row=6), strict=True):
        one["slice"] = piece
    return steps


def _up() -> list[dict[str, Any]]:
    return [
        {"title": _say("3 lärandemål", "3 outcomes"), "text": _say("skrevs om i version 3", "rewritten in version 3"), "url": "#u1"}, {"title": _say("9 träffar", "9 sessions"), "text": _say("hölls, 2 är planerade", "held, 2 are planned"), "url": "#u2"},
        {"title": _say("128 personer", "128 persons"), "text": _say("deltog i minst en", "took part in at least one")}, {"title": "1,9 → 2,6", "text": _say("nivå före och efter, 74 svar", "level before and after, 74 answers")},
    ]  # fmt: skip
