"""The look holds what it promises: contrast, digests, one bundle, no inline style, few kilobytes."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template

from handrail.kit.templatetags.kit import sentence

ROOT = Path(__file__).resolve().parents[2]
KIT = ROOT / "src/handrail/kit"
STATIC = KIT / "static"


def _palettes() -> dict[str, dict[str, str]]:
    text = (STATIC / "kit/tokens.css").read_text(encoding="utf-8")
    blocks = re.split(r":root(?:\[data-theme=\"dark\"\]|:not\(\[data-theme=\"light\"\]\))? \{", text)[1:]
    colours = [dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6});", block)) for block in blocks]
    light, dark_by_device, dark_by_choice = (one for one in colours if one)
    assert dark_by_device == dark_by_choice
    assert light.keys() == dark_by_choice.keys()
    return {"light": light, "dark": dark_by_choice}


def _contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-2", "action", "ok", "wait", "alarm", "thread") for ground in ("page", "surface")],
    ("ink", "sunken"), ("ink-2", "sunken"), ("ink", "action-tint"), ("ink-2", "action-tint"), ("action", "action-tint"), ("on-action", "action"), ("on-action", "action-hover"),
    ("ok", "ok-tint"), ("wait", "wait-tint"), ("alarm", "alarm-tint"), ("ink", "ok-tint"), ("ink", "wait-tint"), ("ink", "alarm-tint"), ("linen-ink", "linen"), ("thread", "linen"),
    ("on-over", "over-2"), ("on-over", "over-1"), ("on-over", "target"), *[(f"on-need-{n}", f"need-{n}") for n in range(1, 6)], *[(f"on-likert-{n}", f"likert-{n}") for n in range(1, 6)],
]  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_palette_text_reaches_contrast(theme: str) -> None:
    palette = _palettes()[theme]
    low = {pair: round(_contrast(palette[pair[0]], palette[pair[1]]), 2) for pair in TEXT if _contrast(palette[pair[0]], palette[pair[1]]) < 4.5}
    assert low == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_palette_edges_reach_contrast(theme: str) -> None:
    palette = _palettes()[theme]
    edges = [("line-strong", "page"), ("line-strong", "surface"), ("voice", "page"), ("ink", "page")]
    assert [pair for pair in edges if _contrast(palette[pair[0]], palette[pair[1]]) < 3] == []


def test_bundles_hold_every_part_and_no_comment() -> None:
    bundle = (STATIC / "kit/kit.css").read_text(encoding="utf-8")
    parts = [re.sub(r"\s+", "", re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)) for path in (STATIC / "kit/c").glob("*.css")]
    tight = re.sub(r"\s+", "", bundle)
    assert [part[:60] for part in parts if part not in tight] == []
    assert "/*" not in bundle


@pytest.mark.parametrize("folder", [STATIC / "vendor", ROOT / "tests/vendor"])
def test_vendored_files_match_the_manifest(folder: Path) -> None:
    rows = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {row["file"]: row["sha256"] for row in rows} == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.name != "manifest.json"
    }


def test_templates_hold_no_inline_style_or_script() -> None:
    """The content security policy would silently refuse them. Mails and `*_pdf.html`, which no browser shows, may carry their own style."""
    found = [
        f"{path.name}: {match.group(0)}"
        for path in sorted((ROOT / "src").rglob("templates/**/*.html")) if "mail" not in path.parts and not path.stem.endswith("_pdf")
        for match in re.finditer(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", path.read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert found == []


def test_colours_stand_in_the_tokens_alone() -> None:
    found = [
        f"{path.name}: {colour}" for path in sorted((STATIC / "kit/c").glob("*.css"))
        for colour in re.findall(r"#[0-9A-Fa-f]{3,8}\b(?=[;\s)])", re.sub(r"url\([^)]*\)", "", path.read_text(encoding="utf-8")))
    ]  # fmt: skip
    assert found == []


def test_layout_is_logical_so_that_it_turns_with_the_script() -> None:
    physical = r"(?<![a-z-])(margin|padding|border)-(left|right)\b|(?<![a-z-])(left|right):|text-align: (left|right)|float:"
    found = [f"{path.name}: {match.group(0)}" for path in sorted((STATIC / "kit").rglob("*.css")) for match in re.finditer(physical, path.read_text(encoding="utf-8"))]
    assert found == []


def test_first_load_is_light() -> None:
    """Compressed: staff pages at most 60 kB of CSS and scripts; a participant's page 60 kB with its typeface."""
    def packed(name: str) -> int:
        return len(gzip.compress((STATIC / name).read_bytes(), 9))

    assert packed("kit/kit.css") + packed("vendor/htmx.js") + packed("kit/page.js") < 60_000
    assert packed("kit/kit-participant.css") + (STATIC / "vendor/schibsted-latin.woff2").stat().st_size < 60_000


def test_every_component_compiles_and_is_described() -> None:
    readme = (KIT / "templates/kit/c/README.md").read_text(encoding="utf-8")
    parts = {"th", "cell", "field_error", "swatch"}  # used by others only
    missing = []
    for path in sorted((KIT / "templates/kit/c").glob("*.html")):
        get_template(f"kit/c/{path.name}")
        if path.stem not in parts and f"`{path.name}`" not in readme and f"kit/c/{path.name}" not in readme:
            missing.append(path.name)
    assert missing == []


def test_every_icon_that_is_asked_for_exists() -> None:
    asked = {
        name for path in (ROOT / "src").rglob("templates/**/*.html")
        for name in re.findall(r'\{% icon "([a-z-]+)"|icon_name="([a-z-]+)"', path.read_text(encoding="utf-8")) for name in name if name
    }  # fmt: skip
    assert sorted(name for name in asked if not (KIT / f"templates/kit/icons/{name}.svg").exists()) == []


def test_stylesheets_are_found() -> None:
    assert all(finders.find(name) for name in ("kit/kit.css", "kit/kit-participant.css", "kit/page.js", "kit/icon.svg", "vendor/htmx.js"))


@pytest.mark.parametrize(("words", "told"), [("A quiet start", "A quiet start."), ("Why?", "Why?"), ("Done. ", "Done."), ("هل وصل؟", "هل وصل؟"), ("", "")])
def test_words_that_another_sentence_follows_end_with_a_stop(words: str, told: str) -> None:
    assert sentence(words) == told
