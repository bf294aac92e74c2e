"""Makes the sample files beside it with the writers that real exports come from; run by hand when a sample is added.

python tests/files/make.py            (xlwt, for the .xls sample alone, is not a dependency of the project: it is left out where missing)
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import xlsxwriter

HERE = Path(__file__).parent

# Fictional people on example.org. Two share a family name, one has no number, one is protected.
HEADERS = [
    "Anställningsnummer", "Personnummer", "Efternamn", "Förnamn", "Befattning", "AID", "Förvaltning", "Enhet",
    "Sysselsättningsgrad", "Närmaste chef", "E-post", "Skyddad identitet", "Kontakt med nyanlända",
]  # fmt: skip
PEOPLE = [
    ["01234", "19850312-0000", "Åkesson", "Märta", "Enhetschef", "101010", "Omsorg", "Hemtjänst Öst", 100, "", "marta.akesson@example.org", "", "Indirekt"],
    ["1235", "19900101-0000", "Öberg", "Jörgen", "Undersköterska", "207011", "Omsorg", "Hemtjänst Öst", 75, "Märta Åkesson", "jorgen.oberg@example.org", "Nej", "Direkt"],
    ["1236", "19790505-0000", "Åkesson", "Nadia", "Handläggare", "151018", "Arbete", "Vuxenutbildning", 80.5, "01234", "nadia@example.org", "", "Direkt"],
    ["", "19690909-0000", "Nyström", "Per", "Vaktmästare", "", "Kultur", "Biblioteket", 50, "marta.akesson@example.org", "per.nystrom@example.org", "", ""],
    ["1238", "19920202-0000", "Al-Sayed", "Rim", "Lärare", "401011", "Skola", "Centralskolan", 100, "Åkesson, Märta", "rim@example.org", "Ja", "Direkt"],
]  # fmt: skip


def put(name: str, data: bytes) -> None:
    (HERE / name).write_bytes(data)


def staff_openpyxl() -> None:
    """Title rows merged over the table, numbers as numbers, dates, percentages, an empty row, a total and a footer."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Anställda"
    sheet.merge_cells("A1:M1")
    sheet["A1"] = "Personalförteckning Osby kommun"
    sheet["A2"] = "Uttagen"
    sheet["B2"] = dt.datetime(2018, 4, 12, 8, 30)
    sheet.append([])
    sheet.append(HEADERS)
    for number, person in enumerate(PEOPLE):
        row = list(person)
        if number == 1:
            row[0] = 1235.0
        row[8] = person[8] / 100
        sheet.append(row)
        if number == 2:
            sheet.append([])
    for (cell,) in sheet["I5:I12"]:
        cell.number_format = "0%"
    sheet.append(["Summa", None, None, None, None, None, None, None, 4.055])
    sheet.append(["Utskriven 2018-04-12 av lönesystemet"])
    cover = book.create_sheet("Urval", 0)
    cover["A1"] = "Urval: alla anställda 2018-04-01"
    out = io.BytesIO()
    book.save(out)
    put("staff-openpyxl.xlsx", out.getvalue())


