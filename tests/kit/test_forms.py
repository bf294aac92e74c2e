"""Money in forms: written as people write it, with its currency beside it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from handrail.kit.forms import ActionForm, MoneyField


class Priced(ActionForm):
    cost = MoneyField(label="Cost")


@pytest.mark.parametrize(("language", "value", "shown"), [("sv", 142000, "142\u00a0000"), ("sv", Decimal("12.50"), "12,50"), ("en", Decimal("1234.5"), "1\u00a0234.50")])
def test_money_stands_as_people_write_it_and_is_read_back_the_same(language: str, value: Decimal, shown: str) -> None:
    with translation.override(language):
        assert f'value="{shown}"' in str(Priced(initial={"cost": value})["cost"])
        sent = Priced({"cost": shown})
        assert sent.is_valid() and sent.cleaned_data["cost"] == value
        assert 'value="a lot"' in str(Priced({"cost": "a lot"})["cost"]), "what was typed stands as it was typed"


def test_money_says_its_currency_and_other_fields_none() -> None:
    assert [Priced(currency=code).fields["cost"].unit for code in ("SEK", "EUR", "GBP")] == ["kr", "€", "GBP"]
