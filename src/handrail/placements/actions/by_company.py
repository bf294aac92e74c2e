"""What a company's contact does by link, and how the link reaches them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.transaction import atomic
from django.urls import reverse

from handrail.kit import clock, links
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.mail import send_mail
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.placements import events
from handrail.placements.models import Contact, Placement, Preparation
from handrail.placements.rules import preparation_items

PURPOSE = "company"
LONGEST = timedelta(days=400)  # the row's own end; the page ends earlier, with the placements (`queries.company.contact_of`)


@atomic
def make_company_link(*, contact: Contact, by: Person) -> str:
    """Make a company contact's link; earlier ones end. Answers its address, which is kept nowhere.

    It opens the page while a placement of the company lasts, or for 30 days before the first one. Raises RuleBroken for somebody who is no
    longer the company's contact.
    """
    if contact.ended_on is not None:
        raise RuleBroken(_("This person is no longer the company's contact. Name somebody else first."))
    links.revoke_links(PURPOSE, subject=contact.uid)
    token = links.make_link(PURPOSE, subject=contact.uid, expires_at=clock.now() + LONGEST)
    announce(events.CompanyLinkSent(contact.company.uid, contact.uid), by=by)
    return f"{settings.SITE_URL}{reverse('placements:company_page', args=[token])}"


@atomic
def send_company_link(*, contact: Contact, by: Person) -> None:
    """Send a company's contact a new link by mail; earlier ones end. The mail names nobody.

    Raises RuleBroken without an address to send it to, and for somebody who is no longer the company's contact.
    """
    if not contact.email:
        raise RuleBroken(_("There is no e-mail address for this contact. Write one down first, or answer on the phone."))
    url = make_company_link(contact=contact, by=by)
    send_mail("placements/mail/company_link", to=contact.email, language=by.identity.language, context={"url": url})


def end_company_links(*, contact: UUID) -> int:
    """Make every link of a contact useless at once; answers how many there were."""
    return links.revoke_links(PURPOSE, subject=contact)


@atomic
def tick_preparation(*, placement: Placement, items: Sequence[str], contact: Contact) -> int:
    """Note that the company has done items of its preparation, as its contact says by link. The first word holds; answers how many are new.

    Raises RuleBroken for an unknown item, and once the placement has started or was called off.
    """
    if not set(items) <= set(dict(preparation_items())):
        raise RuleBroken(_("Choose items of the list."), field="items")
    found = Placement.objects.select_for_update(no_key=True).get(pk=placement.pk)
    if found.state != Placement.State.PREPARED:
        raise RuleBroken(_("This placement is no longer being prepared. Reload the page."))
    new = 0
    for item in dict.fromkeys(items):
        _row, is_new = Preparation.objects.get_or_create(placement=found, item=item, defaults={"contact": contact, "settled_at": clock.now()})
        if is_new:
            new += 1
            announce(events.PreparationSettled(found.uid, item, waived=False), by=None)
    return new
