"""What makes practices found and kept: the index of words, the file with everything, the look at what is old."""

from __future__ import annotations

from django.db.transaction import atomic
from django.utils import translation

from handrail.kit import clock, ids
from handrail.library import rules
from handrail.library.actions.states import mark_outdated
from handrail.library.formats import write_whole
from handrail.library.models import Practice, PracticeStem, Whole
from handrail.library.queries import due_for_a_look, public_practices, spoken_texts, tags_of, whole_toolbox
from handrail.library.queries.whole import pages_of, what_is_shown


@atomic
def index_practice(*, practice: Practice) -> int:
    """Make anew by which words a practice is found, in each of its languages; what nobody may read is found by none. Answers how many."""
    PracticeStem.objects.filter(practice=practice).delete()
    if not practice.is_public:
        return 0
    names = rules.work_fields()
    codes = tags_of([practice]).get(practice.pk, {}).get("field", [])
    rows = set()
    for language, spoken in spoken_texts([practice]).get(practice.pk, {}).items():
        words = [*spoken.text.parts.values(), practice.brought_by, practice.area, *(one["what"] for one in spoken.text.steps), *(names.get(code, "") for code in codes)]
        rows |= {(language, stem) for stem in rules.index_of(words, language)}
    PracticeStem.objects.bulk_create([PracticeStem(practice=practice, language=language, stem=stem) for language, stem in sorted(rows)], batch_size=500)
    return len(rows)


@atomic
def build_whole() -> Whole:
    """Put the whole toolbox into one file for use without a line, in place of the earlier one. What has not changed is not built again."""
    digest = ids.digest([*what_is_shown(), clock.today()])
    known = whole_toolbox()
    if known is not None and known.digest == digest:
        return known
    with translation.override("en"):  # the labels around the cards; the cards stay in their own languages
        pages = pages_of(public_practices())
    content = write_whole(pages, clock.today())
    Whole.objects.all().delete()
    return Whole.objects.create(content=content, digest=digest, practices=len({one.slug for one in pages}), made_at=clock.now())


@atomic
def look_at_dates() -> int:
    """Say of every published practice whose review date has passed that it may be out of date; answers how many."""
    rows = list(due_for_a_look())
    for one in rows:
        mark_outdated(practice=one, by=None)
    return len(rows)
