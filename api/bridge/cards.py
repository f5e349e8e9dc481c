"""Choices as a card with buttons, where a channel has such cards. The numbers in the text stay: both ways work.

Source: developer.work.weixin.qq.com, path 90236, template card `button_interaction`: at most six buttons of about ten
characters, a task id that is new within the account. A button's key is the number of its choice, the task id says
with what it was offered: what a click means is looked up here and never read from the card.
"""

from __future__ import annotations

import re
from typing import Any

from api.bridge.model import Card, Outbound

MOST_BUTTONS = 6
LONGEST_BUTTON = 10
LONGEST_LINE = 100
TITLE = "请选择"
CHOSEN = "已选择"
DONE = "0"  # the key of a button that only says that something was chosen
PREFERRED, PLAIN = 1, 2
_MARK = re.compile(r"([0-9a-f]{32})-(\d{1,9})")


def mark_of(conversation_id: str, number: int) -> str:
    """Return the name of what was said as the so-manieth thing in a conversation."""
    return f"{conversation_id}-{number}"


def read_mark(mark: str) -> tuple[str, int] | None:
    """Return conversation and number again; None for what is no name of ours."""
    found = _MARK.fullmatch(mark)
    return (found[1], int(found[2])) if found else None


def card_of(said: Outbound) -> Card | None:
    """Return the choices of a message as a card; None where there are none, or they are too long for buttons."""
    buttons = said.choices[:MOST_BUTTONS]
    if not said.mark or len(buttons) < 2 or any(len(button) > LONGEST_BUTTON for button in buttons):
        return None
    lines = said.text.strip().splitlines()
    return Card(lines[-1][:LONGEST_LINE] if lines else "", buttons, said.mark)


def template_card(card: Card) -> dict[str, Any]:
    """Return a card as the platform takes it."""
    buttons = [
        {"text": text, "style": PREFERRED if number == 1 else PLAIN, "key": str(number)}
        for number, text in enumerate(card.buttons, 1)
    ]
    return _template(card.line, card.mark, buttons)


def chosen_card(mark: str) -> dict[str, Any]:
    """Return the card that takes the place of one whose button was pressed."""
    return _template("", mark, [{"text": CHOSEN, "style": PLAIN, "key": DONE}])


def _template(line: str, mark: str, buttons: list[dict[str, Any]]) -> dict[str, Any]:
    told: dict[str, Any] = {"card_type": "button_interaction", "main_title": {"title": TITLE}, "task_id": mark}
    if line:
        told["sub_title_text"] = line
    return {**told, "button_list": buttons}
