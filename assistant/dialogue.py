"""Read a follow-up with what was asked before: 「那认证企业呢？」「多久？」「依据是哪条？」.

A conversation is a value: earlier turns in, one question that stands alone out. Nothing is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.date_words import date_words, only_dates
from assistant.models import Turn
from knowledge.terms import LEVEL_KINDS, Mention, Terms
from knowledge.text import CJK, clean, simplify

_SHORT_ZH, _SHORT_EN = 22, 60
# 「高认要看哪几个指标」 names a level and nothing else: the subject is the earlier one.
ONLY_A_LEVEL = 14
_THEN = re.compile(
    r"^(那么?|那要是|那如果|如果|换成|要是|还有|另外|and|then|what about|how about|but)[，, ]*"
    r"|(呢|怎么样|又如何)?[？?。.!！ ]*$",
    re.I,
)
_LEADS_ON = re.compile(
    r"^(那|其中|这里面|里面|还有|另外|换成|要是|如果是|and |then |what about|how about|but )|呢[？?。 ]*$", re.I
)
_WITHIN = re.compile(r"其中|这里面|里面")
_BASIS = re.compile(
    r"依据|哪一?条|哪个(文件|规定|条款|公告|令)|出处|来源|文号|根据(什么|哪)|法律规定在哪|原文|凭什么|谁(说|规定)的"
    r"|\b(which article|legal basis|what is the (basis|source)|source|on what basis|says who|where does it say)\b",
    re.I,
)
# 「它替代了哪个令」 asks what was replaced, not what an answer rests on.
_NO_BASIS = re.compile(r"替代|取代|代替|废止|\b(?:replace[sd]?|repeal(?:s|ed)?)\b", re.I)
_ASPECT = re.compile(
    r"^(大概|一般|需要|要|得|那|具体|到底|是)?("
    r"多久|多长时间|多少|几(次|年|天|个月|个|条|项|级)|什么时候|怎么(办|申请|做|查|算|提|弄)?|如何|为什么|为啥|在哪(里|儿)?|谁|找谁"
    r"|有(没有)?(例外|限制|条件|期限|好处|后果|影响|标准|要求|材料)|例外|条件|材料|流程|后果|期限|标准|区别|哪些|举例"
    r"|可以吗|能吗|行吗|会怎样|会怎么样|(?:要|交|准备)?(什么|哪些)(材料|条件|资料|手续|流程)"
    r"|有什么(好处|后果|影响|要求|条件|区别|不同|限制)|然后呢|接着呢|详细(点|说说)?|具体(点|说说|呢)?"
    r"|how (long|much|many|often)|since when|why|when|where|who|how|what documents|any exceptions?|conditions?"
    r"|what else"
    r"|for example|tell me more|more details?)",
    re.I,
)
# 「旧办法是多少天」, 「以前呢」: another time and perhaps an aspect, of the earlier subject.
_OTHER_RULE = re.compile(
    r"^(?:按照?|依?照|在|那)?(?:[旧老新]的?(?:办法|规定?|标准|政策|令)|(?P<then>以前|过去|原来|原先|之前|从前)(?:的(?:办法|规定|标准))?)"
    r"[下里中]?是?"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年(?!第?[0-9]|[0-9]*月)")
_ONLY_NOW = re.compile(r"(?:现在|目前|如今|新规|新办法|新标准)[的下]?")
_OLD_DOCUMENT = re.compile(
    r"#+(?:公告)?|第?[0-9]{2,3}号令下?|[旧老](?:办法|规定?|标准)下?|以前|过去|原来|当时|那时候?|的时候"
)
LONGEST_ASPECT = 5
_NOW = re.compile(r"现在|目前|当前|如今|\b(?:now|currently|today)\b", re.I)
# Words of asking that carry no subject of their own.
BARE_TERMS = frozenset(
    "time_limit application_material certification_steps facilitation_measure control_measure".split()
)
_ASKS = re.compile(
    r"几|多少|多久|什么|哪|怎么|如何|吗|么|是否|能不能|可不可以|有没有|谁|为什么|要不要|行不行"
    r"|\b(?:how|what|when|which|who|where|why|is|are|does|do|can|must|may)\b",
    re.I,
)
_ASKS_HOW_MANY = re.compile(r"多少|几|哪|什么|how|what|which", re.I)
_PRONOUN = re.compile(r"它|这个|这种|该|上述|上面|刚才|前面|这条|这项|那个|那种|前者|后者|这样|\b(it|this|that|these|those|they|the former|the latter)\b", re.I)  # fmt: skip  # noqa: E501


@dataclass(frozen=True)
class Standalone:
    """A question that needs no earlier turn, and whether it only asks for the basis of an answer.

    ``base`` is what the next aspect is asked of: 「多久」 after 「要什么材料」 still asks of the question before both.
    """

    text: str
    asks_basis: bool = False
    follows: bool = False
    base: str = field(default="", compare=False)


def standalone(text: str, history: Sequence[Turn], terms: Terms) -> Standalone:
    """Return the question as it reads after the earlier turns of the conversation."""
    before = Standalone("")
    for turn in history:
        before = _resolve(simplify(clean(turn.question)), before, terms)
    return _resolve(simplify(clean(text)), before, terms)


def _resolve(text: str, before: Standalone, terms: Terms) -> Standalone:
    found = _read(text, before, terms)
    return found if found.base else replace(found, base=found.text)


def _read(text: str, before: Standalone, terms: Terms) -> Standalone:
    previous = before.text
    if not previous:
        return Standalone(text)
    if not _is_elliptical(text, terms):
        return Standalone(text)
    if _BASIS.search(text) and not _NO_BASIS.search(text):
        return Standalone(previous, asks_basis=True, follows=True)
    core = _THEN.sub("", text).strip(" ，,。.？?!！")
    if (replaced := _replaced_day(core, previous) or _as_of_now(core, previous)) is not None:
        return Standalone(replaced, follows=True)
    if (under_other := _under_other_rule(core, previous)) is not None:
        return Standalone(under_other, follows=True)
    if (figure := _other_figure(core, previous, terms)) is not None:
        return Standalone(figure, follows=True)
    if (swapped := _swapped_term(core, previous, terms)) is not None:
        return Standalone(swapped, follows=True)
    return Standalone(_behind(before.base, core or text), follows=True, base=before.base)


def _behind(base: str, text: str) -> str:
    """A question behind the one that gives it its subject."""
    separator = " " if not CJK.search(base) else "，"
    return f"{base.rstrip('。？?！! ')}{separator}{text}"


def _is_elliptical(text: str, terms: Terms) -> bool:
    """Whether a question cannot be understood alone."""
    limit = _SHORT_ZH if CJK.search(text) else _SHORT_EN
    if len(text) > limit:
        return False
    core = _THEN.sub("", text)
    if _under_other_rule(core, "") is not None:
        return True
    mentions = [m for m in terms.find(core) if m.term.id not in BARE_TERMS]
    subjects = [m for m in mentions if m.term.kind not in LEVEL_KINDS]
    if _BASIS.search(text) and not subjects:
        return True
    if subjects and len(mentions) > len(subjects) and not _PRONOUN.search(core):
        # A level and a subject of its own: 「旧规下高认的查验率呢」.
        return False
    if subjects and _ASKS.search(core) and not _WITHIN.match(core):
        # It names its own subject and asks something of it: 「那高级认证企业几年复核一次」.
        return False
    if _LEADS_ON.search(text) or _ASPECT.match(text):
        return True
    if mentions and not subjects and len(text) <= ONLY_A_LEVEL:
        return True
    return bool(_PRONOUN.search(text)) and not mentions


def _under_other_rule(core: str, previous: str) -> str | None:
    """「旧办法是多少天」「以前呢」: the earlier question under the rules named now."""
    rule = _OTHER_RULE.match(core)
    if rule is None:
        return None
    aspect = core[rule.end() :].rstrip("？?。 呢")
    if aspect and (len(aspect) > LONGEST_ASPECT or not _ASPECT.match(aspect)):
        return None
    named = rule["then"] or rule.group().rstrip("下里中是")
    return "，".join(part for part in (named, _NOW.sub("", previous), aspect) if part)


def _replaced_day(core: str, previous: str) -> str | None:
    """「那2025年呢」: the earlier question on the day named now."""
    words = date_words(core)
    rest = core.replace(words, "").strip(" ，,的时候呢") if words else core
    if not words or len(rest) > 4:
        return None
    if (year := _YEAR.match(core)) and (old := _YEAR.search(previous)):
        return previous.replace(old.group(), year.group())
    before = date_words(previous)
    return f"{words}，{_NOW.sub('', previous.replace(before, ''))}"


def _as_of_now(core: str, previous: str) -> str | None:
    """「那现在呢」: the earlier question without the day and the old document it named."""
    if not _ONLY_NOW.fullmatch(core):
        return None
    rest = previous.replace(date_words(previous), "")
    return f"现在，{_OLD_DOCUMENT.sub('', only_dates(rest)).strip('#，, 的')}"


def _other_figure(core: str, previous: str, terms: Terms) -> str | None:
    """「那资产负债率96%呢」: another indicator with its own figure, at the level asked about before."""
    now, then = terms.find(core), terms.find(previous)
    if not re.search(r"[0-9]", core) or not any(m.term.kind not in LEVEL_KINDS for m in now):
        return None
    levels = [m.words for m in then if m.term.kind in LEVEL_KINDS]
    named = any(m.term.kind in LEVEL_KINDS for m in now)
    if not CJK.search(core):
        return core if named or not levels else f"{core} ({levels[0]})"
    return f"{'' if named or not levels else levels[0]}{core}够吗"


def _swapped_term(core: str, previous: str, terms: Terms) -> str | None:
    """「那认证企业呢」: the earlier question with the other level, partner or indicator."""
    now, then = terms.find(core), terms.find(previous)
    for mention in now:
        partner = next((old for old in then if _same_kind(mention, old)), None)
        rest = core.replace(mention.words, "").strip(" 的呢")
        if mention.term.id in BARE_TERMS or _ASKS_HOW_MANY.search(rest):
            continue
        if partner is not None and mention.term.id != partner.term.id and len(rest) <= 4:
            return previous.replace(partner.words, mention.words)
        if mention.term.kind in LEVEL_KINDS and partner is None and len(rest) <= 4:
            return f"{mention.words}{previous}" if CJK.search(previous) else f"{previous} ({mention.words})"
    return None


def _same_kind(a: Mention, b: Mention) -> bool:
    if a.term.kind in LEVEL_KINDS or b.term.kind in LEVEL_KINDS:
        return a.term.kind in LEVEL_KINDS and b.term.kind in LEVEL_KINDS
    if a.term.kind or b.term.kind:
        return a.term.kind == b.term.kind
    return bool(set(a.term.topics) & set(b.term.topics)) and len(a.term.topics) == len(b.term.topics)
