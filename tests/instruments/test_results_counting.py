"""Counting: what is kept beside the responses equals what a full recount finds, and what is shown moves in steps of five."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.instruments.actions import tallies
from handrail.instruments.models import Book, Columns, Drawn, Response, Tally, TallyDelta
from handrail.instruments.queries import tallies as queries
from handrail.instruments.rules import columns as rules
from handrail.instruments.rules.results import Reach, bins_of, next_reach, steps_allowed
from handrail.instruments.rules.tallying import add_answers, place_of
from tests.instruments.answered import give, make_collection, make_version, replace

WORDS = "a word that is counted nowhere"
SET = st.fixed_dictionaries({}, optional={
    "work": st.sampled_from(["yes", "no", "study"]), "needs": st.lists(st.sampled_from(["language", "housing", "job"]), unique=True),
    "met": st.sampled_from(["a1", "a2", "a3", "a4", "a5"]), "years": st.integers(0, 5000), "more": st.just(WORDS),
})  # fmt: skip
ACTS = st.lists(st.one_of(st.tuples(st.just("give"), SET), st.tuples(st.just("replace"), SET, st.integers(0, 99)), st.tuples(st.just("delete"), st.integers(0, 99)), st.tuples(st.just("add"))), max_size=30)


@pytest.fixture
def collection(cast: Any) -> Any:
    """A collection of a study's questionnaire."""
    return make_collection(cast, make_version(cast))


def plain(heap: Any) -> Any:
    """Sums without what is nought."""
    return {key: value for key, value in heap.items() if value[0] or value[1]}


def recounted(collection: Any) -> Any:
    """The sums worked out from nothing but the responses."""
    heap: Any = {}
    for one in Response.objects.filter(collection=collection, replaced_by=None):
        people, sums = heap.get((one.version_id, one.language, "2018-04"), (0, {}))
        add_answers(sums, queries.counted_of(one))
        heap[one.version_id, one.language, "2018-04"] = (people + 1, sums)
    return heap


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_tallies_equal_a_full_recount_after_edits_replacements_and_deletions(collection: Any, acts: Any) -> None:
    from django.db import transaction

    with transaction.atomic():
        live: list[Any] = []
        for act in acts:
            if act[0] == "give":
                live += give(collection, [act[1]], add=False)
            elif act[0] == "replace" and live:
                live.append(replace(live.pop(act[2] % len(live)), act[1]))
            elif act[0] == "delete" and live:
                gone = live.pop(act[1] % len(live))
                tallies.count_responses(responses=[gone], sign=-1)
                chain = [gone.pk]
                while earlier := Response.objects.filter(replaced_by=chain[0]).values_list("pk", flat=True).first():
                    chain.insert(0, earlier)
                for pk in chain:
                    Response.objects.filter(pk=pk).delete()
            elif act[0] == "add":
                tallies.add_up()
            assert queries.whole(collection) == recounted(collection), "what is added up and what came since are not what the responses say"
        tallies.add_up()
        assert not TallyDelta.objects.exists()
        assert plain({(row.version_id, row.language, row.period): (row.people, row.sums) for row in Tally.objects.all()}) == recounted(collection)
        columns = Columns.objects.filter(collection=collection).first()
        if columns and "work" in columns.books:
            here = rules.is_there(queries.column(columns, rules.GONE, columns.rows), columns.rows)
            codes = queries.column(columns, "work", columns.rows)[here]
            found = {value: int((codes == code).sum()) for code, value in enumerate(columns.books["work"]["values"], start=1)}
            assert {key: n for key, n in found.items() if n} == recounted(collection).get((collection.version_id, "en", "2018-04"), (0, {}))[1].get("work", {}).get("v", {}), "the columns say something else"
        assert tallies.recount(collection=collection), "the recount found other sums"
        assert plain({(row.version_id, row.language, row.period): (row.people, row.sums) for row in Tally.objects.all()}) == recounted(collection)
        transaction.set_rollback(True)


def test_a_line_waits_until_it_is_added_and_then_leaves_no_words(collection: Any) -> None:
    give(collection, [{"work": "yes", "more": WORDS}], add=False)
    assert queries.people_answered([collection]) == {collection.pk: 1}
    assert WORDS not in str(TallyDelta.objects.values())
    assert tallies.add_up() == 1
    assert queries.people_answered([collection]) == {collection.pk: 1}
    assert WORDS not in str(Tally.objects.values())


def test_a_recount_mends_what_was_wrong_and_says_so(collection: Any) -> None:
    give(collection, [{"work": "yes"}] * 7)
    Tally.objects.update(people=9)
    assert not tallies.recount(collection=collection), "the recount did not notice"
    assert queries.people_answered([collection]) == {collection.pk: 7}
    assert tallies.recount(collection=collection)


