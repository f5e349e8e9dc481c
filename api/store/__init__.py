"""Our own tables, one module per subject."""

from api.store.accounts import Account, Membership
from api.store.audit import AuditEntry
from api.store.base import Base
from api.store.codes import OneTimeCode
from api.store.rates import RateCounter
from api.store.readings import RecordReading
from api.store.second_factor import RecoveryCode
from api.store.sign_ins import SignIn

__all__ = [
    "Account",
    "AuditEntry",
    "Base",
    "Membership",
    "OneTimeCode",
    "RateCounter",
    "RecordReading",
    "RecoveryCode",
    "SignIn",
]
