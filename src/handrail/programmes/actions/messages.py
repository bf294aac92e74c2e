"""What visitors write through the public page. The recipient's address is never shown, also not in an error."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.db.transaction import atomic
from django.urls import reverse

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.mail import send_mail
from handrail.kit.text import _
from handrail.people.models import Organisation, Person
from handrail.programmes.events import MessageAnswered, MessageReceived, MessagesForgotten
from handrail.programmes.models import ContactMessage, Programme
from handrail.programmes.queries import contact_person_of

TEXT_AT_MOST = 4000
KEPT_ANSWERED, KEPT_AT_ALL = timedelta(days=90), timedelta(days=365)  # as the privacy notice promises


@atomic
def write_to_programme(
    *,
    programme: Programme,
    organisation: Organisation,
    sender_name: str,
    sender_email: str,
    text: str,
    by: Person | None = None,
) -> ContactMessage:
    """Keep what a visitor wrote to a partner, and mail it to the contact person there (else to the project owner's).

    Raises RuleBroken for an address that cannot be answered, an empty or endless text, or a partner that nobody answers for.
    """
    sender_email, text = sender_email.strip(), text.strip()
    try:
        validate_email(sender_email)
    except ValidationError:
        raise RuleBroken(
            _("Write an e-mail address that we can answer, such as name@example.org."), field="sender_email"
        ) from None
    if not text:
        raise RuleBroken(_("Write your message."), field="text")
    if len(text) > TEXT_AT_MOST:
        raise RuleBroken(_("The message is longer than 4,000 characters. Shorten it and send again."), field="text")
    recipient = contact_person_of(programme, organisation)
    if recipient is None:
        raise RuleBroken(_("Nobody answers messages here yet. Choose another municipality."), field="organisation")
    message = ContactMessage.objects.create(
        programme=programme, organisation=organisation, sender_name=sender_name.strip()[:150], sender_email=sender_email,
        text=text, received_at=clock.now(),
    )  # fmt: skip
    send_mail(
        "programmes/mail/contact_message", to=recipient.identity.email, language=recipient.identity.language, person=recipient.uid,
        context={
            "sender_name": message.sender_name, "sender_email": sender_email, "text": text,
            "url": settings.SITE_URL + reverse("programmes:messages", args=[programme.uid]),
        },
    )  # fmt: skip
    announce(MessageReceived(message.uid, programme.uid, organisation.uid), by=by)
    return message


@atomic
def answer_message(*, message: ContactMessage, by: Person) -> ContactMessage:
    """Note that a visitor's message has been answered; the answer itself goes by one's own mail."""
    if message.answered_at is None:
        message.answered_at, message.answered_by = clock.now(), by
        message.save(update_fields=["answered_at", "answered_by"])
        announce(MessageAnswered(message.uid, message.programme.uid), by=by)
    return message


@atomic
def forget_messages() -> int:
    """Erase visitors' messages 90 days after the answer, and at the latest a year after they came; answers how many."""
    now = clock.now()
    old = ContactMessage.objects.filter(Q(answered_at__lt=now - KEPT_ANSWERED) | Q(received_at__lt=now - KEPT_AT_ALL))
    count = old.count()
    if count:
        old.delete()
        announce(MessagesForgotten(count), by=None)
    return count
