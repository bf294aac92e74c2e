"""Minutes: the trainer's list, a correction, a code, a file."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from django import forms
from django.http import QueryDict

from handrail.delivery.models import Attendance
from handrail.delivery.rules import Mark, present_minutes
from handrail.kit.forms import ActionForm
from handrail.kit.kept import each_look
from handrail.kit.text import _, minutes, time_short


def device_moment(text: object) -> datetime | None:
    """What a phone's clock said, to be noted and nothing else; None for what is no instant."""
    try:
        found = datetime.fromisoformat(str(text))
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


class CorrectForm(ActionForm):
    """Minutes put right, with the reason."""

    minutes = forms.IntegerField(label=_("Minutes present"), min_value=0)
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("The old line stays, struck through, with your name and this reason."))


class CheckInForm(ActionForm):
    """The code on the wall."""

    code = forms.CharField(
        label=_("The code on the screen"), max_length=12, help_text=_("Eight letters and digits, such as 7QK4 M2PD."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


class MarksFileForm(ActionForm):
    """A table with minutes."""

    file = forms.FileField(label=_("File"), help_text=_("XLSX or CSV with a column of participation numbers or e-mail addresses and a column Minutes."))


class Listed(Protocol):
    """Somebody of a list: a person, or no more than key and public identifier."""

    @property
    def pk(self) -> int: ...

    @property
    def uid(self) -> UUID: ...


@dataclass
class ListRow:
    """One person of the list as it is shown: what was sent (or is stored), what is stored, what is wrong."""

    person: Listed
    label: str
    sub: str
    stored: Attendance | None
    is_present: bool
    late: str
    early: str
    reason: str
    minutes: int
    sent_seen: str = ""
    error: str = ""
    meanwhile: bool = False

    @property
    def uid(self) -> str:
        """Part of the names of the row's inputs."""
        return str(self.person.uid)

    @property
    def shape(self) -> tuple[bool, ...]:
        """What decides how the row is drawn; everything else in it is text."""
        return (self.is_present, bool(self.late), bool(self.early), self.is_open, self.meanwhile, bool(self.error), self.stored is not None)

    @property
    def texts(self) -> dict[str, str]:
        """What the row says."""
        stored = self.stored
        return {
            "uid": self.uid, "label": self.label, "sub": self.sub, "seen": self.seen, "late": self.late, "early": self.early, "reason": self.reason, "error": self.error,
            "minutes": minutes(self.minutes), "stored": minutes(stored.minutes) if stored else "", "moment": time_short(stored.recorded_at) if stored else "",
        }  # fmt: skip

    @property
    def seen(self) -> str:
        """The stored line that is shown, so that a later one is noticed."""
        return str(self.stored.uid) if self.stored else ""

    @property
    def is_open(self) -> bool:
        """Whether the panel under the row stands open."""
        return bool(self.late or self.early or self.error or self.meanwhile)


@each_look
def page_key() -> str:
    """The key of one look at a list: whatever is sent under it is taken once."""
    return secrets.token_urlsafe(16)


def in_order_sent(persons: Iterable[Listed], sent: QueryDict) -> list[tuple[Listed, str, str]]:
    """The people of a list that was sent, in the order of its lines, as the sender sees them; without what they are called."""
    place = {name: index for index, name in enumerate(sent)}
    return [(one, "", "") for one in sorted(persons, key=lambda one: place.get(f"seen-{one.uid}", len(place)))]


class AttendanceList:
    """The whole list as one form: a tick for each person, late and early in a panel, one key for the page."""

    def __init__(self, people: Sequence[tuple[Listed, str, str]], stored: Mapping[int, Attendance], *, planned: int, list_version: int,
                 sent: QueryDict | None = None) -> None:  # fmt: skip
        self.planned, self.list_version = planned, list_version
        self.key = page_key()
        self.errors: list[str] = []
        self.rows = [self._row(person, label, sub, stored.get(person.pk), sent) for person, label, sub in people]

    @property
    def marked(self) -> int:
        """How many are ticked."""
        return sum(row.is_present for row in self.rows)

    def call(self, people: Sequence[tuple[Listed, str, str]]) -> None:
        """Say what everybody on a list that was sent is called, and put them in that order: it is to be read."""
        rows = {row.person.pk: row for row in self.rows}
        self.rows = []
        for person, label, sub in people:
            if (row := rows.get(person.pk)) is not None:
                row.label, row.sub = label, sub
                self.rows.append(row)

    def tick_all(self) -> None:
        """Everybody is here."""
        for row in self.rows:
            row.is_present = True

    def marks(self) -> list[Mark]:
        """What the ticks say: whoever is ticked was present; a tick taken away from a stored line makes it nought."""
        found = []
        for row in self.rows:
            late, early = int(row.late or 0), int(row.early or 0)
            if row.is_present:
                same = row.stored is not None and not self._differs(row)
                found.append(Mark(row.person.uid, row.stored.minutes if same and row.stored else None, late, early, row.reason, row.sent_seen))
            elif row.stored is not None and row.stored.minutes:
                found.append(Mark(row.person.uid, 0, 0, 0, row.reason, row.sent_seen))
        return found

    def is_valid(self) -> bool:
        """Whether late and early are numbers, fit the session, and corrections say why; errors stand at their rows."""
        for row in self.rows:
            if (row.is_present and not (row.late or "0").isdecimal()) or (row.is_present and not (row.early or "0").isdecimal()):
                row.error = str(_("Minutes must be a whole number such as 15."))
            elif row.is_present and int(row.late or 0) + int(row.early or 0) > self.planned:
                row.error = str(_("The session was %(planned)d minutes. Late and early together must be %(planned)d or less.") % {"planned": self.planned})
            elif row.stored is not None and not row.reason.strip() and self._differs(row):
                row.error = str(_("Say why the minutes are corrected. The old line stays and shows your reason."))
        self.errors = [row.error for row in self.rows if row.error]
        return not self.errors

    def is_stale(self, sent_version: int) -> bool:
        """Whether the list was saved, or a line changed, since the sender opened it; such rows are marked."""
        for row in self.rows:
            row.meanwhile = row.seen != row.sent_seen
        return sent_version != self.list_version or any(row.meanwhile for row in self.rows)

    def _row(self, person: Listed, label: str, sub: str, stored: Attendance | None, sent: QueryDict | None) -> ListRow:
        uid = person.uid
        if sent is None:
            late, early = (str(value) if value else "" for value in ((stored.late_minutes, stored.left_early_minutes) if stored else (0, 0)))
            row = ListRow(person, label, sub, stored, bool(stored and stored.minutes), late, early, "", 0)
        else:
            late, early, reason = (sent.get(f"{name}-{uid}", "").strip()[:300] for name in ("late", "early", "reason"))
            row = ListRow(person, label, sub, stored, f"present-{uid}" in sent, late[:4], early[:4], reason, 0, sent.get(f"seen-{uid}", ""))
        numbers = [int(value) if value.isdecimal() else 0 for value in (row.late, row.early)]
        row.minutes = present_minutes(planned=self.planned, late=numbers[0], early=numbers[1])
        if sent is None and stored is not None and stored.minutes:
            row.minutes = stored.minutes
        return row

    def _differs(self, row: ListRow) -> bool:
        if row.stored is None:
            return False
        if not row.is_present or not row.stored.minutes:
            return row.is_present != bool(row.stored.minutes)
        return (row.stored.late_minutes, row.stored.left_early_minutes) != (int(row.late or 0), int(row.early or 0))
