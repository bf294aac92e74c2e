"""The workbook of histories: one row for each stay and placement; the same key in a second row is the same person, who came back."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from handrail.kit.errors import RuleBroken
from handrail.kit.files import as_text, new_workbook, read_table
from handrail.kit.text import _

ROWS_AT_MOST = 1_000  # each is checked and written like one met by hand, all in one transaction in which nobody else can enrol people: about a minute
CLOCKS = ("project", "project_six", "exit", "exit_six")
YES, NO = {"yes", "ja", "y", "j", "true", "1", "x"}, {"no", "nej", "n", "false", "0"}

# Ours -> the headers that people write, in English, Swedish and Danish; the first of each is written in the empty workbook.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "key": ("Key", "Nøgle", "Nyckel", "id", "løbenummer", "löpnummer"),
    "given_name": ("Given name", "Fornavn", "Förnamn"),
    "family_name": ("Family name", "Efternavn", "Efternamn"),
    "language": ("First language", "Modersmål", "Førstesprog", "Förstaspråk"),
    "started_on": ("First day", "Første dag", "Första dag", "startdato", "startdatum"),
    "ended_on": ("Last day", "Sidste dag", "Sista dag", "slutdato", "slutdatum"),
    "end_reason": ("Why ended", "Sluttet fordi", "Slutade för att"),
    "company": ("Company", "Virksomhed", "Företag"),
    "registration": ("Company number", "CVR", "Organisationsnummer"),
    "region": ("Region",),
    "ordinary_staff": ("Ordinary staff", "Ordinært ansatte", "Ordinarie anställda"),
    "position": ("Position", "Praktikplads", "Praktikplats"),
    "hours": ("Hours a week", "Timer om ugen", "Timmar per vecka"),
    "placed_on": ("Placement from", "Praktik fra", "Praktik från"),
    "agreed_until": ("Placement until", "Praktik til", "Praktik till"),
    "signed": ("Signed", "Underskrevet", "Undertecknad"),
    "stopped_on": ("Stopped on", "Stoppet den", "Avbruten den"),
    "stop_reason": ("Stopped because", "Stoppet fordi", "Avbruten för att"),
    "project": ("In work at the end", "I arbejde ved afslutning", "I arbete vid slutet"),
    "project_evidence": ("Evidence at the end", "Dokumentation ved afslutning", "Underlag vid slutet"),
    "project_six": ("In work six months later", "I arbejde seks måneder efter", "I arbete sex månader senare"),
    "project_six_evidence": ("Evidence six months later", "Dokumentation seks måneder efter", "Underlag sex månader senare"),
    "exit": ("In work on leaving", "I arbejde ved udgang", "I arbete vid utgången"),
    "exit_evidence": ("Evidence on leaving", "Dokumentation ved udgang", "Underlag vid utgången"),
    "exit_six": ("In work six months after leaving", "I arbejde seks måneder efter udgang", "I arbete sex månader efter utgången"),
    "exit_six_evidence": ("Evidence six months after leaving", "Dokumentation seks måneder efter udgang", "Underlag sex månader efter utgången"),
}
NEEDED = ("key", "given_name", "started_on")
REASONS = {
    "work": ("work", "job", "arbejde", "arbete", "i arbejde", "fik job", "fick jobb"),
    "education": ("education", "uddannelse", "utbildning"),
    "health": ("health", "helbred", "hälsa", "sygdom", "sjukdom"),
    "moved": ("moved", "flyttet", "flyttat"),
    "own_wish": ("own wish", "eget ønske", "egen önskan"),
    "contact": ("contact lost", "mistet kontakt", "tappad kontakt"),
    "tasks": ("tasks", "opgaverne passede ikke", "uppgifterna passade inte"),
    "company": ("company", "virksomheden", "företaget"),
    "other": ("other", "andet", "annat"),
}
EVIDENCE = {
    "contract": ("contract", "kontrakt", "ansættelseskontrakt", "avtal", "anställningsavtal"),
    "payslip": ("payslip", "lønseddel", "lönebesked"),
    "employer": ("employer", "arbejdsgiver", "arbetsgivare"),
    "register": ("register", "eindkomst"),
    "none": ("none", "ingen", "inget"),
}


@dataclass(frozen=True)
class HistoryRow:
    """One row as it was read. Work at a clock is None where nothing is said, else whether, and by which evidence."""

    row: int
    key: str
    given_name: str
    family_name: str
    language: str
    started_on: date
    ended_on: date | None
    end_reason: str
    company: str
    registration: str
    region: str
    ordinary_staff: int
    position: str
    hours: int
    placed_on: date | None
    agreed_until: date | None
    is_signed: bool
    stopped_on: date | None
    stop_reason: str
    work: Mapping[str, tuple[bool, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row: where, the cause and the remedy. Never the row's values."""

    row: int
    column: str
    text: Any


