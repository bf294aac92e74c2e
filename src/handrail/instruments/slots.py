"""What waits for a person because of a round: to answer, to rate, to remind, to settle. One query each."""

from __future__ import annotations

from django.urls import reverse

from handrail.instruments import queries
from handrail.kit import clock
from handrail.kit.slots import Waiting, fill
from handrail.kit.text import _, plural
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.people.rules import Part
from handrail.programmes.models import Programme


@fill("home.waiting", order=20, where=lambda person, _programme: queries.unanswered(person))
def waiting_to_answer(person: Person, programme: Programme | None) -> list[Waiting]:
    """Rounds in which this person is asked, about oneself or as a manager about reports."""
    if programme is None:
        return []
    found = []
    for one in queries.asked_in_rounds(person, programme):
        is_late = one.closes_on < clock.today()
        why = f"{one.title}."
        if one.respondent == "manager":
            title = plural("Rate one of your staff", "Rate %(n)s of your staff", one.left)
            found.append(Waiting(title % {"n": one.left}, why, _("Give ratings"), _start(one.invitation_uid), one.closes_on, is_late, is_post=True))
        else:
            found.append(Waiting(_("Answer the mapping"), why, _("Answer"), _start(one.invitation_uid), one.closes_on, is_late, is_post=True))
    return found


@fill("home.waiting", order=30, where=lambda _person, programme: queries.rounds_that_run(programme))
def waiting_to_remind(person: Person, programme: Programme | None) -> list[Waiting]:
    """Rounds in which people of the own municipality have not answered and may be reminded."""
    led = authority_of(person).organisation_ids(Role.PROCESS_LEADER, programme.uid) if programme else frozenset()
    if programme is None or not led:
        return []
    found = []
    for round, count in queries.rounds_to_remind(programme, led):
        title = plural("One person has not answered", "%(n)s people have not answered", count) % {"n": count}
        act = plural("Remind one", "Remind %(n)s", count) % {"n": count}
        found.append(
            Waiting(
                title, f"{round.title}.",
                act, reverse("instruments:round_remind", kwargs={"uid": round.uid}), round.closes_on,
                round.closes_on < clock.today(), is_post=True,
            )
        )  # fmt: skip
    return found


@fill("home.waiting", order=80)
def waiting_to_settle(person: Person, programme: Programme | None) -> list[Waiting]:
    """Answers set aside that nobody has looked at."""
    if programme is None or not authority_of(person).has(Role.COORDINATOR, programme=programme.uid):
        return []
    count = queries.set_aside_visible_to(person).filter(programme=programme.uid, settled_at=None).count()
    if not count:
        return []
    title = plural("One set of answers was set aside", "%(n)s sets of answers were set aside", count) % {"n": count}
    return [
        Waiting(
            title, _("They came under a key that had been used for other answers."), _("Look at them"),
            reverse("instruments:set_aside_list", kwargs={"uid": programme.uid}),
        )
    ]  # fmt: skip


def _start(uid: object) -> str:
    return reverse("instruments:answer_start", kwargs={"uid": uid})


@fill("erasure.parts", order=30)
def parts_of_answers(person: Person) -> list[Part]:
    """Answers and invitations."""
    return [
        Part(_("Every answer of the person and about the person, drafts too; questionnaires that wait for an answer are taken back.")),
        Part(_("What the person as a manager answered about others, without free text: it is theirs."), "stays"),
        Part(_("What the person wrote down of others as an interviewer, and that they did. Devices they answer for end."), "stays"),
    ]
