"""DDI Codebook 2.5 out: what data archives need to know about a study, its files and every variable in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from handrail.instruments.formats.answer_columns import AnswerTable, Column, choices_once, tables_of, text_in
from handrail.instruments.formats.form import ACKNOWLEDGE, SELECT_MULTIPLE, SELECT_ONE, Form, Texts

NAMESPACE = "ddi:codebook:2_5"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
register_namespace("", NAMESPACE)
Frequencies = Mapping[str, Mapping[str, int]]  # column → value → how often


@dataclass(frozen=True)
class Study:
    """What the codebook says about the study; days as 2018-04-30."""

    title: str
    identifier: str
    organisations: Sequence[str] = ()
    abstract: str = ""
    begun_on: str = ""
    ended_on: str = ""
    who: str = ""  # universe: who was asked
    mode: str = ""  # how: by link, on a phone, in an interview
    conditions: str = ""  # who may use the data, and for what
    cases: Mapping[str, int] = field(default_factory=dict)  # table → rows
    files: Mapping[str, str] = field(default_factory=dict)  # table → file name


def write_ddi(form: Form, study: Study, *, frequencies: Frequencies | None = None) -> bytes:
    """The codebook of an export, in every language of the form; `frequencies` only where they are large enough to be shown."""
    root = Element(_n("codeBook"), {"version": "2.5", LANG: form.default_language})
    document = _under(root, "docDscr", "citation")
    _title(document, study)
    _study(root, form, study)
    tables = tables_of(form)
    for number, table in enumerate(tables, start=1):
        described = SubElement(root, _n("fileDscr"), {"ID": f"F{number}"})
        text = SubElement(described, _n("fileTxt"))
        _text(text, "fileName", study.files.get(table.name, f"{table.name}.csv"))
        dimensions = SubElement(text, _n("dimensns"))
        if table.name in study.cases:
            _text(dimensions, "caseQnty", str(study.cases[table.name]))
        _text(dimensions, "varQnty", str(len(table.columns)))
        _text(text, "fileType", "text/csv; charset=utf-8")
    data = SubElement(root, _n("dataDscr"))
    for number, table in enumerate(tables, start=1):
        _variables(data, form, table, f"F{number}", frequencies or {})
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _title(around: Element, study: Study) -> None:
    statement = SubElement(around, _n("titlStmt"))
    _text(statement, "titl", study.title)
    _text(statement, "IDNo", study.identifier)


def _study(root: Element, form: Form, study: Study) -> None:
    around = SubElement(root, _n("stdyDscr"))
    citation = SubElement(around, _n("citation"))
    _title(citation, study)
    if study.organisations:
        responsible = SubElement(citation, _n("rspStmt"))
        for name in study.organisations:
            _text(responsible, "AuthEnty", name)
    information = SubElement(around, _n("stdyInfo"))
    if study.abstract:
        _text(information, "abstract", study.abstract)
    summary = SubElement(information, _n("sumDscr"))
    for event, day in (("start", study.begun_on), ("end", study.ended_on)):
        if day:
            _text(summary, "collDate", day, event=event, date=day)
    if study.who:
        _text(summary, "universe", study.who)
    collection = _under(around, "method", "dataColl")
    if study.mode:
        _text(collection, "collMode", study.mode)
    _text(collection, "resInstru", f"{form.title} ({form.id}, {form.version})" if form.version else f"{form.title} ({form.id})")
    if study.conditions:
        _text(_under(around, "dataAccs", "useStmt"), "conditions", study.conditions)


def _variables(data: Element, form: Form, table: AnswerTable, file: str, frequencies: Frequencies) -> None:
    for number, column in enumerate(table.columns, start=1):
        is_discrete = column.choice is not None or column.item.kind in {SELECT_ONE, SELECT_MULTIPLE, ACKNOWLEDGE}
        attributes = {"ID": f"{file}V{number}", "name": column.name, "files": file, "intrvl": "discrete" if is_discrete or not column.is_number else "contin"}
        variable = SubElement(data, _n("var"), attributes)
        _labels(variable, form, column.item.labels, column)
        if column.item.labels and column.choice is None:
            question = SubElement(variable, _n("qstn"))
            for language in form.languages:
                if language.code in column.item.labels:
                    _text(question, "qstnLit", text_in(form, column.item.labels, language.code), **{LANG: language.code})
            if column.item.hints:
                _text(question, "ivuInstr", text_in(form, column.item.hints, form.default_language))
        if column.item.relevant:
            _text(variable, "universe", column.item.relevant)
        _categories(variable, form, column, frequencies.get(column.name, {}))
        if column.item.calculation:
            _text(_under(variable, "derivation"), "drvdesc", column.item.calculation)
        SubElement(variable, _n("varFormat"), {"type": "numeric" if column.is_number else "character", "schema": "other"})


def _categories(variable: Element, form: Form, column: Column, counts: Mapping[str, int]) -> None:
    if column.choice is not None:
        for value in ("0", "1"):
            _category(variable, form, value, {}, counts)
    elif column.item.kind == SELECT_ONE:
        for choice in choices_once(column.item):
            _category(variable, form, choice.name, choice.labels, counts)


def _category(variable: Element, form: Form, value: str, labels: Texts, counts: Mapping[str, int]) -> None:
    around = SubElement(variable, _n("catgry"))
    _text(around, "catValu", value)
    for language in form.languages:
        if language.code in labels:
            _text(around, "labl", text_in(form, labels, language.code), **{LANG: language.code})
    if value in counts:
        _text(around, "catStat", str(counts[value]), type="freq")


def _labels(variable: Element, form: Form, labels: Texts, column: Column) -> None:
    for language in form.languages:
        if language.code in labels:
            text = text_in(form, labels, language.code)
            choice = f": {text_in(form, column.choice.labels, language.code) or column.choice.name}" if column.choice else ""
            _text(variable, "labl", text + choice, **{LANG: language.code})
    if not labels:
        _text(variable, "labl", column.name)


def _n(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _under(around: Element, *names: str) -> Element:
    for name in names:
        around = SubElement(around, _n(name))
    return around


def _text(around: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(around, _n(name), attributes).text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
