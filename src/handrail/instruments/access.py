"""Who may do what with questionnaires and rounds."""

from __future__ import annotations

from handrail.instruments.models import Collection, Device, QuestionnaireVersion, Round
from handrail.instruments.queries import (
    collections_visible_to,
    devices_visible_to,
    kinds_published_by,
    organisations_collecting,
    organisations_led,
)
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme


def may_see_rounds(person: Person, programme: Programme) -> bool:
    """Owner and process leaders follow the rounds of their programme."""
    led = organisations_led(person, programme)
    return led is None or bool(led)


def may_open_round(person: Person, programme: Programme) -> bool:
    """The owner opens rounds for all partners, a process leader for the own municipality."""
    return may_see_rounds(person, programme)


def may_steer_round(person: Person, round: Round) -> bool:
    """Invite, send and remind: the owner everywhere, a process leader among the own municipality's people."""
    return may_see_rounds(person, round.programme)


def may_close_round(person: Person, round: Round) -> bool:
    """The owner closes any round; a process leader one to which only own people are invited."""
    led = organisations_led(person, round.programme)
    return led is None or (bool(led) and not round.invitations.exclude(organisation_id__in=led).exists())


def may_publish_questionnaire(person: Person, programme: Programme) -> bool:
    """What is asked of staff is the owner's decision; what a study asks is written by its researchers."""
    return bool(kinds_published_by(person, programme))


def may_word_questionnaire(person: Person, version: QuestionnaireVersion) -> bool:
    """Words and translations are changed by those who could publish the questionnaire."""
    return version.questionnaire.kind in kinds_published_by(person, version.questionnaire.programme)


def may_see_set_aside(person: Person, programme: Programme) -> bool:
    """The owner settles what was set aside."""
    return authority_of(person).has(Role.COORDINATOR, programme=programme.uid)


def may_have_answers(person: Person) -> bool:
    """Everybody may read what they sent themselves."""
    return person.erased_at is None


def may_see_collections(person: Person, programme: Programme) -> bool:
    """The project owner, and researchers of the programme's partners."""
    return organisations_collecting(person, programme).exists()


def may_collect_with(person: Person, version: QuestionnaireVersion) -> bool:
    """The project owner opens collections for every partner, a researcher for the own organisation."""
    return may_see_collections(person, version.questionnaire.programme)


def may_steer_collection(person: Person, collection: Collection) -> bool:
    """Links, posters, devices and the end of a collection: whoever finds it."""
    return collections_visible_to(person).filter(pk=collection.pk).exists()


def may_interview(person: Person, collection: Collection) -> bool:
    """Filling in a form for somebody else: researchers of the organisation that asks. The project owner reads how far it is, and asks nobody."""
    return authority_of(person).has(Role.RESEARCHER, programme=collection.programme.uid, organisation_id=collection.organisation_id)


def may_take_answers(person: Person, collection: Collection) -> bool:
    """What was answered leaves as a file with whoever asked: researchers of that organisation, each time with what for."""
    return may_interview(person, collection)


def may_steer_device(person: Person, device: Device) -> bool:
    """Letting a device in, and ending it: whoever finds it."""
    return devices_visible_to(person).filter(pk=device.pk).exists()
def may_see_results(person: Person, programme: Programme) -> bool:
    """The project owner and the programme's researchers read results, always with small groups hidden."""
    return bool(authority_of(person).roles(programme.uid) & {Role.COORDINATOR, Role.RESEARCHER})


def may_see_desk(person: Person, programme: Programme) -> bool:
    """What newcomers say at the desk: the owner, researchers, and process leaders of the own municipality."""
    return may_see_results(person, programme) or may_see_rounds(person, programme)


def may_take_up_scale(person: Person, version: QuestionnaireVersion) -> bool:
    """Which published instruments are used, and under which licence, is the owner's decision."""
    return may_publish_questionnaire(person, version.questionnaire.programme)
