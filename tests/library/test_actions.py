"""Writing, handing in, reviewing, publishing, taking up: what is done, what is refused, and what the journal says."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from handrail.kit import clock, later
from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry, SentMail
from handrail.library import actions, queries, rules
from handrail.library.models import BarrierReport, Practice, PracticeStem, PracticeStep, PracticeText, Review, Whole
from tests.library.world import STEPS, World, draft, in_review, published, reviewed, verdict, words

pytestmark = pytest.mark.django_db


def refused(action: Any, **known: Any) -> str:
    with pytest.raises(RuleBroken) as found, transaction.atomic():
        action(**known)
    return str(found.value.message)


def test_a_draft_is_saved_in_parts_and_handed_in_when_whole(world: World) -> None:
    practice = actions.begin_practice(programme=world.programme, title="Neighbours", language="pt", country="PT", organisation=world.lisbon, by=world.rita)
    assert "Still missing: Summary" in refused(actions.submit_practice, practice=practice, by=world.rita)
    actions.write_text(practice=practice, parts=words(), by=world.rita)
    assert "one step" in refused(actions.submit_practice, practice=practice, by=world.rita)
    actions.write_text(practice=practice, parts={}, steps=STEPS, by=world.rita)
    assert "first page" in refused(actions.submit_practice, practice=practice, by=world.rita)
    whole = draft(world)
    assert actions.submit_practice(practice=whole, by=world.rita).state == "submitted"
    assert [one.state for one in PracticeStep.objects.filter(practice=whole)] == ["draft", "submitted"]


def test_too_many_words_are_refused_and_counted(world: World) -> None:
    practice = draft(world)
    assert "101 words; the template allows 100" in refused(actions.write_text, practice=practice, parts={"summary": "word " * 101}, by=world.rita)
    assert PracticeText.objects.get(version__practice=practice).parts["summary"] == "summary in a few words", "nothing of it was kept"


def test_what_has_run_for_less_than_a_year_waits(world: World) -> None:
    young = draft(world, starts_on=clock.today() - timedelta(days=364))
    assert "run for a year" in refused(actions.submit_practice, practice=young, by=world.rita)


def test_a_contact_person_has_agreed(world: World) -> None:
    practice = draft(world)
    known: dict[str, Any] = {"practice": practice, "licence": "CC-BY-4.0", "contact_email": "c@example.org", "by": world.rita}
    assert "Ask the contact person" in refused(actions.settle_contact, **known)
    assert actions.settle_contact(**known, contact_agrees=True).contact_agreed_at is not None
    assert "c@example.org" not in str(list(JournalEntry.objects.values_list("data", flat=True)))


def test_authors_and_outsiders_review_nothing_and_two_do(world: World) -> None:
    practice = actions.submit_practice(practice=draft(world), by=world.rita)
    ask: dict[str, Any] = {"practice": practice, "by": world.owner}
    assert "Whoever wrote it" in refused(actions.ask_for_reviews, reviewers=[world.rita, world.rosa], **ask)
    assert "two different people" in refused(actions.ask_for_reviews, reviewers=[world.rosa], **ask)
    assert "who review in this programme" in refused(actions.ask_for_reviews, reviewers=[world.rosa, world.stranger], **ask)
    assert len(actions.ask_for_reviews(reviewers=[world.rosa, world.remo], **ask)) == 2
    later.run_waiting()
    mails = SentMail.objects.filter(template="library/mail/review")
    assert {one.to for one in mails} == {"rosa.neri@example.org", "remo.bassi@example.org"}
    assert "Neighbours" not in "".join(one.text for one in mails), "a mail names no practice"


def test_a_review_is_given_once_and_says_why(world: World) -> None:
    practice = in_review(world)
    review = practice.versions.get().reviews.get(reviewer=world.rosa)
    assert "somebody else's" in refused(actions.give_review, review=review, answers=verdict(), recommends="yes", by=world.remo)
    no_reason = {**verdict(), "need": {"answer": "no", "evidence": " "}}
    assert "what is missing" in refused(actions.give_review, review=review, answers=no_reason, recommends="no", by=world.rosa)
    actions.give_review(review=review, answers=verdict(), recommends="yes", by=world.rosa)
    assert "finished already" in refused(actions.give_review, review=review, answers=verdict(), recommends="no", by=world.rosa)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(version=review.version, reviewer=world.rosa, asked_at=clock.now(), due_on=clock.today())


@pytest.mark.parametrize(("says", "is_published"), [(("yes", "yes"), True), (("yes", "no"), False), (("yes", "partly"), False)])
def test_only_what_two_people_recommend_is_published(world: World, says: tuple[str, str], is_published: bool) -> None:
    practice = reviewed(world, says=says)
    if is_published:
        shown = actions.publish_practice(practice=practice, by=world.owner)
        assert (shown.state, shown.shown_number) == ("published", 1)
    else:
        assert "must recommend it first" in refused(actions.publish_practice, practice=practice, by=world.owner)


def test_disagreement_is_shown_and_a_third_reviewer_decides(world: World) -> None:
    practice = reviewed(world, says=("yes", "no"))
    assert "recommends" in queries.standing_of(practice).apart
    actions.ask_for_reviews(practice=practice, reviewers=[world.owner], by=world.owner)
    third = practice.versions.get().reviews.get(reviewer=world.owner)
    assert "still reviewing" in refused(actions.publish_practice, practice=practice, by=world.owner) or third
    actions.give_review(review=third, answers=verdict(), recommends="yes", by=world.owner)
    assert actions.publish_practice(practice=practice, by=world.owner).state == "published"


def test_what_is_sent_back_is_reviewed_anew(world: World) -> None:
    practice = reviewed(world, says=("yes", "no"))
    assert "what is to be changed" in refused(actions.send_back, practice=practice, reason=" ", by=world.owner)
    back = actions.send_back(practice=practice, reason="Say more of cost", by=world.owner)
    assert (back.state, queries.version_of(back).number, queries.standing_of(back).reviews) == ("draft", 2, [])
    actions.write_text(practice=back, parts={"cost": "less than one thinks"}, by=world.rita)
    assert queries.text_of(back, "en", number=1).parts["cost"] == "cost in a few words", "what was reviewed stays as it was"  # type: ignore[union-attr]


def test_a_correction_is_shown_at_once_and_makes_no_translation_old(world: World) -> None:
    practice = published(world)
    actions.write_text(practice=practice, language="pt", parts=words("Vizinhos"), steps=STEPS, by=world.rita)
    actions.revise_practice(practice=practice, parts=words(summary="A comma, moved"), steps=STEPS, changes_meaning=False, by=world.rita)
    practice.refresh_from_db()
    texts = queries.spoken_texts([practice])[practice.pk]
    assert (practice.state, practice.shown_number, texts["en"].text.parts["summary"], texts["pt"].is_outdated) == ("published", 2, "A comma, moved", False)


def test_a_new_meaning_is_reviewed_first_and_makes_translations_old(world: World) -> None:
    practice = published(world)
    actions.write_text(practice=practice, language="pt", parts=words("Vizinhos"), steps=STEPS, by=world.rita)
    actions.revise_practice(practice=practice, parts=words(summary="Now with companies"), steps=STEPS, changes_meaning=True, by=world.rita)
    practice.refresh_from_db()
    assert (practice.state, practice.shown_number) == ("submitted", 1)
    assert queries.spoken_texts([practice])[practice.pk]["en"].text.parts["summary"] == "summary in a few words", "until then everybody reads the earlier one"
    assert practice in queries.public_practices()
    actions.ask_for_reviews(practice=practice, reviewers=[world.rosa, world.remo], by=world.owner)
    for one in Review.objects.filter(version__practice=practice, version__number=2):
        actions.give_review(review=one, answers=verdict(), recommends="yes", by=one.reviewer)
    actions.publish_practice(practice=practice, by=world.owner)
    practice.refresh_from_db()
    texts = queries.spoken_texts([practice])[practice.pk]
    assert (texts["en"].text.parts["summary"], texts["pt"].is_outdated) == ("Now with companies", True)


def test_a_practice_past_its_review_date_says_so_and_can_be_kept(world: World) -> None:
    practice = published(world)
    Practice.objects.filter(pk=practice.pk).update(review_on=clock.today())
    assert actions.look_at_dates() == 0, "its last day is still a day"
    Practice.objects.filter(pk=practice.pk).update(review_on=clock.today() - timedelta(days=1))
    assert actions.look_at_dates() == 1
    practice.refresh_from_db()
    assert practice.state == "outdated" and practice in queries.public_practices() and practice in queries.kept_waiting(world.owner)
    assert actions.keep_practice(practice=practice, review_on=date(2020, 1, 1), by=world.owner).state == "published"


def test_what_is_withdrawn_is_found_by_no_word_and_its_links_end(world: World) -> None:
    practice = published(world)
    assert PracticeStem.objects.filter(practice=practice).exists()
    actions.archive_practice(practice=practice, reason="It closed", by=world.owner)
    later.run_waiting()
    assert not PracticeStem.objects.filter(practice=practice).exists() and practice not in queries.public_practices()
    assert "faster" in refused(actions.mark_outdated, practice=practice, by=world.owner)


def test_the_whole_toolbox_is_one_file_that_needs_no_line(world: World) -> None:
    practice = published(world)
    actions.settle_contact(practice=practice, licence="CC-BY-SA-4.0", contact_name="Carla Segredo", contact_email="segredo@example.org", contact_agrees=True, by=world.owner)
    actions.write_text(practice=practice, language="ar", parts=words("الجيران"), steps=STEPS, by=world.rita)
    later.run_waiting()
    kept = Whole.objects.get()
    with zipfile.ZipFile(io.BytesIO(bytes(kept.content))) as archive:
        names = set(archive.namelist())
        assert names == {"toolbox/index.html", "toolbox/toolbox.json", "toolbox/LICENCES.txt", f"toolbox/{practice.slug}.en.html", f"toolbox/{practice.slug}.ar.html"}
        pages = {name: archive.read(name).decode() for name in names}
    assert 'dir="rtl"' in pages[f"toolbox/{practice.slug}.ar.html"]
    assert json.loads(pages["toolbox/toolbox.json"])[0]["license"].endswith("by-sa/4.0/")
    whole = "".join(pages.values())
    assert "Attribution-ShareAlike 4.0" in pages["toolbox/LICENCES.txt"]
    assert not [word for word in ("Segredo", "segredo@", "Rita", "Sol", "Rosa") if word in whole], "no person stands in it"
    assert "src=" not in whole and "<link" not in whole, "nothing is fetched"


def test_the_same_toolbox_gives_the_same_file(world: World) -> None:
    practice = published(world)
    first = actions.build_whole()
    assert actions.build_whole().pk == first.pk, "what has not changed is not built again"
    Whole.objects.update(digest="")
    again = actions.build_whole()
    assert again.pk != first.pk and bytes(again.content) == bytes(first.content)
    actions.settle_contact(practice=practice, licence="CC0-1.0", by=world.rita)
    assert actions.build_whole().pk != again.pk


def test_a_barrier_is_reported_once_by_one_source_and_lowered_by_what_everybody_reads(world: World) -> None:
    barrier = actions.note_barrier(programme=world.programme, title={"en": "Waiting"}, text={}, field="reception", by=world.rita)
    source = world.programme.uid
    for _time in range(2):
        actions.report_barrier(barrier=barrier, organisation=world.rome, country="IT", source_kind="finding", source=source, by=world.rosa)
    assert BarrierReport.objects.count() == 1
    assert "everybody may read" in refused(actions.lower_barrier, barrier=barrier, practice=draft(world), how={"en": "By meeting"}, by=world.rita)
    assert "day that has been" in refused(actions.report_barrier, barrier=barrier, country="IT", reported_on=clock.today() + timedelta(days=1), by=world.rosa)
    actions.lower_barrier(barrier=barrier, practice=published(world), how={"en": "By meeting"}, by=world.rita)
    shown = queries.barriers_shown(queries.public_barriers())[0]
    assert (len(shown.reports), shown.countries, shown.remedies[0]["how"]["en"]) == (1, ["Italy"], "By meeting")


def test_an_organisation_takes_a_practice_up_step_by_step(world: World) -> None:
    practice = published(world)
    begin: dict[str, Any] = {"practice": practice, "programme": world.programme, "organisation": world.rome, "country": "IT", "by": world.trainer}
    adoption = actions.begin_adoption(**begin)
    assert "at it already" in refused(actions.begin_adoption, **begin)
    for _time in range(2):
        actions.tick_step(adoption=adoption, place=0, done_on=date(2018, 4, 2), by=world.trainer)
    assert "no such step" in refused(actions.tick_step, adoption=adoption, place=2, by=world.trainer)
    assert [bool(one["tick"]) for one in queries.steps_of(adoption)] == [True, False]
    tell: dict[str, Any] = {"adoption": adoption, "happened": "Forty came", "advice": "yes", "people": 40, "by": world.trainer}
    assert "otherwise" in refused(actions.report_adoption, changed="", **tell)
    told = actions.report_adoption(changed="On Sundays", **tell)
    assert (told.state, told.reported_at) == ("reported", clock.now())
    assert "stay as they are" in refused(actions.tick_step, adoption=adoption, place=1, by=world.trainer)
    assert [one.happened for one in queries.transfers_of(practice)] == ["Forty came"]
    assert actions.begin_adoption(**begin).pk != adoption.pk, "once told, one may begin again"


def test_steps_stay_as_they_were_when_it_began(world: World) -> None:
    practice = published(world)
    adoption = actions.begin_adoption(practice=practice, programme=world.programme, organisation=world.rome, country="IT", by=world.trainer)
    actions.revise_practice(practice=practice, parts=words(), steps=[{"what": "Only this"}], changes_meaning=False, by=world.rita)
    assert len(queries.steps_of(adoption)) == 2


def test_a_checklist_answered_twice_shows_the_change(world: World) -> None:
    codes = list(rules.checklist_criteria())
    known: dict[str, Any] = {"programme": world.programme, "organisation": world.lisbon, "by": world.leader}
    assert "each line" in refused(actions.answer_checklist, values={codes[0]: 3}, **known)
    actions.answer_checklist(values=dict.fromkeys(codes, 2), answered_on=date(2018, 1, 10), **known)
    actions.answer_checklist(values=dict.fromkeys(codes, 5), **known)
    actions.answer_checklist(values=dict.fromkeys(codes, 4), **known)
    first, last = queries.checklist_answers(world.programme, world.lisbon)
    assert [(one.before, one.after) for one in rules.change_between(first.values, last.values)] == [(2, 4)] * len(codes)


def test_an_erased_contact_and_unfinished_reviews_go(world: World) -> None:
    practice = in_review(world)
    actions.settle_contact(practice=practice, licence="CC-BY-4.0", contact_name="Remo Bassi", contact_email="REMO.bassi@example.org", contact_agrees=True, by=world.rita)
    assert actions.forget_in_library(person=world.remo) == 1
    practice.refresh_from_db()
    assert (practice.contact_name, practice.contact_email, practice.contact_agreed_at) == ("", "", None)
    assert [one.reviewer for one in practice.versions.get().reviews.all()] == [world.rosa]


def test_somebody_without_an_account_is_sent_one_link(world: World) -> None:
    token = actions.invite_to_write(
        programme=world.programme, title="Sport", language="sv", country="SE", brought_by="Idrottsklubben", email="klubb@example.org", by=world.owner
    )
    mail = SentMail.objects.get(template="library/mail/invited")
    assert (mail.to, token in mail.text, mail.language) == ("klubb@example.org", True, "sv")
    practice = Practice.objects.get(brought_by="Idrottsklubben")
    assert practice.by_link and practice.made_by is None and queries.has_open_link(practice)
    again = actions.send_link(practice=practice, email="ny@example.org", by=world.owner)
    from handrail.kit.links import find_link

    assert find_link("practice", token) is None and find_link("practice", again) is not None
