"""Answers sent by a device on its own: JSON in, `{key, sha256}` out once it is committed (security.md 14, 15)."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from handrail.instruments import actions, queries
from handrail.kit.errors import RuleBroken
from handrail.kit.models import Link
from handrail.kit.screens import as_json
from handrail.kit.text import _


def is_machine(request: HttpRequest) -> bool:
    """Whether a device asks, not a page."""
    return request.method == "POST" and request.headers.get("Accept", "").startswith("application/json")


def answer_to_machine(request: HttpRequest, link: Link) -> HttpResponse:
    """Take one set of answers: 201 new, 200 the same again, 422 other content under a used key, 400 with what is wrong."""
    try:
        sent = _read(request.body)
        at = queries.sitting(link, sent["about"], sent["language"])
        if at is None:
            raise RuleBroken(_("The link does not lead to these answers."))
        receipt = actions.submit_answers(
            invitation=at.invitation, answers=sent["answers"], is_complete=sent["complete"], language=sent["language"], key=sent["key"],
            page=sent["page"], by=at.invitation.respondent,
        )  # fmt: skip
    except actions.AnswersWrong as wrong:
        return as_json({"error": str(wrong), "problems": [{"name": one.name, "message": one.message} for one in wrong.problems]}, 400)
    except RuleBroken as broken:
        return as_json({"error": str(broken)}, 400)
    return as_json({"key": receipt.key, "sha256": receipt.sha256}, receipt.status)


def _read(body: bytes) -> dict[str, Any]:
    """What a device sent, each part of its kind. Raises RuleBroken."""
    try:
        sent = json.loads(body)
        about = UUID(sent["about"]) if sent.get("about") else None
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise RuleBroken(_("The body is not the JSON that is expected here.")) from None
    found = {
        "key": sent.get("key"), "answers": sent.get("answers"), "complete": sent.get("complete", True),
        "language": sent.get("language", ""), "page": sent.get("page"),
    }  # fmt: skip
    kinds: dict[str, Any] = {"key": str, "answers": dict, "complete": bool, "language": str, "page": (list, type(None))}
    if not all(isinstance(found[name], kind) for name, kind in kinds.items()) or not all(isinstance(one, str) for one in found["page"] or ()):
        raise RuleBroken(_("The body is not the JSON that is expected here."))
    return {**found, "about": about}