def read_histories(data: bytes, *, name: str) -> tuple[list[HistoryRow], list[Problem]]:
    """The rows of a workbook of histories, and what is wrong with it row by row.

    Raises RuleBroken (field "file") for no table, or one without a key, a given name and a first day.
    """
    _sheet, rows = read_table(data, name=name, max_rows=10 * ROWS_AT_MOST)
    start, columns = _header([[as_text(cell).casefold() for cell in row] for row in rows])
    found: list[HistoryRow] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows[start + 1 :], start + 2):
        cells = {ours: as_text(row[at]) if at < len(row) else "" for ours, at in columns.items()}
        if any(cells.values()):
            reader = _Row(number, cells)
            one = reader.read()
            problems += reader.problems
            if one is not None and not reader.problems:
                found.append(one)
    return found, problems


def _header(rows: Iterable[list[str]]) -> tuple[int, dict[str, int]]:
    known = {header.casefold(): ours for ours, headers in COLUMNS.items() for header in headers}
    for number, row in enumerate(rows):
        if number > 15:
            break
        columns = {known[cell]: at for at, cell in reversed(list(enumerate(row))) if cell in known}
        if set(NEEDED) <= columns.keys():
            return number, columns
    raise RuleBroken(_("The file needs columns called Key, Given name and First day. Download the empty workbook to start from."), field="file")


