"""What people fill in about programmes, participants, roles and messages."""

from handrail.programmes.forms.contact import ContactForm
from handrail.programmes.forms.participants import MOST_UNITS, EnrolForm, FilterForm, MarkForm
from handrail.programmes.forms.programme import ContactPersonForm, PublicPageForm
from handrail.programmes.forms.roles import NameByAddressForm, NameStaffForm

__all__ = [
    "MOST_UNITS",
    "ContactForm",
    "ContactPersonForm",
    "EnrolForm",
    "FilterForm",
    "MarkForm",
    "NameByAddressForm",
    "NameStaffForm",
    "PublicPageForm",
]
