"""Collections as staff see them: open one, hang it on a wall, hand out links, follow how many answer, end it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.instruments import access, actions, queries
from handrail.instruments.forms.collections import DeviceForm, OpenCollectionForm, TakeForm, TicketsForm
from handrail.instruments.models import Collection, Device, QuestionnaireVersion
from handrail.kit.files import write_delimited
from handrail.kit.forms import attempt
from handrail.kit.screens import download, message, page, screen
from handrail.kit.tables import paged
from handrail.kit.text import _
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to


@screen(programmes_visible_to, may=access.may_see_collections)
def collection_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The collections of a programme that one steers, and the questionnaires to open one with."""
    shown = paged(request, queries.collections_of(programme, request.person))  # type: ignore[attr-defined]
    rows = [{"collection": one, "state": queries.state_of_collection(one)} for one in shown.rows]
    return page(request, "instruments/collections.html", programme=programme, paged=shown, rows=rows, versions=queries.versions_of(programme))


@screen(queries.versions_to_collect_with, may=access.may_collect_with)
def collection_open(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    """Put a questionnaire before people without an account."""
    form = OpenCollectionForm.of(request, version=version, person=request.person)  # type: ignore[attr-defined]
    programme = version.questionnaire.programme
    if opened := form.perform(actions.open_collection, programme=programme, version=version, by=request.person):  # type: ignore[attr-defined]
        return redirect("instruments:collection", uid=opened.uid)
    return page(request, "instruments/collection_open.html", programme=programme, version=version, form=form)


@screen(queries.collections_visible_to)
def collection_show(request: HttpRequest, collection: Collection) -> HttpResponse:
    """Where it stands, its address, how many answers came. Never an answer."""
    person = request.person  # type: ignore[attr-defined]
    return page(
        request, "instruments/collection.html", collection=collection, state=queries.state_of_collection(collection), counts=queries.counts_of(collection),
        may_interview=access.may_interview(person, collection), devices=queries.devices_of(collection), **queries.address_of(collection),
        without_consent=queries.languages_without_consent(collection), languages=queries.form_of(collection.version).languages,
    )  # fmt: skip


@screen(queries.collections_visible_to)
def collection_poster(request: HttpRequest, collection: Collection) -> HttpResponse:
    """A page to print: the questions' heading in one language, the square, the address."""
    return page(request, "instruments/collection_poster.html", collection=collection, **queries.poster_of(collection, request.GET.get("language", "")))


@screen(queries.collections_visible_to, may=access.may_steer_collection)
def collection_tickets(request: HttpRequest, collection: Collection) -> HttpResponse:
    """Make links of one's own: to print, or as a file for a mail merge. They are shown in this answer alone."""
    form = TicketsForm.of(request)
    if secrets := form.perform(actions.make_tickets, collection=collection, by=request.person):  # type: ignore[attr-defined]
        made = queries.ticket_links(collection, secrets)
        if request.POST.get("as") == "file":
            rows: list[list[object]] = [[_("Number"), _("Link")], *([number, url] for number, url in enumerate(made, start=1))]
            return download(write_delimited(rows), name="links.csv", kind="text/csv")
        return page(request, "instruments/collection_links.html", collection=collection, links=[queries.square(url) for url in made])
    return page(request, "instruments/collection_tickets.html", collection=collection, form=form, counts=queries.counts_of(collection))


@screen(queries.collections_visible_to, may=access.may_steer_collection)
def collection_close(request: HttpRequest, collection: Collection) -> HttpResponse:
    """End a collection, after having read what that means."""
    if request.method == "POST":
        _done, wrong = attempt(actions.close_collection, collection=collection, by=request.person)  # type: ignore[attr-defined]
        message(request, wrong or _("It is closed. What was answered stays."), kind="alarm" if wrong else "ok")
        return redirect("instruments:collection", uid=collection.uid)
    return page(request, "instruments/collection_close.html", collection=collection)


@screen(queries.collections_visible_to, may=access.may_take_answers)
def collection_answers(request: HttpRequest, collection: Collection) -> HttpResponse:
    """The answers as a file, for whoever asked; what for is noted."""
    form = TakeForm.of(request, collection=collection)
    if taken := form.perform(actions.take_responses, collections=[collection], by=request.person):  # type: ignore[attr-defined]
        content, name, kind = taken
        return download(content, name=name, kind=kind)
    return page(request, "instruments/collection_answers.html", collection=collection, form=form)


@screen(queries.collections_visible_to, may=access.may_interview)
def collection_device(request: HttpRequest, collection: Collection) -> HttpResponse:
    """Let a phone with the collecting app in; the square that sets it up is shown in this answer alone."""
    form = DeviceForm.of(request, collection=collection, person=request.person)  # type: ignore[attr-defined]
    if made := form.perform(actions.let_device_in, by=request.person):  # type: ignore[attr-defined]
        device, token = made
        return page(request, "instruments/device.html", collection=collection, device=device, **queries.device_setup(device, token))
    return page(request, "instruments/device_form.html", collection=collection, form=form)


@screen(queries.devices_visible_to, may=access.may_steer_device)
def device_end(request: HttpRequest, device: Device) -> HttpResponse:
    """The device is lost, or no longer needed."""
    if request.method == "POST":
        _done, wrong = attempt(actions.end_device, device=device, by=request.person)  # type: ignore[attr-defined]
        message(request, wrong or _("The device no longer fetches or brings anything."), kind="alarm" if wrong else "ok")
    first = device.collections.first()
    return redirect("instruments:collection", uid=first.uid) if first else redirect("instruments:collections", uid=device.programme.uid)
