"""P4: a person of whom one word stands in every field is erased; then it stands nowhere, totals and seals hold, and pages still open.

Every table of the database is searched, whichever app it belongs to, and every field for words must either have held the word
before or be named below with the reason why none of a person's words can get there: a new table or field cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session as SignedIn
from django.db import connection, models, transaction
from django.db.models import Sum
from django.urls import reverse

from handrail.competences.models import Framework, MapColumn, Rating
from handrail.competences.queries import gaps_of
from handrail.delivery import actions as delivery
from handrail.delivery.models import Attendance, Seat
from handrail.delivery.rules import Mark
from handrail.evidence.models import Certificate, LedgerLine, Signature
from handrail.evidence.queries import claim_checks
from handrail.instruments.models import Submission
from handrail.kit import later, links
from handrail.kit.crypto import destroyed
from handrail.kit.errors import RuleBroken
from handrail.kit.journal import broken_seals, seal_journal
from handrail.kit.models import JournalEntry, Link
from handrail.people import actions
from handrail.people.models import Account, Person
from handrail.planning.models import Plan
from handrail.programmes.models import Participation
from tests.cast import make_cast
from tests.desk.canary import WORD, Canary, plant

TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
# Fields for words in which nothing of a person's can stand: what the programme is and teaches, digests, codes, numbers.
NOT_OF_A_PERSON = {
    "kit_journalentry": "name data role seal", "kit_link": "token_hash purpose", "kit_received": "key scope sha256", "kit_setaside": "key scope sha256",
    "kit_longtask": "kind note", "kit_signoflife": "worker", "kit_schedule": "name", "kit_throttle": "key",
    "kit_sentmail": "subject template html attachments language error",  # neutral subjects; calendar files in base64, whose row goes
    "people_organisation": "name short_name website", "people_unit": "name", "people_identity": "language", "people_account": "password",
    "people_erasure": "sign programmes", "people_staffmapping": "signature columns", "people_staffchange": "fields",
    "people_staffimport": "file_name sha256 columns counts problems",
    "people_consent": "fields wording language", "cases_case": "number", "cases_caselanguage": "code", "cases_need": "domain", "cases_starreading": "dimension",
    "cases_sealednote": "sealed",  # under the person's key, which goes with them
    "placements_company": "country field municipality name region registration town", "placements_contact": "does email name phone",  # a company's own people
    "placements_funneltarget": "source step", "placements_position": "demands develops fields half_days language language_level needs tasks title",
    "placements_seeking": "growth half_days not_fitting skills wishes", "placements_way": "one other", "placements_mentorreach": "area",
    "placements_round": "again_because draw facts fault weights", "placements_waychoice": "reason",  # why a way is used, or a round made again: of the round
    "placements_shortlist": "blocked mentor_why nothing", "placements_listed": "change for_company for_person why worked",  # codes and numbers, which go
    "placements_workbook": "problems",  # rows by number, and what to do in our own words
    "placements_preparation": "item", "placements_opinion": "answers", "placements_ownpage": "code language",  # steps from 1 to 4; a hash
    "support_guidance": "language tags text title", "support_question": "terms",
    "mentoring_draftlanguage": "code", "mentoring_lifeline": "language", "mentoring_mentornote": "sealed",  # the note is sealed like a caseworker's
    "mentoring_mentor": "hours languages phone",  # of the mentor: tests/mentoring erases one
    "programmes_programme": "slug code name summary background currency funder funder_statement funder_emblem", "programmes_fundingline": "name source",
    "programmes_developmentarea": "code name", "programmes_targetgroup": "name", "programmes_participation": "number",
    "instruments_questionnaire": "code title", "instruments_questionnaireversion": "definition sha256 warnings", "instruments_question": "name kind label",
    "instruments_round": "title", "instruments_submission": "language", "competences_framework": "code name level_names", "competences_area": "code name",
    "competences_competence": "code name description", "competences_leveltext": "text", "competences_roleprofile": "code name job_titles",
    "competences_binding": "levels", "competences_rating": "question", "competences_maprelease": "closed_kinds", "competences_mapleaf": "sums people",
    "competences_mapcolumn": "cells", "curriculum_module": "code title description", "curriculum_learningoutcome": "code statement",
    "delivery_place": "name address", "delivery_session": "title online_address language check_in_secret cancelled_reason", "delivery_seat": "why",
    "delivery_workgroup": "name", "delivery_groupproduct": "title text",  # what a group made together stays theirs
    "planning_plan": "settings version data_digest facts violations", "planning_plansession": "why", "planning_planseat": "why", "planning_planrefusal": "code why",
    "planning_organisationalplan": "aim", "planning_organisationalmeasure": "action", "evidence_funderrule": "source", "evidence_unitcost": "source",
    "evidence_certificate": "attendance_digest", "evidence_signature": "digest", "evidence_claim": "digest",
    # What a study asks, in which words, and what it found: of nobody. Answers without an account belong to nobody whom we know, and what was
    # said in an interview stands under a sign: tests/instruments and tests/research take it back.
    # A practice, its reviews and results tell of work and name nobody: said beside each field; the contact person's name and address are the canary's.
    "library_practice": "slug brought_by country area language licence", "library_practicetag": "code",
    "library_practicestep": "reason", "library_practicetext": "language parts steps", "library_practicestem": "language stem",
    "library_review": "answers comment", "library_whole": "content digest", "library_barrier": "title text field",
    "library_barrierreport": "country words language source_kind", "library_barrierremedy": "how", "library_adoption": "country happened changed figures",
    "library_checklistanswer": "checklist values",
    "research_study": "title question languages", "research_studypartner": "area country", "research_respondentgroup": "code title consent", "research_studyround": "title",
    "research_guide": "title", "research_guideversion": "note topics", "research_finding": "title text", "research_findingcount": "question values",
    "research_code": "name description memo colour", "research_coding": "coder_name memo", "research_source": "sign language question memo attributes", "research_sourcetext": "body language turns marked note", "research_codingtask": "found",
    "competences_competenceneed": "why", "instruments_collection": "code title consent", "instruments_ticket": "label token_hash", "instruments_device": "label",
    "instruments_response": "answers language follower instance", "instruments_responsefile": "question name kind sha256 content",
    "instruments_book": "figures health splits", "instruments_columnblock": "codes question", "instruments_columns": "books", "instruments_drawn": "atoms waiting",  # counts and codes
    "instruments_scaleuse": "scale source", "instruments_tally": "language period sums", "instruments_tallydelta": "counted language period",
    "evidence_auditsample": "seed reason", "evidence_sampleopening": "reason",  # why an auditor looked: the audit's own record
}  # fmt: skip
# Rows that still point at the bare person afterwards, and why they may: the audit's own, and what was done in office.
STILL_POINTS = {
    "people.Erasure.person", "people.Grant.person", "cases.Case.person", "programmes.Participation.person", "delivery.Attendance.person", "delivery.Seat.person",
    "delivery.SeatStep.by", "evidence.Certificate.person", "evidence.LedgerLine.person", "evidence.Pledge.person", "evidence.Signature.by",
    "instruments.Invitation.respondent", "instruments.Submission.sent_by", "competences.Rating.rated_by",
    "competences.LevelSharing.person",  # with whom levels were shared, until when: what one has seen is not forgotten
}  # fmt: skip

# The person's random number stays where it stands for nobody by name: the row itself, the journal, ended links, arguments of tasks that ran.
RANDOM_NUMBER = {
    "people_person.uid", "kit_journalentry.data", "kit_journalentry.by", "kit_link.person", "kit_link.subject", "django_tasks_database_dbtaskresult.args_kwargs",
}  # fmt: skip


def cells() -> Iterator[tuple[str, str]]:
    """Every value of every column of every table, as (table.column, text)."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    yield f"{table}.{name}", bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)


