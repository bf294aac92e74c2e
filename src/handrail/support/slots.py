"""What this app shows on lower screens: a station, what waits, a company's panel and history, the front door on the company's own page."""

from __future__ import annotations

from django.urls import reverse

from handrail.cases.models import Case
from handrail.kit import clock, ids
from handrail.kit.slots import Panel, Station, Waiting, fill
from handrail.kit.text import _, local, moment
from handrail.people.models import Person
from handrail.people.rules import Part
from handrail.placements.models import Company, Contact
from handrail.programmes.models import Programme
from handrail.support import access, queries, rules
from handrail.support.forms import AskForm

IN_PANEL = 5


@fill("shell.stations")
def stations(person: Person, programme: Programme | None) -> list[Station]:
    """Companies' questions, for those who answer some."""
    if programme is None or not access.may_list_questions(person, programme):
        return []
    url = reverse("support:question_list", args=[programme.uid])
    return [Station(56, _("Companies' questions"), url, url)]


@fill("home.waiting", order=8, where=lambda person, _programme: queries.open_questions_of(person))
def questions_waiting(person: Person, programme: Programme | None) -> list[Waiting]:
    """One's own open questions, and late ones that came to the coordinators. No words of the question: a home is seen by whoever walks past."""
    if programme is None:
        return []
    now = clock.now()
    return [
        Waiting(
            title=_("A question from %(company)s") % {"company": one.company.name},
            why=_("%(name)s has it; the agreed time has passed.") % {"name": one.owner.called} if one.owner_id != person.pk else _("Answer by %(until)s.") % {"until": moment(one.due_at)},
            act=_("Answer"), url=reverse("support:question", args=[one.uid]), due=local(one.due_at).date(), is_overdue=one.due_at < now,
        )
        for one in queries.questions_waiting_for(person, programme)
    ]  # fmt: skip


@fill("case.task")
def late_question(person: Person, case: Case) -> bool:
    """A question about the person's placement waits for this one."""
    return queries.open_questions_of(person).filter(placement__case=case).exists()


@fill("company.panels")
def company_panel(person: Person, company: Company) -> list[Panel]:
    """On a company's page: what it asked lately, and the contacts to whom a link can be sent."""
    if not access.may_ask_for(person, company):
        return []
    context = {
        "company": company, "questions": list(queries.questions_of_company(company, person)[:IN_PANEL]), "contacts": list(queries.contacts_of(company)), "now": clock.now(),
    }  # fmt: skip
    return [Panel(60, "support/_company_panel.html", context, column="side")]


@fill("company.page")
def front_door(contact: Contact, token: str) -> list[Panel]:
    """On the company's own page: ask, what was asked, what is often asked, what to do when."""
    company = contact.company
    context = {
        "token": token, "form": AskForm(placements=queries.placements_to_ask_about(company, contact)), "key": ids.secret(), "agreed": queries.agreed_today(company.country),
        "questions": queries.questions_shown_to(contact), "guidance": queries.guidance_offered(company.programme), "playbooks": rules.playbooks(),
        "consultant": company.consultant, "now": clock.now(),
    }  # fmt: skip
    return [Panel(50, "support/_front_door.html", context)]


@fill("erasure.parts", order=58)
def parts_of_questions(person: Person) -> list[Part]:
    """What companies asked about somebody's placement."""
    return [
        Part(_("The words of companies' questions and answers about the person's placements.")),
        Part(_("When such a question was asked and answered, and who answered it."), "stays"),
    ]
