"""The words and figures that the demonstration is made of, as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data" / "demonstration"

GIVEN = (
    "Anna Erik Maria Lars Karin Anders Eva Johan Lena Mikael Sara Fredrik Emma Daniel Hanna Jonas Ingrid Nils Birgitta Olle "
    "Fatima Ahmed Amina Yusuf Leila Hassan Noor Omar Zahra Samir Mina Tesfaye Selam Biniam Hiwet Dejan Jelena Senad Lejla Piotr "
    "Agnieszka Linh Minh Rosa Diego Tove Axel Elsa Hugo Maja Vidar Sigrid Tuva Love Kerstin Gunnar Gun Bengt Ulla Stig"
).split()
FAMILY = (
    "Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson Jonsson Jansson Hansson "
    "Bengtsson Jönsson Lindberg Jakobsson Magnusson Olofsson Lindström Lindqvist Lindgren Berg Axelsson Bergström Lundberg Lind "
    "Lundgren Mattsson Berglund Fransson Sandberg Henriksson Forsberg Sjöberg Wallin Ali Hassan Mohamed Ahmadi Rahimi Tekle Haile "
    "Kovač Hodžić Nguyen Tran Kowalska Nowak Ek Dahl Holm Strand Åberg Östlund"
).split()


@dataclass(frozen=True)
class Employee:
    """One row of a municipality's staff list."""

    number: str
    given: str
    family: str
    title: str
    aid: str
    department: str
    unit: str
    rate: int
    manager: str  # the manager's number
    email: str
    protected: bool
    contact: str


@cache
def programme() -> dict[str, Any]:
    """The programme: names, money, municipalities, departments, profiles, modules, questions, voices."""
    with (DATA / "programme.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def framework() -> dict[str, Any]:
    """The competence framework: levels, areas, competences, level texts."""
    with (DATA / "framework.toml").open("rb") as file:
        return tomllib.load(file)


def both(pair: list[str]) -> dict[str, str]:
    """[Swedish, English] as a text in two languages."""
    return {"sv": pair[0], "en": pair[1]}


def month(year: int, number: int) -> date:
    """The first day of a month."""
    return date(year, number, 1)
