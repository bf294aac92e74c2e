"""The screens of people, accounts and organisations."""

from handrail.people.views.accounts import invitation_accept

__all__ = ["invitation_accept"]
