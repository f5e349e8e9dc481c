"""What no drafted sentence may hold, whatever its passages say: links, markup, a verdict on whoever asks."""

from __future__ import annotations

import re

from assistant import modality
from assistant.model_faults import Fault

_LINK = re.compile(
    r"[a-z][a-z0-9+.-]*://|\bwww\.|\]\s*\(|<\s*/?[a-z!]|!\[|[\w.+-]+@[\w-]+\.|\b(?:javascript|data|mailto|tel):"
    r"|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cn|net|org|gov|io|top|xyz|info|ru|test|example)\b",
    re.I,
)
_YOU = (
    r"(?:贵公司|贵司|贵企业|贵单位|你们?(?:公司|企业|司|厂|单位)?|您(?:的?(?:公司|企业|单位))?|我们?(?:公司|企业|司)|本企业"
    r"|该企业(?=已经?|现在))"
)
_VERDICT = re.compile(
    rf"{_YOU}.{{0,24}}(?:达标|合格|通过(?!.{{0,6}}(?:平台|渠道))|符合|被?评为|被?认定|属于|满足|没有问题|得分|无需|不需要|可以成为"
    r"|(?:是|为)(?:高级|一般)?(?:认证|常规|失信))"
    r"|本项(?:判定|认定|结论|评为|应?为|已)?.{0,4}(?<!不能)达标(?!的)"
    r"|(?:判定|结论|评定|审核结果|自评结果)(?:为|是|：).{0,6}(?:达标|通过|合格)"
    r"|(?:全部|所有)(?:项目|条款|指标|标准项?)(?:均|都|已)?.{0,4}(?:达标|通过|合格)"
    r"|\b(?:you|your (?:company|enterprise|firm|business|application))\b.{0,40}\b(?:pass\w*|meets?|met|qualif\w+"
    r"|complian\w+|compl(?:y|ies)|fails?|failed|approved"
    r"|(?:is|are|was|were) (?:an? )?(?:advanced|certified|regular|discredited|eligible))\b"
    r"|\b(?:this|the) item is (?:met|passed|compliant|not met)\b|\ball items (?:are )?(?:met|passed|compliant)\b",
    re.I,
)


def plainness_fault(text: str, whole: str) -> Fault | None:
    """Return what is wrong with a sentence apart from its sources; ``whole`` is the text of its passages."""
    if any(match.group().lower() not in whole.lower() or "://" in match.group() for match in _LINK.finditer(text)):
        return Fault("link")
    if modality.opposed(text, whole):
        return Fault("modality", "opposite")
    if match := _VERDICT.search(text):
        return Fault("verdict", match.group())
    return None
