"""What visitors wrote, for whoever answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.kit.screens import message, page, screen
from handrail.kit.tables import paged
from handrail.kit.text import _
from handrail.programmes import access, actions, queries
from handrail.programmes.models import ContactMessage, Programme


@screen(queries.programmes_visible_to, may=access.may_read_messages)
def messages(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Messages to me, the unanswered first."""
    rows = queries.messages_for(request.person).filter(programme=programme)  # type: ignore[attr-defined]
    return page(
        request, "programmes/messages.html", programme=programme,
        paged=paged(request, rows.select_related("organisation").order_by("answered_at", "-received_at"), per_page=20),
        waiting=rows.filter(answered_at=None).count(),
    )  # fmt: skip


@screen(queries.messages_for)
def message_answer(request: HttpRequest, written: ContactMessage) -> HttpResponse:
    """Note that a message was answered."""
    if request.method == "POST":
        actions.answer_message(message=written, by=request.person)  # type: ignore[attr-defined]
        message(request, _("The message is marked as answered."))
    return redirect("programmes:messages", uid=written.programme.uid)
