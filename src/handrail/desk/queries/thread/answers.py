"""The answer at the end: one's own, or that of somebody who shares; for everybody else a closed knot that holds nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation

from handrail.competences.models import Rating
from handrail.competences.queries import level_name
from handrail.desk.queries.thread.facts import Facts
from handrail.desk.queries.thread.trail import Trail
from handrail.instruments.models import Submission
from handrail.instruments.queries import answer_text, form_of, in_words, language_for
from handrail.kit.text import _, date_medium


@dataclass(frozen=True)
class Answer:
    """An answer in the words that were chosen, or the reason why it is closed."""

    text: str = ""
    who: str = ""
    language: str = ""
    url: str = ""
    closed: Any = ""


def answer_of(trail: Trail, facts: Facts) -> Answer:
    """The answer at the end of this trail, as far as its reader may see it."""
    if trail.sight.is_auditor and trail.rating is None and trail.submission is None:
        return Answer(closed=_("Ratings and answers belong to those who gave them. They are not part of an audit."))
    if trail.rating is None and trail.submission is not None:
        return _of_submission(trail.submission)
    if trail.rating is None:
        return Answer(closed=_why_closed(trail))
    text, language = _words(trail.rating)
    words = {"who": _who(trail.rating, facts), "kind": trail.rating.get_kind_display(), "day": date_medium(trail.rating.rated_at)}
    return Answer(text, str(_("%(who)s %(kind)s, %(day)s.") % words).strip(), language, _url(trail))


def _why_closed(trail: Trail) -> Any:
    if trail.is_closed or (trail.person_id is not None and trail.person_id != trail.sight.viewer.pk):
        return _("The answer is seen by the person and by the manager with whom the person shares it.")
    if trail.person_id is not None:
        return _("No answer of yours about this competence is kept.")
    return _("Single answers are seen by those who gave them and by the manager with whom they share them.")


def _who(rating: Rating, facts: Facts) -> str:
    return str(_("You:")) if facts.is_own or not facts.name else f"{facts.name}:"


def _url(trail: Trail) -> str:
    if trail.rating is None:
        return ""
    if trail.rating.person_id == trail.sight.viewer.pk:
        return reverse("competences:levels")
    return reverse("competences:levels_shared", args=[trail.rating.person.uid])


def _words(rating: Rating) -> tuple[str, str]:
    """The answer as it was worded in the questionnaire, else the framework's word for the level; with its language."""
    said = _from_questionnaire(rating)
    if said:
        return said
    name = level_name(rating.competence.framework, rating.level)
    return str(_("Level %(level)s: %(name)s") % {"level": rating.level, "name": name} if name else _("Level %(level)s") % {"level": rating.level}), ""


def _from_questionnaire(rating: Rating) -> tuple[str, str] | None:
    if rating.submission is None:
        return None
    submission = Submission.objects.filter(uid=rating.submission).select_related("invitation__round__version").first()
    if submission is None or rating.question not in submission.answers:
        return None
    form = form_of(submission.invitation.round.version)
    language = language_for(form, translation.get_language() or "sv")
    item = next((one for one in form.questions() if one.name == rating.question), None)
    return (answer_text(form, item, submission.answers[rating.question], language), language) if item else None


def _of_submission(submission: Submission) -> Answer:
    """Answers that became no rating, for the one who sent them."""
    form = form_of(submission.invitation.round.version)
    language = language_for(form, translation.get_language() or "sv")
    said = in_words(submission, language)
    text = f"{said[0].label} {said[0].answer}" if said else str(submission.invitation.round)
    who = str(_("You: %(round)s, %(day)s.") % {"round": submission.invitation.round, "day": date_medium(submission.received_at)})
    return Answer(text, who, language if said else "", reverse("instruments:own_submission", args=[submission.uid]))
