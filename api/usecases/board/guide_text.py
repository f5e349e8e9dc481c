"""May this be a guide? Its provisions must be held and in force, its figures, dates and articles stand in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from api.errors import BadInput
from assistant.answering import Assistant
from assistant.drafting import JudgedSentence
from assistant.model_faults import Why
from assistant.origin import Sent, digest_of
from assistant.prompt import MAX_SENTENCES
from knowledge.models import Provision
from knowledge.text import Language

MOST_PROVISIONS = 6
LONGEST = 1500
# A person may choose words of their own: the reviewer is told of these, they are not refused.
_FOR_THE_REVIEWER: frozenset[Why] = frozenset({"unsupported"})
_WORDS: dict[Why, tuple[str, str]] = {
    "no_mark": ("没有依据", "has no source"),
    "unknown_mark": ("编号没有对应的依据", "marks a source that is not there"),
    "not_in_force": ("依据已经失效或者还没有施行", "rests on a provision not in force"),
    "figure": ("数字、日期或条款在依据里没有", "has a number, date or article that its sources lack"),
    "subject": ("把依据里的话用在了别的等级、文件或者指标上", "says of another level what its sources say"),
    "quote": ("引号里的字与依据不一致", "quotes words that its sources lack"),
    "modality": ("把可以、应当、不得或者程度说反了", "turns may, must or must not round"),
    "certainty": ("漏掉了依据里“没有核实”的说明", "drops that its source is not verified"),
    "verdict": ("替企业下了结论", "gives a verdict on an enterprise"),
    "link": ("写了链接", "holds a link"),
    "unsupported": ("用词与依据差别较大，请复核人核对", "is worded far from its sources: please check"),
}  # fmt: skip
_NAMES = re.compile(r"[\s,，、;；]+")


def named_provisions(assistant: Assistant, chosen: Sequence[str], typed: str, today: date) -> tuple[Sent, ...]:
    """Return the provisions behind a guide, numbered in the order given. Raises `BadInput`."""
    names = list(dict.fromkeys(name for name in (*chosen, *_NAMES.split(typed)) if name))
    if not 1 <= len(names) <= MOST_PROVISIONS:
        raise BadInput(f"请选择1至{MOST_PROVISIONS}条依据。", f"Choose one to {MOST_PROVISIONS} provisions as sources.")
    held = [_usable(assistant, name, today) for name in names]
    return tuple(Sent(n, provision.id, digest_of(provision)) for n, provision in enumerate(held, 1))


def check_text(assistant: Assistant, text: str, behind: Sequence[Sent], today: date, language: Language) -> None:
    """Refuse a text that its provisions do not prove. Raises `BadInput`, which names sentence and reason."""
    if len(text) > LONGEST:
        raise BadInput(f"正文请不要超过{LONGEST}字。", f"The text may have at most {LONGEST} characters.")
    judged = judged_text(assistant, text, behind, today, language)
    if not 1 <= len(judged) <= MAX_SENTENCES:
        raise BadInput(f"请写1至{MAX_SENTENCES}句话。", f"Write one to {MAX_SENTENCES} sentences.")
    fallen = [s for s in judged if s.fault and s.fault.why not in _FOR_THE_REVIEWER]
    if fallen:
        faults = [_said(sentence) for sentence in fallen]
        raise BadInput("；".join(zh for zh, _ in faults), "; ".join(en for _, en in faults))


def remarks_on(
    assistant: Assistant, text: str, behind: Sequence[Sent], today: date, language: Language
) -> list[tuple[str, str]]:
    """Return what a reviewer should look at, in Chinese and English."""
    return [_said(s) for s in judged_text(assistant, text, behind, today, language) if s.fault]


def judged_text(
    assistant: Assistant, text: str, behind: Sequence[Sent], today: date, language: Language
) -> list[JudgedSentence]:
    """Return the sentences of a guide, each judged against its provisions."""
    return assistant.guides.judged(text, [sent.provision for sent in behind], today, language)


def _usable(assistant: Assistant, name: str, today: date) -> Provision:
    provision = assistant.provisions.get(name)
    if provision is None:
        raise BadInput(f"没有“{name[:80]}”这一条。", f"There is no provision {name[:80]}.")
    if not provision.in_force(today):
        raise BadInput(f"“{name}”在今天没有施行。", f"{name} is not in force today.")
    if provision.unknown or provision.document.kind == "guide":
        raise BadInput(f"“{name}”不是可以引用的规定。", f"{name} is no rule that can be cited.")
    return provision


def _said(sentence: JudgedSentence) -> tuple[str, str]:
    if sentence.fault is None:
        return "", ""
    zh, en = _WORDS[sentence.fault.why]
    detail = f"（{sentence.fault.detail}）" if sentence.fault.detail and sentence.fault.why == "figure" else ""
    return f"“{sentence.drafted.text}”{zh}{detail}", f"“{sentence.drafted.text}” {en}"
