"""Answers without an account: once for each key, whole, checked, and nothing that joins them to anybody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from handrail.instruments import actions
from handrail.instruments.actions import AnswersWrong, Given
from handrail.instruments.models import Collection, QuestionnaireVersion, Response, Ticket
from handrail.instruments.rules.collections import new_word
from handrail.kit import ids
from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry, Received, SetAside
from tests.instruments.collecting import SAID, collection
from tests.instruments.forms import WHOLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast: Any, version: QuestionnaireVersion) -> Collection:
    """An anonymous collection that is open to whoever has the address."""
    return collection(cast, version)


def give(asked: Collection, key: str = "key-12345", **more: Any) -> Any:
    return actions.give_response(**{"collection": asked, "answers": SAID, "language": "ar", "key": key, **more})


def test_response_is_kept_whole_and_once(asked: Collection) -> None:
    first, again = give(asked), give(asked)
    row = Response.objects.get()
    assert (first.state, again.state, first.sha256 == again.sha256) == ("new", "again", True)
    assert (row.answers, row.language, row.channel, row.consent_number, row.version) == (WHOLE, "ar", "web", 1, asked.version)


def test_response_with_other_content_is_set_aside(asked: Collection) -> None:
    give(asked)
    other = give(asked, answers={**SAID, "hours": "13"})
    assert (other.state, Response.objects.get().answers["hours"]) == ("aside", 12)
    kept = SetAside.objects.get()
    assert (kept.payload["answers"]["hours"], kept.programme) == ("13", asked.programme.uid)


def test_anonymous_response_leaves_nothing_to_join(cast: Any, asked: Collection) -> None:
    """Neither instant nor order nor person nor link stands anywhere beside it."""
    for number in range(8):
        give(asked, f"key-number-{number}", by=cast.paula, channel="interviewer")
    rows = list(Response.objects.order_by("pk"))
    assert {(row.received_on, row.received_at, row.sent_by, row.ticket, row.instance, row.follower) for row in rows} == {
        (date(2018, 4, 18), None, None, None, None, "")
    }
    receipts = list(Received.objects.all())
    assert {one.result for one in receipts} == {None}
    assert len({one.at for one in receipts}) == 1, "a receipt has midnight, not its instant"
    journal = list(JournalEntry.objects.filter(name="ResponseReceived"))
    assert all((one.data, one.by) == ({"collection": str(asked.uid), "programme": str(asked.programme.uid)}, None) for one in journal)
    assert len(journal) == 8
    assert all(str(row.uid) not in str([one.data for one in JournalEntry.objects.all()]) for row in rows)
    by_key = {one.key[-1]: one.pk for one in receipts}
    assert [by_key[one] for one in sorted(by_key)] != sorted(by_key.values()), "receipts stand in the order in which they came"


def test_named_collection_keeps_instant_and_interviewer(cast: Any, version: QuestionnaireVersion) -> None:
    asked = collection(cast, version, is_anonymous=False, way="staffed")
    receipt = give(asked, channel="paper", by=cast.paula)
    row = Response.objects.get()
    assert (row.received_at is not None, row.sent_by, row.channel, receipt.result) == (True, cast.paula, "paper", row.uid)


@pytest.mark.parametrize(("way", "channel", "opens"), [("staffed", "web", False), ("closed", "web", False), ("open", "paper", False), ("open", "web", True)])
def test_response_comes_by_its_way_only(cast: Any, version: QuestionnaireVersion, way: str, channel: str, opens: bool) -> None:
    asked = collection(cast, version, way=way)
    if opens:
        assert give(asked, channel=channel).state == "new"
        return
    with pytest.raises(RuleBroken):
        give(asked, channel=channel)
    assert not Response.objects.exists()
    assert not Received.objects.exists(), "a refused answer must leave its key free"


def test_ticket_is_spent_with_the_answer_and_says_nothing_of_it(cast: Any, version: QuestionnaireVersion) -> None:
    asked = collection(cast, version, way="closed")
    ticket = Ticket.objects.create(collection=asked, token_hash=ids.hashed("secret"))
    with pytest.raises(AnswersWrong):
        give(asked, ticket=ticket, answers={})
    assert not Ticket.objects.get().is_used
    give(asked, ticket=ticket)
    assert (Ticket.objects.get().is_used, Response.objects.get().ticket) == (True, None)
    assert give(asked, ticket=ticket).state == "again", "the same again after the ticket was spent is the same again"
    with pytest.raises(RuleBroken):
        give(asked, "another-key", ticket=ticket)
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    "answers",
    [{}, {**SAID, "hours": "0"}, {**SAID, "interpreter": "l9"}, {**SAID, "nonsense": "x"}, {**SAID, "hours": {"a": 1}}, {**SAID, "wish": "\x00"}, {**SAID, "wish": "x" * 5001}],
)
@pytest.mark.parametrize("channel", ["web", "interviewer", "device"])
def test_every_channel_is_checked_alike(cast: Any, asked: Collection, answers: dict[str, Any], channel: str) -> None:
    with pytest.raises(RuleBroken):
        give(asked, answers=answers, channel=channel, by=None if channel == "web" else cast.paula)
    assert not Response.objects.exists()


def test_nothing_is_taken_before_and_after(cast: Any, version: QuestionnaireVersion) -> None:
    later = collection(cast, version, opens_on=date(2018, 5, 1), closes_on=date(2018, 5, 9))
    ended = actions.close_collection(collection=collection(cast, version), by=cast.amal)
    for asked in (later, ended):
        with pytest.raises(RuleBroken):
            give(asked)
    assert not Response.objects.exists()


def test_word_joins_answers_over_time_without_being_kept(cast: Any, version: QuestionnaireVersion) -> None:
    rounds = [collection(cast, version, keeps_together=True) for _round in range(2)]
    word = new_word()
    give(rounds[0], word=word)
    give(rounds[1], word=word.lower().replace("-", " "))
    first, second = Response.objects.filter(collection=rounds[0]).get(), Response.objects.filter(collection=rounds[1]).get()
    assert first.follower == second.follower != ""
    assert word.replace("-", "") not in first.follower.upper()
    other = collection(cast, version)
    give(other, word=word)
    assert Response.objects.get(collection=other).follower == "", "a collection that joins nothing keeps no word"


def test_later_set_stands_in_the_place_of_the_earlier(cast: Any, asked: Collection) -> None:
    give(asked, instance="uuid:1")
    first = Response.objects.get()
    for number in (2, 3):  # both correct the first: the later stands at the end
        give(asked, f"key-number-{number}", instance=f"uuid:{number}", replaces=first)
    chain = {row.instance: row.replaced_by and row.replaced_by.instance for row in Response.objects.all()}
    assert chain == {"uuid:1": "uuid:2", "uuid:2": "uuid:3", "uuid:3": None}


def test_batch_is_kept_all_or_none_and_once(asked: Collection, django_assert_max_num_queries: Any) -> None:
    given = [Given({**SAID, "wish": str(number)}, "sv", f"key-number-{number}") for number in range(100)]
    with django_assert_max_num_queries(12):
        receipts = actions.give_responses(collection=asked, given=given)
    assert {one.state for one in receipts} == {"new"}
    assert {one.state for one in actions.give_responses(collection=asked, given=given)} == {"again"}
    assert Response.objects.count() == 100
    with pytest.raises(AnswersWrong):
        actions.give_responses(collection=asked, given=[Given(SAID, "sv", "key-fresh-1"), Given({}, "sv", "key-fresh-2")])
    with pytest.raises(RuleBroken):
        actions.give_responses(collection=asked, given=[Given(SAID, "sv", f"key-fresh-{number}") for number in range(101)])
    assert Response.objects.count() == 100
