"""The web face of the actions on questionnaires, rounds and answers."""

from handrail.instruments.forms.answering import (
    AnswerPage,
    Entry,
    answers_sent,
    is_change,
    keys_shown,
)
from handrail.instruments.forms.questionnaires import (
    PublishForm,
    UploadForm,
)
from handrail.instruments.forms.results import (
    CrossForm,
    FilterForm,
    RoundsForm,
    ScaleForm,
)
from handrail.instruments.forms.rounds import (
    InviteForm,
    OpenRoundForm,
    SettleForm,
)

__all__ = [
    "AnswerPage",
    "CrossForm",
    "Entry",
    "FilterForm",
    "InviteForm",
    "OpenRoundForm",
    "PublishForm",
    "RoundsForm",
    "ScaleForm",
    "SettleForm",
    "UploadForm",
    "answers_sent",
    "is_change",
    "keys_shown",
]
