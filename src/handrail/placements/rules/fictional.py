"""144 people who do not exist, with the history that programme 004 promised: for demonstrations, tests and trying the import.

Drawn from a fixed seed, so that they are the same everywhere: 144 begin, 115 come to a company, 100 complete, 15 stop with a reason, 27
are in work with evidence on the programme's last day (and four more say so without), 15 others six months later, two came back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from handrail.placements.rules.clocks import months_later

PEOPLE, PLACED, COMPLETED, EMPLOYED, CLAIMED, PLUS = 144, 115, 100, 27, 4, 15
BEGIN, LAST = date(2016, 4, 18), date(2020, 6, 1)
SEED = 4

NAMES = {
    "ar": ("Amira Khalil Yusuf Nour Rania Samir Hala Omar Layla Bassam Dima Firas Ghada Ziad Salma Karim Reem Adnan", "Haddad Khoury Mansour Saleh Darwish Nasser Aziz Hamdan Qasim Barakat"),
    "ti": ("Dawit Selam Yonas Rahel Filmon Saba Tesfay Miriam Aman Luwam Berhane Feven", "Tesfay Gebre Haile Kidane Mehari Ghebre Woldu Abraha"),
    "fa-AF": ("Farid Zahra Nawid Laila Omid Shirin Jawad Parwana Hamid Mina", "Rahimi Ahmadi Noori Karimi Sultani Haidari Amiri"),
    "so": ("Abdi Hodan Farah Ayaan Ismail Sahra Warsame Idil", "Hassan Ali Mohamud Warsame Farah Abshir"),
}
COMPANIES = (
    ("Kolding Storkøkken ApS", "30114501", "Syddanmark", 34, "Kok- og køkkenhjælp", "Køkkenmedarbejder"),
    ("Havnens Smedje A/S", "30114502", "Syddanmark", 12, "Metal", "Smedehjælper"),
    ("Tre-For Gartneri", "30114503", "Syddanmark", 9, "Gartneri", "Gartnermedarbejder"),
    ("Lillebælt Lager A/S", "30114504", "Syddanmark", 61, "Lager og logistik", "Lagermedarbejder"),
    ("Slotssøens Plejehjem", "30114505", "Syddanmark", 88, "Pleje", "Servicemedarbejder"),
    ("Vamdrup Træ ApS", "30114506", "Syddanmark", 17, "Møbler", "Værkstedshjælper"),
    ("Koldingfjord Hotel", "30114507", "Syddanmark", 46, "Hotel", "Rengøringsassistent"),
    ("Bageriet ved Bredgade", "30114508", "Syddanmark", 6, "Bageri", "Bagerhjælper"),
    ("Seest Autoværksted", "30114509", "Syddanmark", 8, "Auto", "Værkstedshjælper"),
    ("Bramdrup Dagligvarer", "30114510", "Syddanmark", 28, "Butik", "Butiksmedarbejder"),
    ("Syd Byg og Anlæg", "30114511", "Syddanmark", 52, "Byggeri", "Bygningshjælper"),
    ("Fjordens Vaskeri", "30114512", "Syddanmark", 22, "Vaskeri", "Vaskerimedarbejder"),
    ("Egtved Mejeri", "30114513", "Syddanmark", 39, "Fødevarer", "Produktionsmedarbejder"),
    ("Den Grønne Genbrug", "30114514", "Syddanmark", 15, "Genbrug", "Sorteringsmedarbejder"),
    ("Christiansfeld Syværksted", "30114515", "Syddanmark", 11, "Tekstil", "Syer"),
)
STOPS = ("health", "tasks", "moved", "company", "own_wish", "education")


def people() -> list[dict[str, Any]]:
    """The rows of the workbook, one for each stay and placement, with the columns of `formats.histories.COLUMNS`."""
    chance = Random(SEED)  # noqa: S311  (a demonstration must be the same every time)
    span = (LAST - BEGIN).days / PEOPLE
    starts = [BEGIN + timedelta(days=int((one + chance.random()) * span)) for one in range(PEOPLE)]  # about three a month
    order = list(range(PEOPLE))
    chance.shuffle(order)
    placed, completed = set(order[:PLACED]), set(order[:COMPLETED])
    inside = [one for one in order if one in completed]
    employed, claimed = set(inside[:EMPLOYED]), set(inside[EMPLOYED : EMPLOYED + CLAIMED])
    plus = set(inside[EMPLOYED + CLAIMED : EMPLOYED + CLAIMED + PLUS])
    rows: list[dict[str, Any]] = []
    for index, started in enumerate(starts):
        rows.append(_person(index, started, chance, placed=index in placed, completed=index in completed))
        rows[-1] |= _work(index, employed, claimed, plus, chance)
        if index in (order[2], order[PLACED + 3]):  # came back after a first short stay
            rows.insert(len(rows) - 1, _first_stay(rows[-1]))
    return rows


def until(rows: Iterable[Mapping[str, Any]], day: date) -> list[dict[str, Any]]:
    """The same rows as they were known on an earlier day: what had not happened yet is left out."""
    found = []
    for row in rows:
        if row["started_on"] > day:
            continue
        known = dict(row)
        if known.get("placed_on") and known["placed_on"] > day:
            known = {name: value for name, value in known.items() if name not in PLACEMENT}
        for name in ("ended_on", "stopped_on"):
            if known.get(name) and known[name] > day:
                known.pop(name)
                known.pop({"ended_on": "end_reason", "stopped_on": "stop_reason"}[name], None)
        struck = {"exit": known.get("ended_on"), "exit_six": months_later(known["ended_on"], 6) if known.get("ended_on") else None}
        for clock in ("project", "project_six", "exit", "exit_six"):
            asked = struck.get(clock)
            if asked is None or asked > day:
                known.pop(clock, None)
                known.pop(f"{clock}_evidence", None)
        found.append(known)
    return found


PLACEMENT = ("company", "registration", "region", "ordinary_staff", "position", "hours", "placed_on", "agreed_until", "signed", "stopped_on", "stop_reason")


def _person(index: int, started: date, chance: Random, *, placed: bool, completed: bool) -> dict[str, Any]:
    language = chance.choices(list(NAMES), weights=[5, 3, 2, 2])[0]
    given, family = (names.split() for names in NAMES[language])
    row: dict[str, Any] = {
        "key": f"KP-{index + 1:03d}", "given_name": given[index % len(given)], "family_name": family[(index * 7) % len(family)], "language": language,
        "started_on": started,
    }  # fmt: skip
    if placed:
        name, number, region, staff, _field, position = COMPANIES[index % len(COMPANIES)]
        begins = started + timedelta(days=chance.randrange(5, 29))
        weeks = chance.choice((8, 10, 13, 13, 13))
        row |= {
            "company": name, "registration": number, "region": region, "ordinary_staff": staff, "position": position, "hours": chance.choice((15, 20, 25, 30)),
            "placed_on": begins, "agreed_until": begins + timedelta(weeks=weeks, days=-1), "signed": "ja",
        }  # fmt: skip
        if not completed:
            row |= {"stopped_on": begins + timedelta(days=chance.randrange(6, weeks * 7 - 6)), "stop_reason": STOPS[index % len(STOPS)]}
    last = row.get("stopped_on") or row.get("agreed_until") or started + timedelta(days=chance.randrange(40, 150))
    row |= {"ended_on": last + timedelta(days=chance.randrange(3, 40)), "end_reason": "other"}
    return row


def _work(index: int, employed: set[int], claimed: set[int], plus: set[int], chance: Random) -> dict[str, Any]:
    evidence = ("kontrakt", "lønseddel", "arbejdsgiver")[index % 3]
    if index in employed:
        return {"project": "ja", "project_evidence": evidence, "project_six": "ja", "project_six_evidence": evidence, "exit": "ja", "exit_evidence": evidence, "exit_six": "ja",
                "exit_six_evidence": evidence, "end_reason": "work"}  # fmt: skip
    if index in claimed:
        return {"project": "ja", "project_evidence": "ingen", "project_six": "nej", "exit": "nej", "exit_six": "nej"}
    if index in plus:
        return {"project": "nej", "project_six": "ja", "project_six_evidence": evidence, "exit": "nej", "exit_six": "nej", "end_reason": "education" if chance.random() < 0.3 else "other"}
    return {"project": "nej", "project_six": "nej", "exit": "nej", "exit_six": "nej"}


def _first_stay(row: Mapping[str, Any]) -> dict[str, Any]:
    start = row["started_on"] - timedelta(days=120)
    return {
        **{name: row[name] for name in ("key", "given_name", "family_name", "language")},
        "started_on": max(date(2016, 4, 8), start), "ended_on": max(date(2016, 4, 8), start) + timedelta(days=30), "end_reason": "contact",
    }  # fmt: skip


def promised() -> list[tuple[str, int]]:
    """What programme 004's own page promises, step by step."""
    return [("started", PEOPLE), ("placed", PLACED), ("completed", COMPLETED), ("employed", EMPLOYED), ("plus", PLUS)]

