"""Everything that changes questionnaires, rounds and answers."""

from handrail.instruments.actions.answers import (
    Answered,
    AnswersWrong,
    submit_all_answers,
    submit_answers,
)
from handrail.instruments.actions.aside import (
    settle_set_aside,
)
from handrail.instruments.actions.books import (
    Part,
    mark_health,
    set_split,
    use_scale,
)
from handrail.instruments.actions.collections import (
    close_collection,
    open_collection,
    use_version,
)
from handrail.instruments.actions.devices import (
    end_device,
    end_devices_of,
    let_device_in,
)
from handrail.instruments.actions.forgetting import (
    forget_in_rounds,
)
from handrail.instruments.actions.mails import (
    link_for,
    mail_invitation,
    mail_reminder,
)
from handrail.instruments.actions.openrosa import (
    Taken,
    receive_instance,
)
from handrail.instruments.actions.questionnaires import (
    check_questionnaire,
    publish_form,
    publish_questionnaire,
)
from handrail.instruments.actions.responses import (
    Given,
    follower_of,
    give_response,
    give_responses,
    scope_of_collection,
)
from handrail.instruments.actions.rounds import (
    close_overdue_rounds,
    close_round,
    invite_to_round,
    open_round,
    open_round_for,
    remind,
    send_invitations,
)
from handrail.instruments.actions.taking import (
    Purpose,
    take_responses,
)
from handrail.instruments.actions.tallies import (
    add_up,
    count_responses,
    recount,
)
from handrail.instruments.actions.tickets import (
    make_tickets,
)
from handrail.instruments.actions.wording import (
    word_questionnaire,
)

__all__ = [
    "Answered",
    "AnswersWrong",
    "Given",
    "Part",
    "Purpose",
    "Taken",
    "add_up",
    "check_questionnaire",
    "close_collection",
    "close_overdue_rounds",
    "close_round",
    "count_responses",
    "end_device",
    "end_devices_of",
    "follower_of",
    "forget_in_rounds",
    "give_response",
    "give_responses",
    "invite_to_round",
    "let_device_in",
    "link_for",
    "mail_invitation",
    "mail_reminder",
    "make_tickets",
    "mark_health",
    "open_collection",
    "open_round",
    "open_round_for",
    "publish_form",
    "publish_questionnaire",
    "receive_instance",
    "recount",
    "remind",
    "scope_of_collection",
    "send_invitations",
    "set_split",
    "settle_set_aside",
    "submit_all_answers",
    "submit_answers",
    "take_responses",
    "use_scale",
    "use_version",
    "word_questionnaire",
]