def places(*words: str) -> set[str]:
    """The columns in which one of these words stands, whatever its capitals."""
    return {column for column, text in cells() if any(word in text.casefold() for word in words)}


def in_files(word: str) -> list[str]:
    """The database's files in which a word stands, free pages and log among them."""
    name = str(connection.settings_dict["NAME"])
    files = [Path(name + ending) for ending in ("", "-wal", "-journal")]
    return [path.name for path in files if path.exists() and word.encode() in path.read_bytes().lower()]


def pointing_at(person: Person) -> set[str]:
    """The fields of rows that point at a person."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is Person and model._base_manager.filter(**{field.name: person}).exists():
                found.add(f"{model._meta.app_label}.{model.__name__}.{field.name}")
    return found


def totals() -> dict[str, Any]:
    """What the funder counts, and what is shown of groups."""
    return {
        "minutes": Attendance.objects.filter(replaced_by=None).aggregate(sum=Sum("minutes"))["sum"],
        "hours": LedgerLine.objects.aggregate(sum=Sum("hours"))["sum"], "money": LedgerLine.objects.aggregate(sum=Sum("amount"))["sum"],
        "signatures": sorted(Signature.objects.values_list("certificate__participation__number", "part", "digest")),
        "months": sorted(Certificate.objects.filter(state="certified").values_list("participation__number", "month", "minutes", "attendance_digest")),
        "map": sorted(map(repr, MapColumn.objects.values_list("kind", "profile", "organisation", "unit", "people", "cells"))),
    }  # fmt: skip


def erase(canary: Canary, cast: Any) -> None:
    """As it is done: the process leader asks, the administrator agrees."""
    asked = actions.ask_erasure(person=canary.person, reason="wish", typed=canary.number, by=cast.paula)
    actions.agree_to_erasure(erasure=asked, typed=canary.number, by=canary.ada)


@pytest.mark.django_db(transaction=True)
def test_an_erased_person_leaves_no_trace_and_the_sums_hold(transactional_db: None, client_of: Any) -> None:
    """Committed for real: what is looked for is also what the database's files still hold."""
    cast = make_cast()
    canary = plant(cast, client_of)
    seal_journal()
    fields = {f"{model._meta.db_table}.{field.column}" for model in apps.get_models() if model.__module__.startswith("handrail.")
              for field in model._meta.local_fields if isinstance(field, TEXTS) and not field.choices}  # fmt: skip
    exempt = {f"{table}.{column}" for table, columns in NOT_OF_A_PERSON.items() for column in columns.split()}
    held = places(WORD)
    assert exempt <= fields, "a field that is no more"
    assert fields - exempt <= held, f"no word got into {sorted(fields - exempt - held)}: plant one, or say why none can"
    assert sorted(held & exempt) == [], "a word stands where none should"
    assert {"account_emailaddress.email", "django_tasks_database_dbtaskresult.traceback"} <= held
    assert connection.vendor != "sqlite" or in_files(WORD), "the files do hold the word"
    before, uid, account = totals(), str(canary.person.uid), Account.objects.get(person=canary.person)
    erase(canary, cast)
    later.run_waiting()
    assert places(WORD) == set()
    assert totals() == before, "what the funder counts and what groups see must not move"
    assert pointing_at(canary.person) == STILL_POINTS
    assert places(uid) | places(uid.replace("-", "")) <= RANDOM_NUMBER
    seal_journal()
    assert broken_seals() == []
    assert [row.data for row in JournalEntry.objects.filter(name="PersonErased")] == [{"person": uid, "reason": "wish"}]
    assert [one.is_intact for one in claim_checks(cast.programme)] == [True]
    assert not [row for row in SignedIn.objects.all() if row.get_decoded().get("_auth_user_id") == str(account.pk)]
    assert not Link.objects.filter(person=uid, revoked_at=None).exists()
    assert destroyed(canary.person.uid), "what was sealed for the person can be read in no backup"
    if connection.vendor == "sqlite":
        assert in_files(WORD) == []


