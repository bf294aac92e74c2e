"""What people and accounts show on lower screens: the gate of the second factor, and recoveries that wait for an administrator."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from handrail.kit import clock
from handrail.kit.slots import Panel, Waiting, fill
from handrail.kit.text import _, local
from handrail.people.access import may_ask_erasure, needs_second_factor
from handrail.people.accounts import last_seen, sign_in_again, what_was_left
from handrail.people.models import Person, Recovery
from handrail.people.queries import authority_of, erasures_waiting_for, recoveries_waiting_for, second_factors, waiting_erasure
from handrail.people.rules import Part

AGAIN_WITHIN = timedelta(minutes=5)
CONFIRM = {"totp": "mfa_reauthenticate", "webauthn": "mfa_reauthenticate_webauthn"}


@fill("screen.gate")
def second_factor(request: HttpRequest) -> HttpResponse | None:
    """Whoever sees other people shows the second factor in this session, and sets it up first where there is none.

    A passkey is one: it was checked with finger, face or PIN, whether it came after the password or alone.
    """
    if not settings.SECOND_FACTOR:
        return None
    person: Person = request.person  # type: ignore[attr-defined]
    factors = second_factors(request.user)  # type: ignore[arg-type]
    shown = any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))
    if (factors and shown) or not needs_second_factor(person):
        return None
    where = reverse(next((page for kind, page in CONFIRM.items() if kind in factors), "mfa_activate_totp"))
    back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return HttpResponseRedirect(where + (f"?{back}" if back else ""))


@fill("screen.again")
def second_factor_again(request: HttpRequest) -> HttpResponse | None:
    """For what matters most the second factor is shown again, unless that was within the last five minutes; a password alone is none."""
    if not settings.SECOND_FACTOR:
        return None
    fresh = time.time() - AGAIN_WITHIN.total_seconds() * (1 if request.method == "GET" else 2)  # a form that was opened in time may be sent
    if any(record.get("method") == "mfa" and record["at"] > fresh for record in get_authentication_records(request, request.user)):
        return None
    factors = second_factors(request.user)  # type: ignore[arg-type]
    where = reverse(next((page for kind, page in CONFIRM.items() if kind in factors), "mfa_activate_totp"))
    return HttpResponseRedirect(f"{where}?{urlencode({'next': request.get_full_path()})}")


@fill("screen.sensitive")
def away_too_long(request: HttpRequest) -> HttpResponse | None:
    """Whoever did nothing for a quarter of an hour signs in again before a page with sensitive data is shown, and then finds what they had
    typed (security.md 29)."""
    if time.time() - last_seen(request) > settings.IDLE_MINUTES * 60:
        return sign_in_again(request)
    return what_was_left(request)


@fill("kept.who")
def roles_held(person: Person) -> list[str]:
    """The roles that somebody holds just now."""
    return sorted(map(repr, authority_of(person).held))


@fill("home.waiting")
def recoveries_that_wait(person: Person, programme: Any) -> list[Waiting]:
    """An administrator opens what was asked for, and agrees to what another one opened."""
    return [
        Waiting(
            title=_("Somebody cannot sign in"), why=_("A recovery waits for a second administrator.") if row.state == Recovery.State.OPEN else _("Somebody asks to be let in again."),
            act=_("Look at the recovery"), url=reverse("people:recovery", args=[row.uid]), due=local(row.expires_at).date(),
        )
        for row in recoveries_waiting_for(person)
    ]  # fmt: skip


ANSWER_WITHIN = timedelta(days=30)  # GDPR art. 12(3): a month


@fill("home.waiting")
def erasures_that_wait(person: Person, programme: Any) -> list[Waiting]:
    """What a process leader asked for, and this one may agree to: by number, never by name."""
    return [
        Waiting(
            title=_("%(sign)s is to be erased") % {"sign": row.sign}, why=_("Somebody else than who asked has to agree."), act=_("Look at it"),
            url=reverse("people:erasure", args=[row.uid]), due=local(row.asked_at + ANSWER_WITHIN).date(), is_overdue=clock.now() > row.asked_at + ANSWER_WITHIN,
        )
        for row in erasures_waiting_for(person)
    ]  # fmt: skip


@fill("person.panels")
def erasure_panel(viewer: Person, person: Person, programme: Any) -> list[Panel]:
    """The way to erasing somebody, at the foot of their page."""
    if not may_ask_erasure(viewer, person):
        return []
    return [Panel(95, "people/_erasure_panel.html", {"person": person, "waiting": waiting_erasure(person)}, column="side")]


@fill("erasure.parts", order=10)
def parts_of_people(person: Person) -> list[Part]:
    """Identity, account, work."""
    return [
        Part(_("Name, e-mail address, job title, unit, employee number and line manager.")),
        Part(_("The account: password, passkeys, app, devices, every open session; secret links and mails that were sent.")),
        Part(_("What the person agreed may be told to whom.")),
        Part(_("Staff lists that were brought in and not saved, since they may name the person.")),
        Part(_("Which roles the person held, from when to when and given by whom, without the name."), "stays"),
        Part(_("The journal: that something was done and when, under a random number."), "stays"),
    ]
