"""Which part of self-assessment a message asks for, beside answering the item at hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from selfassess.loader import list_standards
from selfassess.replies.characters import simplified
from selfassess.replies.numbers import even
from selfassess.standard import Standard

Kind = Literal["start", "resume", "gaps", "forecast", "outcome", "what_if", "confirm_all"]
LONGEST_START = 40

_ASSESS = re.compile(r"自评|自我评估|自测|模拟认证|模拟评估|self[- ]?(?:assess|check)")
_OTHERWISE = re.compile(r"[?？]|什么|怎么|如何|多久|哪|报告|是不是|要不要|\b(?:what|how|why|when|where)\b")
_RESUME = re.compile(r"继续|接着|接上|恢复|没做完|没完成|\b(?:resume|continue|go on)\b")
_ANEW = re.compile(r"重新|重做|重来|新的|再做一次|\b(?:new|again|anew)\b")
_WISHES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("what_if", re.compile(r"^(?:如果|假如|假设|要是|万一|what if\b|if\b|suppose\b)")),
    (
        "confirm_all",
        re.compile(r"(?:全部|都|全都|一次).{0,2}(?:按|照)记录.{0,4}|(?:按|照)记录(?:全部|都).{0,4}|confirm all.{0,20}"),
    ),
    (
        "gaps",
        re.compile(
            r"(?:我们?|我司|企业|公司|现在)*(?:还)?(?:差|缺)(?:些)?(?:什么|啥|哪些|哪里|在哪).{0,4}|(?:有)?(?:什么|哪些)差距.{0,3}"
            r"|差距(?:报告)?|哪些(?:项|条)?(?:不达标|没达标|没过|过不了).{0,2}"
            r"|(?:what(?:'s| is| are we)? missing|(?:show )?(?:the |our )?gaps?|what do we lack).{0,10}"
        ),
    ),
    (
        "forecast",
        re.compile(
            r"(?:我们?|我司|企业|公司|最早)*(?:什么时候|啥时候|何时|哪天|哪一天|多久)(?:以?后)?(?:才|就)?(?:能|可以)?"
            r"(?:过|通过|达标|合格|申请).{0,3}|预测|(?:when (?:can|will|could|do) we pass|forecast).{0,10}"
        ),
    ),
    (
        "outcome",
        re.compile(
            r"(?:我们?|我司|企业|公司|现在|目前)*(?:能不能|能|可以|会)(?:过|通过|达标)(?:吗|么|不)?|(?:看(?:一下)?|查看)?(?:自评)?结果(?:如何|怎么样)?"
            r"|(?:do|will|would|can) we pass|(?:show )?(?:the |our )?results?"
        ),
    ),
)


@dataclass(frozen=True)
class Wish:
    """What is asked for; ``standard`` where the message names one, ``anew`` where not the one under way is meant."""

    kind: Kind
    standard: Standard | None = None
    anew: bool = False


def read_wish(written: str) -> Wish | None:
    """The wish a message is, or None where it is an answer, a command of the walk or a question."""
    plain = even(simplified(written.strip()[:500])).lower().strip(" 。.!！~～、，,")
    bare = plain.strip("?？")
    if _ASSESS.search(plain) and len(plain) <= LONGEST_START and not _OTHERWISE.search(plain):
        anew = bool(_ANEW.search(plain))
        resumes = bool(_RESUME.search(plain)) and not anew
        return Wish("resume" if resumes else "start", standard_named(plain), anew)
    for kind, pattern in _WISHES:
        if pattern.match(bare) if kind == "what_if" else pattern.fullmatch(bare):
            return Wish(kind)
    return None


def standard_named(plain: str) -> Standard | None:
    """The standard in force latest that the words name."""
    named = next((standard for standard in list_standards() if standard.id in plain), None)
    if named is not None:
        return named
    if re.search(r"单项|single", plain):
        return _newest("single", "advanced_certified")
    if re.search(r"高级|高认|advanced|aeo", plain):
        return _newest("general", "advanced_certified")
    return _newest("general", "certified") if re.search(r"认证企业|certified", plain) else None


def _newest(kind: str, level: str) -> Standard | None:
    return next((s for s in list_standards() if s.kind == kind and s.level == level), None)
