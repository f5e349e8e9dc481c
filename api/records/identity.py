"""The two numbers an enterprise is known by, and their check digits.

The unified social credit code (GB 32100-2015) has 18 characters: authority, kind of body, six digits
of region, the nine-character organisation code (GB 11714-1997) and a check character. The customs
code has 10 characters.
"""

from __future__ import annotations

import re

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100 leaves out I, O, S, V and Z
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, position, 31) for position in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_USCC = re.compile(rf"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")
_CUSTOMS_CODE = re.compile(r"[0-9A-Z]{10}")


def uscc_check_character(first_17: str) -> str:
    """Return the 18th character for the first 17 of a unified social credit code (GB 32100-2015)."""
    total = sum(_VALUE[character] * weight for character, weight in zip(first_17, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def organisation_check_character(first_8: str) -> str:
    """Return the ninth character of an organisation code (GB 11714-1997)."""
    total = sum(int(character, 36) * weight for character, weight in zip(first_8, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def is_uscc(text: str) -> bool:
    """Whether ``text`` is a well-formed unified social credit code with the right check character."""
    return _USCC.fullmatch(text) is not None and uscc_check_character(text[:17]) == text[17]


def is_customs_code(text: str) -> bool:
    """Whether ``text`` has the form of a customs registration code."""
    return _CUSTOMS_CODE.fullmatch(text) is not None
