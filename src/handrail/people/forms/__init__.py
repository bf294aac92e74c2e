"""What people fill in about people, accounts and organisations."""

from handrail.people.forms.invitations import AskInvitationForm, ChoosePasswordForm

__all__ = ["AskInvitationForm", "ChoosePasswordForm"]
