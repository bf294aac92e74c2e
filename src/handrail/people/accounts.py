"""How the account library behaves here: no self-registration, and the answer is the same whether an address is known or not."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from handrail.kit.mail import send_mail


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come by invitation only; mails go the way of all our mails."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return str(settings.LOGIN_REDIRECT_URL)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Reset and warning mails, in the language of the page that asked."""
        from django.utils import translation

        known = {name: str(context[name]) for name in ("password_reset_url", "code") if name in context}
        name = template_prefix.rsplit("/", 1)[-1]
        template = f"people/mail/{name}" if name in {"password_reset_key", "unknown_account"} else "people/mail/account_changed"
        send_mail(template, to=email, language=translation.get_language() or "sv", context=known)
