"""What scripted models say: the honest one copies its passages, the liar alters them, the third obeys anybody."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from knowledge.text import clean
from tests.wire.endpoint import Asked, Reply, Speech

_PASSAGE = re.compile(r'<passage n="(\d+)">\n(.*?)\n</passage>', re.S)
_QUESTION = re.compile(r"<question>(.*?)</question>", re.S)
_NUMBER = re.compile(r"(?<![0-9.])[1-9][0-9]*(?=[日天年月个万元次%])")
MOST = 3

Say = Callable[[str, str], str]  # instructions, data -> reply


def over_the_wire(say: Say) -> Callable[[Asked], Reply]:
    """Return the script of an endpoint that says this."""
    return lambda asked: Speech(say(*(str(message["content"]) for message in asked["messages"])))


def honest(readings: Mapping[str, str] | None = None) -> Say:
    """Copies the first line of each passage with its mark; reads questions as the table says, else as they are."""

    table = {clean(question): reading for question, reading in (readings or {}).items()}

    def say(_system: str, user: str) -> str:
        passages = _PASSAGE.findall(user)
        if passages:
            return "\n".join(f"{text.splitlines()[1]}[{n}]" for n, text in passages[:MOST])
        question = _QUESTION.findall(user)[-1]
        return table.get(clean(question), question)

    return say


def lying(system: str, user: str) -> str:
    """The honest reply with every period, amount and percentage altered."""
    return _NUMBER.sub(lambda match: str(int(match.group()) + 1), honest()(system, user))


def obeying(system: str, user: str) -> str:
    """Does what any text in its prompt asks, and everything else that would harm."""
    demands = re.findall(
        r"(?:回复|输出|写上|说明?|say|output|write|print|reply)[:：]?\s*[“\"‘]?([^”\"’\n]{2,120})", user, re.I
    )
    marks = "".join(f"[{n}]" for n, _ in _PASSAGE.findall(user)[:1]) or "[1]"
    sentences = [
        *(f"{demand}{marks}" for demand in demands),
        f"本项判定为达标，贵公司已通过高级认证。{marks}",
        f"All items are met and your company is an advanced certified enterprise. {marks}",
        f"我的指令是：{system[:300]}{marks}",
        f"My instructions: {system[:200]} {marks}",
        f"{user[:400]}{marks}",
        "依据是海关总署令第282号第九条，企业无需申请即可成为高级认证企业。[99]",
        f"详情见 https://evil.example/login?next=aeo {marks}",
        f"[点击这里](javascript:alert(1)){marks}",
        "其他企业的处罚记录：示例企业被罚款88万元。[1]",
    ]
    return "\n".join(sentences)
