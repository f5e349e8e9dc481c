"""Which part of the own record a question is about, told by its words.

Only a question that asks for a fact counts: what would happen if, what is allowed or required is a question about
the rules and goes the ordinary way.
"""

from __future__ import annotations

import re
from enum import StrEnum

from knowledge.text import clean, simplify


class Topic(StrEnum):
    """A part of the record."""

    LEVEL = "level"
    HISTORY = "history"
    REVIEW = "review"
    CASES = "cases"
    PENALTIES = "penalties"
    LISTINGS = "listings"
    CLEARANCE = "clearance"
    PROFILE = "profile"
    MEASURES = "measures"
    AGENCIES = "agencies"
    PUBLICATIONS = "publications"
    COORDINATOR = "coordinator"


# In this order: what is named more exactly comes first.
_TOPICS = {
    Topic.LISTINGS: (r"异常(?:企业)?名[录单]", r"\babnormal\b"),
    Topic.PUBLICATIONS: (r"公示", r"\bpublish", r"\bpublication"),
    Topic.COORDINATOR: (r"协调员", r"\bcoordinator"),
    Topic.PROFILE: (r"画像", r"\bprofile\b"),
    Topic.MEASURES: (r"联合(?:激励|惩戒)", r"\bjoint (?:incentive|sanction|punish|measure)"),
    Topic.AGENCIES: (
        r"部门(?:信用)?(?:记录|评价)",
        r"外部信用|公共信用",
        r"\bagency record|\bother agencies|\bexternal credit",
    ),
    Topic.CLEARANCE: (
        r"查验(?:率|了|情况|数据|走势)|被查验|通关(?:时间|时长|时效)",
        r"\binspection rate|\bclearance (?:time|hours)|\b(?:inspected|examined)\b",
    ),
    Topic.CASES: (
        r"案件|进度|进展|办到|到哪一?步",
        r"(?:申请|异议|修复|复核).{0,8}(?:批了|受理了|通过了|处理到|结果出)",
        r"\bopen cases?\b",
        r"\b(?:case|application|objection|repair)\b.{0,20}\b(?:status|stand|progress|accepted)",
    ),
    Topic.REVIEW: (r"复核|重新认证", r"\b(?:next|upcoming) review|\breview (?:due|date)"),
    Topic.PENALTIES: (
        r"处罚|被罚|挨罚|罚过|罚款|违规(?:次数|记录)",
        r"\bpenalt|\bpenali[sz]ed|\bfined\b|\bfines\b",
    ),
    Topic.HISTORY: (
        r"(?:等级|信用|认证).{0,6}(?:历史|变化|变过|变动)",
        r"(?:历史|历年|以往|过去).{0,4}等级",
        r"\b(?:level|rating)s? (?:history|changes)|\bhistory of (?:our|my) (?:level|rating)",
    ),
    Topic.LEVEL: (
        r"等级|级别|几级|什么级|哪一?级",
        r"信用(?:状况|状态|记录|档案)|企业状况|我的记录",
        r"(?:是不是|还是|算不算|是)(?:高级认证|高认|认证企业|AEO|失信)(?:企业)?[吗么]?",
        r"\b(?:credit )?(?:level|rating)\b|\b(?:my|our) (?:credit )?(?:record|status)\b",
    ),
}
_OWN = (
    r"我们|我司|我公司|我的|我企业|我厂|我单位|我家|我自己|本公司|本企业|本司|本单位|本厂|咱",
    r"\b(?:my|our|we|us|me)\b",
)
_RULE = (
    r"如果|假如|假设|要是|万一|倘若",
    r"能不能|能否|可不可以|可否|可以|能.{0,12}[吗么]|会不会|会.{0,12}[吗么]",
    r"怎么(?:样才)?[办做才会申写填降升提]|怎样|如何|为什么|为何|怎么算|怎么定|是什么意思|指什么|区别",
    r"影响|需要|需不需要|要求|条件|规定|标准|应该|应当|必须|要不要|好处|便利|享受",
    r"算不算(?:违规|处罚|数)|够不够|行不行|多久(?:一次|才|能)|才能|申请(?:什么|哪)|自动|攒|达到|多少天|几天|天内",
    r"让|帮忙联系|回个?电话|指派|指定|派下来|谁去|用得上|按(?:谁|哪)|删|改掉|撤掉|消掉|隐瞒|伪造|造假|哪(?:条|一条)|文件|我们算|算哪|只是|不是.{0,8}也",
    r"\b(?:if|would|could|can|may|should|must|allowed|required?|requirements?|why|what happens|affect|mean)\b",
    r"\bhow (?:do|can|to|should|much time|long)\b",
    r"\b(?:enough|meet|perks?|treatment|article|while|right\?|does|since|delete|remove|hide|fake|forge)\b",
)
_CODE = re.compile(r"(?<![0-9A-Z])(?=[0-9A-Z]*\d{4})(?:[0-9A-Z]{18}|[0-9A-Z]{10})(?![0-9A-Z])", re.I)
_NAME = re.compile(r"[^\s，。？?,、：:“”\"的是查看]{2,}(?:有限公司|股份公司|有限责任公司)")
_FOLLOWS = re.compile(r"^(那|那么|还有|and|what about|how about)|[呢?？]$", re.I)
_SHORT, _SHORT_EN = 14, 40  # letters of a question that need not say whose record is meant
_LONGEST, _LONGEST_EN = 24, 70  # who tells a whole story asks for more than a fact
_HOW = (
    r"怎么(?:申请|申报|办|做|才能|填|写|升|提|准备|修复|恢复)|如何|怎样|条件|要求|材料|流程",
    r"\bhow (?:do|can|to|should)\b|\brequirements?\b",
)
# 「查验率多少」 「下次复核是什么时候」 「处罚记录」: a part of a record and a question word, and nothing else.
_BARE = (
    r"(?:现在|目前|当前|最近|今年|近一年|下次|上次)*的?是?"
    r"(?:信用等级|等级|级别|查验率|处罚(?:记录)?|复核(?:时间|日期)?|通关时间|企业画像|画像(?:得分)?|案件(?:进度)?"
    r"|公示(?:信息)?|联合(?:激励|惩戒)|协调员|异常名录)"
    r"(?:现在|目前|历史)?[是有]?(?:多少|几级|什么(?:时候)?|哪一?天|哪些|谁|怎么样|到哪一?步)?了?[呢吗啊？?。]?",
    r"(?:what is the |the )?(?:current |next )?"
    r"(?:credit level|inspection rate|review(?: date)?|penalties|coordinator|profile)\??",
)


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.I)


