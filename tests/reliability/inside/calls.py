"""Calls that nobody answers, many at once: what two workers have to tell, one of which is killed again and again."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.db import transaction


def build(count: int) -> int:
    """Calls of so many people, in which the next one is due at once; the mentor was told of each."""
    from handrail.cases import actions as cases
    from handrail.kit import clock
    from handrail.mentoring import actions
    from handrail.mentoring.models import Mentor, Terms
    from tests.mentoring.world import START, make_town
    from tests.reliability.inside.world import NOW

    clock.turn_to(NOW)
    with transaction.atomic():
        town = make_town()
        Terms.objects.update(answer_minutes=0, quiet_from=time(0), quiet_until=time(0))
        Mentor.objects.update(capacity=count + 1)
        for number in range(count):
            case = cases.open_case(programme=town.programme, organisation=town.strandby, given_name=f"N{number}", started_on=START, by=town.karen)
            actions.match_mentor(case=case, mentor=Mentor.objects.get(pk=town.morten.pk), backup=town.leyla, by=town.sofie)
            lifeline, _token = actions.make_lifeline(case=case, language="ar", by=town.karen)
            actions.ask_for_mentor(lifeline=lifeline, key=f"key-of-page-{number}")
    return count


def told() -> int:
    """How many turns are on record."""
    from handrail.mentoring.models import CallStep

    return CallStep.objects.count()


def stored() -> dict[str, Any]:
    """The turns of every call in their order, the links sent for it, and how many mails went to whom."""
    from handrail.kit.models import Link, SentMail
    from handrail.mentoring.models import Call, CallStep

    calls = {call.pk: str(call.uid) for call in Call.objects.all()}
    turns: dict[str, list[str]] = {uid: [] for uid in calls.values()}
    links = dict.fromkeys(calls.values(), 0)
    for call, turn in CallStep.objects.order_by("id").values_list("call_id", "turn"):
        turns[calls[call]].append(turn)
    for subject in Link.objects.filter(purpose="call").values_list("subject", flat=True):
        links[str(subject)] += 1
    mails: dict[str, int] = {}
    for to in SentMail.objects.filter(template="mentoring/mail/asked").values_list("to", flat=True):
        mails[to] = mails.get(to, 0) + 1
    return {"turns": turns, "links": links, "mails": mails}


def plant() -> None:
    """What a worker without the one transaction would leave behind: a turn on record whose mail was never written."""
    from handrail.kit.models import Link, SentMail

    Link.objects.filter(pk=Link.objects.filter(purpose="call").values_list("pk", flat=True)[:1][0]).delete()
    SentMail.objects.filter(pk=SentMail.objects.filter(template="mentoring/mail/asked").values_list("pk", flat=True)[0]).delete()
