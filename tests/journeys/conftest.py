"""Journeys are walked on the demonstration itself: the real site and worker in processes of their own, a real browser."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
PATIENCE = 45_000  # ms; a busy machine is slow and not wrong
expect.set_options(timeout=PATIENCE)
SHOTS = os.environ.get("JOURNEY_SHOTS", "")  # a folder to keep a picture of every journey's end in


@dataclass
class Site:
    """The running demonstration."""

    url: str
    var: Path
    env: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a management command beside the running site."""
        done = subprocess.run(
            [sys.executable, "-m", "handrail", *arguments], cwd=ROOT, env=self.env, check=True, capture_output=True, text=True
        )
        return done.stdout


def free_port() -> int:
    """A port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, seconds: float = 60) -> None:
    """Wait until the site answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} did not answer within {seconds} s")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, built once and served with one worker, on the database that this run is about."""
    var = tmp_path_factory.mktemp("site")
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HANDRAIL_", "DJANGO_"))}
    env = {
        **kept, "HANDRAIL_VAR": str(var), "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "handrail.config.settings",
        "HANDRAIL_URL": f"http://127.0.0.1:{port}", "NUMBA_CACHE_DIR": str(ROOT / "var" / "numba"),
    }  # fmt: skip
    if built := os.environ.get("JOURNEYS_ON"):  # a folder with a demonstration built before, to write journeys quickly
        shutil.copytree(built, var, dirs_exist_ok=True)
    made = subprocess.run([sys.executable, "-m", "handrail", "setup"], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout[-3000:] + made.stderr[-6000:]
    serve = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
        "--blocking-threads", "16", "--no-ws", "--log-level", "warning", "handrail.config.wsgi:application",
    ]  # fmt: skip
    log = (var / "log").open("w")
    children = [
        subprocess.Popen(serve, cwd=ROOT, env=env, stdout=log, stderr=log),
        subprocess.Popen([sys.executable, "-m", "handrail", "worker", "--interval", "0.3"], cwd=ROOT, env=env, stdout=log, stderr=log),
    ]
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield Site(f"http://127.0.0.1:{port}", var, env)
    finally:
        for child in children:
            child.send_signal(signal.SIGTERM)
        for child in children:
            try:
                child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                child.kill()
        log.close()
        faults = [line for line in (var / "log").read_text().splitlines() if "fault" in line]
        assert not faults, "The site had faults:\n" + "\n".join(faults[:20])


def chromium_program() -> str:
    """Chromium without a window where it is there: the same engine takes half the processor's time when it draws none of its own surroundings."""
    path = next(filter(None, map(shutil.which, PROGRAMS)), None)
    assert path, "Chromium is missing: ./run test installs it."
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_program(), args=FLAGS)
        yield chromium
        chromium.close()


_click = Locator.click


def click_and_read(self: Locator, **options: Any) -> None:
    """A click is followed by reading: the page that it led to has come to its end before anybody looks at it.

    A click alone waits until the next page begins; what asked at once then found a page without a body now and then.
    """
    _click(self, **options)
    self.page.wait_for_load_state()


Locator.click = click_and_read  # type: ignore[method-assign]


class Walker:
    """Somebody at a browser: continues as one of the cast and walks through the product."""

    def __init__(
        self, browser: Browser, site: Site, *, width: int = 1280, scripts: bool = True, language: str = "sv", base: Callable[[str], str] = str
    ) -> None:
        self.site = site
        self.context = browser.new_context(
            base_url=base(site.url), viewport={"width": width, "height": 900 if width > 600 else 780}, locale=language,
            java_script_enabled=scripts, accept_downloads=True,
        )  # fmt: skip
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()

    def continue_as(self, key: str) -> Page:
        """Sign in as one of the cast by the start page's button."""
        self.page.goto("/")
        self.page.locator(f'form:has(input[name="key"][value="{key}"]) button').click()
        self.page.wait_for_url("**/home/")
        return self.page

    def check_accessible(self, name: str = "") -> None:
        """The accessibility baseline: axe finds nothing (WCAG 2.2 A and AA), nothing runs over the edge.

        axe looks on one database only: the page that it looks at is the same.
        """
        self.page.wait_for_function("document.readyState === 'complete'")
        self._check_width()
        if os.environ.get("HANDRAIL_TEST_DATABASE") != "postgres":
            self._check_by_axe()
        if SHOTS and name:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(Path(SHOTS) / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.png"), full_page=True)

    def _check_by_axe(self) -> None:
        axe = next(iter(sorted((ROOT / "tests" / "vendor").rglob("axe*.js"))))
        self.page.evaluate(axe.read_text())
        violations = self.page.evaluate(  # what passed need not be put into words
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']}).then((found) => found.violations)"
        )
        found = [f"{one['id']}: {one['help']} at {[node['target'] for node in one['nodes']][:3]}" for one in violations]
        assert not found, f"{self.page.url}\n" + "\n".join(found)

    def _check_width(self) -> None:
        over = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{self.page.url} is {over} px wider than the screen"

    def status(self, path: str) -> int:
        """The status that this person gets for an address."""
        return self.context.request.get(path, max_redirects=0).status


@pytest.fixture
def walk(browser: Browser, site: Site) -> Iterator[Callable[..., Walker]]:
    """Make walkers; their browser contexts close with the test."""
    made: list[Walker] = []

    def make(**options: object) -> Walker:
        made.append(Walker(browser, site, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.context.close()


@pytest.fixture
def mailbox(site: Site) -> Callable[..., str]:
    """The latest mail to an address that holds certain words, read from the outbox page as a person would; waits for the worker."""

    def latest(address: str, words: str = "", seconds: float = 60) -> str:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for number in range(1, 40):
                with urllib.request.urlopen(f"{site.url}/outbox/?page={number}") as answer:
                    html = answer.read().decode()
                for uid, line in re.findall(r'/outbox/([0-9a-f-]{36})/">.*?<p>(.*?)</p>', html, re.S):
                    if address in line:
                        with urllib.request.urlopen(f"{site.url}/outbox/{uid}/") as answer:
                            text: str = answer.read().decode()
                        if words in text:
                            return text
                if f"page={number + 1}" not in html:
                    break
            time.sleep(0.5)
        raise AssertionError(f"No mail to {address}")

    return latest
