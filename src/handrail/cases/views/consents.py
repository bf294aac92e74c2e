"""Consent: talked about, given, taken back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.cases import access, queries
from handrail.cases.forms import ConsentForm
from handrail.cases.models import Case
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _, language_name
from handrail.people.actions import give_consent, withdraw_consent
from handrail.people.models import Consent
from handrail.people.rules.consents import wordings

RIGHT_TO_LEFT = {"ar", "fa-AF", "fa", "ur", "ps", "ckb"}


@screen(queries.cases_visible_to)
def consents(request: HttpRequest, case: Case) -> HttpResponse:
    """All that a person ever agreed to, and what holds now."""
    return page(request, "cases/consents.html", case=case, rows=queries.consent_rows(case), may_change=access.may_change_case(request.person, case))


@screen(queries.cases_visible_to, may=access.may_change_case)
def consent_give(request: HttpRequest, case: Case) -> HttpResponse:
    """The text is read out in the person's language; then what was agreed is written down."""
    offered = wordings()
    first = case.languages.filter(level="first").values_list("code", flat=True).first() or "en"
    wanted = request.GET.get("language", first)
    wording = offered.get(wanted) or offered["en"]
    form = ConsentForm.of(request, recipients=queries.recipients_of(case), wording=wording)
    if form.perform(give_consent, person=case.person, by=request.person):
        message(request, _("Noted. It can be taken back at any moment."))
        return redirect("cases:consents", uid=case.uid)
    languages = sorted((language_name(code), code) for code in offered)
    return page(
        request, "cases/consent_give.html", case=case, form=form, wording=wording, languages=languages,
        direction="rtl" if wording.language in RIGHT_TO_LEFT else "ltr", is_other=wording.language != wanted,
    )  # fmt: skip


@screen(queries.consents_visible_to, may=access.may_withdraw_consent)
def consent_withdraw(request: HttpRequest, consent: Consent) -> HttpResponse:
    """Taken back: from the next request on nobody is told anything by it."""
    case = queries.cases_visible_to(request.person).get(person=consent.person)
    if request.method == "POST":
        withdraw_consent(consent=consent, by=request.person)
        message(request, _("Taken back. They see nothing any more."))
    return redirect("cases:consents", uid=case.uid)

