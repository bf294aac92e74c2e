"""The screens of programmes, participants, roles and the public page."""

from handrail.programmes.views.messages import message_answer, messages
from handrail.programmes.views.participants import enrol, mark, participants
from handrail.programmes.views.programme import about, contact_name, public_change
from handrail.programmes.views.public import (
    accessibility,
    contact,
    contact_sent,
    privacy,
    public,
    public_accessibility,
    public_privacy,
)
from handrail.programmes.views.roles import role_end, role_give, roles

__all__ = [
    "about",
    "accessibility",
    "contact",
    "contact_name",
    "contact_sent",
    "enrol",
    "mark",
    "message_answer",
    "messages",
    "participants",
    "privacy",
    "public",
    "public_accessibility",
    "public_change",
    "public_privacy",
    "role_end",
    "role_give",
    "roles",
]
