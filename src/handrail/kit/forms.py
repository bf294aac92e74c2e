"""The web face of actions: a form's fields are the action's arguments, and a broken rule becomes an error beside its field."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.formats import get_format

from handrail.kit.errors import RuleBroken
from handrail.kit.text import NBSP, currency_unit


class MoneyField(forms.DecimalField):
    """Money as people write it, 100 000 and 12,50, with its currency beside the field."""

    unit = ""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": Decimal(0), "max_digits": 12, "decimal_places": 2, "localize": True, **options})

    def prepare_value(self, value: Any) -> Any:
        """142 000 and 12,50; what was typed stands as it was typed."""
        if not isinstance(value, (int, Decimal)):
            return value
        whole = value == int(value)
        return f"{value:,.{0 if whole else 2}f}".replace(",", NBSP).replace(".", get_format("DECIMAL_SEPARATOR"))

    def to_python(self, value: Any) -> Any:
        """Spaces between thousands are left out."""
        return super().to_python("".join(str(value).split()) if isinstance(value, str) else value)


class ActionForm(forms.Form):
    """A form that performs an action; `currency` (SEK) is that of its amounts."""

    act: Any = ""  # the words on its button

    def __init__(self, *args: Any, currency: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, MoneyField):
                field.unit = currency_unit(currency)

    @classmethod
    def of(cls, request: HttpRequest, *args: Any, **kwargs: Any) -> ActionForm:
        """The form as sent, or empty when the page is only looked at."""
        sent = request.method == "POST"
        return cls(request.POST if sent else None, request.FILES if sent else None, *args, **kwargs)

    def perform(self, action: Callable[..., Any], **known: Any) -> Any:
        """Run the action with what was filled in and what is known; None when something is wrong (the form says what)."""
        if not self.is_bound or not self.is_valid():
            return None
        try:
            result = action(**self.cleaned_data, **known)
        except RuleBroken as broken:
            self.add_error(broken.field if broken.field in self.fields else None, str(broken.message))
            return None
        return True if result is None else result


class EmptyForm(ActionForm):
    """A form with nothing to fill in: one button."""


def attempt(action: Callable[..., Any], **known: Any) -> tuple[Any, str]:
    """Run an action behind a single button: (result or True, "") or (None, what went wrong)."""
    try:
        result = action(**known)
    except RuleBroken as broken:
        return None, str(broken.message)
    return (True if result is None else result), ""
