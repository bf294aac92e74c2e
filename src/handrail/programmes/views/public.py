"""What everybody may read: the programme's page, the contact form, the notices."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.kit import screens, slots
from handrail.kit.screens import error_page, page
from handrail.kit.throttle import network_of, too_often
from handrail.programmes import actions, queries
from handrail.programmes.forms import ContactForm
from handrail.programmes.models import Programme

HOUR = timedelta(hours=1)


@screens.public
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme as visitors see it: no address stands in it."""
    programme = _find(slug)
    return page(
        request, "programmes/public/programme.html", programme=programme, partners=queries.partners_of(programme),
        money=queries.money_of(programme), areas=_areas(programme), figures=slots.gathered("public.figures", programme), target_groups=queries.target_groups_of(programme),
        contacts=queries.contact_cards(programme),
    )  # fmt: skip


def _areas(programme: Programme) -> list[dict[str, Any]]:
    """The development areas, each with what is learnt in it (slot "public.areas": area's id to a line)."""
    lines = {key: line for found in slots.filled("public.areas", programme) for key, line in found.items()}
    return [{"name": area, "line": lines.get(area.pk, "")} for area in queries.areas_of(programme)]


@screens.public
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Write to a municipality of the programme without seeing an address."""
    programme = _find(slug)
    form = ContactForm.of(
        request, partners=queries.partners_answering(programme), initial={"organisation": request.GET.get("to", "")}
    )
    if form.is_bound and form.is_trap_sprung:  # type: ignore[attr-defined]
        return redirect("programmes:contact_sent", slug=slug)  # a machine learns nothing
    if form.is_bound and form.is_valid():
        if too_often("contact-network", network_of(request), limit=5, within=HOUR) or too_often(
            "contact-programme", slug, limit=100, within=HOUR
        ):
            return error_page(request, 429)
        if form.perform(actions.write_to_programme, programme=programme):
            return redirect("programmes:contact_sent", slug=slug)
    return page(request, "programmes/public/contact.html", programme=programme, form=form)


@screens.public
def contact_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """The message has arrived."""
    return page(request, "programmes/public/contact_sent.html", programme=_find(slug))


@screens.public
def public_privacy(request: HttpRequest, slug: str) -> HttpResponse:
    """How the programme handles personal data."""
    return page(request, "programmes/public/notice.html", programme=_find(slug), notice=queries.notice("privacy"))


@screens.public
def public_accessibility(request: HttpRequest, slug: str) -> HttpResponse:
    """How accessible the programme's pages are."""
    return page(request, "programmes/public/notice.html", programme=_find(slug), notice=queries.notice("accessibility"))


@screens.public
def privacy(request: HttpRequest) -> HttpResponse:
    """How the site handles personal data."""
    return page(request, "programmes/public/notice.html", notice=queries.notice("privacy"))


@screens.public
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the site is."""
    return page(request, "programmes/public/notice.html", notice=queries.notice("accessibility"))


def _find(slug: str) -> Programme:
    programme = queries.public_programme(slug)
    if programme is None:
        raise Http404
    return programme
