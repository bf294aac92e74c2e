"""What people and accounts show on lower screens: the gate of the second factor."""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from handrail.kit.slots import fill
from handrail.people.access import needs_second_factor
from handrail.people.models import Person
from handrail.people.queries import has_second_factor


@fill("screen.gate")
def second_factor(request: HttpRequest) -> HttpResponse | None:
    """Whoever sees other people shows the second factor in this session, and sets it up first where there is none."""
    if not settings.SECOND_FACTOR:
        return None
    person: Person = request.person  # type: ignore[attr-defined]
    is_set_up = has_second_factor(person)
    shown = any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))
    if (is_set_up and shown) or not needs_second_factor(person):
        return None
    where = reverse("mfa_reauthenticate" if is_set_up else "mfa_activate_totp")
    back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return HttpResponseRedirect(where + (f"?{back}" if back else ""))
