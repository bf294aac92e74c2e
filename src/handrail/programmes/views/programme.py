"""About a programme, and what its owner writes on the public page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.kit.screens import message, page, screen
from handrail.kit.text import _
from handrail.programmes import access, actions, queries
from handrail.programmes.forms import ContactPersonForm, PublicPageForm
from handrail.programmes.models import Partner, Programme


@screen(queries.programmes_visible_to)
def about(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Owner, partners, period, money, areas and target groups of a programme."""
    person = request.person  # type: ignore[attr-defined]
    names = queries.contact_names(programme)
    may_list = access.may_list_participants(person, programme)
    split, total = queries.split_by_organisation(person, programme) if may_list else ([], None)
    return page(
        request, "programmes/about.html", programme=programme,
        partners=[(partner, names.get(partner.pk, "")) for partner in queries.partners_of(programme)],
        money=queries.money_of(programme), areas=queries.areas_of(programme), target_groups=queries.target_groups_of(programme),
        split=split, total=total, may_list=may_list, may_change=access.may_change_programme(person, programme),
        may_steer=access.may_steer_roles(person, programme),
    )  # fmt: skip


@screen(queries.programmes_visible_to, may=access.may_change_programme)
def public_change(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Write what visitors read."""
    form = PublicPageForm.of(request, programme=programme)
    if form.perform(actions.change_public_page, programme=programme, by=request.person):  # type: ignore[attr-defined]
        message(request, _("The public page is saved."))
        return redirect("programmes:about", uid=programme.uid)
    return page(request, "programmes/public_change.html", programme=programme, form=form)


@screen(queries.partners_steered_by, may=access.may_name_contact)
def contact_name(request: HttpRequest, partner: Partner) -> HttpResponse:
    """Say who answers what visitors write to a partner."""
    holders = queries.holders_for(partner)
    form = ContactPersonForm.of(
        request, holders=holders, initial={"contact_person": partner.contact_person.uid if partner.contact_person else ""}
    )
    if form.perform(actions.name_contact_person, partner=partner, by=request.person):  # type: ignore[attr-defined]
        message(request, _("The contact person is saved."))
        return redirect("programmes:about", uid=partner.programme.uid)
    return page(request, "programmes/contact_name.html", partner=partner, form=form, holders=holders)
