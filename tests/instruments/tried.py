"""Forms as the field writes them, in words of our own: shapes from ODK's and Kobo's documentation, pyxform's examples and the faults of real files.

Each has its sheets, and what is to happen with it here; `table()` is docs/reference/forms-tried.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handrail.instruments.formats import Reading, read_sheets
from handrail.instruments.formats.field_tools import field_tool_problems
from handrail.instruments.rules import form_problems
from handrail.kit.errors import RuleBroken
from tests.instruments.every import every

Rows = list[list[Any]]
YES_NO: Rows = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]


@dataclass(frozen=True)
class Tried:
    """A form: what it is like, where that shape comes from, and the problems that it has here (row, code)."""

    name: str
    source: str
    sheets: dict[str, Rows]
    expected: tuple[tuple[int, str], ...] = ()
    files: dict[str, Rows] | None = None

    def read(self) -> tuple[Reading | None, list[tuple[int, str]]]:
        """What the reader makes of it, and its errors with those of its expressions."""
        try:
            reading = read_sheets(self.sheets, files=self.files, language="en")  # type: ignore[arg-type]
        except RuleBroken:
            return None, [(0, "no_survey")]
        found = [(one.row, one.code) for one in reading.errors]
        if reading.form is not None:
            found += [(one.row, one.code) for one in form_problems(reading.form)]
        return reading, found

    def in_pyxform(self) -> str:
        """What pyxform alone says of the same sheets."""
        problems = field_tool_problems({title: rows for title, rows in self.sheets.items() if title in {"survey", "choices", "settings", "external_choices"}})  # type: ignore[misc]
        return problems[0].cause.partition(": ")[2][:110].replace("|", "/").replace("\n", " ") if problems else "accepted"


def survey(head: str, *rows: str) -> Rows:
    """Rows written as a |-separated table."""
    return [[cell.strip() for cell in line.split("|")] for line in (head, *rows)]


ODK, KOBO, PYX, REAL = "ODK documentation", "Kobo help pages", "pyxform's examples", "real files (domain.md 6.2)"
TRIED = (
    Tried("Greeting by name", ODK, {"survey": survey("type|name|label", "text|your_name|What is your name?", "note|hello|Hello, ${your_name}.")}),
    Tried("Tip worked out and shown", ODK, {"survey": survey("type|name|label|calculation", "decimal|bill|Bill:|", "calculate|tip||round((${bill} * 0.18),2)",
          "calculate|total||${bill} + ${tip}", "note|said|Tip: ${tip} Total: ${total}|")}),
    Tried("Children's pets: a repeat with a condition", ODK, {"survey": survey("type|name|label|calculation", "begin repeat|people|Person|", "int|age|Age|", "int|pets|How many pets?|",
          "end repeat|people||", "int|total||sum(${people}[age < 18]/pets)", "note|said|Pets of children: ${total}|")}),
    Tried("Default from the last record", ODK, {"survey": survey("type|name|label|default", "text|street|Street|${last-saved#street}")}),
    Tried("Default worked out, read-only field", ODK, {"survey": survey("type|name|label|default|readonly", "date|day|Day|today()|", "text|who|Who|${day}|yes")}),
    Tried("Required with its message, soft constraint", ODK, {"survey": survey("type|name|label|required|required_message|constraint|constraint_message",
          "text|id|Number|yes|Please write it.|regex(., '^[A-Z]{2}-\\d{4}$')|Two letters, four digits", "integer|age|Age|${id} != ''||. >= 0 and . < 130|")}),
    Tried("Nested repeats with their counts", ODK, {"survey": survey("type|name|label|repeat_count|calculation", "integer|n|How many?||", "begin_repeat|house|House|${n}|",
          "integer|rooms|Rooms||", "begin_repeat|room|Room|${rooms}|", "decimal|size|Size||", "end_repeat||||", "end_repeat||||", "calculate|area|||sum(${size})")}),
    Tried("Repeat while there are more", ODK, {"survey": survey("type|name|label|repeat_count|relevant", "begin_repeat|child|Child|count(${child_name}) + 1|", "text|child_name|Name||", "end_repeat||||")},
          ((2, "expression_circle"),)),
    Tried("Roster, then questions about each", ODK, {"survey": survey("type|name|label|repeat_count|calculation", "begin_repeat|roster|Person||", "text|who|Name||", "end_repeat||||",
          "begin_repeat|about|About|count(${roster})|", "calculate|whose|||indexed-repeat(${who}, ${roster}, position(..))", "text|likes|What does ${whose} like?||", "end_repeat||||")}),
    Tried("Cascade of three lists", ODK, {"survey": survey("type|name|label|choice_filter", "select_one state|state|State|", "select_one county|county|County|state=${state}",
          "select_one city|city|City|state=${state} and county=${county}"), "choices": survey("list_name|name|label|state|county", "state|tx|Texas||", "county|king|King|tx|", "city|x|Dumont|tx|king")}),
    Tried("Choices left over from an earlier question", ODK, {"survey": survey("type|name|label|choice_filter", "select_multiple l|some|Which?|", "select_one l|best|The best?|selected(${some}, name)"),
          "choices": survey("list_name|name|label", "l|a|A", "l|b|B")}),
    Tried("Choices from a file beside it", ODK, {"survey": survey("type|name|label|choice_filter", "select_one_from_file towns.csv|town|Town|lan=${lan}", "text|lan|County|")},
          files={"towns.csv": survey("name|label|lan", "horby|Hörby|m")}),
    Tried("The same without the file", ODK, {"survey": survey("type|name|label", "select_one_from_file towns.csv|town|Town")}, ((2, "list_file"),)),
    Tried("A value from a file by pulldata", ODK, {"survey": survey("type|name|label|calculation", "text|code|Code|", "calculate|price||pulldata('prices', 'price', 'code', ${code})")},
          ((3, "expression_function"),)),
    Tried("A value from a list by instance()", ODK, {"survey": survey("type|name|label|calculation", "select_one yn|q|Q|", "calculate|words||instance('yn')/root/item[name=${q}]/label"), "choices": YES_NO},
          ((3, "expression_function"),)),
    Tried("The label of a choice", ODK, {"survey": survey("type|name|label|calculation", "select_multiple yn|q|Q|", "calculate|words||jr:choice-name(selected-at(${q}, 0), '${q}')"), "choices": YES_NO}),
    Tried("A number drawn by chance", ODK, {"survey": survey("type|name|label|calculation", "text|a|A|", "calculate|chance||once(random())")}, ((3, "expression_function"),)),
    Tried("Rank, range, acknowledge, place and pictures", ODK, {"survey": survey("type|name|label|parameters|appearance", "rank yn|r|Rank||", "range|n|How much|start=1 end=5 step=0.5|", "trigger|ok|OK||",
          "geopoint|here|Where||placement-map", "geotrace|path|Path||", "image|pic|Picture|max-pixels=1000|annotate", "audio|voice|Voice|quality=normal|", "barcode|code|Code||"), "choices": YES_NO}),
    Tried("A table of answers", ODK, {"survey": survey("type|name|label|appearance", "begin_group|g|Say|table-list", "select_one yn|a|A|", "select_one yn|b|B|", "end_group|||"), "choices": YES_NO}),
    Tried("What the device records", KOBO, {"survey": survey("type|name|label|calculation", "start|start||", "end|end||", "today|today||", "deviceid|deviceid||", "username|username||", "audit|audit||", "text|q|Q|",
          "calculate|minutes||(decimal-date-time(${end}) - decimal-date-time(${start})) * 1440")}),
    Tried("Date arithmetic", KOBO, {"survey": survey("type|name|label|calculation|constraint", "date|born|Born||. <= today()", "calculate|age||int((today() - ${born}) div 365.25)|",
          "calculate|year||format-date(${born}, '%Y')|", "calculate|due||format-date(date(decimal-date-time(${born}) + 280), '%d/%m/%Y')|")}),
    Tried("None of these excludes the others", KOBO, {"survey": survey("type|name|label|constraint", "select_multiple l|needs|Needs|not(selected(., 'none') and count-selected(.) > 1)"),
          "choices": survey("list_name|name|label", "l|food|Food", "l|none|None")}),
    Tried("Other, say which", KOBO, {"survey": survey("type|name|label", "select_one yn or_other|q|Q"), "choices": YES_NO}),
    Tried("Likert matrix with Kobo's own columns", KOBO, {"survey": survey("type|name|label|required|appearance|$kuid|hxl|kobo--matrix_list", "begin_group|m|How true?||w7 horizontal-compact|a1||",
          "select_one yn|one|One|true|likert|a2|#x|", "end_group|||||a3||"), "choices": [[*YES_NO[0], "$kuid"], *[[*row, "z"] for row in YES_NO[1:]]], "settings": [["style", "id_string", "form_title"], ["theme-grid pages", "k", "K"]]}),
    Tried("Words with marks", KOBO, {"survey": survey("type|name|label", "note|n|**Read this** <span style=\"color:red\">first</span>", "text|q|# Heading")}),
    Tried("Text and integer", PYX, {"survey": survey("type|name|label", "text|your_name|What is your name?", "integer|your_age|How many years old are you?")}),
    Tried("Group", PYX, {"survey": survey("type|name|label", "text|family_name|Family name?", "begin group|father|Father", "phone number|phone|Phone?", "integer|age|How old?", "end group||")}),
    Tried("Yes or no with old spellings", PYX, {"survey": survey("type|name|label:english|label:french", "select one from yn|good|Good?|Bon?"), "choices": survey("list name|name|label:english", "yn|yes|Yes", "yn|no|No")}),
    Tried("Specify other", PYX, {"survey": survey("type|name|label", "select one from yn or specify other|q|Q"), "choices": YES_NO}),
    Tried("Columns in capitals, spaces in headers", PYX, {"SURVEY": survey("Type|NAME|Label|Constraint Message|Read Only", "text|a|A|No|yes"), "Settings": survey("Form_ID|Form_Title", "a|A")}),
    Tried("Loop", PYX, {"survey": survey("type|name|label", "begin loop over yn|l|Loop", "integer|n|How many %(label)s?", "end loop||"), "choices": YES_NO}, ((2, "type"), (4, "type"))),
    Tried("Select one external", PYX, {"survey": survey("type|name|label|choice_filter", "select_one yn|q|Q|", "select_one_external towns|t|Town|q=${q}"), "choices": YES_NO,
          "external_choices": survey("list_name|name|label|q", "towns|x|X|yes")}),
    Tried("Every type, Arabic from the right", "our own", every()),
    Tried("Choice twice", REAL, {"survey": survey("type|name|label", "select_one yn|q|Q"), "choices": [*YES_NO, ["yn", "yes", "Yes again"]]}, ((4, "choice_twice"),)),
    Tried("The same, allowed", REAL, {"survey": survey("type|name|label", "select_one yn|q|Q"), "choices": [*YES_NO, ["yn", "yes", "Yes again"]], "settings": [["allow_choice_duplicates"], ["yes"]]}),
    Tried("Question twice in a group", REAL, {"survey": survey("type|name|label", "begin_group|g|G", "text|a|A", "text|a|B", "end_group||")}, ((4, "name_twice"),)),
    Tried("The same name in two groups", REAL, {"survey": survey("type|name|label", "begin_group|g|G", "text|a|A", "end_group||", "begin_group|h|H", "text|a|B", "end_group||")}, ((6, "name_twice"),)),
    Tried("Name with spaces", REAL, {"survey": survey("type|name|label", "integer|S3. Reg below5|Registered below five")}, ((2, "name"),)),
    Tried("A question that is not there", REAL, {"survey": survey("type|name|label|relevant", "text|a|A|${nobody} = 'x'")}, ((2, "reference"),)),
    Tried("No survey sheet", REAL, {"Blad1": survey("type|name|label", "text|a|A")}, ((0, "no_survey"),)),
    Tried("Choice with spaces", REAL, {"survey": survey("type|name|label", "select_one l|q|Q"), "choices": survey("list_name|name|label", "l|very good|Very good")}, ((2, "choice_name_spaces"),)),
    Tried("Missing end of a group", REAL, {"survey": survey("type|name|label", "begin_group|g|G", "text|a|A")}, ((2, "group_open"),)),
    Tried("Broken bracket", REAL, {"survey": survey("type|name|label|relevant", "text|a|A|", "text|b|B|((1 + ${a}")}, ((3, "expression_brackets"),)),
    Tried("Text that counts as a formula elsewhere", REAL, {"survey": survey("type|name|label", "text|a|=HYPERLINK(\"x\")")}),
    Tried("A language nobody knows the code of", REAL, {"survey": survey("type|name|label::English|label::Zaghawa dialect", "text|a|A|B")}),
    Tried("Absolute paths", REAL, {"survey": survey("type|name|label|relevant", "text|a|A|", "text|b|B|/data/a = 'x'")}, ((3, "expression_path"),)),
)  # fmt: skip


def table() -> str:
    """The page docs/reference/forms-tried.md."""
    lines = [
        "<!-- made by tests/instruments/tried.py; a test fails when it is stale -->", "# Forms tried", "",
        "XLSForms in the shapes that the field uses, and what happens with them when they are published here. Errors name sheet, row, column, cause and",
        "remedy; notes do not stand in the way. “row 3: name_twice” is the row as Excel shows it and the problem's code.", "",
        "| form | shape from | here | pyxform 4.5 alone |", "|---|---|---|---|",
    ]  # fmt: skip
    for one in TRIED:
        reading, errors = one.read()
        notes = sorted({problem.code for problem in reading.warnings}) if reading else []
        here = ", ".join(f"row {row}: {code}" for row, code in errors) or "accepted"
        lines.append(f"| {one.name} | {one.source} | {here}{' (notes: ' + ', '.join(notes) + ')' if notes else ''} | {one.in_pyxform()} |")
    accepted = sum(not one.read()[1] for one in TRIED)
    return "\n".join([*lines, "", f"{accepted} of {len(TRIED)} are accepted.", ""])


if __name__ == "__main__":
    import django

    django.setup()
    from django.utils import translation

    with translation.override("en"):
        print(table(), end="")
