"""A small closed-loop client: several connections, each with its own session, one request under way on each; and what the server spent on it."""

from __future__ import annotations

import http.client
import os
import secrets
import statistics
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def family(roots: list[int]) -> set[int]:
    """These processes and all that they started."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                parent = int(Path(f"/proc/{name}/stat").read_text().rpartition(") ")[2].split()[1])
            except (OSError, IndexError):
                continue
            children.setdefault(parent, []).append(int(name))
    found, waiting = set[int](), list(roots)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += children.get(one, [])
    return found


def cpu_ms(roots: list[int]) -> float:
    """Milliseconds of processor time of a family, of children that have ended too."""
    total = 0
    for one in family(roots):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        total += sum(int(value) for value in fields[11:15])
    return 1000 * total / TICK


def memory_mb(roots: list[int]) -> float:
    """Proportional memory of a family: what is shared counts once."""
    total = 0
    for one in family(roots):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


@dataclass
class Page:
    """An address of a server, the cookies of those who open it, and a text that must stand in it."""

    name: str
    port: int
    path: str
    expect: str
    roots: list[int]
    cookies: list[str] = field(default_factory=lambda: [""])
    is_first: bool = False  # each look at an address of its own, so that nothing is kept from the look before


@dataclass
class Seen:
    """What one measurement found."""

    requests: int
    errors: int
    rps: float
    p50: float
    p95: float
    cpu: float  # ms of the server and its database for one request
    size: int  # bytes on the wire


def measure(page: Page, *, clients: int, seconds: float) -> Seen:
    """Ask for so long; a page without its text, of another status or of half the size is an error, never a fast page."""
    times: list[float] = []
    wrong, sizes, lock = [0], [0], threading.Lock()
    stop = time.perf_counter() + seconds

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", page.port, timeout=60)
        headers = {"Accept-Encoding": "gzip", "Accept-Language": "sv", "Cookie": page.cookies[number % len(page.cookies)]}
        while time.perf_counter() < stop:
            began = time.perf_counter()
            try:
                looked = f"{page.path}{'&' if '?' in page.path else '?'}look={secrets.token_hex(4)}" if page.is_first else page.path
                connection.request("GET", looked, headers=headers)
                answer = connection.getresponse()
                body = answer.read()
            except (OSError, http.client.HTTPException):
                connection.close()
                with lock:
                    wrong[0] += 1
                continue
            took = time.perf_counter() - began
            with lock:
                if answer.status != 200 or len(body) < sizes[0] / 2:
                    wrong[0] += 1
                else:
                    times.append(took)
                    sizes[0] = sizes[0] or len(body)

    before, began = cpu_ms(page.roots), time.perf_counter()
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, after = time.perf_counter() - began, cpu_ms(page.roots)
    times.sort()
    count = max(1, len(times))
    return Seen(
        len(times), wrong[0], len(times) / took, 1000 * statistics.median(times) if times else 0.0, 1000 * times[int(0.95 * (count - 1))] if times else 0.0,
        (after - before) / count, sizes[0],
    )  # fmt: skip


def text_of(page: Page) -> str:
    """The page as a reader gets it."""
    connection = http.client.HTTPConnection("127.0.0.1", page.port, timeout=60)
    connection.request("GET", page.path, headers={"Cookie": page.cookies[0], "Accept-Language": "sv"})
    answer = connection.getresponse()
    body = answer.read().decode(errors="replace")
    assert answer.status == 200 and page.expect in body, f"{page.name}: {answer.status}, without “{page.expect}”: {body[:300]}"
    return body


def calibration() -> float:
    """Milliseconds of processor time for a fixed loop, the best of three: how fast the machine is just now."""
    best = []
    for _attempt in range(3):
        began, value = time.process_time(), 0
        for index in range(2_000_000):
            value = (value * 31 + index) & 0xFFFF
        best.append(1000 * (time.process_time() - began))
    return min(best)
