"""The menu of an account: what can be asked for with one touch.

Limits of the platforms: three buttons of at most 16 bytes, five below each of at most 60, keys of 128 bytes.
"""

from __future__ import annotations

from typing import Any

from api.bridge.accounts import ChannelAccount
from api.bridge.model import Channel

Button = dict[str, Any]


def menu_of(account: ChannelAccount, public_url: str) -> dict[str, list[Button]]:
    """Return the menu of an account: for enterprises on an official account, for coordinators on an application."""
    if account.channel is Channel.WECOM_APP:
        buttons = [_click("待办", "to_do"), _click("我的企业", "my_enterprises"), _click("帮助", "help")]
    else:
        mine = [_click("我的状态", "status"), _click("预约体验中心", "visit"), _click("绑定账号", "bind")]
        if public_url:
            mine.append({"type": "view", "name": "打开网页版", "url": f"{public_url}/"})
        buttons = [{"name": "我的", "sub_button": mine}, _click("转人工", "person"), _click("帮助", "help")]
    return {"button": buttons}


def _click(name: str, key: str) -> Button:
    return {"type": "click", "name": name, "key": key}
