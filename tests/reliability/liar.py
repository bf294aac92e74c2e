"""The negative control: a server that acknowledges before it stores, as a queue in memory does. The harness must catch it."""

from __future__ import annotations

import io
import json
import queue
import threading
from collections.abc import Callable, Iterable
from typing import Any

from handrail.config.wsgi import application as product
from handrail.kit import ids

_waiting: queue.Queue[dict[str, Any]] = queue.Queue()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Say thank you at once, store when there is time."""
    if environ["REQUEST_METHOD"] != "POST":
        return product(environ, start_response)  # type: ignore[no-any-return]
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    sent = json.loads(body)
    content = {"answers": sent["answers"], "complete": sent["complete"], "language": sent["language"], "page": None}
    _waiting.put({**environ, "wsgi.input": io.BytesIO(body)})
    start_response("201 Created", [("Content-Type", "application/json")])
    return [json.dumps({"key": sent["key"], "sha256": ids.digest(content)}).encode()]


def _store() -> None:
    while True:
        for _part in product(_waiting.get(), lambda *_arguments: None):
            pass


threading.Thread(target=_store, daemon=True).start()
