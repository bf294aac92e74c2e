"""Naming role holders: staff of one's own by name, others by address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.people.models import Organisation, Person, Role


class RoleForm(ActionForm):
    """The role, where it holds, and until when."""

    act = _("Give the role")
    role = forms.ChoiceField(label=_("Role"))
    organisation = forms.ChoiceField(label=_("For"), required=False)
    ends_on = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave it out if the role has no end yet."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, roles: Sequence[str], organisations: Sequence[Organisation], everywhere: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(one.uid): one for one in organisations}
        self.fields["role"].choices = [(role, Role(role).label) for role in Role.values if role in roles]  # type: ignore[attr-defined]
        self.fields["organisation"].choices = [  # type: ignore[attr-defined]
            *([("", _("the whole programme"))] if everywhere else []), *((uid, str(one)) for uid, one in self.organisations.items()),
        ]  # fmt: skip
        self.fields["organisation"].required = not everywhere

    def clean(self) -> dict[str, Any]:
        """What the action takes."""
        data = super().clean() or {}
        if "organisation" in data:
            data["organisation"] = self.organisations.get(data["organisation"])
        return data


class NameByAddressForm(RoleForm):
    """Somebody by e-mail address: known in the staff list, or new."""

    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("Whoever has it in the staff list gets the role. If nobody has, the person is added."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    given_name = forms.CharField(label=_("Given name, if the person is new"), required=False, max_length=100)
    family_name = forms.CharField(label=_("Family name, if the person is new"), required=False, max_length=100)
    field_order = ("email", "given_name", "family_name", "role", "organisation", "ends_on")


class NameStaffForm(RoleForm):
    """Somebody of one's own staff, found by name."""

    person = forms.ChoiceField(label=_("Who"), widget=forms.RadioSelect, error_messages={"required": _("Choose a person.")})
    field_order = ("person", "role", "organisation", "ends_on")

    def __init__(self, *args: Any, staff: Sequence[tuple[Person, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = {str(person.uid): person for person, _name, _work in staff}
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (str(person.uid), f"{name} ({work})" if work else name) for person, name, work in staff
        ]

    def clean(self) -> dict[str, Any]:
        """What the action takes."""
        data = super().clean()
        if "person" in data:
            data["person"] = self.staff[data["person"]]
        return data
