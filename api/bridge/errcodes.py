"""What the numbers mean with which the platforms refuse, for WeChat and WeCom alike.

Source: return codes of the official account and WeCom server interfaces. Texts are never compared, they change.
"""

from __future__ import annotations

from api.bridge.model import SendOutcome

LATER = frozenset({-1, 45009, 45011, 45033})
# Another worker, or an administrator, made a new token: one refresh, one more try, then it is a fault.
TOKEN_OA = frozenset({40001, 40014, 42001})
TOKEN_WECOM = frozenset({40014, 42001})  # 40001 means a wrong secret there: asking again blocks our address
UNDELIVERABLE = frozenset({45015, 45047, 43004, 43101, 48002, 40003, 46004, 50005, 81013, 95001, 95018})
WRONG_CONTENT = frozenset({45002, 44004, 47001, 47003, 40033, 40037, 41030})
WRONG_CONFIG = frozenset(
    {40001, 40013, 40125, 40164, 61004, 60020, 301002, 48001, 48004, 40243, 41001, 40014, 42001, 40058}
)


def outcome_of(code: int) -> SendOutcome:
    """Return what to do after a platform answered with a code; 0 is success."""
    if code == 0:
        return SendOutcome.SENT
    if code in LATER:
        return SendOutcome.LATER
    if code in UNDELIVERABLE:
        return SendOutcome.UNDELIVERABLE
    if code in WRONG_CONFIG:
        return SendOutcome.WRONG_CONFIG
    # What we do not know is our fault until somebody looked: sending it again would not help.
    return SendOutcome.WRONG_CONTENT