@pytest.mark.django_db
def test_the_search_notices_a_word_that_was_left_behind(cast: Any) -> None:
    """The control: the same search finds a word in a table that nobody thought of, and a pointer that nobody expected."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE forgotten_table (note TEXT)")
        cursor.execute("INSERT INTO forgotten_table VALUES ('Ring Zqcanary i dag')")
    assert places(WORD) == {"forgotten_table.note"}
    transaction.set_rollback(True)


@pytest.mark.django_db
def test_what_others_have_stays_theirs_and_seats_go_on(cast: Any, client_of: Any) -> None:
    canary = plant(cast, client_of)
    framework = Framework.objects.get()
    others = [row for row in gaps_of(framework) if row[0] != canary.person.pk]
    said = Rating.objects.filter(rated_by=canary.person).exclude(person=canary.person).count()
    assert said
    erase(canary, cast)
    later.run_waiting()
    assert gaps_of(framework) == others
    assert Rating.objects.filter(rated_by=canary.person, person=canary.report).count() == said
    kept = Submission.objects.filter(invitation__respondent=canary.person)
    assert [sorted(row.answers) for row in kept] == [["hours", "interpreter", "topics", "trained", "trauma"]], "levels stay, words go"
    assert Seat.objects.get(session=canary.coming, person=canary.waits).state == "invited", "the seat went to who had waited"
    assert not Seat.objects.filter(session=canary.coming, person=canary.person).exists()
    assert Participation.objects.get(person=canary.person).number == canary.number


@pytest.mark.django_db
def test_a_list_that_a_phone_kept_is_taken_without_the_erased(cast: Any, client_of: Any) -> None:
    """Thirty people's minutes do not wait for one who was erased while the phone had no line; nor are that one's minutes changed."""
    canary = plant(cast, client_of)
    was = Attendance.objects.filter(person=canary.person).latest("session__starts_at").session
    erase(canary, cast)
    marks = [Mark(person=one.uid, minutes=75, late_minutes=0, left_early_minutes=0, reason="Räknade om", seen="") for one in (canary.person, cast.bo)]
    delivery.save_attendance_list(session=was, marks=marks, list_version=None, key="a-phone-without-a-line", by=cast.carlos)
    there = {row.person_id: row.minutes for row in Attendance.objects.filter(session=was, replaced_by=None)}
    assert there == {canary.person.pk: 80, cast.bo.pk: 75}
    with pytest.raises(RuleBroken):
        delivery.record_attendance(session=was, person=Person.objects.get(pk=canary.person.pk), minutes=5, reason="Fel", by=cast.carlos)


@pytest.mark.django_db
def test_pages_that_showed_the_person_open_without(cast: Any, client_of: Any) -> None:
    """Every address that named the person, as those who read it; the number stands where the name stood."""
    canary = plant(cast, client_of)
    certificate = Certificate.objects.get(person=canary.person, month="2018-02-01")
    programme = {"uid": cast.programme.uid}
    pages = {
        cast.paula: [
            reverse("programmes:participants", kwargs=programme), reverse("people:staff", args=[cast.horby.uid]), reverse("programmes:roles", kwargs=programme),
            reverse("evidence:certificate", args=[certificate.uid]), reverse("evidence:person_hours", args=[certificate.participation.uid]),
            reverse("evidence:month", kwargs=programme | {"key": "2018-02"}), reverse("evidence:hours", kwargs=programme),
            reverse("competences:assignment_list", args=[Framework.objects.get().uid]), reverse("planning:plans", kwargs=programme),
            reverse("delivery:session_list", kwargs=programme), reverse("planning:organisational_plans", kwargs=programme), "/home/", "/tasks/",
            reverse("delivery:session_detail", args=[canary.coming.uid]), reverse("instruments:rounds", kwargs=programme),
            reverse("desk:thread", args=["certificate", certificate.uid]), reverse("planning:plan", args=[Plan.objects.get().uid]),
            reverse("evidence:sheets", kwargs=programme), reverse("evidence:change", kwargs=programme), reverse("competences:map", kwargs=programme),
        ],
        cast.amal: [reverse("programmes:about", kwargs=programme), reverse("programmes:roles", kwargs=programme), "/home/", reverse("people:erasures")],
        cast.carlos: [reverse("delivery:attendance_list", args=[Attendance.objects.filter(person=canary.person).earliest("pk").session.uid])],
        cast.lena: [reverse("competences:map_people", kwargs=programme), reverse("evidence:hours_countersign", kwargs=programme), "/home/"],
        cast.elin: [
            reverse("desk:thread", args=["certificate", certificate.uid]),
            reverse("programmes:participants", kwargs=programme), reverse("evidence:certificate", args=[certificate.uid]), reverse("evidence:evidence", kwargs=programme)],
        None: [reverse("programmes:public", args=["lfi"])],
    }  # fmt: skip
    named = [url for who, urls in pages.items() for url in urls if WORD in client_of(who).get(url).content.decode().casefold()]
    assert len(named) > 5, named
    erase(canary, cast)
    for who, urls in pages.items():
        client = client_of(Person.objects.get(pk=who.pk) if who else None)
        for url in urls:
            answer = client.get(url)
            assert answer.status_code in (200, 404), f"{url}: {answer.status_code}"
            assert WORD not in answer.content.decode().casefold(), url
    leader = client_of(Person.objects.get(pk=cast.paula.pk))
    for url in pages[cast.paula][3:5]:
        assert canary.number in leader.get(url).content.decode(), url
    token = links.make_link("months", subject=certificate.participation.uid, person=canary.person.uid, expires_at=certificate.created_at.replace(year=2030))
    assert client_of().get(reverse("evidence:my_months_by_link", args=[token])).status_code in (404, 410)
