"""What people fill in for sessions, seats, minutes and groups."""

from handrail.delivery.forms.attendance import (
    AttendanceList,
    CheckInForm,
    CorrectForm,
    MarksFileForm,
    device_moment,
    in_order_sent,
)
from handrail.delivery.forms.seats import InviteForm, ReasonForm
from handrail.delivery.forms.sessions import (
    CancelForm,
    GroupsForm,
    PlaceForm,
    ProductForm,
    RepeatForm,
    SessionFilter,
    SessionForm,
)

__all__ = [
    "AttendanceList",
    "CancelForm",
    "CheckInForm",
    "CorrectForm",
    "GroupsForm",
    "InviteForm",
    "MarksFileForm",
    "PlaceForm",
    "ProductForm",
    "ReasonForm",
    "RepeatForm",
    "SessionFilter",
    "SessionForm",
    "device_moment",
    "in_order_sent",
]
