"""Sealed texts and the keys that open them: one key a person whoever asks first, none made anew, nothing moved or altered unnoticed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from handrail.kit import clock
from handrail.kit.crypto import (
    DamagedKeys, KeyDestroyed, OldKeys, Unreadable, backup_keys, backups_made, destroy_key, destroyed, foreign_keys, older_keys, opened, persons_with_keys,
    restore_keys, rewrap_keys, sealed,
)  # fmt: skip
from handrail.kit.crypto import keys as store

ROOT = Path(__file__).resolve().parents[2]
PLACE = "cases_sealednote|sealed|1"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """A store of its own."""
    settings.PERSON_KEYS = str(tmp_path / "person-keys")
    settings.ORGANISATION_KEYS = ["the first organisation key, long enough"]
    return tmp_path / "person-keys"


def files(folder: Path) -> list[str]:
    """Every file of the store by its ending."""
    return sorted(path.name.split(".", 1)[1] for path in folder.glob("*/*"))


def test_what_is_sealed_opens_in_its_place_and_says_nothing_itself() -> None:
    person = uuid4()
    one, other = (sealed("Ont i ryggen", person=person, place=PLACE) for _time in range(2))
    assert one != other, "the same words look different each time"
    assert b"ryggen" not in one
    assert [opened(content, person=person, place=PLACE) for content in (one, other)] == ["Ont i ryggen"] * 2


@pytest.mark.parametrize("change", ["place", "person", "byte", "cut", "empty", "format"])
def test_what_was_moved_or_altered_does_not_open(change: str) -> None:
    person, other = uuid4(), uuid4()
    content = sealed("Ont i ryggen", person=person, place=PLACE)
    sealed("so that the other has a key, too", person=other, place=PLACE)
    altered = {
        "byte": bytes([*content[:20], content[20] ^ 1, *content[21:]]), "cut": content[:9], "empty": b"", "format": b"\x02" + content[1:],
    }.get(change, content)  # fmt: skip
    with pytest.raises(Unreadable):
        opened(altered, person=other if change == "person" else person, place="cases_sealednote|sealed|2" if change == "place" else PLACE)


def test_nothing_opens_without_a_key() -> None:
    content = sealed("Ont i ryggen", person=uuid4(), place=PLACE)
    with pytest.raises(Unreadable):
        opened(content, person=uuid4(), place=PLACE)


ASK = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "handrail.config.settings"
import django; django.setup()
from uuid import UUID
from handrail.kit.crypto.keys import key_for
print("ready", flush=True)
at = float(sys.stdin.readline())
for number, person in enumerate(sys.argv[1:]):
    while time.time() < at + number * 0.05:
        pass
    print(key_for(UUID(person)).hex())
"""


