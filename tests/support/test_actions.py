"""Asking, giving, answering, keeping, escalating: what happens, and that it happens once."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

import pytest

from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry, SentMail
from handrail.people import actions as people
from handrail.people.models import Grant, Role
from handrail.support import actions, queries
from handrail.support.models import Question, QuestionLine
from handrail.support.tasks import escalate_overdue
from tests.support.world import World, at, local

pytestmark = pytest.mark.django_db


def ask(world: World, **more: Any) -> Question:
    return actions.ask_question(**{"company": world.bakery, "text": "Må vi ændre mødetiden?", "contact": world.baker, **more})


def test_a_question_has_an_owner_and_a_clock_at_once(world: World, run_later: Any) -> None:
    with at(18, 15, 40):
        question = ask(world, placement=world.at_bakery)
        run_later()
    assert (question.owner, question.state, question.way) == (world.dorte, "open", "link")
    assert question.due_at == local(19, 11, 40).astimezone(UTC)
    assert [(line.kind, line.to) for line in question.lines.all()] == [("asked", None), ("given", world.dorte)]
    mail = SentMail.objects.get()
    assert mail.to == "dorte@example.org" and str(question.uid) in mail.text
    assert "Bageriet" not in mail.text + mail.subject and "mødetiden" not in mail.text


def test_a_question_never_has_nobody(world: World) -> None:
    """The company's consultant; else who is on duty; else the least busy consultant; the coordinator; the project owner; an administrator."""
    owner_of = queries.owner_for
    assert owner_of(world.garage) == world.dorte  # both are free: the first
    ask(world)
    assert owner_of(world.garage) == world.else_, "Dorte has one open, Else none"
    actions.put_on_duty(programme=world.programme, person=world.pia, by=world.pia)
    assert owner_of(world.garage) == world.pia
    assert owner_of(world.bakery) == world.dorte, "its own consultant goes first"
    duty = queries.duties_of(world.programme)[0]
    actions.end_duty(duty=duty, by=world.pia)
    with at(19, 9):
        assert owner_of(world.garage) == world.else_, "the duty was over yesterday"
        for role, expected in ((Role.COMPANY_CONSULTANT, world.pia), (Role.PLACEMENT_COORDINATOR, world.owner), (Role.COORDINATOR, None)):
            Grant.objects.filter(role=role).update(ends_on=date(2018, 4, 18))
            assert owner_of(world.bakery) == expected, role
        with pytest.raises(RuleBroken, match="Nobody answers"):
            ask(world)
        people.grant_role(person=world.stranger, role=Role.ADMINISTRATOR, starts_on=date(2018, 1, 1), by=None)
        assert owner_of(world.bakery) == world.stranger


def test_a_question_on_the_phone_is_noted_with_who_heard_it(world: World) -> None:
    question = ask(world, contact=None, by=world.else_)
    assert (question.way, question.owner) == ("phone", world.dorte)
    assert question.lines.first().by == world.else_  # type: ignore[union-attr]


@pytest.mark.parametrize(("change", "field"), [({"text": " "}, "text"), ({"text": "x" * 4001}, "text"), ({"placement": "at_garage"}, "placement"), ({"contact": "mechanic"}, "contact")])
def test_what_cannot_be_asked_is_refused_beside_its_field(world: World, change: dict[str, str], field: str) -> None:
    real = {name: getattr(world, value) if hasattr(world, value) else value for name, value in change.items()}
    with pytest.raises(RuleBroken) as broken:
        ask(world, **real)
    assert broken.value.field == field
    assert not Question.objects.exists()


def test_an_answer_is_counted_once_and_corrections_stay(world: World, run_later: Any) -> None:
    with at(18, 9):
        question = ask(world)
    with at(18, 10):
        actions.answer_question(question=question, text="Ja, efter aftale.", by=world.dorte)
        actions.answer_question(question=question, text="Ja, efter aftale.", by=world.else_)
    with at(18, 12):
        question = actions.answer_question(question=question, text="Ja, når vi har aftalt det.", by=world.else_)
        run_later()
    assert (question.state, question.answer, question.answered_at) == ("answered", "Ja, når vi har aftalt det.", local(18, 10))
    assert [(line.text, line.by) for line in question.lines.filter(kind="answered")] == [("Ja, efter aftale.", world.dorte), ("Ja, når vi har aftalt det.", world.else_)]
    told = SentMail.objects.filter(to="bente@example.com")
    assert told.count() == 2 and all("aftale" not in mail.text and "http" not in mail.text for mail in told)


def test_giving_closing_and_their_refusals(world: World) -> None:
    question = ask(world)
    with pytest.raises(RuleBroken, match="consultant"):
        actions.give_question(question=question, owner=world.stranger, by=world.dorte)
    assert actions.give_question(question=question, owner=world.klaus, by=world.dorte).owner == world.klaus
    actions.give_question(question=question, owner=world.klaus, by=world.dorte)
    assert question.lines.filter(kind="given").count() == 2, "giving twice is one line"
    with pytest.raises(RuleBroken, match="answer first"):
        actions.close_question(question=question, by=world.klaus)
    actions.answer_question(question=question, text="Ja.", by=world.klaus)
    with pytest.raises(RuleBroken, match="answered"):
        actions.give_question(question=question, owner=world.dorte, by=world.dorte)
    actions.close_question(question=question, by=world.klaus)
    assert actions.close_question(question=question, by=world.klaus).state == "closed"
    assert question.lines.filter(kind="closed").count() == 1
    with pytest.raises(RuleBroken, match="closed"):
        actions.answer_question(question=question, text="Nej.", by=world.klaus)