def staff_xlsxwriter() -> None:
    """English headers in another order, everything as text, no-break spaces, a duplicate header."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Staff")
    rows = [
        [
            "E-mail address",
            "Employee name",
            "Employee No.",
            "FTE",
            "Line manager",
            "Department",
            "Org. unit",
            "Job title",
            "Org. unit",
        ]
    ]
    for p in PEOPLE:
        rows.append([p[10].upper(), f"{p[2]},\u00a0{p[3]}", p[0], f"{p[8]} %", p[9], p[6], f"\u00a0{p[7]} ", p[4], "x"])
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            sheet.write_string(r, c, cell)
    book.close()
    put("staff-xlsxwriter.xlsx", out.getvalue())


def text(rows: list[list[object]], delimiter: str) -> str:
    return "\r\n".join(delimiter.join(str(cell) for cell in row) for row in rows) + "\r\n"


def staff_csv() -> None:
    """The same people as delimited text in five encodings."""
    comma = [[str(cell).replace(".", ",") if i == 8 else cell for i, cell in enumerate(p)] for p in PEOPLE]
    put("staff-cp1252.csv", text([["Personallista"], [], HEADERS, *comma], ";").encode("cp1252"))
    put("staff-utf8-sig.csv", text([HEADERS, *comma], ";").encode("utf-8-sig"))
    put("staff-utf16.txt", text([HEADERS, *comma], "\t").encode("utf-16"))
    put("staff-cp850.csv", text([HEADERS, *comma], ";").encode("cp850"))
    quoted = [['"' + str(cell) + '"' for cell in row] for row in [HEADERS, *PEOPLE]]
    put("staff-comma.csv", ("sep=,\r\n" + text(quoted, ",")).encode())


def package(name: str, sheet: str, *, shared: list[str] | None = None, date1904: bool = False) -> None:
    """A workbook as a report server writes it: the fewest parts that Excel opens."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}"><workbookPr date1904="{int(date1904)}"/>'
        '<sheets><sheet name="Export" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{rel}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{rel}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">'
        + "".join(f"<si><r><t>{escape(t)}</t></r></si>" for t in shared or [])
        + "</sst>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + content)
    put(name, out.getvalue())


def staff_by_hand() -> None:
    """Inline strings without cell addresses; shared rich strings with 1904 dates; neither says its dimension."""

    def inline(cells: list[object]) -> str:
        return (
            "<row>"
            + "".join(
                f"<c><v>{c}</v></c>" if isinstance(c, float | int) else f'<c t="inlineStr"><is><t>{escape(str(c))}</t></is></c>'
                for c in cells
            )
            + "</row>"
        )

    package("staff-inline.xlsx", "".join(inline(row) for row in [HEADERS, *PEOPLE]))
    strings = [*HEADERS, "Anställningsdatum", *(str(cell) for person in PEOPLE for cell in person)]
    rows, at = [], 0
    for number, width in enumerate([len(HEADERS) + 1, *(len(p) for p in PEOPLE)], start=3):
        cells = "".join(f'<c r="{chr(65 + i)}{number}" t="s"><v>{at + i}</v></c>' for i in range(width))
        at += width
        date = "" if number == 3 else f'<c r="N{number}" s="1"><v>40000</v></c>'
        rows.append(f'<row r="{number}">{cells}{date}</row>')
    package("staff-shared-1904.xlsx", "".join(rows), shared=strings, date1904=True)


def staff_xls() -> None:
    """The binary format of old systems."""
    try:
        import xlwt
    except ImportError:
        return
    book = xlwt.Workbook()
    sheet = book.add_sheet("Lista")
    for r, row in enumerate([["Personallista 2018"], HEADERS, *PEOPLE]):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell)
    book.save(str(HERE / "staff-xlwt.xls"))


