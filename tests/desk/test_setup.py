"""What `setup` makes is made anew whenever its source differs, whatever the file times say."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from handrail.config import styles
from handrail.config.settings import STORAGES
from handrail.config.words import compile_words
from handrail.desk.management.commands.setup import collect, stale_static_files

OLD = (1_000_000_000, 1_000_000_000)  # a copied file may carry any time


@pytest.fixture
def source(settings: Any, tmp_path: Path) -> Path:
    """A folder of static files that is served from an empty folder."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "page.css").write_text("a { color: red; }")
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [folder], tmp_path / "served"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = STORAGES
    return folder


def served(settings: Any, name: str) -> str:
    """What a browser gets for a name."""
    from django.contrib.staticfiles.storage import staticfiles_storage

    return (settings.STATIC_ROOT / staticfiles_storage.stored_name(name)).read_text()


def test_setup_sees_a_static_file_that_is_new_changed_or_lost_by_its_content(source: Path, settings: Any) -> None:
    assert stale_static_files() == ["page.css"]
    collect(stale_static_files())
    assert stale_static_files() == []

    (source / "added.js").write_text("1")
    os.utime(source / "added.js", OLD)
    assert stale_static_files() == ["added.js"]
    collect(stale_static_files())

    (source / "page.css").write_text("a { color: tan; }")  # as long as before, and older
    os.utime(source / "page.css", OLD)
    assert stale_static_files() == ["page.css"]
    collect(stale_static_files())
    assert served(settings, "page.css") == "a { color: tan; }"

    next(settings.STATIC_ROOT.glob("added.*.js")).unlink()
    assert stale_static_files() == ["added.js"]
    collect(stale_static_files())
    assert (stale_static_files(), served(settings, "added.js")) == ([], "1")


def test_style_bundles_are_written_when_a_part_differs_and_left_alone_when_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for part in styles.KIT.rglob("*.css"):
        copy = tmp_path / part.relative_to(styles.KIT)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(part.read_bytes())
    monkeypatch.setattr(styles, "KIT", tmp_path)
    styles.join_styles()
    assert styles.join_styles() == 0
    (tmp_path / "c" / "tag.css").write_text(".tag-new { color: red; }")
    os.utime(tmp_path / "c" / "tag.css", OLD)
    assert styles.join_styles() == 2
    assert ".tag-new" in (tmp_path / "kit.css").read_text()


def test_words_are_compiled_when_the_catalogue_differs_and_left_alone_when_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "app" / "locale" / "sv" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "yes"\nmsgstr "{}"\n'
    monkeypatch.setattr("handrail.config.words.PACKAGE", tmp_path)
    (folder / "django.po").write_text(catalogue.format("ja"))
    assert (compile_words(), compile_words()) == (1, 0)
    (folder / "django.po").write_text(catalogue.format("jo"))
    os.utime(folder / "django.po", OLD)
    assert compile_words() == 1
    assert b"\0jo\0" in (folder / "django.mo").read_bytes()
