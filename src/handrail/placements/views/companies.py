"""Companies, whom to ring, what they offer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from handrail.kit import clock, slots
from handrail.kit.screens import message, page, screen
from handrail.kit.tables import keyed
from handrail.kit.text import _
from handrail.placements import access, actions, queries
from handrail.placements.forms import CompanyForm, ContactForm, FilterForm, PositionForm
from handrail.placements.models import Company, Contact, Placement, Position
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to

OPEN = (Placement.State.PREPARED, Placement.State.RUNNING)


@screen(programmes_visible_to, may=access.may_list_companies)
def company_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Companies by name, with how many people are there of how many their size allows."""
    filters = FilterForm(request.GET, regions=queries.regions_of(programme))
    runs = queries.companies_listed(request.person, programme, **filters.chosen())
    rows = keyed(request, runs, queries.companies_counted(runs), per_page=25)
    return page(
        request, "placements/company_list.html", programme=programme, filters=filters, paged=rows, table=queries.company_rows(rows.rows, clock.today()),
        may_add=access.may_add_company(request.person, programme), is_filtered=filters.narrows,
    )  # fmt: skip


@screen(programmes_visible_to, may=access.may_add_company)
def company_add(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Add a company."""
    form = CompanyForm.of(request)
    if company := form.perform(actions.add_company, programme=programme, consultant=request.person, by=request.person):
        return redirect("placements:company_detail", uid=company.uid)
    return page(request, "placements/company_form.html", programme=programme, company=None, form=form, heading=_("A company"))


@screen(queries.companies_visible_to)
def company_detail(request: HttpRequest, company: Company) -> HttpResponse:
    """One company: size and room, contacts, positions, who is there, and its support history."""
    there = list(queries.placements_at_companies_of(request.person).filter(position__company=company, state__in=OPEN))
    names = queries.names_at_company(request.person, company, there)
    return page(
        request, "placements/company_detail.html", company=company, row=queries.company_rows([company], clock.today())[0],
        contacts=company.contacts.filter(ended_on=None), offers=queries.offers_of(queries.companies_visible_to(request.person).filter(pk=company.pk)),
        there=[(one, names.get(one.case_id, "")) for one in there],
        may_edit=access.may_edit_company(request.person, company),
        panels=sorted(slots.gathered("company.panels", request.person, company), key=lambda panel: panel.order),
    )  # fmt: skip


@screen(queries.companies_visible_to, may=access.may_edit_company)
def company_change(request: HttpRequest, company: Company) -> HttpResponse:
    """Write down anew what is known of a company."""
    form = CompanyForm.of(request, company=company)
    if form.perform(actions.change_company, company=company, by=request.person):
        return redirect("placements:company_detail", uid=company.uid)
    return page(request, "placements/company_form.html", programme=company.programme, company=company, form=form, heading=_("Change the company"))


@screen(queries.companies_visible_to, may=access.may_edit_company)
def company_withdraw(request: HttpRequest, company: Company) -> HttpResponse:
    """The company takes in nobody any more."""
    back = reverse("placements:company_detail", args=[company.uid])
    if request.method == "POST":
        actions.withdraw_company(company=company, by=request.person)
        message(request, _("The company takes in nobody any more. Whoever is there goes on."))
        return redirect(back)
    return render(
        request, "kit/confirm.html",
        {"heading": _("Does the company take in nobody any more?"), "text": _("Its positions are no longer offered. Placements that run there go on."), "act_label": _("Yes, it withdraws"), "cancel_url": back, "danger": True},
    )  # fmt: skip


@screen(queries.companies_visible_to, may=access.may_edit_company)
def contact_add(request: HttpRequest, company: Company) -> HttpResponse:
    """Name somebody to ring."""
    form = ContactForm.of(request)
    if form.perform(actions.add_contact, company=company, by=request.person):
        return redirect("placements:company_detail", uid=company.uid)
    return page(request, "placements/company_form.html", programme=company.programme, company=company, form=form, heading=_("Whom does one ring there?"))


@screen(queries.contacts_visible_to, may=access.may_end_contact)
def contact_end(request: HttpRequest, contact: Contact) -> HttpResponse:
    """Somebody is no longer the contact."""
    if request.method == "POST":
        actions.end_contact(contact=contact, by=request.person)
        message(request, _("The contact has ended, and with it the way in."))
    return redirect("placements:company_detail", uid=contact.company.uid)


@screen(queries.companies_visible_to, may=access.may_edit_company)
def position_offer(request: HttpRequest, company: Company) -> HttpResponse:
    """Write down what somebody could do there."""
    form = PositionForm.of(request, company=company)
    if form.perform(actions.offer_position, company=company, by=request.person):
        return redirect("placements:company_detail", uid=company.uid)
    return page(request, "placements/company_form.html", programme=company.programme, company=company, form=form, heading=_("What could somebody do there?"))


@screen(queries.positions_visible_to, may=access.may_edit_position)
def position_close(request: HttpRequest, position: Position) -> HttpResponse:
    """Offer it no longer."""
    if request.method == "POST":
        actions.close_position(position=position, by=request.person)
        message(request, _("It is no longer offered."))
    return redirect("placements:company_detail", uid=position.company.uid)
