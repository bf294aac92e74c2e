"""A questionnaire, and a round that is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from handrail.instruments import actions
from handrail.instruments.models import Invitation, QuestionnaireVersion, Round
from tests.instruments.forms import mapping


@pytest.fixture
def version(cast: Any) -> QuestionnaireVersion:
    """The published questionnaire."""
    return actions.publish_questionnaire(programme=cast.programme, file_name="k.xlsx", content=mapping(), by=cast.amal)


@pytest.fixture
def open_round(cast: Any, version: QuestionnaireVersion) -> Round:
    """A round about oneself, open in April, to which Birgit, Bo and Kim are invited."""
    made = actions.open_round(
        programme=cast.programme, version=version, title={"sv": "Kartläggning våren 2018", "en": "Mapping spring 2018"},
        opens_on=date(2018, 4, 9), closes_on=date(2018, 4, 30), by=cast.amal,
    )  # fmt: skip
    actions.invite_to_round(round=made, persons=[cast.birgit, cast.bo, cast.kim], by=cast.amal)
    return made


@pytest.fixture
def birgits(cast: Any, open_round: Round) -> Invitation:
    """Birgit's invitation."""
    return open_round.invitations.get(respondent=cast.birgit)


@pytest.fixture
def client_of(client_of: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """As everywhere, reading English: what a test looks for is then the same with and without compiled catalogues."""

    def make(person: Any = None) -> Any:
        client = client_of(person)
        client.cookies["language"] = "en"
        return client

    return make
