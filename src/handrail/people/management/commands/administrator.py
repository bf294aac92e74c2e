"""Names administrators, whom nobody can name on a screen."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from handrail.kit.errors import RuleBroken
from handrail.people import actions, queries
from handrail.people.models import Role


class Command(BaseCommand):
    help = "Name an administrator of the whole installation by e-mail address, and invite them; without an address list those there are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", nargs="?", default="")
        parser.add_argument("--given-name", default="")
        parser.add_argument("--family-name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["email"]:
            try:
                grant = actions.name_role_holder(
                    email=options["email"], given_name=options["given_name"], family_name=options["family_name"], role=Role.ADMINISTRATOR,
                    programme=None, organisation=None, by=None,
                )  # fmt: skip
                if queries.account_of(grant.person) is None:
                    actions.invite_person(person=grant.person, by=None)
                    self.stdout.write("An invitation is on its way.")
            except RuleBroken as broken:
                raise CommandError(str(broken.message)) from None
        for person in queries.administrators():
            self.stdout.write(person.account.email)
