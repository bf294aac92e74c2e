"""The web face of actions: a form's fields are the action's arguments, and a broken rule becomes an error beside its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest

from handrail.kit.errors import RuleBroken


class ActionForm(forms.Form):
    """A form that performs an action."""

    act: Any = ""  # the words on its button

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
