"""Collections for tests: three questions at a desk, and the mapping asked of anybody."""

from __future__ import annotations

from datetime import date
from typing import Any

from handrail.instruments import actions
from handrail.instruments.models import Collection, QuestionnaireVersion
from tests.instruments.forms import WHOLE

SAID = {**WHOLE, "hours": "12"}  # as a page or device sends it
CONSENT = {"sv": "Svaren är anonyma.", "en": "The answers are anonymous.", "ar": "الإجابات مجهولة"}


def collection(cast: Any, version: QuestionnaireVersion, **more: Any) -> Collection:
    """A collection of Hörby, open in April."""
    facts: dict[str, Any] = {
        "programme": cast.programme, "organisation": cast.horby, "version": version, "title": {"sv": "Din första tid", "en": "Your first time", "ar": "وقتك الأول"},
        "consent": CONSENT, "opens_on": date(2018, 4, 1), "closes_on": date(2018, 4, 30), "by": cast.amal,
    }  # fmt: skip
    return actions.open_collection(**{**facts, **more})
