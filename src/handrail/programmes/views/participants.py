"""Who takes part: the list, marking contact with newcomers, enrolling by unit."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.kit.kept import kept_screen
from handrail.kit.screens import back_to, message, page, screen
from handrail.kit.tables import keyed
from handrail.kit.text import _, plural
from handrail.people.queries import account_states
from handrail.programmes import access, actions, queries
from handrail.programmes.forms import MOST_UNITS, EnrolForm, FilterForm, MarkForm
from handrail.programmes.models import Programme


@screen(queries.programmes_visible_to, may=access.may_list_participants)
@kept_screen
def participants(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Participants by name where one may, by number for the auditor, as counts for the owner; never levels."""
    person = request.person  # type: ignore[attr-defined]
    with_names = queries.sees_names(person)
    filters = FilterForm(
        request.GET, organisations=queries.organisations_listed(person, programme), units=queries.units_led(person, programme)[: MOST_UNITS + 1],
        with_names=with_names,
    )  # fmt: skip
    sort = request.GET.get("sort") or ("name" if with_names else "number")
    runs = queries.participants_of(person, programme, sort=sort, **filters.chosen())
    rows = keyed(request, runs, queries.participants_counted(person, programme, runs, **filters.chosen()))
    table = queries.participants_table(person, rows.rows, account_states((row.person_id for row in rows.rows), uids={row.person_id: row.person.uid for row in rows.rows}))
    split, total = queries.split_by_organisation(person, programme)
    unmarked = sum(row.counts[-1] or 0 for row in split if row.is_own)
    return page(
        request, "programmes/participants.html", programme=programme, filters=filters, paged=rows, table=table, split=split, total=total,
        may_enrol=access.may_enrol(person, programme), is_filtered=filters.narrows, with_names=with_names,
        unmarked=unmarked, sort=sort, columns=_columns(with_names),
    )  # fmt: skip


def _columns(with_names: bool) -> list[dict[str, Any]]:
    """The list's head; what can be sorted by has a key."""
    number, municipality = {"label": _("Number"), "key": "number"}, {"label": _("Municipality"), "key": "municipality"}
    contact = {"label": _("Contact with newcomers"), "key": "contact"}
    if not with_names:
        return [number, municipality, contact]
    return [{"label": _("Name"), "key": "name"}, number, municipality, {"label": _("Unit")}, contact, {"label": _("Way in")}]


@screen(queries.programmes_visible_to, may=access.may_enrol)
def mark(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Mark chosen participants as working directly or indirectly with newcomers."""
    form = MarkForm.of(request)
    chosen = queries.participations_led(request.person, programme, request.POST.getlist("participation"))  # type: ignore[attr-defined]
    if not chosen:
        message(request, _("Choose at least one person first."), kind="wait")
    elif count := form.perform(actions.mark_contact, programme=programme, participations=chosen, by=request.person):  # type: ignore[attr-defined]
        changed = 0 if count is True else int(count)
        message(request, plural("%(n)s person is marked.", "%(n)s people are marked.", changed) % {"n": changed})
    elif form.is_valid():
        message(request, _("They were marked so already."))
    else:
        message(request, _("Choose direct or indirect contact."), kind="wait")
    return redirect(back_to(request, f"/programmes/{programme.uid}/participants/"))


@screen(queries.programmes_visible_to, may=access.may_enrol)
def enrol(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Let the staff of whole units take part."""
    person = request.person  # type: ignore[attr-defined]
    units = queries.units_to_enrol(person, programme)
    form = EnrolForm.of(request, choices=units)
    if request.method == "POST" and form.is_valid():
        count = 0
        for organisation, persons in queries.staff_to_enrol(person, programme, form.cleaned_data["units"]):
            count += actions.enrol_people(programme=programme, organisation=organisation, persons=persons, by=person)
        message(request, plural("%(n)s person is enrolled.", "%(n)s people are enrolled.", count) % {"n": count})
        return redirect("programmes:participants", uid=programme.uid)
    return page(request, "programmes/enrol.html", programme=programme, form=form, units=units, without_staff=queries.led_without_staff(person, programme))
