"""The screens of people, accounts and organisations."""

from handrail.people.views.accounts import device_end, invitation_accept, invitation_ask, security
from handrail.people.views.erasures import erasure, erasure_agree, erasure_stop, erasures, person_erase
from handrail.people.views.recoveries import (
    recoveries,
    recovery,
    recovery_ask,
    recovery_finish,
    recovery_open,
    recovery_refuse,
    recovery_stop,
)
from handrail.people.views.staff import staff, staff_list, staff_list_problems, staff_list_save, staff_upload
from handrail.people.views.steering import account_close, account_reopen, person_invite

__all__ = ["account_close", "account_reopen", "device_end", "erasure", "erasure_agree", "erasure_stop", "erasures", "invitation_accept", "invitation_ask", "person_erase", "person_invite", "recoveries", "recovery", "recovery_ask", "recovery_finish", "recovery_open", "recovery_refuse", "recovery_stop", "security", "staff", "staff_list", "staff_list_problems", "staff_list_save", "staff_upload"]
