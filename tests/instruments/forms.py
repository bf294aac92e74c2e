"""Questionnaires for tests, written by the field's usual writer of workbooks."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import Workbook

LEVELS = [("l0", "Inte alls", "Not at all", "لا"), ("l1", "Lite", "A little", "قليلا"), ("l2", "Delvis", "Partly", "جزئيا"),
          ("l3", "Bra", "Well", "جيد"), ("l4", "Leder andra", "I lead others", "أقود")]  # fmt: skip


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    """A workbook of these sheets, the first row being the header."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def mapping(*, extra: list[list[Any]] | None = None, form_id: str = "kartlaggning", competences: tuple[str, str] = ("", "")) -> bytes:
    """Two pages in Swedish, English and Arabic, a hidden question, a constraint, a required one."""
    survey = [
        ["type", "name", "label::Svenska (sv)", "label::English (en)", "label::العربية (ar)", "hint::Svenska (sv)", "required",
         "relevant", "constraint", "constraint_message::Svenska (sv)", "competence"],
        ["begin_group", "conversation", "Samtal", "Conversation", "محادثة"],
        ["note", "hello", "Svara som det är i dag.", "Answer as it is today.", "أجب كما هو اليوم"],
        ["select_one levels", "interpreter", "Samtala genom tolk", "Talk through an interpreter", "التحدث عبر مترجم", "Tänk på den senaste månaden", "yes", "", "", "", competences[0]],
        ["select_one yesno", "trained", "Har du gått en utbildning?", "Have you been trained?", "هل تدربت؟", "", "yes"],
        ["integer", "hours", "Hur många timmar?", "How many hours?", "كم ساعة؟", "", "yes", "${trained} = 'yes'", ". > 0 and . <= 400", "Skriv 1 till 400 timmar."],
        ["end_group", ""],
        ["begin_group", "health", "Psykisk hälsa", "Mental health", "الصحة"],
        ["select_one levels", "trauma", "Möta människor med trauma", "Meet people with trauma", "لقاء", "", "yes", "", "", "", competences[1]],
        ["select_multiple topics", "topics", "Vad vill du lära dig?", "What do you want to learn?", "ماذا"],
        ["text", "wish", "Något annat?", "Anything else?", "شيء آخر؟"],
        ["end_group", ""],
        *(extra or []),
    ]  # fmt: skip
    choices = [
        ["list_name", "name", "label::Svenska (sv)", "label::English (en)", "label::العربية (ar)", "level"],
        *[["levels", name, sv, en, ar, index] for index, (name, sv, en, ar) in enumerate(LEVELS)],
        ["yesno", "yes", "Ja", "Yes", "نعم"], ["yesno", "no", "Nej", "No", "لا"],
        ["topics", "sleep", "Sömn och oro", "Sleep and worry", "النوم"], ["topics", "law", "Lagar", "Laws", "قوانين"],
    ]  # fmt: skip
    settings = [["form_title", "form_id", "version", "default_language"], ["Kartläggning 2018", form_id, "1", "Svenska (sv)"]]
    return workbook({"survey": survey, "choices": choices, "settings": settings})


WHOLE = {"interpreter": "l1", "trained": "yes", "hours": 12, "trauma": "l2", "topics": ["sleep"], "wish": "Mer tid"}