_PATTERNS = {topic: _any(patterns) for topic, patterns in _TOPICS.items()}
_OWN_WORDS, _RULE_WORDS, _HOW_WORDS, _BARE_WORDS = _any(_OWN), _any(_RULE), _any(_HOW), _any(_BARE)


def topic_of(text: str) -> Topic | None:
    """Return the part of a record that a question names."""
    plain = _plain(text)
    return next((topic for topic, pattern in _PATTERNS.items() if pattern.search(plain)), None)


def asks_own_record(text: str, earlier: tuple[str, ...] = ()) -> bool:
    """Whether somebody who is bound to an enterprise asks for a fact of its record.

    Such a person need not say whose inspection rate is meant, as long as the question is short.
    """
    plain = _plain(text)
    if topic_of(text) is None or _RULE_WORDS.search(plain) or not _is_short(plain, _LONGEST, _LONGEST_EN):
        return False
    if _OWN_WORDS.search(plain):
        return True
    if earlier and _FOLLOWS.search(plain) and _is_short(plain) and asks_own_record(earlier[-1], earlier[:-1]):
        return True
    return _is_short(plain) and bool(_BARE_WORDS.fullmatch(plain))


def without_own_words(text: str) -> str | None:
    """Return a question about how to do something without the words that point at the own enterprise, else None.

    「我们怎么申请认证」 asks for the rule, though its words are near to those of questions about a record.
    """
    plain = _plain(text)
    return " ".join(_OWN_WORDS.sub("", plain).split()) if _HOW_WORDS.search(plain) else None


def names_another(text: str, own_codes: frozenset[str], own_name: str) -> bool:
    """Whether a question names an enterprise that is not the person's own."""
    plain = _plain(text)
    codes = {found.group().upper() for found in _CODE.finditer(plain)}
    return bool(codes - own_codes) or any(not _is_own(found.group(), own_name) for found in _NAME.finditer(plain))


def _plain(text: str) -> str:
    return simplify(clean(text)).strip()


def _is_short(plain: str, most: int = _SHORT, most_english: int = _SHORT_EN) -> bool:
    return len(plain) <= (most_english if plain.isascii() else most)


def _is_own(name: str, own_name: str) -> bool:
    return bool(own_name) and (own_name.endswith(name) or name.endswith(own_name))