class _Row:
    """Reads one row and collects what is wrong with it."""

    def __init__(self, number: int, cells: Mapping[str, str]) -> None:
        self.number, self.cells, self.problems = number, cells, list[Problem]()

    def read(self) -> HistoryRow | None:
        for name in NEEDED:
            if not self.text(name):
                self.report(name, _("The cell is empty. Write it, or take the row out."))
        started, ended = self.day("started_on"), self.day("ended_on")
        placed, until, stopped = self.day("placed_on"), self.day("agreed_until"), self.day("stopped_on")
        if started and ended and ended < started:
            self.report("ended_on", _("The last day lies before the first. Correct one of them."))
        if placed:
            self._check_placement(started, placed, until, stopped, ended)
        elif until or stopped or self.text("position"):
            self.report("placed_on", _("There is a placement without a first day. Write the day, or take the placement out."))
        if started is None:
            return None
        return HistoryRow(
            row=self.number, key=self.text("key"), given_name=self.text("given_name")[:100], family_name=self.text("family_name")[:100],
            language=self.text("language")[:10], started_on=started, ended_on=ended, end_reason=self.one_of("end_reason", REASONS, "other") if ended else "",
            company=self.text("company")[:200], registration=self.text("registration").replace(" ", "")[:30], region=self.text("region")[:60],
            ordinary_staff=self.whole("ordinary_staff", 0), position=self.text("position")[:150], hours=self.whole("hours", 37), placed_on=placed,
            agreed_until=until, is_signed=self.yes("signed", otherwise=True), stopped_on=stopped,
            stop_reason=self.one_of("stop_reason", REASONS, "other") if stopped else "", work=self.work(),
        )  # fmt: skip

    def _check_placement(self, started: date | None, placed: date, until: date | None, stopped: date | None, ended: date | None) -> None:
        if not self.text("company"):
            self.report("company", _("There is a placement without a company. Write its name."))
        if until is None:
            self.report("agreed_until", _("There is a placement without a last agreed day. Write it."))
        elif until < placed:
            self.report("agreed_until", _("The last agreed day lies before the placement's first."))
        if started and placed < started:
            self.report("placed_on", _("The placement begins before the person does. Correct one of the days."))
        if stopped and until and not placed <= stopped <= until:
            self.report("stopped_on", _("It stopped on a day outside the placement. Correct one of the days."))
        if ended and ended < placed:
            self.report("ended_on", _("The person left before the placement began. Correct one of the days."))

    def work(self) -> dict[str, tuple[bool, str]]:
        """What is said of work at each clock."""
        found = {}
        for name in CLOCKS:
            if self.text(name):
                is_in_work = self.yes(name, otherwise=False)
                evidence = self.one_of(f"{name}_evidence", EVIDENCE, "none") if is_in_work else "none"
                found[name] = (is_in_work, evidence)
        return found

    def text(self, name: str) -> str:
        return self.cells.get(name, "")

    def report(self, column: str, text: Any) -> None:
        self.problems.append(Problem(self.number, COLUMNS[column][0], text))

    def day(self, name: str) -> date | None:
        written = self.text(name)
        if not written:
            return None
        for pattern in ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%dT%H:%M:%S"):
            try:
                return datetime.strptime(written, pattern).date()  # noqa: DTZ007  (a day, not an instant)
            except ValueError:
                continue
        self.report(name, _("The day cannot be read. Write it as 2018-04-18 or 18-04-2018."))
        return None

    def whole(self, name: str, otherwise: int) -> int:
        written = self.text(name)
        if not written:
            return otherwise
        if not written.isdecimal() or len(written) > 6:
            self.report(name, _("This must be a whole number."))
            return otherwise
        return int(written)

    def yes(self, name: str, *, otherwise: bool) -> bool:
        written = self.text(name).casefold()
        if written and written not in YES | NO:
            self.report(name, _("Write yes or no."))
        return written in YES if written else otherwise

    def one_of(self, name: str, known: Mapping[str, Sequence[str]], otherwise: str) -> str:
        written = self.text(name).casefold()
        if not written:
            return otherwise
        for code, words in known.items():
            if written == code or written in words:
                return code
        self.report(name, _("The word is not known. Use one of those on the second sheet of the empty workbook."))
        return otherwise


def write_histories(rows: Iterable[Mapping[str, Any]] = (), *, translate: Callable[[str], str] = str) -> bytes:
    """A workbook of histories: headers, rows, and a second sheet with the words that are understood."""
    target = io.BytesIO()
    book = new_workbook(target)
    bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(translate("People"))
    for at, headers in enumerate(COLUMNS.values()):
        sheet.write_string(0, at, headers[0], bold)
    sheet.set_column(0, len(COLUMNS) - 1, 16)
    sheet.freeze_panes(1, 2)
    for line, row in enumerate(rows, 1):
        for at, name in enumerate(COLUMNS):
            value = row.get(name)
            if isinstance(value, date):
                sheet.write_datetime(line, at, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001  (a cell's day has no zone)
            elif isinstance(value, int):
                sheet.write_number(line, at, value)
            elif value:
                sheet.write_string(line, at, str(value))
    words = book.add_worksheet(translate("Words"))
    for line, (code, known) in enumerate([*REASONS.items(), *EVIDENCE.items()]):
        words.write_string(line, 0, code)
        words.write_string(line, 1, ", ".join(known))
    words.set_column(1, 1, 60)
    book.close()
    return target.getvalue()
