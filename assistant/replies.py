"""What is said where no rule is asked for: scope, refusal, a person, one's own record."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.models import Kind
from assistant.phrases import HOTLINE
from assistant.router import Decision
from knowledge.text import Language


@dataclass(frozen=True)
class Reply:
    """A fixed reply and the questions offered with it."""

    kind: Kind
    text: str
    choices: tuple[str, ...] = ()


_TOPICS = {
    "zh": ("什么是AEO", "海关信用分哪几个等级", "怎么申请认证", "失信了怎么恢复"),
    "en": (
        "What is AEO",
        "What are the credit levels",
        "How to apply for certification",
        "How to recover from discredit",
    ),
}
_REPLIES: dict[str, tuple[Kind, str, str]] = {
    "record": (
        "record",
        "查看本企业的等级、处罚和案件需要登录。登录后我会按您的权限读取海关共享的记录。"
        "任何企业公示的信息可以在“中国海关企业进出口信用信息公示平台”查询。",
        "Your own level, penalties and cases can be seen after signing in; I then read the shared customs records "
        "within your rights. Published information on any enterprise can be looked up on the customs publication "
        "platform.",
    ),
    "assessment": (
        "assessment",
        "可以开始自评：按标准逐项对照，随时可以停下来再继续。请先选择标准。",
        "We can start a self-assessment: item by item against the standard, to be stopped and resumed at any time. "
        "Please choose a standard first.",
    ),
    "handoff": (
        "handoff",
        f"好的，转给工作人员。您也可以联系主管海关的企业协调员，或者拨打{HOTLINE}。",
        "I will pass you on to a person. You can also contact the coordinator at your competent customs or call "
        f"{HOTLINE}.",
    ),
    "refused": (
        "refused",
        "这件事我不能帮忙。材料和申报应当真实；发现自己有违规，可以主动向海关披露，依法从轻或者减轻处理；"
        "制度或者记录有缺口，可以从现在起补齐并如实说明。",
        "I cannot help with that. Documents and declarations must be true. If you find a breach of your own, you can "
        "disclose it to Customs and be treated more lightly; if procedures or records have gaps, start closing them "
        "now and say so openly.",
    ),
    "greeting": (
        "clarify",
        "您好。我回答中国海关企业信用管理和AEO认证的问题，每句话都注明依据和有效期间。您可以这样问：",
        "Hello. I answer questions about China Customs enterprise credit and AEO certification, each sentence with its "
        "source and period. You can ask, for example:",
    ),
    "out_of_scope": (
        "out_of_scope",
        f"这个问题不在本助手的范围内。我只回答中国海关企业信用管理和AEO认证的问题；其他海关事务请拨打{HOTLINE}。",
        f"This is outside this assistant, which covers China Customs enterprise credit and AEO certification only. "
        f"For other customs matters call {HOTLINE}.",
    ),
}
_STANDARDS = {
    "zh": ("按高级认证企业标准自评", "按认证企业标准自评"),
    "en": ("Assess against the advanced certified standard", "Assess against the certified standard"),
}


def reply_to(decision: Decision, language: Language) -> Reply:
    """Return the reply for a route that needs no provision."""
    side = "en" if language == "en" else "zh"
    kind, zh, en = _REPLIES[decision.route]
    text = en if side == "en" else zh
    if decision.route == "out_of_scope" and decision.intent is not None and decision.intent.group == "out_of_scope":
        text = (decision.intent.en if side == "en" else decision.intent.zh) or text
    choices: tuple[str, ...] = _STANDARDS[side] if decision.route == "assessment" else ()
    if decision.route in {"greeting", "out_of_scope"}:
        choices = _TOPICS[side]
    return Reply(kind, text, choices)
