"""Sessions: the list, one session, scheduling, changing, repeating, cancelling, rooms, groups."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.delivery import access, actions, forms, queries
from handrail.delivery.models import Session, WorkGroup
from handrail.delivery.queries import screens
from handrail.kit import slots, tables
from handrail.kit.forms import attempt
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _, plural
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to


@screen(programmes_visible_to, may=access.may_see_sessions)
def session_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The sessions of a programme that one has to do with, filtered by the address."""
    may_schedule = access.may_schedule(request.person, programme)
    form = forms.SessionFilter(request.GET, programme=programme, may_see_candidates=may_schedule)
    chosen = form.chosen()
    found = screens.filtered(queries.sessions_visible_to(request.person).filter(programme=programme), chosen)
    paged = tables.paged(request, screens.counted(found))
    rows = screens.session_rows(paged.rows, screens.trainer_names(request.person, paged.rows))
    return page(
        request, "delivery/session_list.html#list", programme=programme, form=form, paged=paged, rows=rows, **screens.next_of(rows),
        is_past=chosen.get("when") == "past", is_filtered=bool(chosen), may_schedule=may_schedule,
        may_see_away=access.may_see_away(request.person, programme), may_see_approvals=access.may_see_approvals(request.person, programme),
    )  # fmt: skip


@screen(queries.sessions_visible_to)
def session_detail(request: HttpRequest, session: Session) -> HttpResponse:
    """One session: facts, people, waiting list, groups, minutes."""
    person = request.person
    rows = screens.seat_rows(person, session)
    counts = screens.counts_by_organisation(session)
    panels = sorted(slots.gathered("session.panels", person, session), key=lambda panel: panel.order)
    labels = {row.seat.person_id: row.label for row in rows}
    may = {
        "change": access.may_change(person, session), "plan": access.may_plan(person, session), "cancel": access.may_cancel(person, session),
        "repeat": access.may_repeat(person, session), "invite": access.may_invite(person, session), "lead": access.may_lead(person, session),
        "record": access.may_record(person, session),
    }  # fmt: skip
    own = next((row for row in rows if row.seat.person_id == person.pk), None)
    others = [row for row in rows if row is not own]
    return page(
        request, "delivery/session_detail.html", session=session, may=may, own=own, panels=panels, counts=[] if session.for_newcomers else counts, groups=screens.group_rows(session, labels) if rows or not session.for_newcomers else [],
        coming=[row for row in others if row.seat.state != "waiting"], queue=sorted((row for row in others if row.seat.state == "waiting"), key=lambda row: (row.seat.queued_at, row.seat.pk)),
        trainers=screens.trainers_text(person, session), span=screens.time_span(session), where=screens.where_of(session),
        total=screens.PlaceCount("", *(sum(getattr(one, name) for one in counts) for name in ("taken", "coming", "invited", "waiting", "present", "minutes"))),
        siblings=screens.siblings_of(person, session), may_back={row.seat.pk for row in rows if access.may_take_back(person, row.seat)},
        may_correct={row.seat.pk for row in rows if row.attendance and access.may_correct(person, row.seat)},
    )  # fmt: skip


