"""Writes docs/reference/ and .env.example from the code itself; a house test fails when they are stale.

Run it with `./run manage shell`-like settings: `PYTHONPATH=src python tools/reference.py`.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "handrail"
APPS = ("people", "programmes", "instruments", "research", "library", "competences", "curriculum", "delivery", "planning", "cases", "mentoring", "placements", "support", "evidence", "desk")
MADE = "<!-- made by tools/reference.py -->"


def pages() -> dict[str, str]:
    """Every generated page by its path."""
    return {
        "docs/reference/settings.md": settings_page(), "docs/reference/events.md": events_page(),
        "docs/reference/rules.md": rules_page(), "docs/reference/permissions.md": permissions_page(), ".env.example": env_example(),
    }  # fmt: skip


def known_settings() -> list[tuple[str, str, str]]:
    """Name, default as written and sentence of every `env()` call, in order."""
    found = []
    for node in ast.walk(ast.parse((SRC / "config" / "settings.py").read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "env":
            name, default, sentence = node.args
            found.append((ast.literal_eval(name), ast.unparse(default), ast.literal_eval(sentence)))
    return found


def settings_page() -> str:
    """The operator's settings."""
    rows = [f"| `{name}` | `{default}` | {sentence} |" for name, default, sentence in known_settings()]
    return "\n".join([MADE, "# Settings", "", "Environment variables; all may be left out.", "", "| name | default | meaning |", "|---|---|---|", *rows, ""])


def env_example() -> str:
    """The same as a file to copy."""
    return "\n".join([f"# {sentence}\n# {name}=\n" for name, _default, sentence in known_settings()])


def first_sentence(node: ast.AST) -> str:
    """The first line of a docstring."""
    text = ast.get_docstring(node) or ""  # type: ignore[arg-type]
    return text.split("\n\n")[0].replace("\n", " ").replace("|", "\\|")


def modules(app: str, room: str) -> list[Path]:
    """The files of one room of an app."""
    folder = SRC / app / room
    return sorted(folder.glob("*.py")) if folder.is_dir() else [path for path in [SRC / app / f"{room}.py"] if path.exists()]


def events_page() -> str:
    """Each event, what it says, and who hears it."""
    hears: dict[str, list[str]] = {}
    for path in SRC.rglob("*.py"):
        text = path.read_text()
        for name in re.findall(r"@on\((?:\w+\.)?(\w+)\)", text):
            hears.setdefault(name, []).append(path.relative_to(SRC).parts[0])
    lines = [MADE, "# Events", "", "Facts in the past tense. Each is written to the journal and told to whoever listens, in the same transaction."]
    for app in APPS:
        rows = []
        for path in modules(app, "events"):
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.ClassDef):
                    fields = ", ".join(one.target.id for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name))
                    rows.append(f"| {node.name} | {first_sentence(node)} | {fields} | {', '.join(sorted(set(hears.get(node.name, [])))) or '–'} |")
        if rows:
            lines += ["", f"## {app}", "", "| event | fact | holds | heard by |", "|---|---|---|---|", *rows]
    return "\n".join([*lines, ""])


def rules_page() -> str:
    """Each public rule with its sentence and its file."""
    lines = [MADE, "# Rules", "", "Plain functions that decide, without a database. Tests: `tests/<app>/test_rules*.py`."]
    for app in APPS:
        rows = []
        for path in modules(app, "rules"):
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    rows.append(f"| `{node.name}` | {first_sentence(node)} | {path.relative_to(SRC)} |")
        if rows:
            lines += ["", f"## {app}", "", "| rule | sentence | file |", "|---|---|---|", *rows]
    return "\n".join([*lines, ""])


def permissions_page() -> str:
    """Each address, its guard and its screen."""
    sys.path.insert(0, str(ROOT / "src"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "handrail.config.settings"
    import django

    django.setup()
    from handrail.kit.checks import is_foreign, routes

    lines = [
        MADE, "# Addresses and guards", "",
        "`screen`: a signed-in person, found among what they may see (else 404). `link`: whoever holds a secret. `public`: everybody.", "",
        "| address | guard | screen | what it shows |", "|---|---|---|---|",
    ]  # fmt: skip
    for route, pattern in routes():
        if is_foreign(route):
            continue
        view = pattern.callback
        sentence = (view.__doc__ or "").strip().split("\n")[0].replace("|", "\\|")
        lines.append(f"| `/{route}` | {getattr(view, 'guard', '?')} | {view.__module__.split('.')[1]}:{pattern.name} | {sentence} |")
    return "\n".join([*lines, ""])


def main() -> int:
    """Write what differs; with --check only say so."""
    stale = [path for path, text in pages().items() if not (ROOT / path).exists() or (ROOT / path).read_text() != text]
    if "--check" in sys.argv:
        print("\n".join(f"stale: {path}" for path in stale) or "fresh")
        return 1 if stale else 0
    for path in stale:
        (ROOT / path).write_text(pages()[path])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
