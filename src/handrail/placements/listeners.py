"""Hears of erasures, of stays that end, of contacts who do, and of rounds that are asked for."""

from __future__ import annotations

from handrail.cases.events import CaseEnded
from handrail.kit.errors import RuleBroken
from handrail.kit.events import on
from handrail.kit.later import later
from handrail.kit.text import _
from handrail.people.events import PersonErased
from handrail.people.queries import person_named
from handrail.placements import actions, events, queries, tasks


@on(PersonErased, from_the_top=True)
def forget_person(event: PersonErased) -> None:
    """Words go; days stay under the number."""
    actions.forget_in_placements(person=person_named(event.person))


@on(CaseEnded)
def keep_stay_with_placement(event: CaseEnded) -> None:
    """Nobody is at a company without being here: the placement ends first, so that its result is said."""
    if queries.is_placed(event.case):
        raise RuleBroken(_("The person has an open placement. Complete it, stop it or call it off first."))


@on(events.ContactEnded)
def end_links(event: events.ContactEnded) -> None:
    """Whoever is no longer a contact has no way in."""
    actions.end_company_links(contact=event.contact)


@on(events.RoundAsked)
def propose_soon(event: events.RoundAsked) -> None:
    """Proposals were asked for: a worker works them out."""
    later(tasks.propose_round, uid=event.round)


@on(CaseEnded)
def end_own_page_with_stay(event: CaseEnded) -> None:
    """A person's own page lasts as long as the stay."""
    actions.end_own_page(case=event.case, by=None)


@on(events.WorkbookHandedIn)
def bring_in_later(event: events.WorkbookHandedIn) -> None:
    """A worker's work: thousands of people take minutes."""
    later(tasks.bring_in, workbook=event.workbook)
