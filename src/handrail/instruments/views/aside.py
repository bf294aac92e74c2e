"""Answers that came under a used key: that they came, never what they say."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.instruments import access, actions, queries
from handrail.instruments.forms import SettleForm
from handrail.kit.models import SetAside
from handrail.kit.screens import message, page, screen
from handrail.kit.tables import paged
from handrail.kit.text import _
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to


@screen(programmes_visible_to, may=access.may_see_set_aside)
def set_aside_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What was set aside in a programme, the unsettled first."""
    rows = queries.set_aside_visible_to(request.person).filter(programme=programme.uid)  # type: ignore[attr-defined]
    shown = paged(request, rows)
    return page(request, "instruments/set_aside.html", programme=programme, paged=shown, rows=queries.set_aside_rows(programme, shown.rows))


@screen(queries.set_aside_visible_to)
def set_aside_settle(request: HttpRequest, set_aside: SetAside) -> HttpResponse:
    """Say what was found out."""
    form = SettleForm.of(request)
    if form.perform(actions.settle_set_aside, set_aside=set_aside, by=request.person):  # type: ignore[attr-defined]
        message(request, _("Noted. The first answers keep counting."))
        return redirect("instruments:set_aside_list", uid=set_aside.programme)
    programme = queries.programme_of(set_aside)
    row = next(iter(queries.set_aside_rows(programme, [set_aside])))
    return page(request, "instruments/set_aside_settle.html", programme=programme, row=row, form=form)