def test_blocks_fill_one_after_the_other(collection: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(rules, "ROWS", 4)
    rows = give(collection, [{"work": "yes"}] * 3)
    give(collection, [{"years": 3}] * 6)
    replace(rows[1], {"work": "no"})
    tallies.add_up()
    columns = Columns.objects.get()
    assert (columns.rows, columns.gone) == (10, 1)
    assert sorted(queries.column(columns, "work", 9)) == [0] * 6 + [1] * 3
    assert list(queries.column(columns, "work", 10))[9] == 2
    assert sorted(queries.column(columns, "years", 9)[queries.column(columns, "work", 9) == 0]) == [3.0] * 6, "a row was torn apart"
    assert list(rules.is_there(queries.column(columns, rules.GONE, 9), 9)) == [True] * 9, "what was drawn before the change stays"
    assert list(rules.is_there(queries.column(columns, rules.GONE, 10), 10)).count(False) == 1


def shown(collection: Any) -> Any:
    """How many of a collection are shown."""
    one = Drawn.objects.filter(collection=collection).first()
    return one.people if one else 0


def test_what_is_shown_moves_by_five_or_more_and_ends_with_everybody(cast: Any, collection: Any) -> None:
    seen = []
    for _index in range(17):
        give(collection, [{"work": "yes"}])
        seen.append(shown(collection))
    assert seen == [0] * 4 + [5] * 10 + [10] * 3
    collection.closes_on = date(2018, 4, 1)
    collection.save()
    tallies.add_up()
    assert shown(collection) == 17
    steps = [after - before for before, after in zip(seen, seen[1:], strict=False)] + [17 - seen[-1]]
    assert all(step == 0 or step >= 5 for step in steps)


@given(st.lists(st.integers(0, 9), max_size=40))
def test_two_looks_never_differ_by_one_to_four_people(arrivals: Any) -> None:
    shown, waiting, now = 0, None, 0
    for more in arrivals:
        now += more
        was = shown
        what, waits = next_reach(Reach(shown, waiting, now, False))
        old = waiting
        if what == "now":
            shown, waiting = now, None
        elif what == "waiting":
            shown = old
        if waits == "now":
            waiting = now
        assert shown == was or shown - was >= 5
        assert shown <= now
    what, _waits = next_reach(Reach(shown, waiting, now, True))
    assert what == "keep" or now - shown >= 5 or not shown
    assert (shown and now - shown < 5) or not now or what == "now", "at its end everybody is shown but for fewer than five"


def test_a_small_collection_does_not_enter_a_total_that_is_shown() -> None:
    assert steps_allowed({"a": 3}, {"b": 20}, [{"a", "b"}]) == set()
    assert steps_allowed({"a": 3, "b": 5}, {"b": 20}, [{"a", "b"}]) == {"a", "b"}
    assert steps_allowed({"a": 3}, {}, [{"a", "b"}]) == {"a"}
    assert steps_allowed({"a": 3, "c": 6}, {"b": 20}, [{"a", "b"}, {"a", "b", "c"}]) == {"c"}


def test_numbers_are_kept_to_three_figures() -> None:
    assert [place_of(one) for one in (7, 999, 1234, -1234, 37.5, 0.12345, 12345.6)] == ["7", "999", "1230", "-1240", "37.5", "0.123", "12300"]


def test_bars_of_a_histogram_hold_nobody_or_five() -> None:
    counts = {str(age): 1 for age in range(18, 60)} | {"95": 1}
    edges = bins_of(counts, threshold=5)
    held = [sum(n for value, n in counts.items() if low <= int(value) < high) for low, high in zip(map(float, edges), [*map(float, edges[1:]), 1e9], strict=True)]
    assert all(one >= 5 for one in held)
    assert sum(held) == 43


def test_another_worker_takes_what_is_not_held(collection: Any) -> None:
    assert tallies.add_up_collection(collection.pk) == 0
    give(collection, [{"work": "no"}], add=False)
    assert tallies.add_up_collection(collection.pk) == 1
    tallies.add_up()
    assert Book.objects.get().figures["people"] == {"*": {"*": 0}}


def test_columns_do_not_tell_in_which_order_people_answered(collection: Any) -> None:
    for number in range(60):
        give(collection, [{"years": number}])
    columns = Columns.objects.get()
    order = [int(one) for one in queries.column(columns, "years", 60)]
    assert sorted(order) == list(range(60))
    assert order[:50] != list(range(50)), "rows lie as they came"
    assert all(abs(place - number) < 20 for place, number in enumerate(order)), "a row left its step"


def test_what_is_given_by_the_intake_is_counted(collection: Any) -> None:
    from handrail.instruments import actions

    actions.give_response(collection=collection, answers={"work": "yes", "course": "no"}, language="en", key="a-key-of-its-own-1")
    assert queries.people_answered([collection]) == {collection.pk: 1}
    assert queries.whole(collection) == recounted(collection)
    tallies.add_up()
    first = Response.objects.get()
    actions.give_response(collection=collection, answers={"work": "no"}, language="en", key="a-key-of-its-own-2", replaces=first)
    tallies.add_up()
    assert queries.people_answered([collection]) == {collection.pk: 1}
    assert {key: value for key, value in queries.whole(collection).items() if value[0]} == recounted(collection)


def test_a_recount_asks_as_often_for_three_responses_as_for_thirty(collection: Any, queries_of: Any) -> None:
    costs = []
    for count in (3, 27):
        give(collection, [{"work": "yes", "years": 4}] * count)
        costs.append(queries_of(lambda: tallies.recount(collection=collection)))
    assert costs[1] <= costs[0] + 2, costs
