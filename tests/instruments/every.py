"""A form with every type, as a reception centre might use it: household members in a repeat, municipalities by county, Arabic beside Swedish."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

Sheets = dict[str, list[list[Any]]]

_HEAD = ["type", "name", "label::Svenska (sv)", "label::العربية (ar)", "relevant", "required", "constraint", "constraint_message::Svenska (sv)", "calculation",
         "choice_filter", "default", "readonly", "repeat_count", "parameters", "appearance", "hint::Svenska (sv)", "guidance_hint::Svenska (sv)"]  # fmt: skip


def _row(kind: str, name: str, sv: str = "", ar: str = "", **more: str) -> list[Any]:
    cells = dict.fromkeys(_HEAD, "")
    cells |= {"type": kind, "name": name, _HEAD[2]: sv, _HEAD[3]: ar}
    cells |= {{"message": _HEAD[7], "hint": _HEAD[15], "guidance": _HEAD[16]}.get(key, key): text for key, text in more.items()}
    return list(cells.values())


EVERY: Sheets = {
    "survey": [
        _HEAD,
        _row("start", "start"), _row("deviceid", "deviceid"), _row("today", "today"),
        _row("begin_group", "about", "Om dig", "عنك"),
        _row("text", "name", "Vad heter du?", "ما اسمك؟", required="yes", hint="Som du vill kallas", guidance="Inget personnummer"),
        _row("date", "born", "När är du född?", "متى ولدت؟", constraint=". < today()", message="Dagen har inte varit än."),
        _row("calculate", "age", calculation="int((today() - ${born}) div 365.25)"),
        _row("note", "years", "Du är ${age} år.", "عمرك ${age}", relevant="${born} != ''"),
        _row("decimal", "height", "Hur lång är du (m)?", "طولك", constraint=". > 0.4 and . < 2.6"),
        _row("time", "wakes", "När vaknar du?", "متى تستيقظ؟"),
        _row("dateTime", "arrived", "När kom du hit?", "متى وصلت؟"),
        _row("range", "mood", "Hur mår du?", "كيف حالك؟", parameters="start=0 end=10 step=2"),
        _row("acknowledge", "agrees", "Jag har förstått", "فهمت", required="yes"),
        _row("end_group", ""),
        _row("begin_group", "place", "Var du bor", "أين تسكن"),
        _row("select_one county", "county", "Län", "محافظة", appearance="minimal"),
        _row("select_one town", "town", "Kommun", "بلدية", choice_filter="county=${county}", relevant="${county} != ''"),
        _row("geopoint", "spot", "Plats", "موقع"),
        _row("select_multiple helps or_other", "helps", "Vad hjälper?", "ما يساعد؟", appearance="horizontal"),
        _row("rank helps", "order", "Sätt i ordning", "رتب"),
        _row("image", "photo", "Ett foto", "صورة"),
        _row("barcode", "card", "Kortets streckkod", "باركود"),
        _row("end_group", ""),
        _row("integer", "count", "Hur många är ni?", "كم عددكم؟", constraint=". <= 12"),
        _row("begin_repeat", "members", "Person", "شخص", repeat_count="${count}"),
        _row("text", "member", "Namn", "الاسم", required="yes"),
        _row("integer", "years_old", "Ålder på ${member}", "العمر", constraint=". >= 0 and . <= 120"),
        _row("select_one yesno", "school", "Går ${member} i skola?", "مدرسة؟", relevant="../years_old < 18"),
        _row("calculate", "place_in_row", calculation="position(..)"),
        _row("begin_repeat", "courses", "Kurs", "دورة", relevant="${school} = 'yes'"),
        _row("text", "course", "Vilken kurs?", "أي دورة؟"),
        _row("integer", "hours", "Timmar", "ساعات", default="2"),
        _row("end_repeat", ""),
        _row("calculate", "member_hours", calculation="sum(${hours})"),
        _row("end_repeat", ""),
        _row("calculate", "oldest", calculation="max(${years_old})"),
        _row("calculate", "names", calculation="join(', ', ${member})"),
        _row("calculate", "all_hours", calculation="sum(${hours})"),
        _row("calculate", "second", calculation="indexed-repeat(${member}, ${members}, 2)"),
        _row("calculate", "town_words", calculation="jr:choice-name(${town}, '${town}')"),
        _row("hidden", "source", default="paper"),
        _row("begin_group", "feeling", "Så här är det", "هكذا", appearance="field-list"),
        _row("select_one agree", "safe", "Jag känner mig trygg", "أشعر بالأمان", appearance="likert"),
        _row("select_one agree", "seen", "Jag blir sedd", "أنا مرئي", appearance="likert"),
        _row("text", "story", "Berätta", "احك", appearance="multiline", readonly=""),
        _row("end_group", ""),
    ],
    "choices": [
        ["list_name", "name", "label::Svenska (sv)", "label::العربية (ar)", "county"],
        ["county", "m", "Skåne", "سكونه"], ["county", "k", "Blekinge", "بليكينغه"],
        ["town", "horby", "Hörby", "هوربي", "m"], ["town", "lund", "Lund", "لوند", "m"], ["town", "ronneby", "Ronneby", "رونيبي", "k"],
        ["helps", "walk", "Gå ut", "المشي"], ["helps", "talk", "Prata", "الحديث"],
        ["yesno", "yes", "Ja", "نعم"], ["yesno", "no", "Nej", "لا"],
        ["agree", "1", "Inte alls", "لا أبدا"], ["agree", "2", "Delvis", "جزئيا"], ["agree", "3", "Helt", "تماما"],
    ],
    "settings": [["form_title", "form_id", "version", "default_language", "style"], ["Mottagande", "mottagande", "7", "Svenska (sv)", "pages"]],
}  # fmt: skip

WHOLE: dict[str, Any] = {
    "name": "Amal", "born": "1990-06-01", "height": "1,68", "wakes": "06:30", "arrived": "2018-03-01T14:05", "mood": "4", "agrees": "OK",
    "county": "m", "town": "horby", "spot": "55.85, 13.66", "helps": ["talk", "other"], "helps_other": "Musik", "order": ["talk", "walk", "other"],
    "photo": "amal.jpg", "card": "7350", "count": 2,
    "members": [
        {"member": "Amal", "years_old": 27},
        {"member": "Sami", "years_old": "9", "school": "yes", "courses": [{"course": "Simning", "hours": "3"}, {"course": "Musik", "hours": 2}]},
    ],
    "safe": "3", "seen": "2", "story": "Vi kom till Hörby.",
}  # fmt: skip


def every() -> Sheets:
    """The form's sheets, to be changed at will."""
    return deepcopy(EVERY)