@screen(programmes_visible_to, may=access.may_schedule)
def session_schedule(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Put a session on the calendar."""
    audiences = access.audiences_of(request.person, programme)
    form = forms.SessionForm.of(request, programme=programme, audiences=audiences)
    known = {"audience": audiences[0]} if len(audiences) == 1 else {}
    if session := form.perform(actions.schedule_session, programme=programme, by=request.person, **known):
        message(request, _("The session is on the calendar."))
        return redirect("delivery:session_detail", uid=session.uid)
    return page(request, "delivery/session_form.html", programme=programme, form=form)


@screen(queries.sessions_visible_to, may=access.may_change)
def session_change(request: HttpRequest, session: Session) -> HttpResponse:
    """Change time, room, trainers or seats."""
    form = forms.SessionForm.of(request, programme=session.programme, session=session)
    if form.perform(actions.change_session, session=session, by=request.person):
        message(request, _("The session is changed. Whoever has a seat is told of a new time or place."))
        return redirect("delivery:session_detail", uid=session.uid)
    return page(request, "delivery/session_form.html", programme=session.programme, session=session, form=form)


@screen(queries.sessions_visible_to, may=access.may_repeat)
def session_repeat(request: HttpRequest, session: Session) -> HttpResponse:
    """Hold the same session again at another time."""
    form = forms.RepeatForm.of(request, session=session)
    if again := form.perform(actions.repeat_session, session=session, by=request.person):
        message(request, _("The session is on the calendar once more."))
        return redirect("delivery:session_detail", uid=again.uid)
    return page(request, "delivery/session_repeat.html", session=session, form=form)


@screen(queries.sessions_visible_to, may=access.may_cancel)
def session_cancel(request: HttpRequest, session: Session) -> HttpResponse:
    """Call a session off, with the reason."""
    form = forms.CancelForm.of(request)
    if form.perform(actions.cancel_session, session=session, by=request.person):
        message(request, _("The session is cancelled. Everybody who was to come is told."))
        return redirect("delivery:session_detail", uid=session.uid)
    counts = screens.counts_by_organisation(session)
    told = sum(one.coming + one.invited + one.waiting for one in counts)
    return page(request, "delivery/session_cancel.html", session=session, form=form, told=told)


@screen(queries.sessions_visible_to, may=access.may_plan)
def session_plan(request: HttpRequest, session: Session) -> HttpResponse:
    """Turn a candidate into a planned session."""
    if request.method == "POST":
        done, wrong = attempt(actions.plan_session, session=session, by=request.person)
        message(request, _("The session is planned. You can invite to it now.") if done else wrong, kind="ok" if done else "alarm")
    return redirect("delivery:session_detail", uid=session.uid)


@screen(queries.sessions_visible_to, may=access.may_invite)
def session_invite(request: HttpRequest, session: Session) -> HttpResponse:
    """Invite people of the own municipality by name."""
    people = screens.people_to_invite(request.person, session, request.GET.get("q", ""))
    form = forms.InviteForm.of(request, people=[(str(uid), label) for uid, label, _sub in people])
    if form.is_bound and form.is_valid():
        chosen = queries.persons_by_uid(form.cleaned_data["persons"])
        count, wrong = attempt(
            actions.invite_many, session=session, persons_with_why=[(one, {"code": "hand"}) for one in chosen], by=request.person
        )
        message(request, wrong or plural("One person is invited.", "%(n)d people are invited.", int(count or 0)) % {"n": int(count or 0)}, kind="alarm" if wrong else "ok")
        return redirect("delivery:session_detail", uid=session.uid)
    return page(request, "delivery/session_invite.html#people", session=session, form=form, people=people, q=request.GET.get("q", ""))


@screen(programmes_visible_to, may=access.may_schedule)
def place_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The rooms of a programme, and a new one."""
    form = forms.PlaceForm.of(request, programme=programme)
    if form.perform(actions.add_place, programme=programme, by=request.person):
        message(request, _("The room is added."))
        return redirect("delivery:place_list", uid=programme.uid)
    return page(request, "delivery/place_list.html", programme=programme, form=form, places=list(queries.places_of(programme)))


@screen(queries.sessions_visible_to, may=access.may_lead)
def session_groups(request: HttpRequest, session: Session) -> HttpResponse:
    """Form the groups, and move people between them."""
    form: Any = forms.GroupsForm.of(request) if "count" in request.POST or request.method == "GET" else forms.GroupsForm()
    if "group" in request.POST:
        _done, wrong = _move(request, session)
        if wrong:
            message(request, wrong, kind="alarm")
        return redirect("delivery:session_groups", uid=session.uid)
    if form.perform(actions.form_groups, session=session, by=request.person):
        return redirect("delivery:session_groups", uid=session.uid)
    rows = screens.seat_rows(request.person, session)
    labels = {row.seat.person_id: row.label for row in rows}
    return page(request, "delivery/session_groups.html", session=session, form=form, groups=screens.group_rows(session, labels))


def _move(request: HttpRequest, session: Session) -> tuple[Any, str]:
    group = queries.group_in(session, request.POST.get("group", ""))
    seat = queries.seat_in(session, request.POST.get("seat", ""))
    if group is None or seat is None:
        return None, str(_("That group or person is no longer here. Reload the page."))
    return attempt(actions.put_in_group, group=group, seat=seat, by=request.person)


@screen(queries.groups_visible_to, may=access.may_see_group)
def group_detail(request: HttpRequest, group: WorkGroup) -> HttpResponse:
    """What a group made, version after version."""
    latest = group.products.first()
    may_write = access.may_write_in_group(request.person, group)
    if request.method == "POST" and not may_write:
        raise Http404
    form = forms.ProductForm.of(request, initial={"title": latest.title, "text": latest.text} if latest else None)
    if form.perform(actions.save_group_product, group=group, by=request.person):
        message(request, _("Saved. Earlier versions are kept below."))
        return redirect("delivery:group_detail", uid=group.uid)
    rows = screens.seat_rows(request.person, group.session)
    labels = {row.seat.person_id: row.label for row in rows}
    here = next((one for one in screens.group_rows(group.session, labels) if one.group.pk == group.pk), None)
    return page(request, "delivery/group_detail.html", group=group, session=group.session, form=form, here=here, may_write=may_write,
                versions=screens.versions_of(request.person, group))  # fmt: skip
