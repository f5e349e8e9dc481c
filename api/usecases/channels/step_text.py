"""A step of the self-assessment as a message: the item in short, its answers as numbered choices."""

from __future__ import annotations

from api.bridge.model import Outbound
from api.usecases.assess_step import ChatReply
from knowledge.text import Language, traditional
from selfassess.text import Text


def step_message(reply: ChatReply, language: Language, public_url: str) -> Outbound:
    """Return a step as it is sent; what can be said besides the answers follows them, numbered as well."""

    def read(said: Text) -> str:
        if language == "en":
            return said.en
        return traditional(said.zh) if language == "zh-Hant" else said.zh

    lines = [read(said) for said in reply.says]
    prompt = reply.prompt
    if prompt is not None:
        parts = (prompt.heading, prompt.requirement, *prompt.limits, *prompt.notes, *prompt.on_record)
        lines += [read(part) for part in (*parts, prompt.answered, prompt.question) if part is not None]
    if reply.ask is not None:
        lines.append(read(reply.ask))
    choices = tuple(read(choice) for choice in (*reply.buttons, *reply.steering))
    return Outbound("\n".join(line for line in lines if line), choices, f"{public_url}/" if public_url else "")


def joined(first: Outbound, then: Outbound) -> Outbound:
    """Return an answer and the step that goes on after it as one message."""
    return Outbound(f"{first.text}\n\n{then.text}", then.choices, first.link or then.link)
