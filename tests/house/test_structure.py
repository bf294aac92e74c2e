"""What imports cannot show about the house."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.models.deletion import PROTECT

SRC = Path(__file__).resolve().parents[2] / "src" / "handrail"
FLOORS = ["kit", "people", "programmes", "instruments", "research", "library", "competences", "curriculum", "delivery", "planning", "cases", "mentoring", "placements", "support", "evidence", "desk"]
MAY_QUERY = {"queries", "actions", "migrations", "management", "models", "demonstration"}  # the last is what a command calls


def our_models() -> list[type[models.Model]]:
    return [model for config in apps.get_app_configs() if config.name.startswith("handrail.") for model in config.get_models()]


def test_foreign_keys_point_down_and_protect() -> None:
    """A key to another app points to a lower floor, protects what it points at, and leaves no reverse name there."""
    wrong = []
    for model in our_models():
        here = model._meta.app_label
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey) or field.model is not model:
                continue
            there = field.related_model._meta.app_label  # type: ignore[union-attr]
            if there == here or there not in FLOORS:
                continue
            if FLOORS.index(there) > FLOORS.index(here):
                wrong.append(f"{model.__name__}.{field.name} points up to {there}")
            if not str(field.remote_field.related_name or "").endswith("+"):
                wrong.append(f"{model.__name__}.{field.name} has a reverse name")
            if field.remote_field.on_delete is not PROTECT:
                wrong.append(f"{model.__name__}.{field.name} does not protect what it points at")
    assert wrong == []


def python_files() -> list[Path]:
    return [path for path in SRC.rglob("*.py") if "migrations" not in path.parts]


def room_of(path: Path) -> str:
    parts = path.relative_to(SRC).parts
    return parts[1].removesuffix(".py") if len(parts) > 1 else parts[0]


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(SRC)))
def test_objects_stand_only_where_rows_are_found_or_changed(path: Path) -> None:
    """`.objects` stands in queries, actions, migrations and commands; the kit is the floor beneath."""
    app = path.relative_to(SRC).parts[0]
    if app in {"kit", "config"} or room_of(path) in MAY_QUERY:
        return
    tree = ast.parse(path.read_text())
    found = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "objects"]
    assert found == [], f"{path}: .objects in lines {found}"


@pytest.mark.parametrize("path", sorted(SRC.rglob("templates/**/*.html")), ids=lambda path: str(path.relative_to(SRC)))
def test_templates_stay_at_home(path: Path) -> None:
    """A template takes from its own app and the kit; only the desk shows panels of others, by name from a slot."""
    app = path.relative_to(SRC).parts[0]
    text = path.read_text()
    for name in re.findall(r'{%\s*(?:include|extends)\s+"([^"]+)"', text):
        owner = name.split("/")[0]
        assert owner in {app, "kit"} or app == "desk" or (app == "people" and owner in {"account", "allauth", "mfa", "usersessions"}), name
    assert not re.search(r"\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", text), "inline style or script"


def test_scripts_of_ours_are_short() -> None:
    """A module of at most 100 lines can be read in one go; what others wrote stands in `vendor`."""
    scripts = [path for path in SRC.rglob("*.js") if "vendor" not in path.parts]
    assert scripts
    long = {path.name: lines for path in scripts if (lines := len(path.read_text().splitlines())) > 100}
    assert long == {}


def test_every_view_is_guarded_or_a_librarys() -> None:
    """Each address of ours carries one of the three guards; a planted view without one is caught."""
    from django.urls import path

    from handrail.kit import checks

    assert checks.every_route_is_guarded(None) == []
    planted = path("planted/", lambda request: None)  # type: ignore[arg-type,return-value]
    assert getattr(planted.callback, "guard", "") == ""


def test_models_say_what_they_are() -> None:
    """Every model and every public function of rules, actions, queries and access has its sentence."""
    silent = [model.__name__ for model in our_models() if (model.__doc__ or "").startswith(f"{model.__name__}(")]
    for path in python_files():
        if room_of(path) not in {"rules", "actions", "queries", "access", "events"}:
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node):
                silent.append(f"{path.relative_to(SRC)}:{node.name}")
    assert silent == []


def test_a_row_kept_for_an_action_stops_no_one_who_only_names_it() -> None:
    """PostgreSQL's plain row lock stops every insert that points at the row, for as long as the action takes; ours keep off writers only."""
    wrong = []
    for path in python_files():
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "select_for_update":
                said = {word.arg for word in call.keywords}
                if not said & {"no_key", "skip_locked"} and path.name != "journal.py":  # nothing points at a journal entry
                    wrong.append(f"{path}:{call.lineno}")
    assert wrong == []
