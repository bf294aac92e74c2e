"""What can be chosen when a study is set up."""

from __future__ import annotations

from babel import Locale
from django.db.models import QuerySet

from handrail.instruments.models import Questionnaire
from handrail.kit.text import locale
from handrail.people.models import Organisation
from handrail.programmes.models import Programme
from handrail.research.models import Study


def countries_offered() -> list[tuple[str, str]]:
    """Countries by their ISO code, named in the reader's language and in its order."""
    known = Locale.parse(str(locale())).territories
    found = [(code, str(name)) for code, name in known.items() if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}]
    return sorted(found, key=lambda one: one[1].casefold())


def organisations_of_programme(programme: Programme) -> QuerySet[Organisation]:
    """The organisations that take part in a programme."""
    return Organisation.objects.filter(pk__in=programme.partners.values("organisation"))


def organisations_to_ask(study: Study) -> QuerySet[Organisation]:
    """The programme's organisations that do not yet ask in a study."""
    return organisations_of_programme(study.programme).exclude(pk__in=study.partners.values("organisation"))


def questionnaires_of(study: Study) -> QuerySet[Questionnaire]:
    """What a group of a study may be asked."""
    return Questionnaire.objects.filter(programme=study.programme, kind=Questionnaire.Kind.STUDY).order_by("code")
