"""The need behind the gap, and the voice behind the need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from handrail.kit.text import _, country_name, number, plural
from handrail.research.models import Finding
from handrail.research.queries import counted_for, voices_of


def need_step(needs: Sequence[Finding]) -> dict[str, Any]:
    """Why people should be able to do it: the most pressing need that was voiced, with how many said so, and the others beside."""
    first, *others = needs
    side: list[dict[str, Any]] = []
    for one in counted_for(first)[:1]:
        shown = [share for share in one.groups if share.said is not None]
        side += [{"text": _("%(group)s: %(a)s of %(n)s") % {"group": share.label, "a": number(share.said), "n": number(share.answered)}} for share in shown[:3]]
    side += [{"text": str(one.title), "url": reverse("research:finding", args=[one.uid])} for one in others[:2]]
    how = plural("One need stands behind it, from %(study)s.", "%(n)s needs stand behind it, the first from %(study)s.", len(needs)) % {"n": number(len(needs)), "study": first.study}
    return {
        "kind": _("Need"), "before": _("and behind it stands what people said they need:"), "link": str(first.title),
        "url": reverse("research:finding", args=[first.uid]), "how": how, "side": side,
    }  # fmt: skip


def voice_step(needs: Sequence[Finding]) -> dict[str, Any] | None:
    """The words of somebody who voiced the most pressing need that has any; None where none was quoted."""
    for one in needs:
        for voice in voices_of(one, at_most=1):
            who = f"{voice.who}, {country_name(voice.country)}" if voice.country else voice.who
            quote = {"text": voice.translation or voice.text, "lang": voice.translation_language or voice.language, "who": who}
            if voice.translation:
                quote |= {"original": voice.text, "original_lang": voice.language}
            return {"kind": _("The voice"), "quote": quote, "side": [{"text": _("All that people said"), "url": reverse("research:finding", args=[one.uid])}]}
    return None