def test_processes_that_ask_at_the_same_instant_get_one_key(tmp_path: Path) -> None:
    """Four at a time, for eight people: whoever comes first makes it, nobody overwrites it."""
    people = [str(uuid4()) for _one in range(8)]
    env = {**os.environ, "HANDRAIL_VAR": str(tmp_path / "var"), "HANDRAIL_PERSON_KEYS": str(tmp_path / "k"), "PYTHONPATH": str(ROOT / "src")}
    env = {name: value for name, value in env.items() if name != "DATABASE_URL"}
    command, pipes = [sys.executable, "-c", ASK, *people], {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    asking = [subprocess.Popen(command, cwd=ROOT, env=env, **pipes) for _one in range(4)]  # type: ignore[call-overload]
    for one in asking:
        assert one.stdout.readline() == "ready\n"
    at = str(time.time() + 0.3)
    got = [one.communicate(at + "\n", timeout=60)[0].split() for one in asking]
    assert all(len(keys) == 8 and len(keys[0]) == 64 for keys in got)
    assert [len(set(keys)) for keys in zip(*got, strict=True)] == [1] * 8
    assert files(tmp_path / "k") == ["key"] * 8, "nothing half-made is left"


def test_a_destroyed_key_is_gone_and_never_made_anew(folder: Path) -> None:
    person = uuid4()
    content = sealed("Ont i ryggen", person=person, place=PLACE)
    wrapped = next(content for _person, content in persons_with_keys())
    path = next(folder.glob("*/*.key"))
    (path.parent / f"{person}.0123456789ab.part").write_bytes(wrapped)  # a process died while it made the file
    destroy_key(person)
    destroy_key(person)
    assert destroyed(person)
    assert files(folder) == ["gone"]
    for act in (lambda: opened(content, person=person, place=PLACE), lambda: sealed("again", person=person, place=PLACE)):
        with pytest.raises(KeyDestroyed):
            act()
    assert files(folder) == ["gone"]


def test_a_key_that_is_destroyed_while_it_is_made_stays_destroyed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person, link = uuid4(), os.link

    def slow(source: Any, target: Any) -> None:
        destroy_key(person)
        link(source, target) if Path(source).exists() else Path(target).write_bytes(b"the key")

    monkeypatch.setattr(store.os, "link", slow)
    monkeypatch.setattr(Path, "unlink", lambda path, missing_ok=True: os.path.lexists(path) and os.unlink(path))
    with pytest.raises(KeyDestroyed):
        sealed("Ont i ryggen", person=person, place=PLACE)
    assert files(folder) == ["gone"]


def test_only_the_owner_reads_the_store(folder: Path) -> None:
    sealed("Ont i ryggen", person=uuid4(), place=PLACE)
    assert all(path.stat().st_mode & 0o077 == 0 for path in [folder, *folder.rglob("*")])


def test_a_rotation_that_stops_in_the_middle_loses_nothing_and_goes_on(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = {person: sealed(f"about {person}", person=person, place=PLACE) for person in (uuid4() for _one in range(7))}
    old = settings.ORGANISATION_KEYS
    settings.ORGANISATION_KEYS = ["the second organisation key, long enough", *old]
    write, count = store._write, iter(range(100))

    def stops(path: Path, content: bytes) -> None:
        if next(count) == 3:
            raise OSError("No space left on device")
        write(path, content)

    monkeypatch.setattr(store, "_write", stops)
    with pytest.raises(OSError, match="No space"):
        rewrap_keys()
    monkeypatch.setattr(store, "_write", write)
    assert older_keys() == 4
    assert [opened(content, person=person, place=PLACE) for person, content in notes.items()] == [f"about {person}" for person in notes]
    assert (rewrap_keys().count, rewrap_keys().count) == (4, 0)
    settings.ORGANISATION_KEYS = settings.ORGANISATION_KEYS[:1]
    assert older_keys() == foreign_keys() == 0
    assert [opened(content, person=person, place=PLACE) for person, content in notes.items()] == [f"about {person}" for person in notes]


def test_a_rotation_does_not_bring_back_who_is_erased_meanwhile(folder: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    person = uuid4()
    sealed("Ont i ryggen", person=person, place=PLACE)
    settings.ORGANISATION_KEYS = ["the second organisation key, long enough", *settings.ORGANISATION_KEYS]
    write = store._write

    def erased_meanwhile(path: Path, content: bytes) -> None:
        write(path, content)
        if path.suffix == ".part":
            monkeypatch.setattr(store, "_write", write)
            moved = path.with_suffix(".kept")
            path.rename(moved)  # so that destroying does not sweep the half-made file away
            destroy_key(person)
            moved.exists() or moved.write_bytes(content)
            moved.rename(path)

    monkeypatch.setattr(store, "_write", erased_meanwhile)
    assert rewrap_keys().count == 0
    assert files(folder) == ["gone"]


def test_a_key_of_another_organisation_is_counted_and_left_alone(settings: Any) -> None:
    person = uuid4()
    content = sealed("Ont i ryggen", person=person, place=PLACE)
    first, settings.ORGANISATION_KEYS = settings.ORGANISATION_KEYS, ["another key altogether, long enough"]
    assert (foreign_keys(), rewrap_keys().unreadable) == (1, 1)
    with pytest.raises(Unreadable):
        opened(content, person=person, place=PLACE)
    settings.ORGANISATION_KEYS = first
    assert opened(content, person=person, place=PLACE) == "Ont i ryggen"


def restored(file: Path, erased: tuple[UUID, ...] = (), **more: Any) -> tuple[int, int, int]:
    """What came back, was there and stays destroyed."""
    done = restore_keys(file, erased=erased, **more)
    return done.count, done.there, done.gone


def test_keys_come_back_from_their_own_file_but_for_the_erased(tmp_path: Path, folder: Path, settings: Any) -> None:
    stays, goes, told = uuid4(), uuid4(), uuid4()
    notes = {person: sealed("Ont i ryggen", person=person, place=PLACE) for person in (stays, goes, told)}
    file = tmp_path / "keys.backup"
    assert backup_keys(file) == 3
    assert file.stat().st_mode & 0o077 == 0
    assert b"organisation key" not in file.read_bytes()
    destroy_key(goes)
    assert restored(file) == (0, 2, 1)
    settings.PERSON_KEYS = str(tmp_path / "new")  # another machine, which knows nothing; the data say who was erased
    assert restored(file, erased=(goes, told)) == (1, 0, 2)
    assert opened(notes[stays], person=stays, place=PLACE) == "Ont i ryggen"
    for person in (goes, told):
        with pytest.raises(KeyDestroyed):
            opened(notes[person], person=person, place=PLACE)


@pytest.mark.parametrize("damage", ["cut", "flipped", "other", "wrong key"])
def test_a_damaged_copy_is_refused_before_anything_is_touched(tmp_path: Path, settings: Any, damage: str) -> None:
    sealed("Ont i ryggen", person=uuid4(), place=PLACE)
    file = tmp_path / "keys.backup"
    backup_keys(file)
    content = file.read_bytes()
    file.write_bytes({"cut": content[:-1], "flipped": content[:-9] + bytes([content[-9] ^ 1]) + content[-8:], "other": b"hello"}.get(damage, content))
    settings.PERSON_KEYS = str(tmp_path / "new")
    if damage == "wrong key":
        settings.ORGANISATION_KEYS = ["another key altogether, long enough"]
    with pytest.raises(DamagedKeys, match="Nothing was touched"):
        restore_keys(file, erased=())
    assert not (tmp_path / "new").exists()


def test_a_copy_that_should_be_gone_comes_back_only_when_said_so(tmp_path: Path) -> None:
    sealed("Ont i ryggen", person=uuid4(), place=PLACE)
    file = tmp_path / "keys.backup"
    backup_keys(file)
    (at, path), = backups_made()
    assert path == file
    made, clock.real_now = clock.real_now, lambda: at + timedelta(days=15)  # type: ignore[assignment]
    try:
        with pytest.raises(OldKeys):
            restore_keys(file, erased=())
        assert restored(file, is_old_fine=True) == (0, 1, 0)
    finally:
        clock.real_now = made
