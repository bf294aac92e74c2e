"""Hears what the account library changes, which announces nothing in our journal, and what is asked for from outside."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.contrib.auth import HASH_SESSION_KEY
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from handrail.kit.events import on
from handrail.kit.forgetting import wipe_leftovers
from handrail.kit.later import later
from handrail.people import actions, tasks
from handrail.people.events import PersonErased, RecoveryAsked


@on(RecoveryAsked)
def wish_is_noted(event: RecoveryAsked) -> None:
    """Known or not, the same row is queued: the answer takes as long for both."""
    later(tasks.put_before_administrators, account=str(event.account or ""))


@on(PersonErased)
def leftovers_are_wiped(event: PersonErased) -> None:
    """What was deleted is taken out of the database's files once it is committed."""
    later(wipe_leftovers)


@receiver(post_save, sender=Authenticator)
def factor_added(instance: Authenticator, created: bool, **_more: Any) -> None:
    """A passkey or an app was set up on its page: whoever knew only the password is out.

    Heard at the row itself, since the library's own signal comes after the commit for one of the two.
    """
    if created and context.request is not None:
        _changed(context.request, instance.user, instance, is_added=True)


@receiver(signals.authenticator_removed)
def factor_removed(request: HttpRequest, user: Any, authenticator: Authenticator, **_more: Any) -> None:
    """A passkey or an app was removed: what it signed in is out."""
    _changed(request, user, authenticator, is_added=False)


def _changed(request: HttpRequest, user: Any, authenticator: Authenticator, *, is_added: bool) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return  # they come and go with the others
    account = actions.change_second_factor(
        account=user, kind=authenticator.type, is_added=is_added, current_key=request.session.session_key or "", by=user.person
    )
    request.session[HASH_SESSION_KEY] = account.get_session_auth_hash()  # this device stays
