"""A mail server that refuses an address and quotes it, as they do."""

from __future__ import annotations

from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    """Takes nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Refuse the first recipient by name."""
        raise SMTPRecipientsRefused({address: (550, b"No such user") for message in email_messages for address in message.to})
