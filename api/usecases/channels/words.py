"""The fixed texts of channels: what can be done, what cannot be read, whom to ask."""

from __future__ import annotations

from api.auth.identity import Identity, Kind

MOST_LETTERS = 2000
HELLO = "您好，这里是海关信用培育助手。直接发送问题即可，例如：什么是AEO？回答都附依据，供参考，以海关决定为准。"
NOT_READ = "暂时只能阅读文字。图片和文件请在网页上传；也可以把问题打成文字发来。"
TOO_OFTEN = "提问有些频繁，请过几分钟再发。"
RECORDS_AWAY = "企业记录暂时读不到，请稍后再试；问规则不受影响。"
NOT_ABOUT_YOU = "这里看不到企业记录：请先在网页登录，在“我的账号”里获取绑定码，再发送“绑定 绑定码”。"
HOW_TO_BIND = "请在网页登录，在“我的账号”里获取绑定码（10分钟内有效），再发送“绑定 绑定码”。"
UNBOUND = "已解绑。之后只能问政策问题；要看本企业情况，请重新绑定。"
NOTHING_BOUND = "这里没有绑定账号。"
BOUND = "绑定成功：{name}。发送“帮助”看看可以做什么；发送“解绑”解除绑定。"


def help_text(who: Identity) -> str:
    """Return what this person can do here."""
    lines = ["可以直接提问，例如：高级认证企业几年复核一次？也可以问过去某一天的规定。", ""]
    if who.kind is Kind.ENTERPRISE:
        lines += ["我的状态：本企业的信用等级和提醒", "自评：开始或继续自我评估", "预约：体验中心的活动"]
        lines += ["转人工：请协调员答复", "切换企业：有多家企业时选择", "解绑：解除账号绑定"]
    elif who.kind is Kind.COORDINATOR:
        lines += ["我的企业：您负责的企业", "查 企业名：企业的信用状况", "待办：等待人工的对话"]
        lines += ["接手 编号、回复 内容、结束：人工对话", "解绑：解除账号绑定"]
    else:
        lines += ["绑定 绑定码：绑定网页账号，之后可以看本企业情况", "急事请拨打12360。"]
    return "\n".join(lines).strip()