def test_overdue_questions_come_to_the_coordinators_once(world: World, run_later: Any) -> None:
    with at(18, 15, 40):
        question = ask(world)
        run_later()
    SentMail.objects.all().delete()
    with at(19, 11, 39, second=59):
        assert actions.escalate_overdue() == 0
    with at(19, 11, 40):
        assert [actions.escalate_question(question=question), actions.escalate_question(question=question), actions.escalate_overdue()] == [True, False, 0]
        escalate_overdue()
    mails = list(SentMail.objects.all())
    assert [(mail.to, mail.template) for mail in mails] == [("pia@example.org", "support/mail/overdue")]
    assert "Bageriet" not in mails[0].text
    assert question.lines.filter(kind="escalated").count() == 1
    assert JournalEntry.objects.filter(name="QuestionEscalated").count() == 1


def test_an_escalation_killed_half_way_is_done_whole_the_next_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mark, line and mails are one transaction: a worker that dies between them leaves nothing, and the next one does it all."""
    with at(18, 15, 40):
        question = ask(world)
    with at(19, 12):
        killed = monkeypatch.context()
        with killed as patch:
            patch.setattr("handrail.support.actions.escalation.announce", lambda *_args, **_kwargs: (_ for _ in ()).throw(SystemExit))
            with pytest.raises(SystemExit):
                actions.escalate_question(question=question)
        assert not SentMail.objects.filter(template="support/mail/overdue").exists()
        assert Question.objects.get(pk=question.pk).escalated_at is None
        assert actions.escalate_overdue() == 1
    assert SentMail.objects.filter(template="support/mail/overdue").count() == 1


def test_what_was_answered_in_time_is_not_escalated(world: World) -> None:
    with at(18, 9):
        actions.answer_question(question=ask(world), text="Ja.", by=world.dorte)
    with at(20, 9):
        assert actions.escalate_overdue() == 0


KEEP = {"title": "Ændre mødetid", "text": "Ja, når det er aftalt med konsulenten.", "language": "da", "tags": ["mødetid", "Mødetid ", ""]}


def test_an_answer_is_kept_and_found_again(world: World) -> None:
    question = ask(world)
    actions.answer_question(question=question, text=KEEP["text"], by=world.dorte)  # type: ignore[arg-type]
    kept = actions.keep_guidance(programme=world.programme, question=question, by=world.dorte, **KEEP)  # type: ignore[arg-type]
    question.refresh_from_db()
    assert (kept.tags, question.guidance) == (["mødetid"], kept)
    assert queries.guidance_found(world.programme, "Kan vi få en anden mødetid om fredagen?") == [kept]
    assert queries.guidance_found(world.programme, "Handsker") == []
    assert queries.guidance_offered(world.programme) == [kept]
    actions.withdraw_guidance(guidance=kept, by=world.dorte)
    assert queries.guidance_offered(world.programme) == []
    with pytest.raises(RuleBroken, match="withdrawn"):
        actions.change_guidance(guidance=kept, by=world.dorte, **KEEP)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["Amina må gå til lægen.", "Aminas pause er kl. ti.", "Spørg altid Bente først.", "Dorte ved besked.", "Det gik godt med Fatima hos os.", "Ring til 20304050.", "Skriv til x@example.org"],
)
def test_guidance_names_nobody(world: World, text: str) -> None:
    """People of the company's placements, contacts, staff, and any name inside a sentence; a tick opens for words that are no names, never for numbers."""
    question = ask(world, placement=world.at_bakery)
    actions.answer_question(question=question, text="Svar", by=world.dorte)
    keep = {**KEEP, "text": text, "programme": world.programme, "question": question, "by": world.dorte}
    with pytest.raises(RuleBroken) as broken:
        actions.keep_guidance(**keep)  # type: ignore[arg-type]
    assert broken.value.field == "text"
    if "20304050" in text or "@" in text:
        with pytest.raises(RuleBroken):
            actions.keep_guidance(**keep, names_ok=True)  # type: ignore[arg-type]
    else:
        actions.keep_guidance(**keep, names_ok=True)  # type: ignore[arg-type]


def test_the_guard_tells_nobody_who_takes_part(world: World) -> None:
    """A consultant who tries names learns nothing about people of other companies: at the start of a sentence only known ones are noticed."""
    keep = {**KEEP, "programme": world.programme, "by": world.dorte}
    actions.keep_guidance(**{**keep, "text": "Yusuf er et navn som andre."})  # type: ignore[arg-type]
    assert queries.known_names(world.dorte, world.programme, {"Yusuf", "Amina"}) == set()
    assert queries.known_names(world.klaus, world.programme, {"Yusuf", "Amina"}) == {"Yusuf", "Amina"}, "his own cases"


def test_an_erased_person_leaves_no_words(world: World) -> None:
    from handrail.support.actions import forget_in_questions

    question = ask(world, placement=world.at_bakery, text="Amina er træt")
    other = ask(world, text="Noget andet")
    actions.answer_question(question=question, text="Lad Amina hvile", by=world.dorte)
    assert forget_in_questions(person=world.amina.person) == 1
    question.refresh_from_db()
    other.refresh_from_db()
    assert (question.text, question.answer, other.text) == ("–", "–", "Noget andet")
    assert set(QuestionLine.objects.filter(question=question).values_list("text", flat=True)) == {""}
    assert queries.times_of(world.programme).months[0]["questions"] == "2"
