"""S3-03: passages that were marked in interviews become a draft card that says from how many people it comes."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from handrail.kit.errors import RuleBroken
from handrail.library import actions, queries
from handrail.library.models import Practice
from handrail.research import actions as research
from tests.research.world import World, make_study

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(cast: Any) -> World:
    """A study with two researchers."""
    return make_study(cast)


def test_marked_passages_become_a_draft_with_its_sources(study: World, client_of: Any) -> None:
    passages = [study.passage(f"A neighbour showed me the laundry, number {n}.", sign=f"SE-R-0{n}") for n in range(3)]
    code = passages[0].code
    client = client_of(study.rita)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    address = reverse("library:draft", args=[code.uid])
    assert address in client.get(reverse("research:quotes", args=[code.uid])).content.decode(), "the way begins where the passages are read"
    assert "number 2." in client.get(address).content.decode()
    sent = client.post(
        address, {"title": "A neighbour for the laundry", "organisation": str(study.osby.organisation.uid), "language": "en", "country": "SE", "passages": [str(one.uid) for one in passages[:2]]}
    )
    made = Practice.objects.get()
    assert sent.headers["Location"] == reverse("library:write", args=[made.uid, "about"])
    assert (made.state, made.source_count, made.programme) == ("draft", 2, study.study.programme)
    drafted = queries.drafted_from(made, study.rita)
    assert drafted is not None
    assert (drafted.count, drafted.codes) == (2, [code])
    assert "what 2 people said" in client.get(reverse("library:practice", args=[made.uid])).content.decode()


def test_who_takes_words_back_is_counted_no_longer(study: World) -> None:
    one, other = (study.passage(f"Letter {n}", sign=f"SE-R-0{n}") for n in range(2))
    made = actions.draft_practice(
        code=one.code, passages=[one, other], programme=study.study.programme, title="Letters", language="en", country="SE", organisation=study.osby.organisation, by=study.rita
    )
    research.withdraw_source(source=one.text.source, by=study.rita)
    drafted = queries.drafted_from(made, study.rita)
    assert drafted is not None
    assert drafted.count == 1


def test_passages_of_nothing_or_of_something_else_are_refused(study: World) -> None:
    known = {"programme": study.study.programme, "title": "Letters", "language": "en", "country": "SE", "organisation": study.osby.organisation, "by": study.rita}
    other = research.add_code(study=study.study, name={"en": "Work"}, description={}, by=study.rita)
    for passages in ([], [study.passage("Another", sign="SE-R-02")]):
        with pytest.raises(RuleBroken):
            actions.draft_practice(code=other, passages=passages, **known)
    assert not Practice.objects.exists()


def test_only_researchers_of_the_study_draft_from_it(study: World, client_of: Any) -> None:
    code = study.passage("Letter", sign="SE-R-01").code
    told = {name: client_of(person).get(reverse("library:draft", args=[code.uid])).status_code for name, person in {"rita": study.rita, "hugo": study.hugo, "amal": study.amal, "stranger": study.stranger}.items()}
    assert told == {"rita": 200, "hugo": 200, "amal": 404, "stranger": 404}
