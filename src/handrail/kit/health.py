"""Is the process alive, and is it ready: for the operator's monitor, telling nothing about people."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from handrail.kit import later
from handrail.kit.screens import as_json, public


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return as_json({"alive": True})


@public
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers, its tables are up to date, and how long the oldest task waits."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        answer = {"database": True, "tables": not waiting, "queue_seconds": later.queue_seconds()}
    except DatabaseError:
        return as_json({"database": False}, status=503)
    return as_json(answer, status=200 if answer["tables"] else 503)
