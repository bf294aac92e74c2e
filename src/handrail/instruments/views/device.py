"""Answers that a page kept on a phone until there was a line: JSON in, `{key, sha256}` out once it is committed (security.md 14, 15)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from handrail.instruments import actions, queries
from handrail.instruments.models import Collection
from handrail.kit.errors import RuleBroken
from handrail.kit.screens import as_json
from handrail.kit.text import _


def device_answers(request: HttpRequest, asked: Collection, secret: str, *, is_flood: Callable[[], bool], by: Any = None, channel: str = "web") -> HttpResponse:
    """Take one set of answers or a list of them: 201 new, 200 the same again, 422 other content under a used key, 400 with what is wrong, 410 closed."""
    at = queries.state_of_collection(asked)
    if at not in ("open", "grace"):
        return as_json({"error": str(_("These questions are closed. Nothing more is taken."))}, 410)
    if is_flood():
        return as_json({"error": str(_("Too much was sent. Try again in an hour."))}, 429)
    try:
        sent = _read(request.body)
        ticket = queries.ticket_of(asked, secret) if secret else None
        given = [_given(one, channel, ticket) for one in sent.get("responses", [sent])]
        receipts = _take(asked, given, by)
    except actions.AnswersWrong as wrong:
        return as_json({"error": str(wrong), "problems": [{"name": one.name, "message": one.message} for one in wrong.problems]}, 400)
    except RuleBroken as broken:
        return as_json({"error": str(broken)}, 400)
    said = [{"key": one.key, "sha256": one.sha256, "state": one.state} for one in receipts]
    body = hashlib.sha256(request.body).hexdigest()
    if "responses" in sent:
        return as_json({"responses": said, "body": body}, max((one.status for one in receipts), default=200))
    return as_json({**said[0], "body": body}, receipts[0].status)


def _take(asked: Collection, given: list[actions.Given], by: Any) -> list[Any]:
    if len({one.key for one in given}) < len(given):
        raise RuleBroken(_("A key stands in the list twice."))
    return actions.give_responses(collection=asked, given=given, by=by)


def _read(body: bytes) -> dict[str, Any]:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict) or not isinstance(sent.get("responses", []), list):
        raise RuleBroken(_("The body is not the JSON that is expected here."))
    return sent


def _given(one: Any, channel: str, ticket: Any) -> actions.Given:
    kinds: dict[str, Any] = {"key": str, "answers": dict, "language": str, "word": str}
    found = {"word": "", "language": "", **one} if isinstance(one, dict) else {}
    if not all(isinstance(found.get(name), kind) for name, kind in kinds.items()) or len(found["key"]) < 8:
        raise RuleBroken(_("The body is not the JSON that is expected here."))
    return actions.Given(found["answers"], found["language"], found["key"], channel, ticket, found["word"])
