"""Mail with a neutral sender and title; nothing but the recipient's own name, and no reason, stands in a subject."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from handrail.kit import clock
from handrail.kit.later import later, task
from handrail.kit.models import SentMail


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content: bytes
    kind: str


def send_mail(
    template: str, *, to: str, language: str, context: dict[str, Any], attachments: Sequence[Attachment] = (), person: UUID | None = None
) -> UUID:
    """Queue one mail in the recipient's language inside the caller's transaction; it leaves when that has committed.

    `person` is the recipient, by whom the mail is found again when they are erased, whatever address they had then. `template` is the folder part of `<template>.txt`, whose first line is the subject. Answers the mail's uid.
    """
    with translation.override(language):
        text = render_to_string(f"{template}.txt", {**context, "site_url": settings.SITE_URL})
    subject, _sep, body = text.strip().partition("\n")
    mail = SentMail.objects.create(
        to=to, subject=subject.strip()[:200], template=template, text=body.strip(), language=language, queued_at=clock.now(), person=person,
        attachments=[
            {"name": one.name, "kind": one.kind, "content": base64.b64encode(one.content).decode()} for one in attachments
        ],
    )  # fmt: skip
    later(deliver_mail, uid=mail.uid)
    return UUID(str(mail.uid))


@task()
def deliver_mail(uid: str) -> None:
    """Hand one queued mail to the mail server, once; its body is then dropped unless this is local mode."""
    mail = SentMail.objects.filter(uid=uid, sent_at=None).first()
    if mail is None:
        return
    letter = EmailMultiAlternatives(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to])
    letter.extra_headers["Auto-Submitted"] = "auto-generated"
    letter.extra_headers["Message-ID"] = f"<{mail.uid}@{settings.MAIL_HOST_NAME}>"  # the same on a second try
    for one in mail.attachments:
        letter.attach(one["name"], base64.b64decode(one["content"]), one["kind"])
    letter.send()
    mail.sent_at = clock.now()
    if not settings.LOCAL_MODE:
        mail.text, mail.html, mail.attachments = "", "", []
    mail.save(update_fields=["sent_at", "text", "html", "attachments"])
