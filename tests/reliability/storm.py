"""Many devices that send at once while the server under them is killed, and other ways of sending much at a time."""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.reliability.sent import Sent, is_acknowledged
from tests.reliability.server import PATIENCE, Server

WRITERS = 16


@dataclass(repr=False)
class Storm:
    """What the writers saw; `acked` by kind and key."""

    acked: dict[str, dict[str, Sent]]
    statuses: dict[int, int] = field(default_factory=dict)  # 0: no whole answer
    ready_after: dict[str, list[float]] = field(default_factory=dict)  # by fault: seconds until each kind was acknowledged again
    refused: list[str] = field(default_factory=list)  # answers that no writer should see
    seconds: float = 0.0

    @property
    def kills(self) -> dict[str, int]:
        """How often each fault struck."""
        return {fault: len(times) for fault, times in self.ready_after.items()}

    @property
    def count(self) -> int:
        """Acknowledgements so far."""
        return sum(len(of_kind) for of_kind in self.acked.values())


class Writer:
    """One device: keeps its connection while it can."""

    def __init__(self, server: Server) -> None:
        self.port = server.port
        self.connection: http.client.HTTPConnection | None = None

    def connect(self) -> http.client.HTTPConnection:
        """The open connection, a new one where there is none."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            self.connection.connect()
        return self.connection

    def send(self, one: Sent) -> tuple[int, bytes]:
        """Post once and read the whole answer. Raises OSError or HTTPException when there is none."""
        try:
            connection = self.connect()
            connection.request("POST", one.path, one.body, dict(one.headers))
            answer = connection.getresponse()
            return answer.status, answer.read()
        except BaseException:
            if self.connection is not None:
                self.connection.close()
            self.connection = None
            raise


def storm(server: Server, makers: Mapping[str, Callable[[], Sent]], faults: Sequence[str], *, acks: int = 1000, seed: int = 0) -> Storm:
    """Send until all faults and `acks` acknowledgements of each kind have happened; then all that was begun is sent until acknowledged.

    There are sixteen writers, and each sends the kinds in turn. The moments of the faults are spread at random
    between acknowledgements; after each, every kind must be acknowledged again.
    """
    seen, lock, done = Storm({kind: {} for kind in makers}), threading.Lock(), threading.Event()
    kinds, numbers, chance, begun = list(makers), iter(range(10**9)), random.Random(seed), time.monotonic()

    def write() -> None:
        writer, pause = Writer(server), random.Random(threading.get_ident())
        while not done.is_set():
            with lock:
                kind = kinds[next(numbers) % len(kinds)]
                one = makers[kind]()
            wait = 0.02
            while True:
                try:
                    status, body = writer.send(one)
                except (OSError, http.client.HTTPException):
                    status, body = 0, b""
                with lock:
                    seen.statuses[status] = seen.statuses.get(status, 0) + 1
                    if is_acknowledged(one, status, body):
                        seen.acked[kind][one.key] = one
                        break
                    if status not in (0, 503):
                        seen.refused.append(f"{kind}: {status} {body[:300]!r}")
                        break
                # As a device does: with a growing pause and some chance in it.
                time.sleep(pause.uniform(wait / 2, wait))
                wait = min(0.4, wait * 2)

    server.start()
    server.wait()
    threads = [threading.Thread(target=write, daemon=True) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    each = max(1, acks * len(kinds) // max(1, len(faults)))
    for fault in faults:
        wanted = seen.count + chance.randint(each // 2, each)
        _until(seen, server, lambda wanted=wanted: seen.count >= wanted)
        time.sleep(chance.uniform(0, 0.05))
        struck_at = time.monotonic()
        server.strike(fault)
        before = {kind: len(acked) for kind, acked in seen.acked.items()}
        _until(seen, server, lambda before=before: all(len(seen.acked[kind]) > count for kind, count in before.items()))
        seen.ready_after.setdefault(fault, []).append(time.monotonic() - struck_at)
    _until(seen, server, lambda: min(len(acked) for acked in seen.acked.values()) >= acks)
    done.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "a writer hangs"
    seen.seconds = time.monotonic() - begun
    return seen


def at_once(server: Server, sends: Sequence[Sent]) -> list[tuple[int, bytes]]:
    """Send all of these at one instant, each over its own open connection."""
    barrier = threading.Barrier(len(sends))
    answers: list[tuple[int, bytes]] = [(0, b"")] * len(sends)

    def one(index: int) -> None:
        writer = Writer(server)
        writer.connect()
        barrier.wait()
        answers[index] = writer.send(sends[index])

    _all(one, len(sends))
    return answers


def spread(server: Server, sends: Sequence[Sent]) -> list[tuple[int, bytes]]:
    """Send all of these once, from sixteen writers; the answers in the order of the sends."""
    answers: list[tuple[int, bytes]] = [(0, b"")] * len(sends)
    numbers, lock = iter(range(len(sends))), threading.Lock()

    def write(_index: int) -> None:
        writer = Writer(server)
        while True:
            with lock:
                index = next(numbers, None)
            if index is None:
                return
            answers[index] = writer.send(sends[index])

    _all(write, WRITERS)
    return answers


def _all(act: Callable[[int], None], count: int) -> None:
    threads = [threading.Thread(target=act, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE * 2)


def _until(seen: Storm, server: Server, reached: Callable[[], bool]) -> None:
    """Wait, however slow the machine is, as long as something is acknowledged now and then."""
    count, until = seen.count, time.monotonic() + PATIENCE
    while not reached():
        assert not seen.refused, f"{seen.refused[:5]}; {server.log()[-4000:]}"
        if seen.count > count:
            count, until = seen.count, time.monotonic() + PATIENCE
        assert time.monotonic() < until, f"{seen.count} acknowledged, then no more; {seen.statuses}; {server.log()[-2000:]}"
        time.sleep(0.005)
