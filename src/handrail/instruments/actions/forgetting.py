"""What rounds forget of somebody who is erased: what they said, what was said about them, and that they were asked."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from handrail.instruments.actions.answers import scope_of
from handrail.instruments.formats import TEXT
from handrail.instruments.models import Invitation, Submission
from handrail.instruments.queries.forms import form_of
from handrail.kit import forgetting, links
from handrail.people.models import Person

PURPOSE = "answer"


@transaction.atomic
def forget_in_rounds(*, person: Person) -> None:
    """Everything answered by or about a person goes, drafts and what was set aside too, and running invitations end.

    What a manager answered about others is theirs: it stays, without the manager's free text.
    """
    touched = Invitation.objects.filter(Q(respondent=person) | Q(about=person))
    for uid in touched.values_list("uid", flat=True):
        links.revoke_links(PURPOSE, subject=uid)
    forgetting.forget_scope(*(scope_of(one) for one in touched.only("uid")))
    kept = touched.exclude(about=person).exclude(completed_at=None).values("pk")
    gone = touched.exclude(pk__in=kept)
    Submission.objects.filter(invitation__in=gone).delete()
    Submission.objects.filter(invitation__in=kept, is_complete=False).delete()
    for row in Submission.objects.filter(invitation__in=kept).select_related("invitation__round__version"):
        texts = {item.name for item in form_of(row.invitation.round.version).questions() if item.kind == TEXT}
        row.answers = {name: value for name, value in row.answers.items() if name not in texts}
        row.save(update_fields=["answers"])
    gone.delete()
