"""What people and accounts show on lower screens: the gate of the second factor, and recoveries that wait for an administrator."""

from __future__ import annotations

from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from handrail.kit.slots import Waiting, fill
from handrail.kit.text import _, local
from handrail.people.access import needs_second_factor
from handrail.people.models import Person, Recovery
from handrail.people.queries import authority_of, recoveries_waiting_for, second_factors

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