FORM = {
    "survey": [
        ["type", "name", "label::Svenska (sv)", "label::English (en)", "label::العربية (ar)", "hint::Svenska (sv)", "relevant", "required",
         "required_message::Svenska (sv)", "constraint", "constraint_message::Svenska (sv)", "appearance", "competence"],
        ["begin_group", "background", "Om dig", "About you", "عنك"],
        ["integer", "years", "Hur många år har du arbetat här?", "How many years have you worked here?", "كم سنة عملت هنا؟", "Hela år", None, "yes",
         "Skriv antalet år.", ". >= 0 and . <= 60", "Skriv ett tal från 0 till 60."],
        ["select_multiple groups", "meets", "Vilka möter du?", "Whom do you meet?", "من تقابل؟", None, None, None, None, "count-selected(.) <= 2"],
        ["end_group"],
        ["begin group", "mapping", "Din kompetens", "Your competence", "كفاءتك", None, "${years} != ''", None, None, None, None, "field-list"],
        ["note", "how", "Svara som det är i dag.", "Answer as it is today.", "أجب كما هو اليوم."],
        ["select_one level", "q_law", "Hur väl kan du etableringslagen?", "How well do you know the law?", "ما مدى معرفتك بالقانون؟", None, None,
         "true()", None, None, None, "minimal", "K1"],
        ["text", "why", "Varför svarade du ${q_law}?", "Why did you answer ${q_law}?", "لماذا؟", None, "selected(${q_law}, '0')"],
        ["end group"],
    ],
    "choices": [
        ["list_name", "name", "label::Svenska (sv)", "label::English (en)", "label::العربية (ar)", "level"],
        ["level", 0.0, "Inte alls", "Not at all", "لا أعرف", 0],
        ["level", 1.0, "Något", "A little", "قليلا", 1],
        ["level", "dk", "Vet inte", "Don't know", "لا أدري"],
        ["groups", "new", "Nyanlända", "Newcomers", "القادمون الجدد"],
        ["groups", "co", "Kollegor", "Colleagues", "الزملاء"],
        ["groups", "none", "Ingen", "Nobody", "لا أحد"],
    ],
    "settings": [["form_title", "form_id", "version", "default_language"], ["Kompetenskartläggning", "kartlaggning", "2018-04", "Svenska (sv)"]],
}  # fmt: skip


def xlsform() -> None:
    """A questionnaire with all that we use, by both writers."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    out = io.BytesIO()
    other = xlsxwriter.Workbook(out)
    for title, rows in FORM.items():
        sheet, second = book.create_sheet(title), other.add_worksheet(title)
        for number, row in enumerate(rows):
            sheet.append(row)
            for column, cell in enumerate(row):
                if cell is not None:
                    second.write_string(number, column, str(int(cell)) if isinstance(cell, float) else str(cell))
    other.close()
    put("form-xlsxwriter.xlsx", out.getvalue())
    saved = io.BytesIO()
    book.save(saved)
    put("form-openpyxl.xlsx", saved.getvalue())


def moodle() -> None:
    """Moodle's competency CSV with the header of its documentation: HTML descriptions, a rule, a parent (1.1) without a row of its own."""
    header = [
        "Parent ID number", "ID number", "Shortname", "Description", "Description format", "Scale values", "Scale configuration",
        "Rule type", "Rule outcome", "Rule config", "Is framework", "Taxonomy",
    ]  # fmt: skip
    rows = [
        header,
        ["", "bem", "Bemötande", "<p>Att möta nyanlända.</p>", "1", "Inte alls,Något,Självständigt,Leder andra",
         '[{"scaleid":"1"},{"id":3,"scaledefault":1,"proficient":1},{"id":4,"proficient":1}]', "", "", "", "1",
         '{"1":"domain","2":"competency","3":"competency","4":"competency"}'],
        ["", "1", "Samtal", "", "1", "", "", "", "0", "null", "", ""],
        ["1.1", "1.1.1", "Tolkade samtal", "<p>Leda ett samtal genom <b>tolk</b>.</p><ul><li>förbereda</li><li>följa upp</li></ul>", "1", "", "",
         "core_competency\\competency_rule_all", "2", "null", "", ""],
        ["1", "1.2", "Klarspråk &amp; bildstöd", "", "1", "", "", "", "0", "null", "", ""],
        ["", "2", "Lagar", "", "1", "", "", "", "0", "null", "", ""],
        ["2", "2.1", "Etableringslagen", "Rader\nutan HTML", "1", "", "", "", "0", "null", "", ""],
    ]  # fmt: skip
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    put("moodle-framework.csv", out.getvalue().encode())


if __name__ == "__main__":
    moodle()
    xlsform()
    staff_openpyxl()
    staff_xlsxwriter()
    staff_csv()
    staff_by_hand()
    staff_xls()
