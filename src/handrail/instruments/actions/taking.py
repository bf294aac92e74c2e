"""Answers leave as a file: for a purpose that is noted, in an order that tells nothing, without what would join them to anybody."""

from __future__ import annotations

import io
import secrets
import zipfile
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import TextChoices

from handrail.instruments import formats
from handrail.instruments.events import ResponsesTaken
from handrail.instruments.formats import Form
from handrail.instruments.models import Collection, Response
from handrail.instruments.queries.collecting import said_in
from handrail.instruments.queries.collections import state_of_collection
from handrail.instruments.queries.forms import form_of
from handrail.kit.disclosure import INSIDE
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person

MOST = 20_000  # sets of answers in one file
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Purpose(TextChoices):
    """What answers are taken for; the journal keeps the word."""

    ANALYSIS = "analysis", _("To analyse them")
    QUALITY = "quality", _("To check their quality")
    TRANSLATION = "translation", _("To translate open answers")
    ARCHIVE = "archive", _("To archive them, as agreed with those who answered")


@transaction.atomic
def take_responses(*, collections: Sequence[Collection], kind: str, language: str = "", purpose: str, by: Person) -> tuple[bytes, str, str]:
    """The answers of collections of one questionnaire as a file: what it holds, its name, its kind. Raises RuleBroken.

    Kinds: `xlsx`, `csv` (with repeats an archive of several), `spss` (data and the syntax that reads it), `ddi` (the codebook alone).
    Anonymous answers are taken once there are five, and rows have a sign that is another one in every file.
    """
    if len({one.version.questionnaire_id for one in collections}) != 1:
        raise RuleBroken(_("Take answers to one questionnaire at a time."))
    newest = max(collections, key=lambda one: one.version.number).version
    form = form_of(newest)
    rows = list(Response.objects.filter(collection__in=collections, replaced_by=None).defer("instance")[: MOST + 1])
    _must_be_takeable(collections, rows)
    for at in range(len(rows) - 1, 0, -1):
        other = secrets.randbelow(at + 1)
        rows[at], rows[other] = rows[other], rows[at]
    by_id = {one.pk: one for one in collections}
    sheets = formats.answer_sheets(form, _sets(rows, by_id), language="" if kind == "spss" else language)  # its syntax has the labels
    announce(ResponsesTaken(tuple(one.uid for one in collections), collections[0].programme.uid, kind, Purpose(purpose).value, len(rows)), by=by)
    name = f"answers-{newest.questionnaire.code}"
    return _file(form, sheets, kind, name, language, collections, len(rows))


def _must_be_takeable(collections: Sequence[Collection], rows: Sequence[Response]) -> None:
    if len(rows) > MOST:
        raise RuleBroken(_("These are more than %(n)d answers. Take fewer collections at a time.") % {"n": MOST})
    came: dict[int, int] = {}
    for row in rows:
        came[row.collection_id] = came.get(row.collection_id, 0) + 1
    for one in collections:
        if one.is_anonymous and state_of_collection(one) != "closed" and came.get(one.pk, 0) < INSIDE.counts:
            raise RuleBroken(_("Anonymous answers can be taken once %(n)d have come, or when the collection is closed.") % {"n": INSIDE.counts})


def _sets(rows: Sequence[Response], by_id: dict[int, Collection]) -> list[formats.Answered]:
    """Each row with the day it came; whoever brought a word is the same sign throughout the file, and another one in the next."""
    joined: dict[str, str] = {}
    found = []
    for row in rows:
        asked = by_id[row.collection_id]
        more: dict[str, Any] = {
            "_collection": said_in(asked.title, "en"), "_organisation": asked.organisation.short_name, "_language": row.language,
            "_channel": row.channel, "_day": row.received_on.isoformat(), "_consent": row.consent_number,
            "_together": joined.setdefault(row.follower, f"p{len(joined) + 1}") if row.follower else "",
        }  # fmt: skip
        found.append(formats.Answered(str(uuid4() if asked.is_anonymous else row.uid), row.answers, row.received_at, more))
    return found


def _file(form: Form, sheets: Any, kind: str, name: str, language: str, collections: Sequence[Collection], count: int) -> tuple[bytes, str, str]:
    if kind == "xlsx":
        return formats.write_answers_xlsx(sheets), f"{name}.xlsx", XLSX
    if kind == "csv" and len(sheets) == 1:
        return formats.write_answers_csv(sheets), f"{name}.csv", "text/csv"
    if kind == "csv":
        return formats.write_answers_zip(sheets), f"{name}.zip", "application/zip"
    if kind == "ddi":
        return _codebook(form, collections, count), f"{name}.xml", "application/xml"
    main = next(iter(sheets.values()))
    more = [str(one) for one in main[0] if str(one).startswith("_") and one not in ("_uuid", "_submission_time", "_index")]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.csv", formats.write_spss_data(main))
        archive.writestr(f"{name}.sps", formats.write_spss(form, language=language or form.default_language, file_name=f"{name}.csv", more=more))
    return out.getvalue(), f"{name}-spss.zip", "application/zip"


def _codebook(form: Form, collections: Sequence[Collection], count: int) -> bytes:
    first = collections[0]
    study = formats.Study(
        title=said_in(first.title, form.default_language), identifier=str(first.uid), organisations=sorted({one.organisation.name for one in collections}),
        begun_on=min(one.opens_on for one in collections).isoformat(), ended_on=max(one.closes_on for one in collections).isoformat(),
        cases={"answers": count},
    )  # fmt: skip
    return formats.write_ddi(form, study)
