"""A practice card begun from what people said."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from handrail.kit.screens import page, screen
from handrail.kit.text import _
from handrail.library import access, actions, queries
from handrail.library.forms import DraftForm
from handrail.research.models import Code
from handrail.research.queries.coding import codes_visible_to


@screen(codes_visible_to, may=access.may_draft_from)
def draft(request: HttpRequest, code: Code) -> HttpResponse:
    """Choose passages and give the card a title; how many said so goes along."""
    programme = code.codebook.study.programme
    language = (translation.get_language() or "en").split("-")[0]
    form = DraftForm.of(request, organisations=queries.writes_for(request.person, programme), rows=queries.passages_of(code, language), initial={"language": language})
    if made := form.perform(actions.draft_practice, code=code, programme=programme, by=request.person):
        return redirect("library:write", uid=made.uid, part="about")
    back = reverse("research:quotes", args=[code.uid])
    return page(request, "library/form.html", programme=programme, form=form, heading=_("A card from what people said"), lead=str(code), back=back)
