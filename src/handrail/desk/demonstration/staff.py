"""The municipalities' staff lists, each in the shape another HR system would export."""

from __future__ import annotations

import csv
import io
from random import Random
from typing import Any

from handrail.desk.cast import CAST
from handrail.desk.demonstration.content import FAMILY, GIVEN, Employee, programme
from handrail.kit.files import new_workbook

PLAIN = str.maketrans("åäöéćžščÅÄÖ", "aaoeczscAAO")
AID = {
    "Lärare": "402010", "Förskollärare": "401010", "Barnskötare": "401511", "Kurator": "403510", "Undersköterska": "207011",
    "Sjuksköterska": "206010", "Socialsekreterare": "351010", "Integrationshandläggare": "351510", "Arbetsmarknadskonsulent": "352010",
    "Bibliotekarie": "451010", "Fritidsledare": "452010", "Behandlingsassistent": "353010", "Rektor": "151010", "Enhetschef": "152010",
    "Processledare": "151511", "Projektledare": "151512", "Utbildare": "404010",
}  # fmt: skip


def employees(index: int, rng: Random) -> list[Employee]:
    """Everybody of one municipality: a manager per unit first, then staff, and the cast where it belongs."""
    data = programme()
    place = data["municipality"][index]
    people: list[Employee] = []
    used: set[str] = set()

    def add(title: str, department: str, unit: str, manager: str = "", name: tuple[str, str] | None = None) -> str:
        given, family = name or (rng.choice(GIVEN), rng.choice(FAMILY))
        number = f"{(index + 1) * 1000 + len(people) + 1}"
        mail = f"{given}.{family}".lower().translate(PLAIN)
        email = f"{mail}@example.org" if name else f"{mail}.{number}@example.org"
        used.add(email)
        people.append(
            Employee(
                number, given, family, title, AID.get(title, "999999"), department, unit, rng.choice([100, 100, 100, 80, 75, 50]), manager,
                email if name or not manager or rng.random() < 0.05 else "", protected=not name and rng.random() < 0.008,
                contact="direkt" if department in {"Arbete och integration", "HVB Solgläntan"} or rng.random() < 0.55 else "indirekt",
            )
        )  # fmt: skip
        return number

    units = [(department, unit) for department in data["department"] for unit in department["units"]]
    if index != 0:  # one home for children who came alone, in Osby
        units = [pair for pair in units if pair[0]["name"] != "HVB Solgläntan"]
    managers: dict[str, str] = {}
    for number, (department, unit) in enumerate(units):
        if department["name"] == "HVB Solgläntan":
            continue  # without a manager: the demonstration shows it
        name = named("line-manager") if index == 0 and number == 0 else None
        managers[unit] = add("Rektor" if department["name"] == "Barn och utbildning" else "Enhetschef", department["name"], unit, name=name)
    if place["leader"]:
        add("Processledare", "Arbete och integration", "Mottagningen", managers["Mottagningen"], (place["leader"][0], place["leader"][1]))
    if index == 0:
        add("Projektledare", "Arbete och integration", "Mottagningen", managers["Mottagningen"], named("coordinator"))
        add("Utbildare", "Arbete och integration", "Mottagningen", managers["Mottagningen"], named("trainer"))
        first = units[0]
        add("Lärare", first[0]["name"], first[1], managers[first[1]], named("participant"))
    weights = [3 if department["name"] == "Barn och utbildning" else 2 for department, _unit in units]
    while len(people) < place["staff"]:
        department, unit = rng.choices(units, weights)[0]
        add(rng.choice(department["titles"]), department["name"], unit, managers.get(unit, ""))
    return people


def named(key: str) -> tuple[str, str]:
    """The name of one of the cast."""
    part = next(one for one in CAST if one.key == key)
    return part.given_name, part.family_name


def staff_file(index: int, people: list[Employee]) -> tuple[str, bytes]:
    """The list as this municipality's HR system writes it: file name and bytes."""
    return (_workbook, _comma_names, _windows_text, _workbook_english, _workbook)[index](people)


def _workbook(people: list[Employee]) -> tuple[str, bytes]:
    head = [
        "Anställningsnummer", "Förnamn", "Efternamn", "Befattning", "AID", "Förvaltning", "Enhet", "Sysselsättningsgrad", "Närmaste chef",
        "E-post", "Skyddad identitet", "Kontakt med nyanlända",
    ]  # fmt: skip
    rows = [
        [p.number, p.given, p.family, p.title, p.aid, p.department, p.unit, p.rate, p.manager, p.email, "ja" if p.protected else "", p.contact]
        for p in people
    ]
    return "personallista.xlsx", _xlsx([["Personallista, deltagare i projektet"], [], head, *rows])


def _workbook_english(people: list[Employee]) -> tuple[str, bytes]:
    head = ["Employee number", "First name", "Last name", "Job title", "Department", "Unit", "Employment rate", "Manager", "E-mail", "Protected identity", "Contact"]
    rows = [
        [p.number, p.given, p.family, p.title, p.department, p.unit, p.rate / 100, p.manager, p.email, "yes" if p.protected else "", p.contact]
        for p in people
    ]
    return "staff.xlsx", _xlsx([head, *rows])


def _comma_names(people: list[Employee]) -> tuple[str, bytes]:
    head = ["Anstnr", "Efternamn, Förnamn", "Befattning", "Förvaltning", "Enhet", "Syss.grad %", "Chef", "E-postadress", "Skyddad identitet", "Kontakt"]
    rows = [
        [p.number, f"{p.family}, {p.given}", p.title, p.department, p.unit, f"{p.rate},00", p.manager, p.email, "x" if p.protected else "", p.contact]
        for p in people
    ]
    return "export.csv", _text([head, *rows], "utf-8-sig")


def _windows_text(people: list[Employee]) -> tuple[str, bytes]:
    head = ["Anställningsnr", "Efternamn", "Förnamn", "Befattning", "Förvaltning", "Enhet", "Sysselsättningsgrad", "Närmaste chef", "E-post", "Sekretessmarkering", "Kontakt"]
    rows = [
        [p.number, p.family, p.given, p.title, p.department, p.unit, f"{p.rate}", p.manager, p.email, "1" if p.protected else "", p.contact]
        for p in people
    ]
    return "anstallda.csv", _text([head, *rows], "cp1252")


def _text(rows: list[list[str]], encoding: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().translate(str.maketrans("čćž", "ccz")).encode(encoding)


def _xlsx(rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    book = new_workbook(out)
    sheet = book.add_worksheet("Personal")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.close()
    return out.getvalue()
