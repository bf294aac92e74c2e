"""A hall without coverage: a line that can be cut, a phone that is closed and opened again, a session with its people."""

from __future__ import annotations

import json
import select
import shutil
import socket
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.conftest import FLAGS, PATIENCE, Site, Walker, chromium_program

MAKE = """
import json, sys
from datetime import timedelta
from handrail.curriculum.models import Module
from handrail.delivery import actions
from handrail.delivery.models import Session
from handrail.kit import clock
from handrail.people.models import Account
from handrail.programmes.models import Participation
trainer, mirza, amal = (Account.objects.get(email=e).person for e in ("samira.nouri@example.org", "mirza.delic@example.org", "amal.haddad@example.org"))
mine = Participation.objects.get(person=mirza)
module = Module.objects.filter(programme=mine.programme).order_by("code").first()
now = clock.now().replace(second=0, microsecond=0)
session = actions.schedule_session(programme=mine.programme, module=module, title={"sv": "Träff i bygdegården", "en": "Session in the village hall"},
    starts_at=now - timedelta(minutes=STARTED), ends_at=now - timedelta(minutes=STARTED) + timedelta(minutes=180), maximum=60, organisation=mine.organisation, by=amal)
Session.objects.filter(pk=session.pk).update(trainer=trainer)
others = Participation.objects.filter(programme=mine.programme, organisation=mine.organisation, left_on=None).exclude(person=mirza).select_related("person").order_by("pk")
for one in [mine, *others[: PEOPLE - 1]]:
    actions.accept_seat(seat=actions.invite_to_session(session=session, person=one.person, by=amal), by=one.person)
print("MADE" + json.dumps({"session": str(session.uid), "seat": str(session.seats.get(person=mirza).uid)}))
"""
STORED = """
import json
from handrail.delivery.models import Session
session = Session.objects.get(uid="UID")
rows = session.attendances.order_by("id")
print("MADE" + json.dumps({"lines": rows.count(), "people": rows.values("person").distinct().count(), "minutes": sorted(rows.filter(replaced_by=None).values_list("minutes", flat=True)),
    "state": session.state, "version": session.list_version, "methods": sorted(set(rows.values_list("method", flat=True))), "noted": rows.exclude(device_at=None).count()}))
"""
SECRET = """
import json
from datetime import timedelta
from handrail.delivery.models import Session
from handrail.delivery.rules import code_at
from handrail.kit import clock
session = Session.objects.get(uid="UID")
print("MADE" + json.dumps(code_at(session.check_in_secret, session.uid, clock.now() - timedelta(minutes=AGO))))
"""


def told(site: Site, code: str) -> Any:
    """What a few lines of Python beside the running site print."""
    return json.loads(site.manage("shell", "-c", code).split("MADE", 1)[1])


@dataclass
class Hall:
    """A session that has begun, and what is stored of it."""

    site: Site
    session: str
    seat: str

    @classmethod
    def of(cls, site: Site, people: int, started: int = 20) -> Hall:
        """A session of today that began some minutes ago, with so many people who said yes."""
        return cls(site, **told(site, MAKE.replace("PEOPLE", str(people)).replace("STARTED", str(started))))

    @property
    def list(self) -> str:
        return f"/sessions/{self.session}/attendance/"

    def stored(self) -> dict[str, Any]:
        """Counts of what the server holds."""
        found: dict[str, Any] = told(self.site, STORED.replace("UID", self.session))
        return found

    def code(self, ago: int = 0) -> str:
        """The code that the wall showed so many minutes ago."""
        return str(told(self.site, SECRET.replace("UID", self.session).replace("AGO", str(ago))))


@dataclass
class Line:
    """A connection to the site that can be cut: bytes are passed on while it stands, refused while it does not."""

    target: tuple[str, int]
    is_up: bool = True
    swallows: bytes = b""  # the answer to what begins with this is lost on its way back
    swallowed: int = 0
    _pairs: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """No coverage: what is open breaks, what is new is refused."""
        self.is_up = False
        for one in self._pairs:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._pairs.clear()

    def restore(self) -> None:
        """Coverage again."""
        self.is_up = True

    def close(self) -> None:
        """The end of the test."""
        self.cut()
        self._door.close()

    def _listen(self) -> None:
        while True:
            try:
                near, _address = self._door.accept()
            except OSError:
                return
            if not self.is_up:
                near.close()
                continue
            try:
                far = socket.create_connection(self.target)
            except OSError:
                near.close()
                continue
            self._pairs += [near, far]
            threading.Thread(target=self._pass, args=(near, far), daemon=True).start()

    def _pass(self, near: socket.socket, far: socket.socket) -> None:
        ends, is_lost = {near: far, far: near}, False
        try:
            while True:
                for one in select.select(list(ends), [], [])[0]:
                    data = one.recv(65536)
                    if one is near and self.swallows and data.startswith(self.swallows):
                        is_lost = True
                    elif one is far and is_lost:
                        self.swallowed += 1
                        return
                    if not data:
                        return
                    ends[one].sendall(data)
        except (OSError, ValueError):
            return
        finally:
            near.close()
            far.close()


class Phone(Walker):
    """A phone whose browser can be closed and opened again; what it keeps stays in its folder."""

    def __init__(self, browser: Browser, site: Site, line: Line, *, language: str = "sv") -> None:
        self.site, self.line, self._browser, self._language = site, line, browser, language
        self._folder = Path(tempfile.mkdtemp(prefix="handrail-phone-"))
        self.open()

    def open(self) -> Page:
        """Open the browser."""
        self.context: BrowserContext = self._browser.browser_type.launch_persistent_context(
            str(self._folder), executable_path=chromium_program(), args=FLAGS, base_url=self.line.url,
            viewport={"width": 360, "height": 780}, locale=self._language, has_touch=True,
        )  # fmt: skip
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        return self.page

    def close_and_open(self) -> Page:
        """Close the browser and open it again."""
        self.context.close()
        return self.open()

    def gone(self) -> None:
        """Put the phone away."""
        self.context.close()
        shutil.rmtree(self._folder, ignore_errors=True)
