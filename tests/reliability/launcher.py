"""A process that has imported the product once; each server and each look inside is a copy of it (fork).

A server killed twenty times would else import the same code twenty times in two workers, which takes minutes and proves nothing
about what was stored. The copies are the real server: the same granian, the same application, no connection to the database yet.
`cold` starts it as `./run` does, so that the time of a whole start is measured too.

One order a line in, one answer a line out, both JSON. When the orders end (the tests were killed, say), the server is killed.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any


def main() -> None:
    """Take orders until there are no more."""
    from handrail.config.words import compile_words

    compile_words()
    from django.db import connections
    from django.urls import get_resolver

    from handrail.config.wsgi import application  # noqa: F401  (all that a worker would import)

    assert get_resolver().url_patterns
    importlib.import_module("granian.cli")
    orders: dict[str, Callable[..., Any]] = {"serve": serve, "kill": kill, "inside": inside, "work": work, "end": end}
    for line in sys.stdin:
        order = json.loads(line)
        assert connections["default"].connection is None, "a connection would be shared by the copies"
        try:
            answer = {"result": orders[order.pop("order")](**order)}
        except Exception:
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), flush=True)
    kill()


_server = 0  # the process group of the running server


def serve(arguments: list[str], log: str, cold: bool) -> int:
    """Start granian in a process group of its own, without waiting; answers the group's number."""
    global _server

    def begin() -> None:
        os.setpgid(0, 0)
        if cold:
            os.execv(sys.executable, [sys.executable, "-m", "granian", *arguments])
        sys.argv = ["granian", *arguments]
        importlib.import_module("granian.cli").entrypoint()

    _server = _copy(begin, log)
    with suppress(PermissionError):  # the copy was quicker
        os.setpgid(_server, _server)
    return _server


def kill() -> bool:
    """SIGKILL to the whole group: no worker gets to finish anything. Answers whether there was a server."""
    global _server
    if not _server:
        return False
    os.killpg(_server, signal.SIGKILL)
    os.waitpid(_server, 0)
    _server = 0
    return True


def work(log: str) -> int:
    """Start a worker in a copy of this process; answers its number."""

    def begin() -> None:
        from django.core.management import call_command

        call_command("worker", interval=0.05)

    return _copy(begin, log)


def end(worker: int) -> bool:
    """SIGKILL to a worker: it gets to finish nothing."""
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)
    return True


def inside(module: str, function: str, arguments: dict[str, Any]) -> Any:
    """Call a function inside the product, in a copy of this process."""
    reading, writing = os.pipe()

    def ask() -> None:
        os.close(reading)
        try:
            answer = {"result": getattr(importlib.import_module(module), function)(**arguments)}
        except Exception:
            answer = {"error": traceback.format_exc()}
        with os.fdopen(writing, "w") as pipe:
            json.dump(answer, pipe)

    child = _copy(ask, os.devnull)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    answer = json.loads(said)
    if "error" in answer:
        raise RuntimeError(answer["error"])
    return answer["result"]


def _copy(act: Callable[[], None], log: str) -> int:
    """Do something in a copy of this process, which ends with it and never comes to take orders; answers its number."""
    if child := os.fork():
        return child
    code = 1
    try:
        nothing, written = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        for number, target in ((0, nothing), (1, written), (2, written)):
            os.dup2(target, number)
        act()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
