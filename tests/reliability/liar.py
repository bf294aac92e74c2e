"""The planted faults: servers that acknowledge what they should not. The tests must catch each of them."""

from __future__ import annotations

import io
import json
import queue
import secrets
import threading
from collections.abc import Callable, Iterable
from typing import Any

from handrail.config.wsgi import application as product
from handrail.kit import ids

Start = Callable[..., Any]
_waiting: queue.Queue[dict[str, Any]] = queue.Queue()
_seen: set[str] = set()


def before_commit(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """Says thank you at once and stores when there is time, as a queue in memory does."""
    if environ["REQUEST_METHOD"] != "POST":
        return product(environ, start_response)
    sent, again = _read(environ)
    _waiting.put(again)
    return _thank(sent, start_response, "201 Created")


def without_unique_key(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """Looks whether it has seen the key, each process for itself, instead of leaving it to the database."""
    if environ["REQUEST_METHOD"] != "POST":
        return product(environ, start_response)
    sent, again = _read(environ)
    if sent["key"] in _seen:
        return _thank(sent, start_response, "200 OK")
    body = json.dumps({**sent, "key": secrets.token_urlsafe(16)}).encode()
    for _part in product({**again, "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}, lambda *_arguments: None):
        pass
    _seen.add(sent["key"])
    return _thank(sent, start_response, "201 Created")


def _read(environ: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was sent, and the request to hand on."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    return json.loads(body), {**environ, "wsgi.input": io.BytesIO(body)}


def _thank(sent: dict[str, Any], start_response: Start, status: str) -> list[bytes]:
    content = {"answers": sent["answers"], "complete": sent["complete"], "language": sent["language"], "page": None}
    start_response(status, [("Content-Type", "application/json")])
    return [json.dumps({"key": sent["key"], "sha256": ids.digest(content)}).encode()]


def _store() -> None:
    while True:
        for _part in product(_waiting.get(), lambda *_arguments: None):
            pass


threading.Thread(target=_store, daemon=True).start()
